import Testing

@testable import ReviewCore

/// What each agent's hook sends, in its own shape, reduced to the same few facts.
@Suite struct AgentEventTests {
  static func read(_ text: String, _ agent: String, named name: String? = nil) -> AgentEvent? {
    AgentEvent.read(EventJSON.read(Array(text.utf8)).value, from: agent, named: name)
  }

  /// One recorded shape and what it means.
  struct Sample: Sendable, CustomTestStringConvertible {
    let agent: String
    let text: String
    let phase: AgentEvent.Phase
    let work: AgentEvent.Work
    let session: String
    var model: String? = nil
    var testDescription: String { "\(agent) \(phase)" }
  }

  static let patch =
    #"*** Begin Patch\n*** Update File: src/a.rs\n*** Move to: src/b.rs\n@@ fn\n-old\n+*** Add File: no\n*** Add File: src/new.rs\n+x\n*** Delete File: old.rs\n*** End Patch"#

  static let samples: [Sample] = [
    Sample(
      agent: "claude-code",
      text:
        #"{"session_id":"s","transcript_path":"/x.jsonl","cwd":"/w","permission_mode":"default","hook_event_name":"PreToolUse","tool_name":"Edit","tool_input":{"file_path":"/w/a","old_string":"x","new_string":"y"},"tool_use_id":"t"}"#,
      phase: .before,
      work: .files(["/w/a"]),
      session: "s"
    ),
    Sample(
      agent: "claude-code",
      text:
        #"{"session_id":"s","cwd":"/w","hook_event_name":"PostToolUse","tool_name":"NotebookEdit","tool_input":{"notebook_path":"/w/n.ipynb","new_source":"z"},"tool_response":{"notebook_path":"/w/n.ipynb"},"tool_use_id":"t"}"#,
      phase: .after,
      work: .files(["/w/n.ipynb"]),
      session: "s"
    ),
    Sample(
      agent: "claude-code",
      text:
        #"{"session_id":"s","cwd":"/w","hook_event_name":"PostToolUseFailure","tool_name":"Bash","tool_input":{"command":"make"},"error":"x","tool_use_id":"t"}"#,
      phase: .failed,
      work: .shell,
      session: "s"
    ),
    Sample(
      agent: "claude-code",
      text:
        #"{"session_id":"s","hook_event_name":"SessionStart","source":"startup","model":"claude-opus-4"}"#,
      phase: .turnStart,
      work: .nothing,
      session: "s",
      model: "claude-opus-4"
    ),
    Sample(
      agent: "codex",
      text:
        #"{"session_id":"s","turn_id":"1","transcript_path":null,"cwd":"/w","hook_event_name":"PostToolUse","model":"gpt-5","permission_mode":"default","tool_name":"functions.apply_patch","tool_input":{"command":"\#(patch)"},"tool_response":"Success\nM src/a.rs\nA src/new.rs","tool_use_id":"c"}"#,
      phase: .after,
      work: .files(["src/a.rs", "src/b.rs", "src/new.rs", "old.rs"]),
      session: "s",
      model: "gpt-5"
    ),
    Sample(
      agent: "codex",
      text:
        #"{"session_id":"s","cwd":"/w","hook_event_name":"PreToolUse","model":"gpt-5","tool_name":"exec_command","tool_input":{"command":"*** Update File: no"},"tool_use_id":"c"}"#,
      phase: .before,
      work: .shell,
      session: "s",
      model: "gpt-5"
    ),
    Sample(
      agent: "codex",
      text:
        #"{"type":"agent-turn-complete","thread-id":"s","turn-id":"1","cwd":"/w","input-messages":["secret"],"last-assistant-message":"x"}"#,
      phase: .turnEnd,
      work: .nothing,
      session: "s"
    ),
    Sample(
      agent: "pi",
      text:
        #"{"hook_event_name":"before_edit","session_id":"s","session_path":"/p","cwd":"/w","model":"m","tool_name":"edit","tool_use_id":"t","will_edit_filepaths":["a","b"]}"#,
      phase: .before,
      work: .files(["a", "b"]),
      session: "s",
      model: "m"
    ),
    Sample(
      agent: "pi",
      text:
        #"{"hook_event_name":"after_command","session_path":"/p","cwd":"/w","tool_name":"bash"}"#,
      phase: .after,
      work: .shell,
      session: "/p"
    ),
    Sample(
      agent: "cursor",
      text:
        #"{"conversation_id":"s","generation_id":"g","model":"m","hook_event_name":"afterFileEdit","cursor_version":"2","workspace_roots":["/w"],"user_email":"ada@example.com","file_path":"/w/a","edits":[{"old_string":"x","new_string":"y"}]}"#,
      phase: .after,
      work: .files(["/w/a"]),
      session: "s",
      model: "m"
    ),
    Sample(
      agent: "cursor",
      text:
        #"{"conversation_id":"s","hook_event_name":"preToolUse","tool_name":"ApplyPatch","tool_input":"\#(patch)","tool_use_id":"t","cwd":"/w"}"#,
      phase: .before,
      work: .files(["src/a.rs", "src/b.rs", "src/new.rs", "old.rs"]),
      session: "s"
    ),
    Sample(
      agent: "cursor",
      text:
        #"{"conversation_id":"s","generation_id":"g","model":"m","hook_event_name":"postToolUseFailure","cursor_version":"2","workspace_roots":["/w"],"user_email":null,"transcript_path":null,"tool_name":"Shell","tool_input":{"command":"npm test"},"tool_use_id":"t","cwd":"/w","error_message":"timed out","failure_type":"timeout","duration":5000,"is_interrupt":false}"#,
      phase: .failed,
      work: .shell,
      session: "s",
      model: "m"
    ),
    Sample(
      agent: "cursor",
      text:
        #"{"conversation_id":"s","hook_event_name":"postToolUse","workspace_roots":["/w"],"tool_name":"Delete","tool_input":{"path":"/w/a"},"tool_output":"{\"ok\":true}","tool_use_id":"t","cwd":"/w","duration":3}"#,
      phase: .after,
      work: .files(["/w/a"]),
      session: "s"
    ),
    Sample(
      agent: "cursor",
      text:
        #"{"conversation_id":"s","hook_event_name":"preToolUse","workspace_roots":["/w"],"tool_name":"MCP:read_file","tool_input":{"path":"/w/a"},"tool_use_id":"t","cwd":"/w"}"#,
      phase: .before,
      work: .shell,
      session: "s"
    ),
    Sample(
      agent: "cursor",
      text:
        #"{"conversation_id":"s","hook_event_name":"sessionEnd","workspace_roots":["/w"],"session_id":"s","reason":"window_close","duration_ms":45000,"is_background_agent":false,"final_status":"x"}"#,
      phase: .turnEnd,
      work: .nothing,
      session: "s"
    ),
    Sample(
      agent: "gemini-cli",
      text:
        #"{"session_id":"s","cwd":"/w","hook_event_name":"AfterTool","timestamp":"2026-01-01T00:00:00Z","tool_name":"replace","tool_input":{"file_path":"a","old_string":"x","new_string":"y"},"tool_response":{"llmContent":"ok","returnDisplay":{"fileDiff":"d","fileName":"a"}}}"#,
      phase: .after,
      work: .files(["a"]),
      session: "s"
    ),
    Sample(
      agent: "opencode",
      text:
        #"{"event":"tool.execute.before","directory":"/w","tool":"edit","sessionID":"s","callID":"c","args":{"filePath":"/w/a","oldString":"x","newString":"y"},"model":{"providerID":"p","modelID":"m"}}"#,
      phase: .before,
      work: .files(["/w/a"]),
      session: "s",
      model: "m"
    ),
    Sample(
      agent: "opencode",
      text: #"{"type":"session.idle","properties":{"sessionID":"s"},"sessionID":"s"}"#,
      phase: .turnEnd,
      work: .nothing,
      session: "s"
    ),
    Sample(
      agent: "copilot",
      text:
        #"{"timestamp":1,"cwd":"/w","toolName":"edit","toolArgs":"{\"path\":\"/w/a\"}","toolResult":{"resultType":"success"}}"#,
      phase: .after,
      work: .files(["/w/a"]),
      session: ""
    ),
    Sample(
      agent: "copilot",
      text: #"{"timestamp":1,"cwd":"/w","toolName":"bash","toolArgs":"{\"command\":\"ls\"}"}"#,
      phase: .before,
      work: .shell,
      session: ""
    ),
    Sample(
      agent: "copilot",
      text:
        #"{"session_id":"s","hook_event_name":"PostToolUse","tool_name":"multi_replace_string_in_file","tool_input":{"replacements":[{"filePath":"/w/a"},{"filePath":"/w/b"}]},"cwd":"/w"}"#,
      phase: .after,
      work: .files(["/w/a", "/w/b"]),
      session: "s"
    ),
    Sample(
      agent: "copilot",
      text:
        #"{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"read_file","tool_input":{"filePath":"/w/a"}}"#,
      phase: .before,
      work: .nothing,
      session: "s"
    ),
    // A tool nobody knows may write anything.
    Sample(
      agent: "codex",
      text:
        #"{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"mcp__files__put","tool_input":{"x":1}}"#,
      phase: .before,
      work: .shell,
      session: "s"
    ),
  ]

