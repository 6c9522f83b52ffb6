extension HookSettings {
  /// Adds what is missing to a file, and changes nothing else.
  package func install(
    into bytes: [UInt8]?,
    program: String
  ) throws(HookSettingsProblem) -> HookChange {
    guard let bytes, !JSONText.isBlank(bytes) else {
      let file = newFile(program)
      guard let bytes, !bytes.isEmpty else { return HookChange(before: bytes, after: file) }
      return HookChange(before: bytes, after: file, steps: [[TextEdit(0..<bytes.count, file)]])
    }
    var editor = try SettingsEditor(bytes)
    let root = editor.text.root
    guard case .object = root.value else { throw .unexpected(key: "") }
    try Self.refuseDuplicates(root, ["hooks"])
    for member in skeleton where root[member.key] == nil {
      try editor.apply { $0.adding(member.key, member.value, to: $0.root) }
    }
    guard let hooks = editor.text.root["hooks"] else {
      try editor.apply { $0.adding("hooks", allEvents(program), to: $0.root) }
      return editor.change
    }
    guard case .object = hooks.value else { throw .unexpected(key: "hooks") }
    try Self.refuseDuplicates(hooks, events.map(\.name))
    for event in events { try install(event, program, &editor) }
    return editor.change
  }

  private func install(
    _ event: Event,
    _ program: String,
    _ editor: inout SettingsEditor
  ) throws(HookSettingsProblem) {
    guard let list = editor.text.root["hooks"]?[event.name] else {
      let value = JSONValue.array(entries(event, event.roles, program))
      return try editor.apply { text in
        text.root["hooks"].map { text.adding(event.name, value, to: $0) } ?? []
      }
    }
    guard case .array = list.value else { throw .unexpected(key: "hooks." + event.name) }
    var missing: [AgentRole] = []
    for role in event.roles {
      let wanted = AgentCommand(program: program, role: role, agent: agent)
      let found = commands(below: list).filter { $0.command.role == role }
      if found.contains(where: { $0.command == wanted }) { continue }
      guard let stale = found.first else {
        missing.append(role)
        continue
      }
      // A path from an earlier installation.
      let text = Array(JSONValue.quoted(wanted.text).utf8)
      try editor.apply { _ in [TextEdit(stale.node.range, text)] }
      return try install(event, program, &editor)
    }
    guard !missing.isEmpty else { return }
    for entry in entries(event, missing, program) {
      try editor.apply { text in
        text.root["hooks"]?[event.name].map { text.appending(entry, to: $0) } ?? []
      }
    }
  }

  /// Takes our commands out, with what would be empty without them.
  package func uninstall(
    from bytes: [UInt8]
  ) throws(HookSettingsProblem) -> HookChange {
    var editor = try SettingsEditor(bytes)
    for _ in 0..<500 {
      guard let edits = removal(in: editor.text) else { break }
      try editor.apply { _ in edits }
    }
    let rest = editor.text.root.members
    let isSkeleton = rest.allSatisfy { part in skeleton.contains { $0.key == part.key } }
    if isOwnFile, isSkeleton, !editor.change.isEmpty {
      return HookChange(before: bytes, after: nil)
    }
    return editor.change
  }

  /// Every one of our commands in a file, by event.
  package func installed(in bytes: [UInt8]) throws(HookSettingsProblem) -> [InstalledHook] {
    let text = try SettingsEditor(bytes).text
    return (text.root["hooks"]?.members ?? []).flatMap { member in
      commands(below: member.value).map { found in
        InstalledHook(event: member.key, command: found.command, line: found.node.text ?? "")
      }
    }
  }

  /// The events and roles that a file does not have.
  package func missing(in hooks: [InstalledHook]) -> [String] {
    events.flatMap { event in
      event.roles.filter { role in
        !hooks.contains { $0.event == event.name && $0.command.role == role }
      }.map { "\(event.name) (\($0.rawValue))" }
    }
  }

  // MARK: - Finding

  private typealias Found = (node: JSONNode, command: AgentCommand)

  /// Our commands in a list, however deep their handlers stand.
  private func commands(below node: JSONNode, depth: Int = 4) -> [Found] {
    guard depth > 0 else { return [] }
    if let handler = own(node) { return [handler] }
    return (node.items + node.members.map(\.value)).flatMap {
      commands(below: $0, depth: depth - 1)
    }
  }

  /// A handler of ours, by its command line.
  private func own(_ node: JSONNode) -> Found? {
    guard let line = node[commandKey], let text = line.text, let command = AgentCommand(text),
      command.agent == agent
    else { return nil }
    return (line, command)
  }

  /// The changes that take the next of our commands out; nil when none is left.
  private func removal(in text: JSONText) -> [TextEdit]? {
    guard let hooks = text.root["hooks"] else { return nil }
    for (eventIndex, event) in hooks.members.enumerated() {
      for (index, item) in event.value.items.enumerated() {
        let handlers = item["hooks"]?.items ?? []
        let isWhole =
          own(item) != nil || (!handlers.isEmpty && handlers.allSatisfy { own($0) != nil })
        if isWhole {
          return removal(of: index, eventIndex, in: text, hooks)
        }
        if let inner = handlers.firstIndex(where: { own($0) != nil }), let list = item["hooks"] {
          return text.removing(inner, of: list)
        }
      }
    }
    return nil
  }

  /// Removes an entry, or the largest thing around it that has nothing else.
  private func removal(
    of index: Int,
    _ eventIndex: Int,
    in text: JSONText,
    _ hooks: JSONNode
  ) -> [TextEdit] {
    let list = hooks.members[eventIndex].value
    guard text.isAlone(in: list) else { return text.removing(index, of: list) }
    guard text.isAlone(in: hooks) else { return text.removing(eventIndex, of: hooks) }
    let place = text.root.members.firstIndex { $0.value == hooks } ?? 0
    return text.removing(place, of: text.root)
  }

  private static func refuseDuplicates(
    _ node: JSONNode,
    _ keys: [String]
  ) throws(HookSettingsProblem) {
    for key in keys where node.members.count(where: { $0.key == key }) > 1 {
      throw .duplicate(key: key)
    }
  }
}

/// One of our commands in a file.
package struct InstalledHook: Hashable, Sendable {
  /// The event it is registered for; empty for scripts.
  package let event: String
  /// What it starts.
  package let command: AgentCommand
  /// The command line as the file has it.
  package let line: String

  /// Describes a command.
  package init(event: String, command: AgentCommand, line: String) {
    self.event = event
    self.command = command
    self.line = line
  }
}

/// Applies changes to a text one after the other.
private struct SettingsEditor {
  private let before: [UInt8]
  private(set) var text: JSONText
  private var steps: [[TextEdit]] = []

  init(_ bytes: [UInt8]) throws(HookSettingsProblem) {
    before = bytes
    text = try Self.read(bytes)
  }

  var change: HookChange { HookChange(before: before, after: text.bytes, steps: steps) }

  mutating func apply(_ edits: (JSONText) -> [TextEdit]) throws(HookSettingsProblem) {
    let edits = edits(text)
    guard !edits.isEmpty, let bytes = TextEdit.apply(edits, to: text.bytes) else { return }
    // Reading the result again proves that it is still what the agent can read.
    text = try Self.read(bytes)
    steps.append(edits)
  }

  private static func read(_ bytes: [UInt8]) throws(HookSettingsProblem) -> JSONText {
    do { return try JSONText(bytes) } catch { throw .unreadable(error) }
  }
}
