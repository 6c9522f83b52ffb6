import ReviewCore
import Testing

/// What tells whether a version of a file has a hunk.
@Suite struct HunkMarkTests {
  private static func hunk(
    _ removed: String,
    _ added: String,
    before: String = "one\nlast before\n",
    after: String = "first after\ntwo\n"
  ) -> Hunk {
    Hunk(
      span: HunkSpan(old: LineRange(start: 4, count: 1), new: LineRange(start: 4, count: 1)),
      removed: Array(removed.utf8),
      added: Array(added.utf8),
      contextBefore: Array(before.utf8),
      contextAfter: Array(after.utf8)
    )
  }

  private static let line = "a line that is new\n"

  @Test(arguments: [
    (hunk("old line\n", line), ["last before\n" + line, line + "first after\n"], false),
    (hunk("", line, before: ""), [line + "first after\n"], false),
    (hunk("", line, before: "", after: ""), [line], false),
    (hunk("", "a line without an end", after: ""), ["last before\na line without an end\n"], false),
    (hunk("", line, before: "", after: "no end"), [line + "no end\n"], false),
    (hunk(line, ""), ["last before\n" + line, line + "first after\n"], true),
    // Next to nothing was added: what went tells.
    (hunk(line, "}\n"), ["last before\n" + line, line + "first after\n"], true),
    // Few letters stand everywhere: all that is around belongs to it.
    (hunk("x\n", "}\n"), ["one\nlast before\n}\n", "}\nfirst after\ntwo\n"], false),
    (hunk("}\n", ""), ["one\nlast before\n}\n", "}\nfirst after\ntwo\n"], true),
  ])
  func `is the lines that came or went, with what is beside them`(
    hunk: Hunk,
    lines: [String],
    isRemoval: Bool
  ) {
    let marks = HunkMark.of(hunk)
    #expect(marks.map { String(decoding: $0.lines, as: UTF8.self) } == lines)
    #expect(marks.allSatisfy { $0.isRemoval == isRemoval })
  }

  @Test(arguments: [
    ([0, 1, 0], true, true), ([0, 1], true, false), ([0, 0], false, false),
    ([0, 1, 1], true, false), ([1, 2, 1], true, true), ([1, 0, 1], false, false),
    ([2, 1, 0], false, false), ([0, 2, 1], true, true), ([0, 1, 2], true, false),
    ([], false, false),
  ])
  func `was taken back where versions between had more than both ends`(
    counts: [Int],
    hasLanded: Bool,
    isTakenBack: Bool
  ) {
    for mark in HunkMark.of(Self.hunk("", Self.line)) {
      #expect(mark.hasLanded(counts) == hasLanded)
      #expect(mark.isTakenBack(counts) == isTakenBack)
    }
    // A removal is there where the lines are not.
    for mark in HunkMark.of(Self.hunk(Self.line, "")) {
      #expect(mark.hasLanded(counts.map { 5 - $0 }) == hasLanded)
      #expect(mark.isTakenBack(counts.map { 5 - $0 }) == isTakenBack)
    }
  }

  @Test func `a removal is more where there are fewer lines`() {
    let added = HunkMark.of(Self.hunk("", Self.line))[0]
    let removed = HunkMark.of(Self.hunk(Self.line, ""))[0]
    #expect(added.isMore(1, than: 0) && !added.isMore(0, than: 0) && !added.isMore(0, than: 1))
    #expect(removed.isMore(0, than: 1) && !removed.isMore(1, than: 1))
  }
}
