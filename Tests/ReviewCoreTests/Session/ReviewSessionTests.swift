import ReviewCore
import TestSupport
import Testing

/// The walk as a state machine: keys in, effects out.
@Suite struct ReviewSessionTests {
  private let short = (1...3).map { ReviewItem.made(id: $0 * 10, path: "f\($0)", ["+a", "+b"]) }
  private let long = ReviewItem.made(id: 7, (1...60).map { "+line \($0)" })

  private func session(_ items: [ReviewItem]) -> ReviewSession {
    ReviewSession(items: items, viewport: .standard)
  }

  /// What a row of keys leads to: `n` is followed by the reason "bad".
  private func play(_ keys: String, on items: [ReviewItem]) -> ReviewSession {
    var session = session(items)
    for key in keys.unicodeScalars
    where session.handle(ReviewCommand(.character(key))) == [.askReason] {
      _ = session.giveReason("bad")
    }
    return session
  }

  @Test(arguments: [
    ("", 0, "3 left."),
    ("y", 1, "1 approved, 2 left."),
    ("n", 1, "1 rejected, 2 left."),
    ("s", 1, "1 skipped, 2 left."),
    ("yK", 0, "1 approved, 2 left."),
    ("yKu", 0, "3 left."),
    ("yKn", 1, "1 rejected, 2 left."),
    ("JJJ", 2, "3 left."),
    ("K", 0, "3 left."),
    ("Jyy", 0, "2 approved, 1 left."),
    ("yyy", 2, "3 approved."),
    ("ynsq", 2, "1 approved, 1 rejected, 1 skipped."),
    ("ssss", 0, "3 left."),
    ("ssssy", 1, "1 approved, 2 left."),
    ("yqyyy", 1, "1 approved, 2 left."),
    ("?y", 0, "3 left."),
    ("x", 0, "3 left."),
    ("j", 1, "3 left."),
    (" ", 1, "3 left."),
  ])
  func `keys lead to an item and to answers`(keys: String, index: Int, summary: String) {
    let session = play(keys, on: short)
    #expect(session.index == index)
    #expect(session.summary == summary)
  }

  @Test(arguments: [
    ("", ReviewSession.Phase.reading), ("?", .help), ("??", .reading), ("?q", .finished),
    ("q", .finished), ("yyy", .finished), ("yys", .offeringSkipped), ("yysy", .offeringSkipped),
    ("yyss", .reading), ("yysK", .reading), ("yysq", .finished), ("nnn", .finished),
  ])
  func `keys lead to a phase`(keys: String, phase: ReviewSession.Phase) {
    #expect(play(keys, on: short).phase == phase)
  }

  @Test func `an answer is recorded before the next item is drawn`() {
    var session = session(short)
    #expect(session.handle(.approve) == [.record(.approved, short[0]), .redraw])
    #expect(session.handle(.skip) == [.record(.skipped, short[1]), .redraw])
    #expect(session.handle(.reject) == [.askReason])
    #expect(
      session.giveReason(" wrong \n") == [.record(.rejected(reason: "wrong"), short[2]), .redraw]
    )
  }

  @Test func `the last answer ends the session`() {
    var session = session([short[0]])
    #expect(session.handle(.approve) == [.record(.approved, short[0]), .finish])
  }

  @Test func `nothing to read is finished from the start`() {
    #expect(session([]).phase == .finished)
    #expect(session([]).screen.isEmpty)
  }

  @Test(arguments: [nil, "", "  \t "])
  func `a rejection without a reason records nothing`(reason: String?) {
    var session = session(short)
    _ = session.handle(.reject)
    #expect(session.giveReason(reason) == [.redraw])
    #expect(session.answers.isEmpty)
    #expect(session.phase == .reading)
  }

  @Test func `a reason nobody asked for does nothing`() {
    var session = session(short)
    #expect(session.giveReason("why") == [])
  }

  @Test func `undo names the answer it takes back`() {
    var session = play("yK", on: short)
    #expect(session.handle(.undo) == [.withdraw(.approved, short[0]), .redraw])
    #expect(session.handle(.undo) == [.redraw])
  }

  @Test func `approving a long item first shows the rest of it`() {
    var session = session([long])
    #expect(session.handle(.approve) == [.redraw])
    #expect(session.handle(.approve) == [.redraw])
    #expect(session.answers.isEmpty)
    #expect(session.handle(.approve) == [.record(.approved, long), .finish])
  }

  @Test(arguments: ["  ", "jjj jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", " b  "])
  func `scrolling to the end is enough`(keys: String) {
    var session = play(keys, on: [long])
    #expect(session.handle(.approve) == [.record(.approved, long), .finish])
  }

  @Test func `what was seen is remembered when coming back`() {
    var session = play("  JKb", on: [long, short[0]])
    #expect(session.index == 0)
    #expect(session.handle(.approve).first == .record(.approved, long))
  }

  @Test func `a rejection and a skip need no scrolling`() {
    var session = session([long])
    #expect(session.handle(.skip).first == .record(.skipped, long))
  }

  @Test func `a narrower window unsees the line that was not shown to its end`() {
    let wide = ReviewItem.made(["+" + String(repeating: "x", count: 3_000), "+end"])
    var session = session([wide])
    _ = session.handle(.pageDown)
    _ = session.resize(Viewport(width: 40, height: 24))
    #expect(session.handle(.approve) == [.redraw])
    #expect(session.answers.isEmpty)
  }

  @Test func `a wholly seen item stays seen in any window`() {
    var session = play("  ", on: [long])
    #expect(session.resize(Viewport(width: 30, height: 8)) == [.redraw])
    #expect(session.handle(.approve).first == .record(.approved, long))
  }

  @Test func `the same size again draws nothing`() {
    var session = session(short)
    #expect(session.resize(.standard) == [])
  }

  @Test func `the editor opens at the first added line`() {
    let item = ReviewItem.made(start: 5, editPath: "src/a", [" a", "-b", "+c"])
    var session = session([item])
    #expect(session.handle(.edit) == [.openEditor(path: "src/a", line: 6)])
    #expect(session.noteEdited(succeeded: true) == [.redraw])
    #expect(session.message?.contains("not about edits") == true)
  }

  @Test func `an edit takes the answer back and asks about what there is now`() {
    var session = play("yK", on: short)
    let edited = ReviewItem.made(id: 10, path: "f1", ["+c"])
    #expect(session.noteEdited(as: edited) == [.withdraw(.approved, short[0]), .redraw])
    #expect(session.current == edited)
    #expect(session.summary == "3 left.")
    #expect(session.handle(.approve).first == .record(.approved, edited))
  }

  @Test func `there may be nothing to edit`() {
    var session = session(short)
    #expect(session.handle(.edit) == [.redraw])
  }

  @Test func `a big session is announced and a fast one noticed once`() {
    let big = ReviewItem.made(id: 1, (1...401).map { "+\($0)" })
    #expect(session([big]).message?.hasPrefix("401 changed lines") == true)
    let items = [ReviewItem.made(id: 2, (1...50).map { "+\($0)" }), short[0], short[1]]
    var fast = play("  y", on: items)
    fast.noteElapsed(seconds: 10)
    #expect(fast.message == "That was 18000 lines an hour; above 1500 little is found.")
    _ = fast.handle(.approve)
    fast.noteElapsed(seconds: 11)
    #expect(fast.message == nil)
  }

  @Test func `no single key answers two items`() {
    for scalar in (0x20..<0x7f).compactMap(Unicode.Scalar.init) {
      var session = session(short)
      _ = session.handle(ReviewCommand(.character(scalar)))
      #expect(session.answers.count <= 1)
    }
  }
}
