import Foundation
import TestSupport
import Testing

/// What an agent writes is found in a person's commit, whatever its message says.
@Suite struct RecordedCommitTests {
  static let start = "let first = prepare(1)\nlet second = prepare(2)\nlet third = prepare(3)\n"

  /// A desk with one committed file.
  static func desk() throws -> AgentDesk {
    let desk = try AgentDesk()
    try desk.place.land(["a.swift": start], message: "start")
    return desk
  }

  @Test func `an agent's edit in a commit without a trailer is blocked, and passes once read`()
    throws
  {
    let desk = try Self.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\nlet more = compute(11)\n")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("a.swift:4-5"))
    #expect(said.contains("claude-code"))
    try desk.place.approve("--staged")
    try desk.place.passes("commit", "-m", "work")
    let note = try #require(try desk.note())
    #expect(note.contains("a.swift\n  s_"))
    #expect(note.contains(" 4-5\n---\n"))
    #expect(note.contains("\"tool\":\"claude-code\""))
    #expect(!note.contains(desk.session))
  }

  @Test func `a person's commit passes beside an agent's session`() throws {
    let desk = try Self.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.type("b.swift", "let person = write(1)\n")
    try desk.place.git("add", "b.swift")
    try desk.place.passes("commit", "-m", "mine")
    #expect(try desk.note() == nil)
  }

