import GitKit

/// How far one decision looks for replays.
///
/// Anybody may push branches: what they may cost is bounded, and what is not tried stays open.
struct ReplaySearch {
  /// Heads that may still be judged.
  private var heads = 256
  /// Commits that these may still have, all together.
  private var commits = 10_000
  /// Where the branches went apart that were looked at.
  var forks: BranchPoints
  /// Whether a head is being judged that a change may be a replay of.
  private var isNested = false

  init(_ repository: Repository) { forks = BranchPoints(repository) }

  /// Whether one more head with so many commits may be judged.
  mutating func take(commits count: Int) -> Bool {
    guard heads > 0, commits >= count else { return false }
    heads -= 1
    commits -= count
    return true
  }

  /// The search for what a head may be a replay of itself; nil where that is not asked any more.
  func nested() -> ReplaySearch? {
    guard !isNested else { return nil }
    var nested = self
    nested.isNested = true
    return nested
  }

  /// Counts what a nested search tried.
  mutating func count(_ nested: ReplaySearch) {
    heads = nested.heads
    commits = nested.commits
    forks = nested.forks
  }
}
