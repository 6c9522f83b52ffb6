import ReviewCore
import Testing

/// What tells whether a version of a file has a hunk.
@Suite struct HunkMarkTests {
  private static func hunk(_ removed: String, _ added: String) -> Hunk {
    Hunk(
      span: HunkSpan(old: LineRange(start: 4, count: 1), new: LineRange(start: 4, count: 1)),
      removed: Array(removed.utf8),
      added: Array(added.utf8),
      contextBefore: Array("one before\n".utf8),
      contextAfter: Array("one after\n".utf8)
    )
  }

  @Test(arguments: [
    (hunk("old line\n", "a line that is new\n"), "a line that is new\n", false),
    (hunk("", "a line that is new\nand another\n"), "a line that is new\nand another\n", false),
    (hunk("a line that goes\n", ""), "a line that goes\n", true),
    // Few letters stand everywhere: what is around belongs to it.
    (hunk("old line\n", "}\n"), "one before\n}\none after\n", false),
    (hunk("}\n", ""), "one before\n}\none after\n", true),
    (hunk("", "a line without an end"), "a line without an end\n", false),
  ])
  func `is the lines that came, or those that went`(hunk: Hunk, lines: String, isRemoval: Bool) {
    let mark = HunkMark(hunk)
    #expect(String(decoding: mark.lines, as: UTF8.self) == lines)
    #expect(mark.isRemoval == isRemoval)
  }

  @Test(arguments: [
    ([0, 1, 0], true), ([0, 1], false), ([0, 0], false), ([0, 1, 1], false), ([1, 2, 1], true),
    ([1, 0, 1], false), ([2, 1, 0], false), ([0, 2, 1], true), ([0, 1, 2], false), ([], false),
  ])
  func `was taken back where versions between had more than both ends`(
    counts: [Int],
    isTakenBack: Bool
  ) {
    #expect(HunkMark(Self.hunk("", "a line that is new\n")).isTakenBack(counts) == isTakenBack)
    // A removal is there where the lines are not.
    let mark = HunkMark(Self.hunk("a line that goes\n", ""))
    #expect(mark.isTakenBack(counts.map { 5 - $0 }) == isTakenBack)
  }

  @Test func `a removal is more where there are fewer lines`() {
    let added = HunkMark(Self.hunk("", "a line that is new\n"))
    let removed = HunkMark(Self.hunk("a line that goes\n", ""))
    #expect(added.isMore(1, than: 0) && !added.isMore(0, than: 0) && !added.isMore(0, than: 1))
    #expect(removed.isMore(0, than: 1) && !removed.isMore(1, than: 1))
  }
}
