/// Lines that tell whether a version of a file has a hunk, whatever a person wrote beside it there.
///
/// A fingerprint knows a hunk only where nobody changed a line next to it. What a branch landed and
/// took back is the same decision when it comes again, also if another line landed with it.
package struct HunkMark: Hashable, Sendable {
  /// Whole lines, each with its line feed.
  package let lines: [UInt8]
  /// Whether a version has the hunk where it does not have these lines.
  package let isRemoval: Bool

  /// The marks of a hunk, any of which tells: its lines with what stands before them, and with what
  /// stands behind.
  ///
  /// One line of the surroundings keeps lines apart that stand in many places; few letters stand
  /// everywhere and need all that is known. Of a replacement the added lines tell, or, where these
  /// are next to nothing, the removed ones.
  package static func of(_ hunk: Hunk) -> [HunkMark] {
    let isRemoval =
      hunk.added.isEmpty || !Hunk.tellsEnough(hunk.added) && Hunk.tellsEnough(hunk.removed)
    let lines = isRemoval ? hunk.removed : hunk.added
    let isTelling = Hunk.tellsEnough(lines)
    let before = isTelling ? lastLine(hunk.contextBefore) : hunk.contextBefore
    let after = isTelling ? firstLine(hunk.contextAfter) : hunk.contextAfter
    var marks: [HunkMark] = []
    if !before.isEmpty { marks.append(HunkMark(before + lines, isRemoval)) }
    if !after.isEmpty { marks.append(HunkMark(lines + after, isRemoval)) }
    return marks.isEmpty ? [HunkMark(lines, isRemoval)] : marks
  }

  private init(_ lines: [UInt8], _ isRemoval: Bool) {
    self.lines = lines.last == Self.lineFeed ? lines : lines + [Self.lineFeed]
    self.isRemoval = isRemoval
  }

  /// Whether any of some versions had the hunk more often than the first.
  ///
  /// `counts` says how often each version has the lines, oldest first.
  package func hasLanded(_ counts: [Int]) -> Bool {
    counts.contains { isMore($0, than: counts[0]) }
  }

  /// Whether versions had the hunk more often than the first and the last of them do.
  package func isTakenBack(_ counts: [Int]) -> Bool {
    counts.contains { isMore($0, than: counts[0]) && isMore($0, than: counts[counts.count - 1]) }
  }

  /// Whether a version has the hunk more often than another, by how often each has the lines.
  package func isMore(_ count: Int, than other: Int) -> Bool {
    isRemoval ? count < other : count > other
  }

  private static let lineFeed = UInt8(ascii: "\n")

  private static func firstLine(_ text: [UInt8]) -> [UInt8] { LineTable(text).bytes(of: 1..<2) }

  private static func lastLine(_ text: [UInt8]) -> [UInt8] {
    let table = LineTable(text)
    return table.bytes(of: table.count..<table.count + 1)
  }
}
