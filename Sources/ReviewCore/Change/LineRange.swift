/// Consecutive lines of one version of a file, counted from 1.
package struct LineRange: Hashable, Sendable {
  /// The first line, from 1; where `count` is 0, the line after the gap.
  package let start: Int
  /// How many lines; 0 for the place where lines are missing.
  package let count: Int

  /// Creates a range of `count` lines from `start`.
  package init(start: Int, count: Int) {
    self.start = start
    self.count = count
  }

  /// The line after the last one.
  package var end: Int { start + count }

  /// The lines as numbers.
  package var lines: Range<Int> { start..<end }

  /// `18-51`, `18` for one line, `after 17` for none.
  package var description: String {
    switch count {
    case 0: "after \(start - 1)"
    case 1: "\(start)"
    default: "\(start)-\(end - 1)"
    }
  }
}

extension LineRange: CustomStringConvertible {}

/// Where one group of changed lines stands in both versions.
package struct HunkSpan: Hashable, Sendable {
  /// The removed lines in the old version.
  package let old: LineRange
  /// The added lines in the new version.
  package let new: LineRange

  /// Creates a span from both sides.
  package init(old: LineRange, new: LineRange) {
    self.old = old
    self.new = new
  }
}
