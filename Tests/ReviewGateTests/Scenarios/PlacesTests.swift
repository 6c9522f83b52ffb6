import Foundation
import TestSupport
import Testing

/// The same verdict wherever git was started and wherever its directories are.
@Suite struct PlacesTests {
  private static let refused = "Index against HEAD: 10 AI-written lines in 1 file"

  // Case 32.
  @Test func `a commit from a subdirectory names paths from the root`() throws {
    let place = try Workplace()
    try place.stage(["deep/er/a.swift": Workplace.block, "deep/b": "by hand\n"])
    let folder = place.path + "/deep/er"
    let message = Workplace.message("a")
    let said = try place.blocks("commit", "-m", message, "a.swift", at: folder)
    #expect(said.contains(Self.refused))
    #expect(said.contains("  deep/er/a.swift:1-10"))
    let check = try place.gate("check", "--staged", at: folder)
    #expect(check.stdout.contains("  deep/er/a.swift:1-10"), "\(check.stdout)")
    let there = try place.gate("-C", folder, "check", "--staged", at: "/")
    #expect(there.stdout == check.stdout)
    #expect(there.status == 1)
  }

  /// What the program says about a line, by the name of its file, in a folder.
  @Test(arguments: [
    ("a.swift", "deep/er", "deep/er/a.swift"), ("./a.swift", "deep/er", "deep/er/a.swift"),
    ("../er//a.swift", "deep/er", "deep/er/a.swift"), ("er/a.swift", "deep", "deep/er/a.swift"),
    // As reports print it, from anywhere.
    ("deep/er/a.swift", "deep/er", "deep/er/a.swift"), ("deep/er/a.swift", "", "deep/er/a.swift"),
    // The folder comes first, and `./` means it alone.
    ("b.swift", "deep", "deep/b.swift"), ("../b.swift", "deep", "b.swift"),
    ("b.swift", "deep/er", "b.swift"), ("./b.swift", "deep/er", "deep/er/b.swift"),
    ("../../../b.swift", "deep/er", "../../../b.swift"),
  ])
  func `a name means what the folder has, and what the root has otherwise`(
    name: String,
    folder: String,
    path: String
  ) throws {
    let place = try Workplace(hooks: false)
    try place.land(["c": "by hand\n"], message: "by hand")
    let base = try place.repository.head
    let files = ["deep/er/a.swift", "deep/b.swift", "b.swift"]
    try place.land(Dictionary(uniqueKeysWithValues: files.map { ($0, Workplace.block) }))
    let there = place.path + "/" + folder
    let range = "\(base)..HEAD"
    let said = try place.gate("explain", "--range", range, name + ":1", at: there)
    #expect(said.stdout.hasPrefix("reviewgate: \(path):1"), "\(said)")
    let blamed = try place.gate("blame", name, at: there)
    #expect((blamed.status == 0) == files.contains(path), "\(blamed)")
    guard files.contains(path) else { return }
    try place.approve("--range", range, name, at: there)
    let open = files.filter { $0 != path }.sorted()
    let hunks = try place.hunks(since: base).filter { $0.outcome == "unreviewed" }
    #expect(hunks.map(\.path) == open)
  }

