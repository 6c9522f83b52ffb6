import Foundation
import TestSupport
import Testing

/// What is written down about a commit goes where the commit goes.
@Suite struct NotesTests {
  static let agentLines = "let agent = compute(10)\nlet more = compute(11)\n"

  /// A desk whose last commit holds two lines of an agent, let pass unread.
  static func desk() throws -> AgentDesk {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", RecordedCommitTests.start + agentLines)
    try desk.place.passes("commit", "--no-verify", "-am", "work")
    return desk
  }

  @Test func `a commit past the hooks has its note and is listed as a bypass`() throws {
    let desk = try Self.desk()
    #expect(try #require(try desk.note()).contains(" 4-5\n"))
    let status = try desk.place.gate("status", "--range", "HEAD~1..HEAD")
    #expect(status.stdout.contains("1 bypass"))
  }

  @Test func `an amended commit keeps its lines`() throws {
    let desk = try Self.desk()
    let text = "let person = write(1)\n" + RecordedCommitTests.start + Self.agentLines
    try desk.type("a.swift", text)
    try desk.place.passes("commit", "-a", "--amend", "-m", "again")
    #expect(try #require(try desk.note()).contains(" 5-6\n"))
  }

  @Test func `a rebase carries notes by content`() throws {
    let desk = try Self.desk()
    try desk.place.git("checkout", "-q", "-b", "side", "HEAD~1")
    let text = "let upstream = write(0)\n" + RecordedCommitTests.start
    try desk.place.land(["a.swift": text], message: "upstream")
    try desk.place.git("checkout", "-q", "main")
    try desk.place.passes("rebase", "-q", "side")
    #expect(try #require(try desk.note()).contains(" 5-6\n"))
  }

  @Test func `a cherry-pick carries notes by content`() throws {
    let desk = try Self.desk()
    let picked = try desk.place.repository.head
    try desk.place.git("checkout", "-q", "-b", "side", "HEAD~1")
    try desk.place.land(
      ["a.swift": "let upstream = write(0)\n" + RecordedCommitTests.start],
      message: "upstream"
    )
    try desk.place.passes("cherry-pick", picked)
    #expect(try #require(try desk.note()).contains(" 5-6\n"))
  }

  @Test func `what an agent removed is in the note, goes with a rebase, and needs a review`() throws
  {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", "let first = prepare(1)\nlet third = prepare(3)\n")
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    #expect(try #require(try desk.note()).contains(#""reviewgate.removed":"a.swift:2""#))
    let check = try desk.place.gate("check", "--range", "HEAD~1..HEAD")
    #expect(check.status == 1 && check.stdout.contains("a.swift"), "\(check)")
    try desk.place.git("checkout", "-q", "-b", "side", "HEAD~1")
    let text = "let upstream = write(0)\n" + RecordedCommitTests.start
    try desk.place.land(["a.swift": text], message: "upstream")
    try desk.place.git("checkout", "-q", "main")
    try desk.place.passes("rebase", "-q", "side")
    #expect(try #require(try desk.note()).contains(#""reviewgate.removed":"a.swift:3""#))
    #expect(try desk.place.gate("check", "--range", "HEAD~1..HEAD").status == 1)
  }

  @Test func `a file that an agent's shell removed needs a review after the commit too`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.shell("rm a.swift")
    try desk.place.passes("commit", "--no-verify", "-qam", "gone")
    #expect(try #require(try desk.note()).contains(#""reviewgate.removed":"a.swift:1-3""#))
    #expect(try desk.place.gate("check", "--range", "HEAD~1..HEAD").status == 1)
  }

  @Test func `the writer is the committer, and the folders are git's`() throws {
    let desk = try Self.desk()
    let log = try desk.place.repository.git("log", "-1", "--format=%cn", "refs/notes/reviewgate-ai")
    #expect(log == "Ada Example")
    let head = try desk.place.repository.head
    let tree = try desk.place.repository.git(
      "ls-tree",
      "-r",
      "--name-only",
      "refs/notes/reviewgate-ai"
    )
    #expect(tree == head.prefix(2) + "/" + head.dropFirst(2))
    #expect(try desk.place.repository.tryGit("show-ref", "refs/notes/ai").status != 0)
  }

  @Test func `two clones bring their notes together`() throws {
    let desk = try Self.desk()
    let origin = desk.place.repository.sandbox + "/origin.git"
    try desk.place.git("init", "-q", "--bare", "-b", "main", origin)
    try desk.place.git("remote", "add", "origin", origin)
    try desk.place.git("push", "-q", "--no-verify", "origin", "main")
    #expect(try desk.place.gate("sync").status == 0)

    let clone = desk.place.repository.sandbox + "/clone"
    try desk.place.git("clone", "-q", origin, clone)
    #expect(try desk.place.gate("sync", at: clone).status == 0)
    let seen = try desk.place.git(
      "notes",
      "--ref=reviewgate-ai",
      "show",
      "HEAD",
      at: clone
    )
    #expect(seen.stdout == (try desk.note()))

    // Both add a note of their own, and nobody loses one.
    try desk.place.git(
      "notes",
      "--ref=reviewgate-ai",
      "add",
      "-m",
      "x\n  s_00::t_0 1\n---\n{}",
      "HEAD~1",
      at: clone
    )
    #expect(try desk.place.gate("sync", at: clone).status == 0)
    try desk.edit("b.swift", "let third = compute(30)\n")
    try desk.place.git("add", ".")
    try desk.place.passes("commit", "--no-verify", "-m", "third")
    #expect(try desk.place.gate("sync").status == 0)
    for commit in ["HEAD", "HEAD~1", "HEAD~2"] {
      #expect(try desk.note(commit) != nil, "\(commit)")
    }
    #expect(try desk.place.gate("records", "list").status == 0)
  }
}
