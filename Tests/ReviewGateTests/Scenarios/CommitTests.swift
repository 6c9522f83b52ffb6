import Foundation
import TestSupport
import Testing

/// What `git commit` in all its forms is judged on.
@Suite struct CommitTests {
  // Case 16.
  @Test func `the first commit is judged against nothing`() throws {
    let place = try Workplace(isEmpty: true)
    try place.stage(["a.swift": Workplace.block])
    let said = try place.blocks("commit", "-m", Workplace.message("first"))
    #expect(said.contains("Index against the empty tree: 10 AI-written lines in 1 file"))
    #expect(said.contains("a.swift:1-10"))
  }

  // Case 17.
  @Test(arguments: [["check", "--branch"], ["check"], ["check", "--commit", "HEAD"], ["status"]])
  func `a repository without commits has nothing that could be judged`(words: [String]) throws {
    let place = try Workplace(isEmpty: true, hooks: false)
    let output = try place.repository.runDetached([Workplace.program] + words)
    #expect(output.status == 2)
    #expect(output.stderr.lowercased().contains("no commits yet"), "\(output.stderr)")
  }

  // Case 18.
  @Test func `an agent named in the message blocks, line by line`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block, "b.swift": Workplace.lines(1...3)])
    let said = try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(said.hasPrefix("reviewgate: commit blocked. Index against HEAD: 13 AI-written lines"))
    #expect(said.contains("a.swift:1-10"))
    #expect(said.contains("b.swift:1-3"))
    #expect(said.contains("reviewgate review --staged"))
    #expect(said.contains(Workplace.closing))
    #expect(said.utf8.count < 2_048)
  }

  @Test func `a refused commit leaves everything as it was`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    try place.repository.write("unstaged", "text\n")
    // Git itself rewrites the index to store the tree; let it do so before the comparison.
    try place.git("commit", "--dry-run")
    try place.git(
      "-c",
      "core.hooksPath=/dev/null",
      "commit",
      "-m",
      "x",
      env: ["GIT_EDITOR": "false"]
    )
    try place.repository.git("reset", "--quiet", "--soft", "HEAD~1")
    try place.blocks("commit", "-m", Workplace.message("a"))
    let before = try place.snapshot()
    try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(try place.snapshot() == before)
    let left = try place.repository.run(["/usr/bin/find", ".", "-name", "*.lock*"]).stdout
    #expect(left == "")
    let state = try place.repository.run(["/usr/bin/find", ".git/reviewgate", "-type", "f"]).stdout
    let kept = state.split(separator: "\n").map(String.init).sorted()
    #expect(kept == [".git/reviewgate/pending"])
  }

  // Case 19.
  @Test func `a message typed in the editor is not lost`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    let editor = try place.script(
      "editor",
      "printf 'typed at length\\n\\n\(Workplace.trailer)\\n' >\"$1\"\n"
    )
    let said = try place.blocks("commit", env: ["GIT_EDITOR": editor])
    #expect(said.contains("git commit -eF .git/COMMIT_EDITMSG"))
    try place.approve("--staged")
    try place.passes("commit", "--quiet", "-eF", ".git/COMMIT_EDITMSG", env: ["GIT_EDITOR": "true"])
    #expect(try place.repository.git("log", "-1", "--format=%s") == "typed at length")
  }

  // The message file of `commit -v` ends with the whole change below the scissors.
  @Test func `an agent named only in the diff below the message is no evidence`() throws {
    let place = try Workplace()
    try place.stage(["NOTES": "\(Workplace.trailer)\n"])
    let editor = try place.script("editor", "sed -i '1s/^/by hand/' \"$1\"\n")
    #expect(try place.passes("commit", "-v", "--quiet", env: ["GIT_EDITOR": editor]) == "")
  }

  // Case 20.
  @Test func `commit -a is judged on what it adds`() throws {
    let place = try Workplace()
    try place.land(["a.swift": "by hand\n"], message: "by hand")
    try place.repository.write("a.swift", "by hand\n" + Workplace.block)
    let said = try place.blocks("commit", "-a", "-m", Workplace.message("a"))
    #expect(said.contains("10 AI-written lines in 1 file"))
    #expect(said.contains("a.swift:2-11"))
    #expect(try place.repository.git("diff", "--cached", "--name-only") == "")
  }

  // Case 21.
  @Test func `commit PATH is judged on that path alone`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block, "b.swift": Workplace.block])
    let said = try place.blocks("commit", "-m", Workplace.message("a"), "a.swift")
    #expect(said.contains("a.swift:1-10"))
    #expect(!said.contains("b.swift"))
    #expect(try place.repository.git("diff", "--cached", "--name-only") == "a.swift\nb.swift")
  }

  // Case 22.
  @Test func `only the staged half of a block is judged`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.lines(1...5)])
    try place.repository.write("a.swift", Workplace.block)
    let said = try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(said.contains("a.swift:1-5"))
    #expect(try place.read("a.swift") == Workplace.block)
  }

  // Case 22, through the real `commit -p`.
  @Test func `commit -p is judged on the chosen hunk`() throws {
    let place = try Workplace()
    let start = Workplace.lines(1...30, "old")
    try place.land(["a.swift": start], message: "by hand")
    let edited = Workplace.block + start + Workplace.block
    try place.repository.write("a.swift", edited)
    let output = try place.git(
      "commit",
      "-p",
      "-m",
      Workplace.message("a"),
      stdin: "y\nn\n"
    )
    #expect(output.status == 1)
    #expect(output.stderr.contains("a.swift:1-10"), "\(output.stderr)")
    #expect(!output.stderr.contains("a.swift:41"))
    #expect(try place.read("a.swift") == edited)
  }

  @Test func `people who name no agent never hear of the program`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    #expect(try place.passes("commit", "--quiet", "-m", "by hand") == "")
    #expect(try place.passes("commit", "--quiet", "--amend", "--no-edit") == "")
    #expect(try place.passes("commit", "--quiet", "--allow-empty", "-m", "nothing") == "")
    try place.passes("switch", "--quiet", "-c", "side", "HEAD~1")
    try place.land(["b.swift": "b\n"], message: "b")
    #expect(try place.passes("merge", "--quiet", "--no-edit", "main") == "")
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    #expect(try place.passes("push", "--quiet", "../remote", "side", "main") == "")
  }

  // Case 40. A glued footer is read as the evidence it is, so there is nothing to warn about.
  @Test func `an agent above other trailers in one paragraph is still found`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    let message =
      "a\n\n🤖 Generated with [Claude Code](https://claude.ai/code)\n\(Workplace.trailer)\n"
    #expect(try place.blocks("commit", "-m", message).contains("a.swift:1-10"))
  }

  // Case 41.
  @Test func `a file that is only announced is not judged`() throws {
    let place = try Workplace()
    try place.repository.write("later.swift", Workplace.block)
    try place.repository.git("add", "--intent-to-add", "later.swift")
    try place.stage(["a.swift": "one\n"])
    let said = try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(said.contains("1 AI-written line in 1 file"))
    #expect(!said.contains("later.swift"))
  }

  // Case 41.
  @Test func `an index with conflicts cannot be judged`() throws {
    let place = try Workplace()
    try place.land(["a": "one\n"], message: "one")
    try place.repository.git("switch", "--quiet", "-c", "side", "HEAD~1")
    try place.land(["a": "two\n"], message: "two")
    #expect(try place.git("merge", "main").status == 1)
    let output = try place.gate("check", "--staged")
    #expect(output.status == 2)
    #expect(output.stderr.contains("resolve conflicts first"))
  }
}
