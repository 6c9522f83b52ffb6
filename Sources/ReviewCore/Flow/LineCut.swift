/// A place where a commit took lines of the range itself away again.
///
/// Lines that came and went within a range do not land, and what is left of their hunk does: whoever
/// cut the check out of a block that somebody had read changed what was read.
package struct LineCut: Hashable, Sendable {
  /// The line after the gap.
  var line: Int
  /// The index of the commit that cut.
  package let commit: Int
  /// Where its hunk starts in the commit's own version, which tells its hunks apart.
  package let hunkStart: Int
  /// Which of its parents had the lines, by place.
  package let parent: Int
}

extension [LineCut] {
  /// The cuts once the lines at `spans` have changed.
  ///
  /// A cut strictly inside lines that were replaced goes with its surroundings.
  func moved(by spans: [HunkSpan]) -> [LineCut] {
    guard !isEmpty, !spans.isEmpty else { return self }
    return compactMap { cut in
      var moved = cut
      for span in spans {
        if cut.line < span.old.start { break }
        if cut.line > span.old.start, cut.line < span.old.end { return nil }
        moved.line =
          cut.line == span.old.start
          ? span.new.start : span.new.end + (cut.line - span.old.end)
        if cut.line == span.old.start { break }
      }
      return moved
    }
  }

  /// Each cut once, by its place.
  var inOrder: [LineCut] {
    var seen: Set<LineCut> = []
    return filter { seen.insert($0).inserted }.sorted {
      ($0.line, $0.commit, $0.hunkStart, $0.parent) < ($1.line, $1.commit, $1.hunkStart, $1.parent)
    }
  }
}
