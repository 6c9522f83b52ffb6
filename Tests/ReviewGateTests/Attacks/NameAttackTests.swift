import TestSupport
import Testing

/// Attacks by somebody who pushes references that are called like something else.
@Suite struct NameAttackTests {
  /// A clone as a job has it, with every branch and tag, and `topic` checked out: an agent's commit,
  /// a tag on it, and one by hand.
  private func clone(tag: String) throws -> Workplace {
    let place = try Workplace(hooks: false)
    let git = place.repository
    try git.git("switch", "--quiet", "--create", "topic")
    try place.land(["a.swift": Workplace.block])
    try git.git("tag", tag)
    try place.land(["b": "by hand\n"], message: "by hand")
    let clone = Workplace(copying: place, at: git.sandbox + "/clone")
    try git.git("clone", "--quiet", git.path, clone.path)
    return clone
  }

  // Git takes a tag before the branch of a remote.
  @Test(arguments: [
    ["--base", "origin/main"], ["--range", "origin/main..HEAD"],
    ["--range", "origin/main~0..HEAD"],
    ["--base", "remotes/origin/main"],
  ])
  func `a tag that is called like the target does not become the target`(words: [String]) throws {
    let name = words[1].hasPrefix("remotes/") ? "remotes/origin/main" : "origin/main"
    let place = try clone(tag: name)
    let command = ["check", "--ci", "--no-fetch", "--no-require-records"] + words
    let output = try place.run(command, at: place.path)
    #expect(output.status == 2, "\(output)")
    #expect(output.stderr.contains(" or refs/tags/\(name)."), "\(output)")
    let whole = ["--base", "refs/remotes/origin/main"]
    let good = try place.run(Array(command.prefix(4)) + whole, at: place.path)
    #expect(good.status == 1 && good.stdout.contains("a.swift:1-10"), "\(good)")
  }

  @Test func `a tag that is called like a short id does not become that commit`() throws {
    let place = try Workplace(hooks: false)
    let short = String(try place.repository.head.prefix(7))
    try place.land(["a.swift": Workplace.block])
    try place.repository.git("tag", short)
    try place.land(["b": "by hand\n"], message: "by hand")
    let output = try place.gate("check", "--range", "\(short)..HEAD")
    #expect(output.status == 2, "\(output)")
    #expect(output.stderr.contains("can mean refs/tags/\(short) or "), "\(output)")
  }

  @Test func `a branch whose name is a command can be pasted with the commands that are shown`()
    throws
  {
    let place = try Workplace(hooks: false)
    let name = "x;touch${IFS}here"
    try place.repository.git("branch", name)
    try place.land(["a.swift": Workplace.block])
    for words in [["--range", name + "..HEAD"], ["--base", name]] {
      let output = try place.run(["check"] + words)
      let command = "reviewgate review \(words[0]) '\(words[1])'"
      #expect(output.stdout.contains(command), "\(output)")
    }
    #expect(try place.gate("check", "--range", "HEAD~1..HEAD").stdout.contains(" HEAD~1..HEAD\n"))
  }

  @Test func `a name that means one thing may look like an id, or have a namesake elsewhere`()
    throws
  {
    let place = try Workplace(hooks: false)
    for name in ["feed", "other/main", "tags/x"] {
      try place.repository.git("branch", name)
    }
    try place.land(["a.swift": Workplace.block])
    for name in ["feed", "other/main", "heads/feed", "refs/heads/feed", "HEAD~1", "@~1"] {
      let output = try place.gate("check", "--range", "\(name)..HEAD")
      #expect(output.stdout.contains("a.swift:1-10"), "\(name): \(output)")
    }
  }
}
