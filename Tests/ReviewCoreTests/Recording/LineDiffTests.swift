import Testing

@testable import ReviewCore

/// The record's own diff: short where it can be, and never wrong about what is equal.
@Suite struct LineDiffTests {
  static func lines(_ text: String) -> FileLines { FileLines(Array(text.utf8)) }

  static func spans(_ old: String, _ new: String) -> [String] {
    LineDiff.spans(lines(old), lines(new)).map { "\($0.old) > \($0.new)" }
  }

  @Test(
    arguments: [
      ("", "", []),
      ("a\nb\n", "a\nb\n", []),
      ("a\nb\n", "a\r\nb", []),
      ("", "a\n", ["after 0 > 1"]),
      ("a\n", "", ["1 > after 0"]),
      ("a\nb\nc\n", "a\nx\nc\n", ["2 > 2"]),
      ("a\nc\n", "a\nb\nc\n", ["after 1 > 2"]),
      ("a\nb\nc\nd\n", "b\nc\nx\nd\ne\n", ["1 > after 0", "after 3 > 3", "after 4 > 5"]),
    ] as [(String, String, [String])]
  )
  func `groups are those that differ`(old: String, new: String, spans: [String]) {
    #expect(Self.spans(old, new) == spans)
  }

  /// What lies outside the groups is equal on both sides, line by line.
  static func check(_ old: [String], _ new: [String]) {
    let (left, right) = (lines(old.joined()), lines(new.joined()))
    var (a, b) = (1, 1)
    let end = HunkSpan(
      old: LineRange(start: left.count + 1, count: 0),
      new: LineRange(start: right.count + 1, count: 0)
    )
    for span in LineDiff.spans(left, right) + [end] {
      #expect(span.old.start - a == span.new.start - b)
      while a < span.old.start {
        #expect(left.text(a - 1) == right.text(b - 1))
        a += 1
        b += 1
      }
      (a, b) = (span.old.end, span.new.end)
    }
    #expect(a == left.count + 1 && b == right.count + 1)
  }

  @Test(arguments: 0..<60)
  func `random edits leave equal what is called equal`(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    let old = (0..<random.below(60)).map { _ in "line \(random.below(12))\n" }
    var new = old
    for _ in 0..<random.below(20) {
      let place = random.below(new.count + 1)
      if random.below(2) == 0 || new.isEmpty {
        new.insert("line \(random.below(14))\n", at: min(place, new.count))
      } else {
        new.remove(at: min(place, new.count - 1))
      }
    }
    Self.check(old, new)
  }

  @Test func `two large files without much in common take no time`() {
    let old = (0..<8_000).map { "old \($0)\n" }
    var new = (0..<8_000).map { "new \($0)\n" }
    for place in stride(from: 0, to: 8_000, by: 100) { new[place] = old[place] }
    Self.check(old, new)
    let spans = LineDiff.spans(Self.lines(old.joined()), Self.lines(new.joined()))
    #expect(spans.reduce(0) { $0 + $1.new.count } == 8_000 - 80)
  }
}

/// A random source that gives the same numbers everywhere.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }

  mutating func below(_ limit: Int) -> Int { limit <= 0 ? 0 : Int(next() % UInt64(limit)) }
}