  @Test func `a person's own lines in the agent's file stay the person's`() throws {
    let desk = try Self.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.type("a.swift", "let person = write(1)\n" + Self.start + "let agent = compute(10)\n")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("a.swift:5"))
    #expect(!said.contains("a.swift:1"))
  }

  @Test func `an agent's line that a person changes still needs a review`() throws {
    let desk = try Self.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.type("a.swift", Self.start + "let agent = compute(12)\n")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
    try desk.place.passes("commit", "--no-verify", "-m", "work")
    #expect(try #require(try desk.note()).contains("\"reviewgate.mixed\":\"true\""))
  }

  @Test func `what the agent removed needs a review`() throws {
    let desk = try Self.desk()
    try desk.edit("a.swift", "let first = prepare(1)\nlet third = prepare(3)\n")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift"))
    let other = try Self.desk()
    try other.shell("rm a.swift")
    try other.place.git("add", "-A")
    #expect(try other.place.blocks("commit", "-m", "gone").contains("a.swift"))
  }

  @Test func `only what is staged is judged, and the rest waits for its commit`() throws {
    let desk = try Self.desk()
    try desk.type("a.swift", "let person = write(1)\n" + Self.start)
    try desk.place.git("add", ".")
    try desk.edit("a.swift", "let person = write(1)\n" + Self.start + "let agent = compute(10)\n")
    try desk.place.passes("commit", "-m", "mine")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "rest").contains("a.swift:5"))
  }

  @Test(arguments: [["commit", "-am", "all"], ["commit", "-m", "only", "a.swift"]])
  func `commits of more or less than the index are judged`(arguments: [String]) throws {
    let desk = try Self.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\n")
    let output = try desk.place.repository.runDetached(["git"] + arguments)
    #expect(output.status != 0)
    #expect(output.stderr.contains("a.swift:4"))
  }

  @Test func `a shell's writes are found, staged or not, old and new files`() throws {
    let desk = try Self.desk()
    try desk.place.land(["c.swift": Self.start], message: "more")
    try desk.shell(
      "echo 'let shell = compute(20)' >>a.swift; echo 'let staged = compute(21)' >>c.swift; "
        + "git add c.swift; mkdir -p new/deep; echo 'let fresh = compute(22)' >new/deep/d.swift"
    )
    try desk.place.git("add", "-A")
    let said = try desk.place.blocks("commit", "-m", "work")
    for place in ["a.swift:4", "c.swift:4", "new/deep/d.swift:1"] { #expect(said.contains(place)) }
  }

  @Test func `a commit that the agent's shell makes is judged`() throws {
    let desk = try Self.desk()
    try desk.event("PreToolUse", tool: "Bash", input: ["command": "x"], call: "t1")
    try desk.type("a.swift", Self.start + "let shell = compute(20)\n")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
  }

  @Test func `an event that never came leaves the lines the agent's`() throws {
    let desk = try Self.desk()
    let input = ["file_path": desk.place.path + "/a.swift"]
    try desk.event("PreToolUse", tool: "Edit", input: input, call: "t1")
    try desk.type("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
    try desk.event("Stop")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
  }

  @Test func `a write that comes after its event is the agent's`() throws {
    let desk = try Self.desk()
    let input = ["file_path": desk.place.path + "/a.swift"]
    try desk.event("PreToolUse", tool: "Edit", input: input, call: "t1")
    try desk.event("PostToolUse", tool: "Edit", input: input, call: "t1")
    try desk.type("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.event("Stop")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
  }

  @Test func `the agent's lines are known after a stash, a rename and a soft reset`() throws {
    let desk = try Self.desk()
    let lines = (1...6).map { "let agent\($0) = compute(\($0 + 20))\n" }.joined()
    try desk.edit("a.swift", Self.start + lines)
    try desk.place.git("stash")
    try desk.event("UserPromptSubmit")
    try desk.shell("true")
    try desk.place.git("stash", "pop")
    try desk.place.git("mv", "a.swift", "b.swift")
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("b.swift"))
    try desk.place.passes("commit", "--no-verify", "-m", "work")
    try desk.place.git("reset", "--soft", "HEAD~1")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("b.swift"))
  }

  @Test func `the agent's lines are known after a soft reset that an event has seen`() throws {
    let desk = try Self.desk()
    try desk.edit("a.swift", Self.start + "let agent = compute(10)\n")
    try desk.place.passes("commit", "--no-verify", "-am", "work")
    try desk.place.git("reset", "--soft", "HEAD~1")
    try desk.edit("a.swift", "let top = compute(9)\n" + Self.start + "let agent = compute(10)\n")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("a.swift:1") && said.contains("a.swift:5"))
  }

  @Test func `binary files, links and large files are judged as wholes`() throws {
    let desk = try Self.desk()
    try desk.shell(
      "printf 'a\\000b' >x.bin; ln -s /etc/hostname link; yes 'let big = compute(1)' | head -c 3000000 >big.txt"
    )
    try desk.place.git("add", "-A")
    let said = try desk.place.blocks("commit", "-m", "work")
    for file in ["x.bin", "link", "big.txt"] { #expect(said.contains(file)) }
  }

  @Test func `line ends that git converts change nobody's lines`() throws {
    let desk = try Self.desk()
    try desk.place.git("config", "core.autocrlf", "input")
    try desk.edit(
      "a.swift",
      (Self.start + "let agent = compute(10)\n").replacing("\n", with: "\r\n")
    )
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("a.swift:4"))
  }

  @Test func `what a squash merge brings in is no person's writing`() throws {
    let desk = try Self.desk()
    try desk.place.git("checkout", "-q", "-b", "side")
    try desk.place.land(["a.swift": Self.start + "let theirs = write(1)\n"], message: "theirs")
    try desk.place.git("checkout", "-q", "main")
    try desk.edit("a.swift", "let agent = compute(10)\n" + Self.start)
    try desk.place.passes("commit", "--no-verify", "-am", "work")
    try desk.event("PreToolUse", tool: "Bash", input: ["command": "x"], call: "t")
    try desk.event("PostToolUse", tool: "Bash", input: ["command": "x"], call: "t")
    try desk.edit("a.swift", "let agent = compute(10)\n" + Self.start + "let last = compute(2)\n")
    try desk.place.git("stash", "-q")
    try desk.place.passes("merge", "-q", "--squash", "side")
    // Their line stands where the agent's stood in the stash: it would have to be read.
    try desk.place.passes("commit", "-q", "--no-verify", "-m", "squash")
    #expect(try desk.note()?.contains("  h_") != true)
  }

  @Test func `the first commit is judged`() throws {
    let desk = try AgentDesk(Workplace(isEmpty: true))
    try desk.edit("a.swift", "let agent = compute(10)\n")
    try desk.place.git("add", ".")
    let output = try desk.place.git("commit", "-m", "first")
    #expect(output.status != 0)
    #expect(output.stderr.contains("a.swift:1"))
  }

  @Test func `each worktree has its own record`() throws {
    let desk = try Self.desk()
    let other = desk.place.repository.sandbox + "/other"
    try desk.place.git("worktree", "add", "-q", other, "-b", "other")
    let input = ["file_path": other + "/a.swift"]
    try desk.event("PreToolUse", tool: "Edit", input: input, call: "t1")
    try (Self.start + "let agent = compute(10)\n").write(
      toFile: other + "/a.swift",
      atomically: false,
      encoding: .utf8
    )
    try desk.event("PostToolUse", tool: "Edit", input: input, call: "t1")
    try desk.place.git("add", ".", at: other)
    #expect(try desk.place.blocks("commit", "-m", "work", at: other).contains("a.swift:4"))
    try desk.type("a.swift", Self.start + "let person = write(10)\n")
    try desk.place.passes("commit", "-am", "mine")
  }
}
