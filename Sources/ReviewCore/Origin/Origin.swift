/// Who wrote a line, as far as the evidence goes.
package enum Origin: Hashable, Sendable {
  /// A coding agent; nil when some agent did and none can be named.
  case agent(String?)
  /// An agent's line that a person changed afterwards; it needs a review like the agent's own.
  case mixed(String?)
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
    case .mixed: "mixed"
    case .human: "human"
    case .bot: "bot"
    case .unknown: "unknown"
    }
  }

  /// The agent's canonical id where there is one.
  package var agent: String? {
    switch self {
    case .agent(let id), .mixed(let id): id
    case .human, .bot, .unknown: nil
    }
  }

  /// Whether an agent wrote it or took part in writing it.
  package var isAgent: Bool {
    switch self {
    case .agent, .mixed: true
    case .human, .bot, .unknown: false
    }
  }
}
