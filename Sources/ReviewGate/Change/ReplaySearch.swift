/// How far one decision looks for replays.
///
/// Anybody may push branches: what they may cost is bounded, and what is not tried stays open.
struct ReplaySearch {
  /// Heads that may still be judged.
  private var left = 256
  /// Whether a head is being judged that a change may be a replay of.
  private var isNested = false

  /// Whether one more head may be judged.
  mutating func take() -> Bool {
    guard left > 0 else { return false }
    left -= 1
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
  mutating func count(_ nested: ReplaySearch) { left = nested.left }
}
