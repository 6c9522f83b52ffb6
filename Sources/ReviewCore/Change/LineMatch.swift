/// Which lines of one version of a text are in another, for content that is no object of git.
package struct LineMatch: Sendable {
  /// The lines that differ, in their order.
  package let changed: [HunkSpan]
  /// How many lines the old version has.
  private let oldCount: Int

  /// More different lines than this are not compared one by one.
  private static let most = 1500

  /// Compares two versions; nil when they differ in too many lines.
  package init?(_ old: [UInt8], _ new: [UInt8]) {
    let (before, after) = (Self.lines(old), Self.lines(new))
    var start = 0
    while start < min(before.count, after.count), before[start] == after[start] { start += 1 }
    var end = 0
    while end < min(before.count, after.count) - start,
      before[before.count - 1 - end] == after[after.count - 1 - end]
    { end += 1 }
    let left = before[start..<before.count - end]
    let right = after[start..<after.count - end]
    guard left.count <= Self.most, right.count <= Self.most else { return nil }
    oldCount = before.count
    changed = Self.spans(Array(left), Array(right), offset: start)
  }

  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func spans(
    _ left: [ArraySlice<UInt8>],
    _ right: [ArraySlice<UInt8>],
    offset: Int
  ) -> [HunkSpan] {
    let difference = right.difference(from: left)
    var (isRemoved, isInserted) = (Set<Int>(), Set<Int>())
    for change in difference {
      switch change {
      case .remove(let place, _, _): isRemoved.insert(place)
      case .insert(let place, _, _): isInserted.insert(place)
      }
    }
    var spans: [HunkSpan] = []
    var (old, new) = (0, 0)
    while old < left.count || new < right.count {
      let (oldStart, newStart) = (old, new)
      while isRemoved.contains(old) { old += 1 }
      while isInserted.contains(new) { new += 1 }
      if old > oldStart || new > newStart {
        spans.append(
          HunkSpan(
            old: LineRange(start: offset + oldStart + 1, count: old - oldStart),
            new: LineRange(start: offset + newStart + 1, count: new - newStart)
          )
        )
      } else {
        (old, new) = (old + 1, new + 1)
      }
    }
    return spans
  }

  /// Where the equal ones of some old lines stand in the new version.
  package func kept(_ lines: LineRange) -> [LineRange] {
    var result: [LineRange] = []
    var (line, shift) = (1, 0)
    func keep(upTo end: Int) {
      let (start, end) = (max(line, lines.start), min(end, lines.end))
      if start < end { result.append(LineRange(start: start + shift, count: end - start)) }
    }
    for span in changed {
      keep(upTo: span.old.start)
      line = span.old.end
      shift = span.new.end - span.old.end
    }
    keep(upTo: oldCount + 1)
    return result
  }
}
