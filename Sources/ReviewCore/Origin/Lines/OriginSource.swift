/// Where a statement about who wrote something comes from, most precise first.
package enum OriginSource: String, Hashable, Sendable, CaseIterable {
  /// ReviewGate's own record of edits, before a commit exists.
  case events
  /// The notes ReviewGate writes: `refs/notes/reviewgate-ai`.
  case reviewGateNotes = "reviewgate-notes"
  /// Notes of the Git AI Standard: `refs/notes/ai`.
  case gitAINotes = "git-ai-notes"
  /// Agent Trace records, in files and notes.
  case agentTrace = "agent-trace"
  /// git-ai's own record of edits, before a commit exists.
  case gitAIWorkingLog = "git-ai-working-log"
  /// Notes of whogitit.
  case whogitit
  /// Notes of agentblame.
  case agentblame
  /// The references of agentdiff.
  case agentdiff
  /// Notes of origin-cli.
  case originCLI = "origin-cli"
  /// Checkpoints of Entire.
  case entire
  /// The commit itself: message and identities.
  case commit
  /// The environment a commit is made in.
  case environment

  private static let ranks: [OriginSource: Int] = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
  )
}

extension OriginSource: Comparable {
  /// Orders by precision: the smaller one is the more precise.
  package static func < (left: Self, right: Self) -> Bool {
    (ranks[left] ?? 0) < (ranks[right] ?? 0)
  }
}
