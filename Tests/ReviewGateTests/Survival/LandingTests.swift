import TestSupport
import Testing

/// An approval is good for one landing: what came back is decided again.
@Suite struct LandingTests {
  private static let work = [20: "let first = agentWroteThis()"]

  /// An agent's commit on `main`, read and landed.
  private func landed() throws -> (place: Workplace, base: String, commit: String) {
    let (place, base) = try Workplace.withPage()
    let commit = try place.land(["a.swift": Workplace.page(Self.work)])
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.rules(since: base) == ["transition"])
    return (place, base, commit)
  }

  // Attack 43.
  @Test func `what landed and was reverted is read again before it lands again`() throws {
    let (place, base, commit) = try landed()
    try place.passes("revert", "--no-edit", "HEAD")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    let output = try place.check(since: reverted)
    #expect(output.status == 1, "\(output.stdout)")
    #expect(output.stdout.contains("landed since: read it again"), "\(output.stdout)")
    // Before it landed, the same commits are one change of the branch.
    #expect(try place.check(since: base).status == 0)
    try place.approve("--range", "\(reverted)..HEAD")
    #expect(try place.check(since: reverted).status == 0)
  }

  // Attack 43, where only the hunk is the same.
  @Test func `a hunk that landed and was reverted is read again`() throws {
    let (place, _, commit) = try landed()
    try place.passes("revert", "--no-edit", "HEAD")
    try place.land(["a.swift": Workplace.page([50: "elsewhere"])], message: "by hand")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: reverted) == ["stale"])
  }

  // Attack 43: landed by a merge, which is one step of the target.
  @Test func `what a merge brought in has landed`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page(Self.work)])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    try place.land(["b": "other\n"], message: "by hand")
    try place.passes("merge", "--quiet", "--no-ff", "-m", "merge", "topic")
    #expect(try place.check(since: base).status == 0)
    try place.passes("revert", "--no-edit", "-m", "1", "HEAD")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", "topic")
    #expect(try place.outcomes(since: reverted) == ["stale"])
  }

  // Attack 43: a hunk that landed in two commits is whole only in what they made together.
  @Test func `a hunk that landed in pieces has landed`() throws {
    let (place, base) = try Workplace.withPage()
    let both = [20: "let first = agentWroteThis()", 21: "let second = agentWroteThis()"]
    try place.land(["a.swift": Workplace.page(Self.work)])
    try place.land(["a.swift": Workplace.page(both)])
    try place.approve("--range", "\(base)..HEAD")
    try place.land(["a.swift": Workplace.page([50: "elsewhere"])], message: "taken back")
    let reverted = try place.repository.head
    try place.land(["a.swift": Workplace.page(both.merging([50: "elsewhere"]) { $1 })])
    #expect(try place.outcomes(since: reverted) == ["stale"])
  }

  // Attack 43: a person's line beside it landed and went as well, so that no hunk is the same.
  @Test(arguments: [true, false])
  func `a hunk that landed with a line beside it has landed`(isWhole: Bool) throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    let commit = try place.land(["a.swift": Workplace.page(Self.work)])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    let beside = Self.work.merging([21: "a person wrote this"]) { $1 }
    try place.land(["a.swift": Workplace.page(beside)], message: Workplace.message("squashed"))
    try place.passes("revert", "--no-edit", "HEAD")
    if !isWhole {
      try place.land(["a.swift": Workplace.page([50: "elsewhere"])], message: "by hand")
    }
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: reverted) == ["stale"])
    let output = try place.check(since: reverted)
    #expect(output.stdout.contains("and landed since: read it again"), "\(output.stdout)")
  }

  // Attack 43: a check that an agent took out, with leave, came back and goes again.
  @Test func `a removal that landed and was taken back is read again`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    let commit = try place.land(["a.swift": Workplace.page([20: ""])])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    try place.land(["a.swift": Workplace.page([19: "a person wrote this", 20: ""])])
    try place.land(["a.swift": Workplace.page([:])], message: "back again")
    let reverted = try place.repository.head
    try place.passes("cherry-pick", commit)
    #expect(try place.outcomes(since: reverted) == ["stale"])
  }

  @Test func `a line that the target had and lost before the branch does not count`() throws {
    let (place, _) = try Workplace.withPage()
    try place.land(["a.swift": Workplace.page(Self.work)], message: "by hand")
    try place.land(["a.swift": Workplace.page([:])], message: "by hand")
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.page(Self.work)])
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.rules(since: base) == ["transition"])
  }

  // More landings than were once looked through, none of which has to do with the record.
  @Test func `a review holds however much landed beside it since`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page(Self.work)])
    try place.approve("--range", "\(base)..HEAD")
    let text = try place.repository.git("show", "\(base):a.swift") + "\n"
    var commits = ""
    for number in 1...1_100 {
      commits += "commit refs/heads/main\ncommitter P <p@example.com> 1700000000 +0000\n"
      commits += "data 4\nmore\n"
      if number == 1 { commits += "from \(base)\n" }
      let new = text + "more \(number)\n"
      commits += "M 100644 inline a.swift\ndata \(new.utf8.count)\n\(new)\n"
    }
    try place.repository.git("fast-import", "--quiet", "--force", stdin: commits)
    let moved = try place.repository.git("rev-parse", "main")
    try place.passes("rebase", "--quiet", "main")
    #expect(try place.rules(since: moved) == ["hunk"])
  }

  // Attack 42.
  @Test func `a second copy of what has landed is not covered by the first one's review`() throws {
    let (place, base) = try Workplace.withPage()
    let around = "// three lines\n// of the same\n// surroundings\n"
    let call = "logger.debug(\"value\")\n"
    let start = (1...4).map { "part \($0)\n\(around)\(around)" }.joined()
    func text(_ parts: ClosedRange<Int>) -> String {
      (1...4).map { "part \($0)\n\(around)\(parts.contains($0) ? call : "")\(around)" }.joined()
    }
    try place.land(["c.swift": start], message: "by hand")
    let before = try place.repository.head
    try place.land(["c.swift": text(1...1)])
    try place.approve("--range", "\(before)..HEAD")
    #expect(try place.rules(since: before) == ["transition"])
    let once = try place.repository.head
    try place.land(["c.swift": text(1...2)])
    #expect(try place.outcomes(since: once) == ["stale"], "one was approved, and one has landed")
    #expect(try place.outcomes(since: before).filter { $0 == "reviewed" }.count == 1)
    #expect(base != before)
  }

  // Attack 81: reviews of one place, by two people, are not added up to cover two.
  @Test func `several reviews of a hunk do not cover a second one`() throws {
    let (place, _) = try Workplace.withPage()
    let around = "// three lines\n// of the same\n// surroundings\n"
    let call = "logger.debug(\"value\")\n"
    func text(_ parts: [Int]) -> String {
      (1...2).map { "part \($0)\n\(around)\(parts.contains($0) ? call : "")\(around)" }.joined()
    }
    let policy = ".reviewgate/policy.yml"
    try place.land(
      ["c.swift": text([]), policy: "version: 1\nreview:\n  approvals: 2\n"],
      message: "by hand"
    )
    let base = try place.repository.head
    try place.land(["c.swift": text([1])])
    for person in ["ada@example.com", "carol@example.com"] {
      try place.repository.git("config", "user.email", person)
      try place.approve("--commit", "HEAD")
    }
    #expect(try place.outcomes(since: base) == ["reviewed"])
    try place.land(["c.swift": text([1, 2]), policy: "version: 1\n"], message: "two of them")
    try place.repository.git("reset", "--quiet", "--soft", base)
    try place.land([:])
    let outcomes = try place.hunks(since: base).filter { $0.path == "c.swift" }.map(\.outcome)
    #expect(
      outcomes.sorted() == ["reviewed", "stale"] || outcomes.sorted() == ["reviewed", "unreviewed"]
    )
  }

  // Attack 47.
  @Test func `approved steps lead to a squash, and one that is missing does not`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page(Self.work)])
    try place.approve("--commit", "HEAD")
    let second = [20: "let first = agentWroteThat()"]
    try place.land(["a.swift": Workplace.page(second)])
    try place.approve("--commit", "HEAD")
    try place.goTo("squash", from: base)
    try place.repository.git("branch", "--quiet", "-D", "topic")
    try place.land(["a.swift": Workplace.page(second)])
    #expect(try place.rules(since: base) == ["chain"])
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page(Self.work)])
    try place.land(["a.swift": Workplace.page([20: "let first = nobodyReadThis()"])])
    let third = try place.land(["a.swift": Workplace.page([20: "let first = agentWroteMore()"])])
    try place.approve("--commit", third)
    try place.goTo("squash", from: base)
    try place.repository.git("branch", "--quiet", "-D", "topic")
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteMore()"])])
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 48.
  @Test func `a step that has landed is no link of another chain`() throws {
    let (place, base, _) = try landed()
    let work = try place.repository.head
    let other = [20: "let first = anotherAgentWroteThis()"]
    // Back to the start by an agent, read as well.
    try place.land(["a.swift": Workplace.page([:])])
    try place.approve("--range", "\(work)..HEAD")
    let back = try place.repository.head
    try place.goTo("topic", from: back)
    try place.land(["a.swift": Workplace.page(other)])
    try place.approve("--commit", "HEAD")
    let from = try place.repository.head
    try place.land(["a.swift": Workplace.page([:])])
    try place.approve("--commit", "HEAD")
    try place.land(["a.swift": Workplace.page(Self.work)])
    // other -> start is approved here, start -> work was approved before the start and has landed.
    #expect(try place.check(since: from).status == 1)
    #expect(base != back)
  }
}
