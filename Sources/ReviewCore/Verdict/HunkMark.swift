/// The lines that tell whether a version of a file has a hunk, whatever stands beside them there.
///
/// A fingerprint knows a hunk only where nobody changed a line next to it. What a branch landed and
/// took back is the same decision when it comes again, also if a person's line landed with it.
package struct HunkMark: Hashable, Sendable {
  /// Whole lines, each with its line feed.
  package let lines: [UInt8]
  /// Whether a version has the hunk where it does not have these lines.
  package let isRemoval: Bool

  /// The mark of a hunk.
  ///
  /// Few letters stand everywhere: then the lines around belong to it.
  package init(_ hunk: Hunk) {
    isRemoval = hunk.added.isEmpty
    var lines = isRemoval ? hunk.removed : hunk.added
    if !Hunk.tellsEnough(lines) { lines = hunk.contextBefore + lines + hunk.contextAfter }
    if let last = lines.last, last != UInt8(ascii: "\n") { lines.append(UInt8(ascii: "\n")) }
    self.lines = lines
  }

  /// Whether versions had the hunk more often than the first and the last of them do.
  ///
  /// `counts` says how often each version has the lines, oldest first.
  package func isTakenBack(_ counts: [Int]) -> Bool {
    let degrees = isRemoval ? counts.map { -$0 } : counts
    guard let first = degrees.first, let last = degrees.last, let most = degrees.max() else {
      return false
    }
    return most > first && most > last
  }

  /// Whether a version has the hunk more often than another, by how often each has the lines.
  package func isMore(_ count: Int, than other: Int) -> Bool {
    isRemoval ? count < other : count > other
  }
}