  // Case 32.
  @Test func `git -C and explicit directories change nothing`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    let message = Workplace.message("a")
    let outside = place.repository.sandbox
    let first = try place.blocks("-C", place.path, "commit", "-m", message, at: outside)
    #expect(first.contains(Self.refused))
    let second = try place.git(
      "--git-dir=repository/.git",
      "--work-tree=repository",
      "commit",
      "-m",
      message,
      at: outside
    )
    #expect(second.status == 1)
    #expect(second.stderr.contains(Self.refused), "\(second.stderr)")
    #expect(try place.repository.git("rev-list", "--count", "HEAD") == "1")
  }

  // Case 32: the git directory in one place and the files in another, as for files of a home.
  @Test func `a repository whose worktree is elsewhere is judged`() throws {
    let place = try Workplace(hooks: false)
    let files = place.repository.sandbox + "/files"
    try place.repository.write("../files/a.swift", Workplace.block)
    let words = ["--git-dir=\(place.path)/.git", "--work-tree=\(files)"]
    try place.install()
    try place.repository.git(words + ["add", "a.swift"], at: files)
    let output = try place.repository.runDetached(
      ["git"] + words + ["commit", "-m", Workplace.message("a")],
      at: files
    )
    #expect(output.status == 1)
    #expect(output.stderr.contains("a.swift:1-10"), "\(output.stderr)")
  }

  // Case 33.
  @Test func `a linked worktree has the same verdict and the same records`() throws {
    let place = try Workplace(named: "a repository")
    let base = try place.repository.head
    let linked = place.repository.sandbox + "/linked tree"
    try place.repository.git("worktree", "add", "--quiet", "-b", "side", linked)
    try place.repository.write("../linked tree/a.swift", Workplace.block)
    try place.repository.git("add", "a.swift", at: linked)
    let message = Workplace.message("a")
    let said = try place.blocks("commit", "-m", message, at: linked)
    #expect(said.contains(Self.refused))
    let file = place.path + "/.git/worktrees/linked-tree/COMMIT_EDITMSG"
    #expect(said.contains("git commit -eF '\(file)' "), "\(said)")
    try place.approve("--staged", at: linked)
    try place.passes("commit", "--quiet", "-m", message, at: linked)
    let output = try place.gate("check", "--range", "\(base)..side")
    #expect(output.status == 0, "\(output.stdout)")
    #expect(output.stdout.contains("all reviewed"))
  }

  // Case 33: what one worktree had blocked is nothing to another.
  @Test func `a blocked commit concerns its own worktree only`() throws {
    let place = try Workplace()
    let linked = place.repository.sandbox + "/linked"
    try place.repository.git("worktree", "add", "--quiet", "-b", "side", linked)
    try place.stage(["a.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("a"))
    try place.repository.write("../linked/b.swift", Workplace.block)
    try place.repository.git("add", "b.swift", at: linked)
    #expect(try place.passes("commit", "--quiet", "-m", "by hand", at: linked) == "")
    #expect(try place.gate("check", "--staged", at: linked).status == 0)
    #expect(try place.gate("check", "--staged").status == 1)
  }

  // Case 33.
  @Test func `a submodule is a repository of its own`() throws {
    let place = try Workplace()
    let library = try Workplace(named: "library", hooks: false)
    let allowed = ["-c", "protocol.file.allow=always"]
    try place.repository.git(allowed + ["submodule", "--quiet", "add", library.path, "library"])
    let submodule = place.path + "/library"
    try #require(try place.gate("install", at: submodule).status == 0)
    try place.repository.write("library/a.swift", Workplace.block)
    try place.repository.git("add", "a.swift", at: submodule)
    let said = try place.blocks("commit", "-m", Workplace.message("a"), at: submodule)
    #expect(said.contains(Self.refused))
    #expect(said.contains("modules/library/COMMIT_EDITMSG"))
    #expect(try place.passes("commit", "--quiet", "-m", "by hand", at: submodule) == "")
  }

  // Case 33.
  @Test func `a git directory that stands apart changes nothing`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("init", "--quiet", "--separate-git-dir", "../git dir")
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    let said = try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(said.contains(Self.refused))
    try place.passes("commit", "--quiet", "--no-verify", "-m", Workplace.message("a"))
    #expect(try place.gate("status", "--range", "HEAD~1..HEAD").stdout.contains("1 bypass"))
  }

  @Test(
    arguments: [
      "a b's \"tree\"", "ütf-8 木", "-dash", "dollar$HOME`id`", "semi;colon:",
    ]
  )
  func `a repository may be called anything`(name: String) throws {
    let place = try Workplace(named: name)
    try place.stage(["a.swift": Workplace.block])
    #expect(try place.blocks("commit", "-m", Workplace.message("a")).contains(Self.refused))
    #expect(try place.passes("commit", "--quiet", "-m", "by hand") == "")
    #expect(try place.gate("check", "--range", "HEAD~1..HEAD").status == 0)
  }
  @Test func `a repository in a path with a line feed is refused by name`() throws {
    let place = try Workplace(named: "line\nfeed", hooks: false)
    let output = try place.gate("install")
    #expect(output.status == 2)
    #expect(output.stderr.contains("the path of this repository holds a line feed"))
  }
}
