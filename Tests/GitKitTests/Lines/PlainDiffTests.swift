import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct PlainDiffTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: String
    let new: String
    /// Starts and counts of both sides; nil where xdiff has to say.
    let span: [Int]?

    init(_ name: String, _ old: String, _ new: String, _ span: [Int]?) {
      (testDescription, self.old, self.new, self.span) = (name, old, new, span)
    }
  }

  static let cases = [
    Case("nothing", "a\nb\n", "a\nb\n", nil),
    Case("a new file", "", "a\nb\n", [1, 0, 1, 2]),
    Case("a deleted file", "a\nb", "", [1, 2, 1, 0]),
    Case("a line changed", "a\nb\nc\n", "a\nx\nc\n", [2, 1, 2, 1]),
    Case("a line added", "a\nc\n", "a\nb\nc\n", [2, 0, 2, 1]),
    Case("a line removed at the end", "a\nb\n", "a\n", [2, 1, 2, 0]),
    Case("the last line feed removed", "a\nb\n", "a\nb", [2, 1, 2, 1]),
    Case("part of a line equal", "ab\ncd\n", "ab\ncx\ncd\n", [2, 0, 2, 1]),
    Case("the end of a line equal", "a\nxend\n", "a\nyend\n", [2, 1, 2, 1]),
    Case("a changed line below its like", "a\nx\nx\nb\n", "a\nx\ny\nb\n", [3, 1, 3, 1]),
    Case("a changed line above its like", "a\nx\nx\nb\n", "a\ny\nx\nb\n", [2, 1, 2, 1]),
    Case("changed lines among their like", "x\nx\nx\nx\n", "x\ny\nx\nx\n", [2, 1, 2, 1]),
    Case("a group that can slide", "a\n}\nb\n", "a\n}\nc\n}\nb\n", nil),
    Case("a repeated line", "a\na\n", "a\na\na\n", nil),
    Case("a line on both sides of the middle", "a\nb\nc\nd\n", "a\nc\nb\nd\n", nil),
    Case("two places", "a\nb\nc\nd\ne\n", "a\nx\nc\ny\ne\n", nil),
  ]

  @Test(arguments: cases)
  func `says what has one answer only`(example: Case) {
    let span = Array(example.old.utf8).withUnsafeBytes { old in
      Array(example.new.utf8).withUnsafeBytes { new in PlainDiff.span(old, new) }
    }
    let found = span.map { [$0.old.start, $0.old.count, $0.new.start, $0.new.count] }
    #expect(found == example.span)
  }

  @Test func `counts the lines before a change of a long file`() {
    let lines = (1...9_000).map { "line \($0)\n" }
    let changed = lines[..<8_000] + ["another\n"] + lines[8_001...]
    let span = Array(lines.joined().utf8).withUnsafeBytes { old in
      Array(changed.joined().utf8).withUnsafeBytes { new in PlainDiff.span(old, new) }
    }
    #expect(span?.old == LineRange(start: 8_001, count: 1))
    #expect(span?.new == LineRange(start: 8_001, count: 1))
  }

  @Test func `counts lines that are all empty or of other bytes than letters`() {
    for gap in ["", "\u{b}\u{8b}", "\u{80}\u{a}\u{ff}"] {
      let lines = Array(repeating: gap + "\n", count: 5_003)
      let start = lines.joined().utf8.count { $0 == 0x0a } + 1
      let span = Array((lines.joined() + "a\nend\n").utf8).withUnsafeBytes { old in
        Array((lines.joined() + "b\nend\n").utf8).withUnsafeBytes { new in
          PlainDiff.span(old, new)
        }
      }
      #expect(span?.new == LineRange(start: start, count: 1))
    }
  }
}
