/// Who wrote a line, as far as the evidence goes.
package enum Origin: Hashable, Sendable {
  /// A coding agent; nil when some agent did and none can be named.
  case agent(String?)
  /// A person, by a statement that counts.
  case human
  /// Automation that is not a coding agent.
  case bot
  /// Nothing says.
  case unknown

  /// The class alone, as written in reports.
  package var name: String {
    switch self {
    case .agent: "agent"
    case .human: "human"
    case .bot: "bot"
    case .unknown: "unknown"
    }
  }

  /// The agent's canonical id where there is one.
  package var agent: String? {
    if case .agent(let id) = self { id } else { nil }
  }
}