  @Test(arguments: samples)
  func `an agent's event is understood`(sample: Sample) throws {
    let event = try #require(Self.read(sample.text, sample.agent))
    #expect(event.phase == sample.phase)
    #expect(event.work == sample.work)
    #expect(event.session == sample.session)
    #expect(event.model == sample.model)
    #expect(AgentEvent.agents[sample.agent] == sample.agent)
  }

  @Test func `events that another agent's own hook reports too are dropped`() {
    let event = #"{"hook_event_name":"PreToolUse","tool_name":"Edit","session_id":"s","#
    #expect(Self.read(event + #""cursor_version":"2"}"#, "claude-code") == nil)
    #expect(Self.read(event + #""transcript_path":"/h/.cursor/x"}"#, "claude-code") == nil)
    #expect(Self.read(event + #""cursor_version":"2"}"#, "cursor") != nil)
  }

  @Test func `a workspace may have several roots, and a call works in one of them`() {
    let roots = #""conversation_id":"s","workspace_roots":["/w","/x","/y"]"#
    let end = Self.read("{\(roots),\"hook_event_name\":\"stop\"}", "cursor")
    #expect(end?.directory == "/w" && end?.otherDirectories == ["/x", "/y"])
    let call = #""hook_event_name":"preToolUse","tool_name":"Shell","cwd":"/x""#
    let begin = Self.read("{\(roots),\(call)}", "cursor")
    #expect(begin?.directory == "/x" && begin?.otherDirectories == [])
  }

