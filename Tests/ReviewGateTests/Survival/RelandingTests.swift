import Foundation
import TestSupport
import Testing

/// Ways to land again what landed and was taken back, and what only looks like it.
@Suite struct RelandingTests {
  private static let work = [20: "let first = agentWroteThis()"]

  /// A topic branch with one agent's commit, read as a branch; `main` is checked out.
  private func reviewed(
    _ edits: [Int: String] = work,
    on page: [Int: String] = [:]
  ) throws -> (place: Workplace, commit: String) {
    let (place, _) = try Workplace.withPage()
    let base = try place.land(["a.swift": Workplace.page(page)], message: "by hand")
    try place.goTo("topic", from: base)
    let commit = try place.land(["a.swift": Workplace.page(page.merging(edits) { $1 })])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    return (place, commit)
  }

  /// Lands a page on `main` in an agent's name and takes it back.
  private func takeBack(_ place: Workplace, _ page: [Int: String]) throws -> String {
    try place.land(["a.swift": Workplace.page(page)], message: Workplace.message("squashed"))
    try place.passes("revert", "--no-edit", "HEAD")
    return try place.repository.head
  }

  // A record whose base is a commit of the branch itself.
  @Test func `a record of a single commit is used up by the landing of its branch`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    let person = [3: "a person wrote this"]
    try place.land(["a.swift": Workplace.page(person)], message: "by hand")
    try place.land(["a.swift": Workplace.page(person.merging(Self.work) { $1 })])
    try place.approve("--commit", "HEAD")
    try place.goTo("main")
    let reverted = try place.takeBackSquash(of: "topic")
    try place.goTo("topic")
    try place.passes("merge", "--quiet", "--no-edit", "main")
    #expect(try place.outcomes(since: "main") == ["stale"])
    try place.goTo("main")
    try place.passes("merge", "--quiet", "--no-ff", "--no-edit", "topic")
    #expect(try place.outcomes(since: reverted) == ["stale"])
    try place.repository.git("reset", "--quiet", "--hard", reverted)
    try place.landSquash(of: "topic")
    // In an agent's name, the squash makes the person's line the agent's.
    #expect(try place.outcomes(since: reverted) == ["unreviewed", "stale"])
  }

  @Test func `a clone without the branch that was read sees it as well`() throws {
    let (place, commit) = try reviewed()
    _ = try takeBack(place, Self.work.merging([21: "a person wrote this"]) { $1 })
    try place.land(["a.swift": Workplace.page([50: "elsewhere"])], message: "by hand")
    try place.goTo("again", from: "main")
    try place.passes("cherry-pick", commit)
    let clone = place.repository.sandbox + "/clone"
    try place.repository.git("init", "--quiet", "--initial-branch=other", clone)
    let references = ["main", "again"].map { "+refs/heads/\($0):refs/heads/\($0)" }
    try place.repository.git(
      ["fetch", "--quiet", place.path, "+refs/reviewgate/*:refs/reviewgate/*"] + references,
      at: clone
    )
    try place.repository.git("switch", "--quiet", "again", at: clone)
    #expect(try place.hunks(since: "main", to: "again", at: clone).map(\.outcome) == ["stale"])
    let job = try place.sealedCI("main..again", at: clone)
    #expect(job.status == 1, "\(job)")
  }

  // Few letters were added, and enough removed.
  @Test(arguments: ["    return 1", "    if 1 {"])
  func `a check that became next to nothing has landed beside another edit`(line: String) throws {
    let before = [20: "    return checkUserIsAllowed(user)"]
    let (place, commit) = try reviewed([20: line], on: before)
    let reverted = try takeBack(place, [19: "a person wrote this", 20: line])
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: reverted) == ["stale"])
    try place.repository.git("reset", "--quiet", "--hard", reverted)
    let page = before.merging([2: "elsewhere"]) { $1 }
    try place.land(["a.swift": Workplace.page(page)], message: "by hand")
    let moved = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: moved) == ["stale"])
  }

  // The same branch, opened again after its squash was reverted.
  @Test func `what the target took back after the branch began does not land again`() throws {
    let (place, _) = try reviewed()
    #expect(try place.rules(since: "main", to: "topic") == ["transition"])
    try place.landSquash(of: "topic")
    // What has landed and is there is no second landing: branches stand on each other.
    #expect(try place.rules(since: "main", to: "topic") == ["transition"])
    try place.passes("revert", "--no-edit", "HEAD")
    #expect(try place.outcomes(since: "main", to: "topic") == ["stale"])
    #expect(try place.sealedCI("main..topic").status == 1)
  }

  @Test func `a second copy is no replay of what has landed`() throws {
    let (place, commit) = try reviewed([20: "a line of number 20\nlet first = agentWroteThis()"])
    let main = [3: "main was here"]
    try place.land(["a.swift": Workplace.page(main)], message: "by hand")
    try place.landSquash(of: "topic")
    let moved = main.merging([10: "a line of number 10\nlet first = agentWroteThis()"]) { $1 }
    try place.land(["a.swift": Workplace.page(moved)], message: "moved by hand")
    let head = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: head).contains("stale"))
  }

  @Test func `a binary file has landed whatever its mode was`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    let commit = try place.land(["x.bin": "\0an agent made this"])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    try place.stage(["x.bin": "\0an agent made this"])
    try place.repository.git("update-index", "--chmod=+x", "x.bin")
    try place.land([:], message: Workplace.message("squashed"))
    try place.repository.git("reset", "--quiet", "--hard")
    try place.passes("revert", "--no-edit", "HEAD")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: reverted) == ["stale"])
  }

  @Test func `a change of the mode has landed on whatever content`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.repository.git("update-index", "--chmod=+x", "a.swift")
    let commit = try place.land([:])
    try place.approve("--range", "\(base)..HEAD")
    try place.repository.git("reset", "--quiet", "--hard")
    try place.goTo("main")
    try place.land(["a.swift": Workplace.page([3: "by hand"])], message: "by hand")
    try place.passes("cherry-pick", commit)
    try place.passes("revert", "--no-edit", "HEAD")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.check(since: reverted).status == 1)
  }

  // A version that is too large to look through may have had anything.
  @Test func `what could not be looked through counts as landed`() throws {
    let (place, _) = try reviewed()
    let policy = "version: 1\nlimits:\n  max-file-bytes: 4000\n"
    try place.land([".reviewgate/policy.yml": policy], message: "by hand")
    let large = Workplace.page([50: String(repeating: "large ", count: 1_000)])
    try place.land(["a.swift": large], message: "by hand")
    try place.land(["a.swift": Workplace.page([50: "elsewhere"])], message: "by hand")
    let moved = try place.repository.head
    try place.goTo("topic")
    try place.passes("rebase", "--quiet", "main")
    #expect(try place.outcomes(since: moved) == ["stale"])
    let output = try place.check(since: moved)
    #expect(output.stdout.contains("too much has landed since to look through"), "\(output)")
  }

  // MARK: - What only looks like it

  /// A line that stands in many places came and went in another one.
  @Test(arguments: ["merge", "rebase", "land"])
  func `a common line elsewhere has not landed`(way: String) throws {
    let line = "        return false"
    let page = [5: line, 15: line]
    let (place, commit) = try reviewed([25: line], on: page)
    for text in [line, "        return true"] {
      let edits = page.merging([10: text]) { $1 }
      try place.land(["a.swift": Workplace.page(edits)], message: "by hand")
    }
    let moved = try place.repository.head
    switch way {
    case "merge":
      try place.goTo("topic")
      try place.passes("merge", "--quiet", "--no-edit", "main")
    case "rebase":
      try place.goTo("topic")
      try place.passes("rebase", "--quiet", "main")
    default: try place.passes("merge", "--quiet", "--no-ff", "--no-edit", commit)
    }
    #expect(try place.outcomes(since: moved) == ["reviewed"])
  }

  @Test func `sixty squashes in one push find their branches`() throws {
    let (place, _) = try Workplace.withPage()
    let names = (1...60).map { "f\($0).swift" }
    let pages = names.map { ($0, Workplace.page([1: "this is \($0)"])) }
    let base = try place.land(Dictionary(uniqueKeysWithValues: pages), message: "by hand")
    func page(_ name: String, _ edits: [Int: String]) -> String {
      Workplace.page(edits.merging([1: "this is \(name)"]) { $1 })
    }
    for name in names {
      try place.goTo(name, from: base)
      let first = [20: "let first = agentWroteThis()"]
      try place.land([name: page(name, first)])
      try place.land([name: page(name, first.merging([21: "let second = this()"]) { $1 })])
      try place.approve("--range", "main..HEAD")
    }
    try place.goTo("main")
    let around = names.map { ($0, page($0, [18: "main was here", 23: "and here"])) }
    try place.land(Dictionary(uniqueKeysWithValues: around), message: "by hand")
    let moved = try place.repository.head
    for name in names {
      try place.passes("merge", "--quiet", "--squash", name)
      try place.land([:], message: Workplace.message(name))
    }
    let outcomes = try place.outcomes(since: moved)
    #expect(outcomes.count == 60 && outcomes.allSatisfy { $0 == "reviewed" }, "\(outcomes)")
  }
}
