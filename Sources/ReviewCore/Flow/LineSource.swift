/// Where one line of a file came from, seen from a range of commits.
package enum LineSource: Hashable, Sendable {
  /// It was there before the range: its number in the version of the file outside.
  case outside(version: ObjectID, line: Int)
  /// A commit of the range added it: the commit's index and the line's number in its version.
  case commit(index: Int, line: Int)

  /// Whether a commit of the range added it.
  var isInRange: Bool { if case .commit = self { true } else { false } }

  /// The source of the line `count` lines further on.
  func advanced(by count: Int) -> LineSource {
    switch self {
    case .outside(let version, let line): .outside(version: version, line: line + count)
    case .commit(let index, let line): .commit(index: index, line: line + count)
    }
  }
}

/// Consecutive lines of one file with consecutive sources.
package struct LineRun: Hashable, Sendable {
  /// The source of the first line.
  package internal(set) var source: LineSource
  /// How many lines; `LineHistory.unbounded` for the rest of a file whose length nobody asked.
  package internal(set) var count: Int
}

/// Lines that were there before the range, and the commit of the range that removed them.
package struct Removal: Hashable, Sendable {
  /// The version of the file outside the range.
  let version: ObjectID
  /// The lines, by their numbers in that version.
  let lines: Range<Int>
  /// The index of the commit.
  package let commit: Int
  /// Where its hunk starts in the commit's own version, which tells its hunks apart.
  package let hunkStart: Int
  /// Which of its parents had the lines, by place.
  package let parent: Int
}
