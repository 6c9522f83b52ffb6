/// Whether a person can be asked.
package enum Presence: Hashable, Sendable {
  /// Someone sits at a terminal, as far as anything shows.
  case person
  /// Nobody does, and why.
  case nobody(Reason)

  /// Why nobody can be asked.
  package enum Reason: Hashable, Sendable {
    /// There is no terminal to ask at.
    case noTerminal
    /// An agent drives this process.
    case agent(Evidence)
  }
}

/// Decides whether a person is there to approve something.
///
/// A seat belt, not a lock: whoever controls the machine can pretend. Nothing switches it off.
package enum HumanPresence {
  /// All that is said when nobody is there; agents match it, so it never changes.
  package static let refusal =
    "A human must run `reviewgate review`. Do not retry, do not bypass."

  /// Decides from the terminal, and from what variables and ancestors say.
  ///
  /// A weak hint, such as a variable that editors also set in their own terminals, is not enough.
  package static func decide(
    hasControllingTerminal: Bool,
    environment evidence: [Evidence]
  ) -> Presence {
    if let agent = evidence.first(where: \.accuses) { return .nobody(.agent(agent)) }
    return hasControllingTerminal ? .person : .nobody(.noTerminal)
  }
}
