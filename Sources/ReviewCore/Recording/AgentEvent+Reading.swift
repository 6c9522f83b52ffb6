extension AgentEvent {
  /// The agents whose events are read, by their canonical ids and the names people use.
  package static let agents: [String: String] = [
    "claude-code": "claude-code", "claude": "claude-code", "codex": "codex", "pi": "pi",
    "cursor": "cursor", "gemini-cli": "gemini-cli", "gemini": "gemini-cli",
    "opencode": "opencode", "copilot": "copilot", "github-copilot": "copilot",
    "copilot-cli": "copilot", "vscode": "copilot",
  ]

  /// Reads what `agent` sent; nil for an event that another hook reports as well.
  ///
  /// Agents copy each other's hooks, so one reading knows the keys of all: what one of them does not
  /// send is not there. `name` is the event where the hook's configuration names it.
  package static func read(_ json: EventJSON, from agent: String, named name: String?) -> Self? {
    if agent == "claude-code", isBorrowed(json) { return nil }
    let agent = agent == "claude-code" && isCopilots(json) ? "copilot" : agent
    let event = name ?? json.text("hook_event_name", "hookEventName", "event_name", "type", "event")
    let tool = Tool(json)
    let phase = event.flatMap { phases[$0.lowercased().filter(\.isLetter)] } ?? implied(json)
    let named = json.text("cwd", "directory", "worktree")
    let roots = named == nil ? json["workspace_roots"]?.elements.compactMap(\.string) ?? [] : []
    return AgentEvent(
      agent: agent,
      phase: phase,
      work: phase.hasTool ? tool.work(event: event ?? "") : .nothing,
      model: model(json),
      session: json.text(
        "session_id",
        "sessionId",
        "sessionID",
        "conversation_id",
        "thread_id",
        "thread-id",
        "session_path"
      ) ?? "",
      call: json.text("tool_use_id", "toolUseId", "toolCallId", "callID", "call_id") ?? tool.digest,
      directory: named ?? roots.first,
      otherDirectories: Array(roots.dropFirst()),
      isBackground: tool.isBackground,
      leavesTasks: json["background_tasks"]?.elements.isEmpty == false
    )
  }

  /// Cursor and the Copilot of VS Code also run hooks in Claude's form, besides their own.
  private static func isBorrowed(_ json: EventJSON) -> Bool {
    if json["cursor_version"] != nil { return true }
    let transcript = (json.text("transcript_path") ?? "").lowercased()
    return transcript.contains("/.cursor/") || transcript.contains("github copilot")
      || transcript.contains("github.copilot")
  }

  /// Copilot's command line runs the hooks of `.claude/settings.json`, with payloads of its own.
  private static func isCopilots(_ json: EventJSON) -> Bool {
    json["transcript_path"] == nil && json["permission_mode"] == nil
      && json.text("timestamp") != nil && json.text("hook_event_name") != nil
  }

  /// Event names without case and signs.
  private static let phases: [String: Phase] = {
    let names: [Phase: String] = [
      .before: """
      pretooluse beforetool toolcall beforeedit beforecommand toolexecutebefore
      beforeshellexecution beforemcpexecution
      """,
      .after: """
      posttooluse aftertool toolresult afteredit aftercommand toolexecuteafter afterfileedit
      aftertabfileedit aftershellexecution aftermcpexecution fileedited
      """,
      .failed: "posttoolusefailure permissiondenied",
      .turnStart: """
      sessionstart userpromptsubmit userpromptsubmitted beforesubmitprompt beforeagent
      agentstart input
      """,
      .turnEnd: """
      stop stopfailure sessionend afteragent agentend agentstop sessionidle sessionshutdown
      agentturncomplete
      """,
      .other: """
      subagentstop subagentstart notification precompact postcompact userbash beforereadfile
      permissionrequest afteragentresponse afteragentthought posttoolbatch erroroccurred
      taskcreated taskcompleted teammateidle filechanged messagedisplay
      """,
    ]
    var phases: [String: Phase] = [:]
    for (phase, words) in names {
      for word in words.split(whereSeparator: \.isWhitespace) { phases[String(word)] = phase }
    }
    return phases
  }()

  /// Copilot's command line names no event; what the payload holds says which it is.
  private static func implied(_ json: EventJSON) -> Phase {
    if json.first(["toolResult", "tool_response", "tool_output", "tool_result"]) != nil {
      return .after
    }
    // A failed call has its error where its result would be; a subagent's end is not the turn's.
    if json.text("toolName", "tool_name") != nil, json["error"] != nil { return .failed }
    if json["agentName"] != nil { return .other }
    if json.text("toolName", "tool_name") != nil { return .before }
    if json["prompt"] != nil || json["initialPrompt"] != nil || json["source"] != nil {
      return .turnStart
    }
    return json["reason"] != nil || json["stopReason"] != nil ? .turnEnd : .other
  }

  private static func model(_ json: EventJSON) -> String? {
    let model =
      json.text("model", "model_id")
      ?? json["model"]?.text("id", "modelID", "model_id", "display_name")
    return model.map { String($0.prefix(80)) }
  }
}

