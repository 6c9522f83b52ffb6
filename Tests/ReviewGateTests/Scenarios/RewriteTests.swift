import Foundation
import TestSupport
import Testing

/// What a review survives: history may move, what was read may not change.
@Suite struct RewriteTests {
  private static let text = (1...60).map { "a line of number \($0)\n" }.joined()

  /// A branch with two agent's blocks in one file, both approved, and `main` moved on.
  private func reviewed() throws -> (place: Workplace, base: String) {
    let place = try Workplace()
    let base = try place.land(["a.swift": Self.text], message: "by hand")
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.swift": Workplace.block + Self.text])
    try place.land(["a.swift": Workplace.block + Self.text + Workplace.lines(11...20)])
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.check(since: base).status == 0)
    return (place, base)
  }

  // Case 29.
  @Test func `a rebase that changes no content keeps its reviews`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("switch", "--quiet", "main")
    try place.land(["other": "moved on\n"], message: "other")
    try place.repository.git("switch", "--quiet", "topic")
    try place.passes("rebase", "--quiet", "main")
    #expect(try place.repository.git("rev-parse", "HEAD~3") == base)
    let output = try place.check(since: "main")
    #expect(output.status == 0, "\(output.stdout)")
    #expect(output.stdout.contains("20 AI-written lines in 2 hunks, all reviewed"))
  }

  // Case 29.
  @Test func `a rebase with a conflict edit makes that block stale and no other`() throws {
    let (place, _) = try reviewed()
    try place.repository.git("switch", "--quiet", "main")
    try place.land(["a.swift": "first of all\n" + Self.text], message: "first")
    try place.repository.git("switch", "--quiet", "topic")
    #expect(try place.git("rebase", "main").status == 1)
    let edited = "first of all\nlet another = 0\n" + Workplace.block + Self.text
    try place.stage(["a.swift": edited])
    try place.passes("rebase", "--continue")
    let output = try place.check(since: "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("changed after review by ada@example.com"), "\(output.stdout)")
    #expect(output.stdout.contains("1 of 2 hunks"))
    let why = try place.gate("explain", "a.swift:3").stdout
    #expect(why.contains("ada@example.com"), "\(why)")
  }

  // Case 30.
  @Test func `a block that changed after its review is stale, with the reason`() throws {
    let (place, base) = try reviewed()
    let block = Workplace.block.replacing("compute(3)", with: "compute(4)")
    try place.land(["a.swift": block + Self.text + Workplace.lines(11...20)])
    let output = try place.check(since: base)
    #expect(output.status == 1)
    #expect(output.stdout.contains("1 of 2 hunks"), "\(output.stdout)")
    #expect(output.stdout.contains("changed after review by ada@example.com"))
  }

  // Case 30. The field notes want a moved block to stay reviewed; the model binds a fingerprint to
  // the lines around it, so code that now stands elsewhere is read again.
  @Test func `a block that moved to other surroundings is read again`() throws {
    let (place, base) = try reviewed()
    let lines = Self.text.split(separator: "\n").map { $0 + "\n" }
    let moved = lines[..<30].joined() + Workplace.block + lines[30...].joined()
    try place.land(["a.swift": moved + Workplace.lines(11...20)])
    let output = try place.check(since: base)
    #expect(output.status == 1)
    #expect(output.stdout.contains("1 of 2 hunks"), "\(output.stdout)")
  }

  // Case 30: the other direction, code that moves because something above it grew.
  @Test func `a reviewed block that is pushed down by other lines stays reviewed`() throws {
    let (place, base) = try reviewed()
    let lines = Self.text.split(separator: "\n").map { $0 + "\n" }
    let grown = lines[..<30].joined() + "by hand\n" + lines[30...].joined()
    try place.land(
      ["a.swift": Workplace.block + grown + Workplace.lines(11...20)],
      message: "by hand"
    )
    let output = try place.check(since: base)
    #expect(output.status == 0, "\(output.stdout)")
  }

  // Case 27, as far as content goes: who wrote a squashed change is known from the message only.
  @Test func `a squash of reviewed commits is reviewed`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("switch", "--quiet", "main")
    try place.passes("merge", "--quiet", "--squash", "topic")
    try place.passes("commit", "--quiet", "-m", Workplace.message("squashed"))
    let output = try place.check(since: base)
    #expect(output.status == 0)
    #expect(output.stdout.contains("20 AI-written lines in 2 hunks, all reviewed"))
  }

  @Test func `an amended message keeps the review of what it describes`() throws {
    let (place, base) = try reviewed()
    try place.passes("commit", "--quiet", "--amend", "-m", Workplace.message("better words"))
    #expect(try place.check(since: base).status == 0)
  }

  @Test func `a reviewed change that is reverted and made again stays reviewed`() throws {
    let (place, base) = try reviewed()
    try place.passes("revert", "--no-edit", "HEAD")
    try place.passes("revert", "--no-edit", "HEAD")
    let output = try place.check(since: base)
    #expect(output.status == 0, "\(output.stdout)")
  }
}
