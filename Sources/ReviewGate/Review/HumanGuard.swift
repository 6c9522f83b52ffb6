import ReviewCore

/// Lets only a person at a terminal go on.
enum HumanGuard {
  /// The terminal of the person, or `ReviewProblem.nobody`.
  ///
  /// Decided from terminal, environment and ancestry alone; nothing switches it off.
  static func terminal(_ surroundings: Surroundings) throws -> ControllingTerminal {
    let terminal = try? ControllingTerminal()
    let presence = HumanPresence.decide(
      hasControllingTerminal: terminal != nil,
      environment: surroundings.agentEvidence
    )
    guard presence == .person, let terminal else { throw ReviewProblem.nobody }
    return terminal
  }
}