  @Test func `both events of a call without a name are paired by what they do`() throws {
    let before = #"{"cwd":"/w","toolName":"edit","toolArgs":"{\"path\":\"/w/a\"}"}"#
    let after = before.dropLast() + #","toolResult":{"resultType":"success"}}"#
    let other = before.replacing("/w/a", with: "/w/b")
    let calls = [before, String(after), other].map { Self.read($0, "copilot")?.call }
    #expect(calls[0] == calls[1])
    #expect(calls[0] != calls[2])
  }

  @Test func `the hook's configuration may name the event`() {
    #expect(Self.read("{}", "copilot", named: "sessionEnd")?.phase == .turnEnd)
  }

  @Test func `texts in other encodings are read`() {
    let text = #"{"session_id":"ä\ud83d\ude00\ud800"}"#
    let utf16 = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let forms: [[UInt8]] = [
      Array(text.utf8), [0xef, 0xbb, 0xbf] + Array(text.utf8), [0xff, 0xfe] + utf16, utf16, big,
      [0xfe, 0xff] + big,
    ]
    for form in forms {
      let (json, isWhole) = EventJSON.read(form)
      #expect(json.text("session_id") == "ä😀\u{fffd}")
      #expect(isWhole)
    }
  }

  @Test func `of equal keys the last one counts, and a cut text gives what it has`() {
    #expect(EventJSON.read(Array(#"{"a":"1","a":"2"}"#.utf8)).value.text("a") == "2")
    let text = Array(#"{"tool_name":"Write","tool_input":{"file_path":"/a","content":"lots"#.utf8)
    let (json, isWhole) = EventJSON.read(text)
    #expect(!isWhole)
    #expect(json["tool_input"]?.text("file_path") == "/a")
    for length in 0..<text.count { _ = EventJSON.read(Array(text[..<length])) }
  }

  @Test func `depth, garbage and invalid bytes harm nobody`() {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(!EventJSON.read(Array(deep.utf8)).isWhole)
    let inner = #"{"a":\#(deep.prefix(90))1\#(String(repeating: "]", count: 90)),"b":"x"}"#
    #expect(EventJSON.read(Array(inner.utf8)).value.text("b") == "x")
    let invalid: [UInt8] = Array(#"{"a":""#.utf8) + [0xff, 0xfe] + Array(#"","b":"x"}"#.utf8)
    #expect(EventJSON.read(invalid).value.text("b") == "x")
    var random = SplitMix(seed: 3)
    let alphabet = Array(#"{}[]",:\u0a1-e "#.utf8) + [0, 0xff]
    for _ in 0..<2_000 {
      _ = EventJSON.read((0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] })
    }
  }

  @Test(
    arguments: [
      (
        "copilot",
        #"{"sessionId":"s","cwd":"/w","toolName":"edit","toolArgs":{"path":"a"},"error":"no"}"#,
        AgentEvent.Phase.failed
      ),
      (
        "copilot", #"{"sessionId":"s","agentName":"x","agentType":"y","stopReason":"end_turn"}"#,
        .other
      ),
      ("copilot", #"{"sessionId":"s","transcriptPath":"/x","stopReason":"end_turn"}"#, .turnEnd),
      (
        "copilot",
        #"{"sessionId":"s","error":{"message":"m"},"errorContext":"system","recoverable":true}"#,
        .other
      ),
      (
        "codex", #"{"session_id":"s","hook_event_name":"StopFailure","error":"overloaded"}"#,
        .turnEnd
      ),
      (
        "claude-code",
        #"{"session_id":"s","transcript_path":"/x","hook_event_name":"PermissionDenied","tool_name":"Bash","tool_input":{}}"#,
        .failed
      ),
      (
        "claude-code",
        #"{"session_id":"s","transcript_path":"/x","hook_event_name":"PostToolBatch","tool_calls":[]}"#,
        .other
      ),
    ]
  )
  func `events beside those that are registered change no call`(
    agent: String,
    text: String,
    phase: AgentEvent.Phase
  ) {
    #expect(Self.read(text, agent)?.phase == phase)
  }

  @Test func `what Copilot sends to a hook of Claude's is Copilot's`() {
    let text =
      #"{"hook_event_name":"PreToolUse","session_id":"s","timestamp":"2026-01-01T00:00:00Z","cwd":"/w","tool_name":"Write","tool_input":{"path":"a"}}"#
    let event = Self.read(text, "claude-code")
    #expect(event?.agent == "copilot" && event?.work == .files(["a"]))
  }

  @Test(arguments: ["claude-code", "codex", "pi", "cursor", "gemini-cli", "opencode", "copilot"])
  func `an unknown tool may write anything, and unknown fields change nothing`(agent: String) {
    let fields = #""session_id":"s","transcript_path":"/x","cwd":"/w","from_the_future":{"a":[1]}"#
    for (event, phase) in [("PreToolUse", AgentEvent.Phase.before), ("PostToolUse", .after)] {
      let text =
        "{\(fields),\"hook_event_name\":\"\(event)\",\"tool_name\":\"quantum_refactor\",\"tool_use_id\":\"t\","
        + "\"tool_input\":{\"targets\":[{\"where\":\"a\"}]},\"tool_response\":7}"
      let read = Self.read(text, agent)
      #expect(read?.phase == phase && read?.work == .shell && read?.agent == agent)
    }
    // An event nobody knows, about a tool: taken for what its fields look like, never for a person's.
    let odd = Self.read(
      "{\(fields),\"hook_event_name\":\"X\",\"tool_name\":\"y\",\"tool_input\":5}",
      agent
    )
    #expect(odd?.phase == .before && odd?.work == .shell)
  }
}
