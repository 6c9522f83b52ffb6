/// Which events of an agent are registered in a JSON file, and in what form.
package struct HookSettings: Hashable, Sendable {
  /// One event with the commands it starts.
  package struct Event: Hashable, Sendable {
    let name: String
    let matcher: String?
    let roles: [AgentRole]

    init(_ name: String, matcher: String? = nil, _ roles: [AgentRole] = [.event]) {
      self.name = name
      self.matcher = matcher
      self.roles = roles
    }
  }

  /// How commands are listed under an event.
  enum Form: Hashable, Sendable {
    /// In groups with a matcher, as Claude Code has them.
    case grouped
    /// One by one.
    case flat
  }

  /// The canonical id of the agent.
  let agent: String
  let form: Form
  let events: [Event]
  /// Members of each command before the command itself.
  var lead: [JSONValue.Member] = []
  /// The key that holds the command line.
  var commandKey = "command"
  /// Members after the command, such as its time limit.
  var tail: [JSONValue.Member] = []
  /// Members the file needs beside `hooks`.
  var skeleton: [JSONValue.Member] = []
  /// Whether nobody else writes to the file.
  var isOwnFile = false

  /// A new file with nothing but our commands.
  package func newFile(_ program: String) -> [UInt8] {
    JSONValue.object(skeleton + [.init("hooks", allEvents(program))]).file()
  }

  /// What a person can paste where the file could not be changed.
  package func snippet(_ program: String) -> String {
    String(decoding: newFile(program), as: UTF8.self)
  }

  func allEvents(_ program: String) -> JSONValue {
    .object(events.map { .init($0.name, .array(entries($0, $0.roles, program))) })
  }

  /// What is added to the list of an event for some of its commands.
  func entries(_ event: Event, _ roles: [AgentRole], _ program: String) -> [JSONValue] {
    let handlers = roles.map { handler(AgentCommand(program: program, role: $0, agent: agent)) }
    guard form == .grouped else { return handlers }
    let matcher = event.matcher.map { [JSONValue.Member("matcher", .string($0))] } ?? []
    return [.object(matcher + [.init("hooks", .array(handlers))])]
  }

  private func handler(_ command: AgentCommand) -> JSONValue {
    .object(lead + [.init(commandKey, .string(command.text))] + tail)
  }
}

/// Why a file of an agent is not changed.
package enum HookSettingsProblem: Error, Hashable, Sendable {
  /// It cannot be read as JSON.
  case unreadable(JSONText.JSONFault)
  /// Something else stands where our entries belong.
  case unexpected(key: String)
  /// A key stands twice, so that it is not clear which one holds.
  case duplicate(key: String)
}

/// What becomes of a file.
package struct HookChange: Hashable, Sendable {
  /// The file as it is; nil when there is none.
  package let before: [UInt8]?
  /// The file as it will be; nil when it goes away.
  package let after: [UInt8]?
  /// The changes, each one on the text that the one before left.
  package var steps: [[TextEdit]] = []

  /// Describes a change.
  package init(before: [UInt8]?, after: [UInt8]?, steps: [[TextEdit]] = []) {
    self.before = before
    self.after = after
    self.steps = steps
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool { before == after }
}
