import Foundation
import TestSupport
import Testing

/// What happens to the review of a branch when git moves it: one row for each operation.
///
/// The branch has two agent's hunks in one file and a new file, all read. The clone that judges has
/// neither the old commits nor the branch: only content and records survive the way to a server.
@Suite struct SurvivalMatrixTests {
  private static let hunks = [
    20: "let first = agentWroteThis()", 40: "let last = agentWroteThat()",
  ]
  private static let file = (1...10).map { "let value\($0) = compute(\($0))\n" }.joined()

  /// `topic` in two commits of an agent, read; it is checked out.
  private func reviewed() throws -> (place: Workplace, base: String) {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: Self.hunks[20] ?? ""]), "b.swift": Self.file])
    try place.land(["a.swift": Workplace.page(Self.hunks)])
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.outcomes(since: base) == ["reviewed", "reviewed", "reviewed"])
    return (place, base)
  }

  /// `main` goes on by hand; `topic` stays checked out.
  private func move(_ place: Workplace, _ files: [String: String]) throws {
    try place.goTo("main")
    try place.land(files, message: "by hand")
    try place.goTo("topic")
  }

  /// What a clone that has only `main` and HEAD says, with the records of this one.
  private func elsewhere(_ place: Workplace, since base: String) throws -> [Workplace.Hunk] {
    let head = try place.repository.head
    let base = try place.repository.git("rev-parse", base)
    let there = place.repository.sandbox + "/server.git"
    try place.repository.git("init", "--quiet", "--bare", there)
    try place.repository.git(
      "push",
      "--quiet",
      "--no-verify",
      there,
      "\(head):refs/heads/pushed",
      "\(base):refs/heads/main",
      "refs/reviewgate/*:refs/reviewgate/*"
    )
    try place.repository.git("clone", "--quiet", "--branch", "pushed", there, "../judge")
    let judge = place.repository.sandbox + "/judge"
    try place.repository.git(
      "fetch",
      "--quiet",
      "origin",
      "refs/reviewgate/*:refs/reviewgate/*",
      at: judge
    )
    return try place.hunks(since: base, at: judge)
  }

  /// Compares what a server says: reviewed or open, since what was read before it has never seen.
  private func expect(
    _ place: Workplace,
    since base: String,
    _ outcomes: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let hunks = try elsewhere(place, since: base)
    let found = hunks.map { $0.outcome == "reviewed" ? "reviewed" : "open" }
    #expect(found == outcomes, "\(hunks)", sourceLocation: sourceLocation)
  }

  private static let all = ["reviewed", "reviewed", "reviewed"]

  // Attack 30.
  @Test func `amend the message`() throws {
    let (place, base) = try reviewed()
    try place.passes("commit", "--quiet", "--amend", "-m", Workplace.message("other words"))
    try expect(place, since: base, Self.all)
  }

  // Attack 31.
  @Test func `amend the code`() throws {
    let (place, base) = try reviewed()
    var edited = Self.hunks
    edited[40] = "let last = agentChangedThat()"
    try place.stage(["a.swift": Workplace.page(edited)])
    try place.passes("commit", "--quiet", "--amend", "--no-edit")
    try expect(place, since: base, ["reviewed", "open", "reviewed"])
    let output = try place.check(since: base)
    #expect(output.stdout.contains("a.swift:40"), "\(output.stdout)")
    #expect(output.stdout.contains("changed after review by ada@example.com"))
  }

  // Attack 32.
  @Test func `rebase over another file`() throws {
    let (place, _) = try reviewed()
    try move(place, ["c": "other\n"])
    try place.passes("rebase", "--quiet", "main")
    try expect(place, since: "main", Self.all)
  }

  // Attack 32.
  @Test func `rebase over an edit far away in the same file`() throws {
    let (place, _) = try reviewed()
    try move(place, ["a.swift": Workplace.page([1: "main was here", 2: "and here"])])
    try place.passes("rebase", "--quiet", "main")
    try expect(place, since: "main", Self.all)
  }

  // Attack 32: elsewhere the old head is not there to be replayed, and the context says no.
  @Test func `rebase over an edit of the context`() throws {
    let (place, _) = try reviewed()
    try move(place, ["a.swift": Workplace.page([22: "main was here"])])
    try place.passes("rebase", "--quiet", "main")
    #expect(try place.outcomes(since: "main") == Self.all, "a replay of the head that is here")
    try expect(place, since: "main", ["open", "reviewed", "reviewed"])
  }

  // Attack 33.
  @Test func `rebase with a conflict`() throws {
    let (place, _) = try reviewed()
    try move(place, ["a.swift": Workplace.page([20: "main has this"])])
    #expect(try place.git("rebase", "main").status == 1)
    try place.stage([
      "a.swift": Workplace.page([20: "let first = agentAndMain()"]), "b.swift": Self.file,
    ])
    _ = try place.git("rebase", "--continue")
    try expect(place, since: "main", ["open", "reviewed", "reviewed"])
  }

  @Test func `cherry-pick to another branch with the origin named`() throws {
    let (place, base) = try reviewed()
    try place.goTo("release", from: base)
    try place.land(["c": "other\n"], message: "by hand")
    let start = try place.repository.head
    try place.passes("cherry-pick", "-x", "topic~1", "topic")
    try expect(place, since: start, Self.all)
  }

  @Test func `squash by an interactive rebase with fixups`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("commit", "--quiet", "--amend", "-m", Workplace.message("fixup! work"))
    let env = ["GIT_SEQUENCE_EDITOR": "true", "GIT_EDITOR": "true"]
    try place.passes("rebase", "-i", "--autosquash", base, env: env)
    #expect(try place.repository.git("rev-list", "--count", "\(base)..HEAD") == "1")
    try expect(place, since: base, Self.all)
  }

  @Test func `merge --squash onto a base that moved`() throws {
    let (place, _) = try reviewed()
    try move(place, ["c": "other\n"])
    try place.goTo("landing", from: "main")
    try place.passes("merge", "--quiet", "--squash", "topic")
    try place.land([:], message: Workplace.message("squashed"))
    try expect(place, since: "main", Self.all)
  }

  @Test func `merge`() throws {
    let (place, _) = try reviewed()
    try move(place, ["a.swift": Workplace.page([1: "main was here"])])
    try place.goTo("landing", from: "main")
    try place.passes("merge", "--quiet", "--no-ff", "-m", Workplace.message("merge"), "topic")
    try expect(place, since: "main", Self.all)
  }

  @Test func `send by mail and apply`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("format-patch", "--quiet", "-2", "-o", "../patches")
    try place.goTo("mailed", from: base)
    try place.land(["c": "other\n"], message: "by hand")
    let start = try place.repository.head
    let patches = try place.repository.run(["/bin/sh", "-c", "ls ../patches/*"]).stdout
    for patch in patches.split(separator: "\n").map(String.init) {
      try place.passes("am", "--quiet", patch)
    }
    try expect(place, since: start, Self.all)
  }

  // The revert of an agent's commit is a person's, and what it puts back was there before.
  @Test func `revert by a person`() throws {
    let (place, base) = try reviewed()
    try place.passes("revert", "--no-edit", "HEAD")
    try expect(place, since: base, ["reviewed", "reviewed"])
  }

  // An agent's revert is a change like any other: nobody has read that it goes.
  @Test func `revert by an agent of what has landed`() throws {
    let (place, _) = try reviewed()
    let landed = try place.repository.head
    try place.passes("revert", "--no-edit", "HEAD")
    try place.passes("commit", "--quiet", "--amend", "-m", Workplace.message("Revert \"work\""))
    #expect(try place.check(since: landed).status == 1)
  }

  // Attack 43.
  @Test func `land again after a revert`() throws {
    let (place, base) = try reviewed()
    let commit = try place.repository.head
    try place.passes("revert", "--no-edit", "HEAD")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    try expect(place, since: reverted, ["open"])
    #expect(base != reverted)
  }

  // Attack 46.
  @Test func `rename`() throws {
    let (place, base) = try reviewed()
    try place.repository.git("mv", "b.swift", "moved.swift")
    try place.land([:])
    try expect(place, since: base, ["reviewed", "reviewed", "open"])
  }

  // Attack 46.
  @Test func `rename to a sensitive place`() throws {
    let (place, base) = try reviewed()
    try place.stage([".github/workflows/keep": ""])
    try place.repository.git("mv", "b.swift", ".github/workflows/b.yml")
    try place.repository.git("rm", "--quiet", "--cached", ".github/workflows/keep")
    try place.land([:])
    #expect(try place.check(since: base).status == 1)
  }

  // Attacks 34, 35 and 37: a formatter changes bytes, and bytes are what was read.
  @Test(arguments: [
    ("let first = agentWroteThis() ", "trailing blank"), ("\tlet first = agentWroteThis()", "tab"),
    ("let first = agentWroteThis()\r", "carriage return"),
    ("let first  = agentWroteThis()", "blank"),
  ])
  func `format`(line: String, what: String) throws {
    let (place, base) = try reviewed()
    var edited = Self.hunks
    edited[20] = line
    try place.land(["a.swift": Workplace.page(edited)])
    try expect(place, since: base, ["open", "reviewed", "reviewed"])
  }

  @Test func `split into one commit for each hunk, in another order`() throws {
    let (place, base) = try reviewed()
    try place.goTo("split", from: base)
    try place.land(["b.swift": Self.file])
    try place.land(["a.swift": Workplace.page([40: Self.hunks[40] ?? ""])])
    #expect(try place.outcomes(since: base) == ["reviewed", "reviewed"])
    try place.land(["a.swift": Workplace.page(Self.hunks)])
    try expect(place, since: base, Self.all)
  }

  @Test func `half of an approved hunk is open until the rest follows`() throws {
    let (place, base) = try reviewed()
    try place.goTo("split", from: base)
    let lines = Self.file.split(separator: "\n").map { $0 + "\n" }
    try place.land(["b.swift": lines[..<5].joined()])
    let half = try place.outcomes(since: base)
    #expect(half != ["reviewed"], "\(half)")
    try place.land(["b.swift": Self.file])
    #expect(try place.outcomes(since: base) == ["reviewed"])
  }

  // Attack 49: both were read, and not in this order.
  @Test func `two approved hunks change places`() throws {
    let (place, base) = try reviewed()
    let swapped = [20: Self.hunks[40] ?? "", 40: Self.hunks[20] ?? ""]
    try place.land(["a.swift": Workplace.page(swapped)])
    let hunks = try elsewhere(place, since: base)
    #expect(hunks.prefix(2).allSatisfy { $0.outcome != "reviewed" }, "\(hunks)")
  }

  // A subtree, or another project's history: the repository stays the one that records are about.
  @Test(arguments: [true, false])
  func `records count after another history was merged in`(isFresh: Bool) throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    let tree = try place.repository.git("rev-parse", "main^{tree}")
    let other = try place.repository.git("commit-tree", tree, "-m", "another beginning")
    try place.passes("merge", "--quiet", "--allow-unrelated-histories", "-m", "both", other)
    let moved = try place.repository.head
    try place.passes("merge", "--quiet", "--no-ff", "-m", "merge", "topic")
    // What a new clone finds out about the repository, without what is kept here.
    if isFresh { try place.repository.git("clean", "--quiet", "-fdx") }
    if isFresh { try FileManager.default.removeItem(atPath: place.path + "/.git/reviewgate") }
    #expect(try place.rules(since: moved) == ["transition"])
  }

  @Test func `a name that an older version kept is not used`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    let old = "roots:sha256:" + String(repeating: "0", count: 64)
    try place.repository.write(".git/reviewgate/repository-id", old)
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.sealedCI("\(base)..HEAD").status == 0)
  }

  // A branch for pages, with a beginning of its own, is what is checked out at the first review.
  @Test func `a clone is called what the remote's default branch says`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    let other = try place.repository.git("commit-tree", "main^{tree}", "-m", "another beginning")
    try place.repository.git("branch", "pages", other)
    try place.goTo("main")
    let clone = place.repository.sandbox + "/clone"
    try place.passes("clone", "--quiet", place.path, clone, at: place.repository.sandbox)
    for (name, value) in [("name", "Ada"), ("email", "ada@example.com")] {
      try place.repository.git("config", "user." + name, value, at: clone)
    }
    try place.repository.git("switch", "--quiet", "pages", at: clone)
    try place.approve("--range", "origin/main..origin/topic", at: clone)
    #expect(try place.sealedCI("origin/main..origin/topic", at: clone).status == 0)
  }
}
