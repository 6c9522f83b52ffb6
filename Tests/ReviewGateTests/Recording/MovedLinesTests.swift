import Foundation
import TestSupport
import Testing

/// Lines that git takes away and brings back, and commits of a part, found by the fuzz test.
@Suite struct MovedLinesTests {
  static let start = RecordedCommitTests.start

  @Test func `a shell's lines in a clean file are known after a stash, and only they`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.shell("echo 'let shell = compute(20)' >>a.swift")
    try desk.place.git("stash")
    try desk.shell("true")
    try desk.place.git("stash", "pop")
    try desk.shell("true")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("a.swift:4") && !said.contains("a.swift:1"))
  }

  @Test func `what git puts back in place of an agent's line is nobody's`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", Self.start.replacing("let second = prepare(2)", with: "let agent = 1"))
    try desk.place.git("stash")
    try desk.shell("true")
    try desk.place.git("stash", "drop")
    try desk.type("a.swift", Self.start.replacing("let second = prepare(2)", with: "let mine = 1"))
    try desk.place.git("add", ".")
    try desk.place.passes("commit", "-m", "mine")
  }

  @Test func `a person's line in a file that a shell wrote stays the person's after a soft reset`()
    throws
  {
    let desk = try RecordedCommitTests.desk()
    try desk.place.land(
      ["a.swift": "let person = write(1)\n" + Self.start],
      message: "a person's"
    )
    try desk.shell("echo 'let shell = compute(20)' >>a.swift")
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    try desk.place.git("reset", "-q", "--soft", "HEAD~2")
    let said = try desk.place.blocks("commit", "-m", "both")
    #expect(said.contains("a.swift:5") && !said.contains("a.swift:1"))
  }

  @Test func `lines that a soft reset brought back outlive a commit of another file`() throws {
    let desk = try RecordedCommitTests.desk()
    let agent = Self.start + "let agent = compute(10)\n"
    try desk.edit("a.swift", agent)
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    try desk.edit("a.swift", agent + "let second = compute(11)\n")
    try desk.place.git("reset", "-q", "--soft", "HEAD~1")
    try desk.type("b.swift", "let person = write(1)\n")
    try desk.place.git("add", "b.swift")
    try desk.place.passes("commit", "--no-verify", "-q", "--only", "-m", "mine", "b.swift")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4-5"))
  }

  @Test func `lines that a soft reset brought back outlive a stash that an event has seen`() throws
  {
    let desk = try RecordedCommitTests.desk()
    let agent = Self.start + "let agent = compute(10)\n"
    try desk.edit("a.swift", agent)
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    try desk.place.git("reset", "-q", "--soft", "HEAD~1")
    try desk.edit("a.swift", "let top = compute(9)\n" + agent)
    try desk.place.git("stash")
    try desk.shell("true")
    try desk.place.git("stash", "pop")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("a.swift:1") && said.contains("a.swift:5"))
  }

  @Test func `an amended commit says of a shell's file what the commit said`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.type("a.swift", "let person = write(1)\n" + Self.start)
    try desk.shell("echo 'let shell = compute(20)' >>a.swift")
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    try desk.type("b.swift", "let other = write(2)\n")
    try desk.place.git("add", ".")
    try desk.place.passes("commit", "--no-verify", "-q", "--amend", "--no-edit")
    let note = try #require(try desk.note())
    let claims = note.split(separator: "\n").filter { $0.hasPrefix("  s_") }
    #expect(claims.count == 1 && claims.allSatisfy { $0.hasSuffix(" 5") })
  }

  @Test func `where a person took an agent's line away and committed, the next line is theirs`()
    throws
  {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.type("a.swift", Self.start + "let person = write(1)\n")
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    try desk.type("a.swift", Self.start + "let person = write(1)\nlet mine = write(2)\n")
    try desk.place.passes("commit", "-qam", "mine")
  }

  @Test
  func `a person takes an agent's commit back, and who takes that back has the agent's lines`()
    throws
  {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\nlet more = compute(11)\n")
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    try desk.place.passes("revert", "--no-edit", "HEAD")
    #expect(try desk.note()?.contains("a.swift") != true)
    try desk.place.git("revert", "--no-edit", "HEAD")
    #expect(try #require(try desk.note()).contains("a.swift\n  s_"))
    // The same by hand: the gate asks for a reviewer.
    try desk.place.git("reset", "-q", "--hard", "HEAD~1")
    try desk.place.git("revert", "--no-commit", "HEAD")
    #expect(try desk.place.blocks("commit", "-m", "again").contains("a.swift:4-5"))
  }
}
