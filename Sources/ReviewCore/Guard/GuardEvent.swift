/// A tool call that an agent is about to make, read from any of their payloads.
///
/// The payloads differ in the names of their keys and in little else; one tolerant reader for all
/// also reads what an agent will send after its next update.
package struct GuardEvent: Hashable, Sendable {
  /// The tool's name, as the agent writes it.
  package var tool: String
  /// Where the agent works.
  package var directory: String?
  /// Whether Cursor sent it, which also runs the hooks of other agents.
  package var isCursor: Bool
  /// Shell commands.
  package var commands: [String] = []
  /// Commands given as words.
  package var arguments: [[String]] = []
  /// Files that are written.
  package var paths: [String] = []
  /// Code in other languages.
  package var code: [String] = []

  /// Reads a payload; nil when it is not an object of JSON.
  package init?(_ bytes: [UInt8]) {
    guard let text = try? JSONText(bytes), case .object = text.root.value else { return nil }
    let root = text.root
    tool = Self.text(root, ["tool_name", "toolName", "tool"]) ?? ""
    directory = Self.text(root, ["cwd", "workdir", "directory"])
    isCursor = root["cursor_version"] != nil
    let inputs = ["tool_input", "toolArgs", "args", "input", "parameters"]
    if let input = inputs.lazy.compactMap({ root[$0] }).first {
      read(input, depth: 4)
    } else {
      read(root, depth: 1)
    }
  }

  private static func text(_ node: JSONNode, _ keys: [String]) -> String? {
    keys.lazy.compactMap { node[$0]?.text }.first
  }

  /// `toolArgs` and patches come as strings, everything else as objects.
  private mutating func read(_ node: JSONNode, depth: Int) {
    guard depth > 0 else { return }
    switch node.value {
    case .string(let text): read(text: text, depth: depth)
    case .array(let items):
      for item in items.prefix(200) { read(item, depth: depth - 1) }
    case .object:
      for member in node.members.prefix(200) { read(member, depth: depth) }
    default: break
    }
  }

  private mutating func read(text: String, depth: Int) {
    if text.utf8.first == UInt8(ascii: "{"), let inner = try? JSONText(Array(text.utf8)) {
      return read(inner.root, depth: depth - 1)
    }
    readPatch(text)
    if !text.contains("*** Begin Patch") { code.append(text) }
  }

  private mutating func readPatch(_ text: String) {
    guard isPatchTool || text.contains("*** Begin Patch") else { return }
    paths += PatchPaths.of(text.replacing("\\n", with: "\n"))
  }

  private mutating func read(_ member: JSONNode.Member, depth: Int) {
    switch member.key {
    case "command", "cmd", "script":
      if let text = member.value.text { readCommand(text) }
      let words = member.value.items.compactMap(\.text)
      if !words.isEmpty { arguments.append(words) }
    case "file_path", "filePath", "path", "notebook_path", "target_file", "file", "filename",
      "destination", "new_path", "old_path", "paths", "files":
      guard isWritingTool else { return }
      let texts = member.value.items.flatMap { [$0.text, Self.text($0, ["path", "file_path"])] }
      paths += ([member.value.text] + texts).compactMap { $0 }
    case "patch", "diff", "patch_text", "patchText", "input":
      if let text = member.value.text {
        readPatch(text)
      } else {
        read(member.value, depth: depth - 1)
      }
    case "code", "source":
      if let text = member.value.text {
        readPatch(text)
        code.append(text)
      }
    // What is written into files is no command, whatever it says.
    case "content", "new_string", "old_string", "newString", "oldString", "new_source", "newText",
      "oldText", "edits", "description", "explanation":
      break
    default:
      if !member.value.members.isEmpty || !member.value.items.isEmpty {
        read(member.value, depth: depth - 1)
      }
    }
  }

  /// Codex puts a patch where other tools have their command.
  private mutating func readCommand(_ text: String) {
    if isPatchTool || text.hasPrefix("*** Begin Patch") {
      readPatch(text)
    } else {
      commands.append(text)
    }
  }

  private var isPatchTool: Bool { tool.lowercased().contains("patch") }

  private var isWritingTool: Bool {
    let name = tool.lowercased()
    return Self.writing.contains { name.contains($0) }
  }

  private static let writing = [
    "write", "edit", "create", "replace", "insert", "delete", "remove", "rename", "move", "patch",
    "notebook", "save", "append", "update",
  ]

  /// What the call would do.
  package func scan(directory fallback: String) -> GuardScan {
    let directory = directory ?? fallback
    var scan = GuardScan()
    for command in commands { scan.add(ShellGuard.scan(command, in: directory)) }
    for words in arguments { scan.add(ShellGuard.scan(words: words, in: directory)) }
    for text in code { scan.add(ShellGuard.scan(code: text, in: directory)) }
    for path in paths {
      if GuardedPath.isGuarded(path, in: directory) { scan.add(.files, "\(tool) \(path)") }
      let whole = path.hasPrefix("/") ? path : directory + "/" + path
      scan.visit(whole.lastIndex(of: "/").map { String(whole[..<$0]) } ?? directory)
    }
    return scan
  }
}
