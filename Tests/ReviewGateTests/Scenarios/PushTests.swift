import Foundation
import TestSupport
import Testing

/// What `git push` in all its forms is judged on.
@Suite struct PushTests {
  private static let remote = "../remote"

  /// A clone whose `origin` has the first commit.
  private func cloned() throws -> Workplace {
    let place = try Workplace()
    try place.repository.git("init", "--quiet", "--bare", Self.remote)
    try place.repository.git("remote", "add", "origin", Self.remote)
    try place.repository.git("push", "--quiet", "--no-verify", "-u", "origin", "main")
    return place
  }

  private func remoteRefs(_ place: Workplace) throws -> [String] {
    try place.repository.git("ls-remote", Self.remote).split(separator: "\n").map {
      String($0.split(separator: "\t")[1])
    }
  }

  // Case 51.
  @Test func `a branch with unread code is refused, and only its own commits count`() throws {
    let place = try cloned()
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.swift": Workplace.block])
    let said = try place.blocks("push", "origin", "topic")
    #expect(said.contains("push blocked. refs/heads/topic (0000000000.."), "\(said)")
    #expect(said.contains("10 AI-written lines in 1 file"))
    #expect(said.utf8.count < 2_048)
    try place.approve("--base", "main")
    #expect(try place.passes("push", "--quiet", "origin", "topic") == "")
    try place.land(["b": "by hand\n"], message: "b")
    #expect(try place.passes("push", "--quiet", "origin", "topic") == "")
  }

  @Test func `what the refusal tells to run makes the push pass`() throws {
    let place = try cloned()
    try place.land(["a.swift": Workplace.block])
    let said = try place.blocks("push", "origin", "main")
    let line = try #require(
      said.split(separator: "\n").first { $0.contains("reviewgate review --range ") }
    )
    let range = try #require(line.split(separator: " ").last.map(String.init))
    try place.approve("--range", range)
    try place.passes("push", "--quiet", "origin", "main")
  }

  // Case 51.
  @Test func `notes, records and deletions are nobody's business`() throws {
    let place = try cloned()
    try place.land(["a.swift": Workplace.block])
    try place.repository.git("notes", "add", "-m", Workplace.message("note"))
    try place.repository.git("update-ref", "refs/reviewgate/v1/log/x/y", "HEAD")
    try place.repository.git("push", "--quiet", "--no-verify", "origin", "main:old")
    let output = try place.passes(
      "push",
      "--quiet",
      "origin",
      "refs/notes/commits",
      "refs/reviewgate/v1/log/x/y",
      ":old"
    )
    #expect(output == "")
    #expect(
      try remoteRefs(place) == [
        "refs/heads/main", "refs/notes/commits", "refs/reviewgate/v1/log/x/y",
      ]
    )
  }

  // Case 51.
  @Test(arguments: [false, true])
  func `a tag is judged by what it leads to`(annotated: Bool) throws {
    let place = try cloned()
    try place.land(["a.swift": Workplace.block])
    try place.repository.git(["tag"] + (annotated ? ["-a", "-m", "one"] : []) + ["v1"])
    let said = try place.blocks("push", "origin", "v1")
    #expect(said.contains("refs/tags/v1"))
    #expect(said.contains("a.swift:1-10"))
    try place.approve("--base", "origin/main")
    try place.passes("push", "--quiet", "origin", "v1")
  }

  @Test func `a tag of something that is no commit is no code that lands`() throws {
    let place = try cloned()
    let blob = try place.repository.git("hash-object", "-w", "--stdin", stdin: "text")
    try place.repository.git("tag", "blob", blob)
    try place.repository.git("tag", "tree", "HEAD^{tree}")
    try place.passes("push", "--quiet", "origin", "blob", "tree")
  }

  // Case 51.
  @Test func `a force push is judged against what the remote has`() throws {
    let place = try cloned()
    try place.land(["a.swift": Workplace.block])
    try place.approve("--base", "origin/main")
    try place.passes("push", "--quiet", "origin", "main")
    try place.repository.git("reset", "--quiet", "--hard", "HEAD~1")
    try place.land(["a.swift": Workplace.block + "more\n"])
    let said = try place.blocks("push", "--force", "origin", "main")
    #expect(said.contains("a.swift"))
    try place.land(["a.swift": Workplace.block])
    #expect(try place.passes("push", "--quiet", "--force", "origin", "main") == "")
  }

  // Case 51.
  @Test func `one bad reference refuses all of them`() throws {
    let place = try cloned()
    try place.repository.git("branch", "clean")
    try place.repository.git("switch", "--quiet", "-c", "bad")
    try place.land(["a.swift": Workplace.block])
    try place.repository.git("switch", "--quiet", "-c", "worse", "main")
    try place.land(["b.swift": Workplace.block])
    let said = try place.blocks("push", "origin", "clean", "bad", "worse")
    #expect(said.contains("refs/heads/bad"))
    #expect(said.contains("refs/heads/worse"))
    #expect(!said.contains("refs/heads/clean"))
    #expect(try remoteRefs(place) == ["refs/heads/main"])
  }

  // Case 51.
  @Test func `the first push of a repository is judged from its first line`() throws {
    let place = try Workplace(isEmpty: true)
    try place.repository.git("init", "--quiet", "--bare", Self.remote)
    try place.land(["a.swift": Workplace.block])
    let said = try place.blocks("push", Self.remote, "main")
    #expect(said.contains("10 AI-written lines in 1 file"))
    let line = try #require(
      said.split(separator: "\n").first { $0.contains("reviewgate review --range ") }
    )
    let range = try #require(line.split(separator: " ").last.map(String.init))
    try place.approve("--range", range)
    try place.passes("push", "--quiet", Self.remote, "main")
  }

  // Case 51.
  @Test(arguments: [["HEAD:refs/heads/x"], ["HEAD~0:x"], ["+main:x"], ["--all"], ["--mirror"]])
  func `every way of naming a commit is judged`(words: [String]) throws {
    let place = try cloned()
    try place.land(["a.swift": Workplace.block])
    let refs = words[0].contains(":x") ? ["main:refs/heads/x"] : words
    let output = try place.repository.runDetached(["git", "push", "origin"] + refs)
    #expect(output.status == 1)
    #expect(output.stderr.contains("a.swift:1-10"))
    #expect(try remoteRefs(place) == ["refs/heads/main"])
  }

  // Case 51.
  @Test func `nothing to push is nothing to say`() throws {
    let place = try cloned()
    #expect(try place.passes("push", "--quiet", "origin", "main") == "")
    #expect(try place.passes("push", "--quiet", "origin", "main:another") == "")
  }

  // A remote that moved on has objects that are not here.
  @Test func `a remote ahead of this clone is git's to refuse, not a pass`() throws {
    let place = try cloned()
    let other = try Workplace(named: "other", isEmpty: true, hooks: false)
    try other.repository.git("remote", "add", "origin", place.repository.sandbox + "/remote")
    try other.repository.git("pull", "--quiet", "origin", "main")
    try other.land(["elsewhere": "x\n"], message: "elsewhere")
    try other.repository.git("push", "--quiet", "origin", "HEAD:main")
    try place.land(["a.swift": Workplace.block])
    let said = try place.blocks("push", "--force", "origin", "main")
    #expect(said.contains("10 AI-written lines in 1 file"), "\(said)")
  }
}