extension AgentEvent {
  /// Whether it is about a tool that writes nothing, or about nothing at all.
  package var isIdle: Bool { phase == .other || phase.hasTool && work == .nothing }
}

extension AgentEvent.Phase {
  /// Whether a tool is what it is about.
  package var hasTool: Bool { self == .before || self == .after || self == .failed }
}

/// The tool an event names, with what it was given and what it answered.
private struct Tool {
  private let name: String
  private let input: EventJSON
  private let answer: EventJSON
  private let event: EventJSON

  init(_ json: EventJSON) {
    event = json
    let written = json.text("tool_name", "toolName", "tool") ?? ""
    name = (written.split(separator: ".").last.map(String.init) ?? written).lowercased()
    let given = json.first(["tool_input", "toolInput", "toolArgs", "tool_args", "input", "args"])
    input = Self.opened(given ?? .null)
    answer = Self.opened(
      json.first(["tool_response", "tool_output", "toolResult", "result", "metadata"]) ?? .null
    )
  }

  /// Some agents send JSON inside a string.
  private static func opened(_ value: EventJSON) -> EventJSON {
    guard case .string(let text) = value, text.utf8.first == UInt8(ascii: "{") else { return value }
    return EventJSON.read(Array(text.utf8)).value
  }

  private static let readers: Set<String> = [
    "read", "grep", "glob", "ls", "list", "view", "search", "find", "webfetch", "websearch",
    "web_search", "web_fetch", "google_web_search", "read_file", "read_many_files", "file_search",
    "grep_search", "semantic_search", "list_directory", "list_dir", "search_file_content",
    "todowrite", "todoread", "write_todos", "update_plan", "think", "skill", "askuserquestion",
    "exitplanmode", "get_errors", "view_image", "save_memory", "list_code_usages", "report_intent",
    "codebase_search", "readlints",
  ]
  private static let writers: Set<String> = [
    "edit", "write", "multiedit", "notebookedit", "create", "write_file", "replace", "strreplace",
    "str_replace", "delete", "delete_file", "apply_patch", "applypatch", "patch",
    "str_replace_editor", "str_replace_based_edit_tool", "create_file", "replace_string_in_file",
    "multi_replace_string_in_file", "insert_edit_into_file", "edit_file", "edit_notebook",
    "edit_notebook_file", "search_replace",
  ]

  func work(event name: String) -> AgentEvent.Work {
    let name = name.lowercased()
    if name.hasSuffix("_command") || name.contains("shellexecution") { return .shell }
    let isEdit = name.hasSuffix("_edit") || name.contains("fileedit") || name == "file.edited"
    if !isEdit {
      if Self.readers.contains(self.name) { return .nothing }
      guard Self.writers.contains(self.name) else { return .shell }
    }
    let paths = paths
    return paths.isEmpty ? .shell : .files(paths)
  }

  private static let pathKeys = [
    "file_path", "filePath", "path", "notebook_path", "target_file", "targetFile", "filename",
    "absolute_path", "file", "old_path", "new_path",
  ]
  private static let listKeys = ["files", "edits", "replacements", "changes"]
  private static let patchKeys = ["command", "patch", "input", "patchText", "patch_text", "diff"]

  /// Every file the event names, each once.
  private var paths: [String] {
    var found: [String] = []
    for place in [input, event, event["properties"] ?? .null, answer] {
      found += Self.pathKeys.compactMap { place.text($0) }
    }
    for place in [input, answer] {
      for list in Self.listKeys.compactMap({ place[$0] }) {
        found += list.elements.flatMap { item in
          Self.pathKeys.compactMap { item.text($0) } + [item.string].compactMap { $0 }
        }
      }
    }
    for key in ["will_edit_filepaths", "edited_filepaths"] {
      found += (event[key]?.elements ?? []).compactMap(\.string)
    }
    // A writer's `command` is its patch; a shell's is never looked at.
    for text in [input.string] + Self.patchKeys.map({ input.text($0) }) {
      if let text { found += PatchPaths.of(text) }
    }
    if let text = answer.string ?? answer.text("output") { found += PatchPaths.ofSummary(text) }
    var seen: Set<String> = []
    return found.filter { !$0.utf8.contains(0) && seen.insert($0).inserted }
  }

  var isBackground: Bool {
    let flags = [input["run_in_background"], input["is_background"], input["isBackground"]]
    return flags.contains(.bool(true))
      || answer.text("backgroundTaskId", "background_task_id") != nil
  }

  /// What pairs two events whose agent gives their call no name.
  var digest: String {
    let parts = paths + [input.text("command", "cmd") ?? ""]
    return Hex.encode(Digest.sha256(([name] + parts.sorted()).joined(separator: "\0").utf8))
  }
}
