import TestSupport
import Testing

/// New commits of old content: covered where the tree is what a merge without conflicts gives.
@Suite struct ReplayTests {
  /// A branch of an agent and a person that was read, and a `main` that moved into its context.
  ///
  /// The agent's two commits and the person's between them are in one place; the agent's were read
  /// commit by commit.
  private func mixed() throws -> (place: Workplace, base: String) {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    try place.approve("--commit", "HEAD")
    let person = [20: "let first = agentWroteThis()", 21: "let second = personWroteThis()"]
    try place.land(["a.swift": Workplace.page(person)], message: "by hand")
    let last = person.merging([22: "let third = agentWroteThis()"]) { $1 }
    try place.land(["a.swift": Workplace.page(last)])
    try place.approve("--commit", "HEAD")
    #expect(try place.rules(since: base) == ["line"])
    try place.goTo("main")
    try place.land(["a.swift": Workplace.page([24: "main was here"])], message: "by hand")
    return (place, try place.repository.head)
  }

  @Test func `a squash of people's and agents' commits asks nothing twice`() throws {
    let (place, base) = try mixed()
    try place.passes("merge", "--quiet", "--squash", "topic")
    #expect(try place.gate("check", "--staged").status == 0, "nobody accuses the index yet")
    try place.land([:], message: Workplace.message("squashed (#7)"))
    #expect(try place.rules(since: base) == ["replay"])
  }

  @Test func `a squash is looked at before it is committed as well`() throws {
    let (place, _) = try mixed()
    try place.passes("merge", "--quiet", "--squash", "topic")
    try place.repository.write("../message", Workplace.message("squashed"))
    let output = try place.gate("check", "--message", place.repository.sandbox + "/message")
    #expect(output.status == 0, "\(output.stdout)")
    #expect(output.stdout.contains("all reviewed"), "\(output.stdout)")
  }

  @Test func `a squash of a branch that is gone here has to be read`() throws {
    let (place, base) = try mixed()
    try place.landSquash(of: "topic")
    try place.passes("clone", "--quiet", "--no-hardlinks", "--single-branch", ".", "../other")
    let there = place.repository.sandbox + "/other"
    let output = try place.gate("check", "--range", "\(base)..HEAD", at: there)
    #expect(output.status == 1, "\(output.stdout)")
  }

  @Test func `a squash with one more line is no replay`() throws {
    let (place, base) = try mixed()
    try place.passes("merge", "--quiet", "--squash", "topic")
    try place.land(["b.swift": Workplace.block], message: Workplace.message("squashed"))
    #expect(try place.outcomes(since: base).contains("unreviewed"))
    #expect(try place.rules(since: base).contains("replay") == false)
  }

  // Attack 32. The field notes have a changed context stale; a rebase without a conflict of a head that
  // is here and passes is a replay (d.3 R2), which comes first.
  @Test func `a rebase over a changed context is a replay while the old head is here`() throws {
    let (place, base) = try mixed()
    try place.goTo("topic")
    let old = try place.repository.head
    try place.passes("rebase", "--quiet", "main")
    #expect(try place.repository.head != old)
    #expect(try place.rules(since: base) == ["replay"])
  }

  // What a forge judges of a request: its head, merged into the target, with the context changed.
  @Test func `a merge of a branch that was read as a whole is a replay of it`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThat()"])])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    try place.land(["a.swift": Workplace.page([22: "main was here"])], message: "by hand")
    let moved = try place.repository.head
    try place.passes("merge", "--quiet", "--no-ff", "-m", "merge", "topic")
    #expect(try place.rules(since: moved) == ["replay"])
  }

  /// An index that was read as a whole and never committed, on a `main` that moved into its context.
  private func readBeforeCommit(_ more: [Int: String] = [:]) throws -> (Workplace, base: String) {
    let (place, base) = try Workplace.withPage()
    let agents = [20: "let first = agentWroteThis()"]
    try place.repository.write("a.swift", Workplace.page(agents))
    try place.passes("add", "a.swift")
    try place.repository.write("../message", Workplace.message("from an index"))
    try place.approve("--message", place.repository.sandbox + "/message")
    try place.passes("reset", "--quiet", "--hard", base)
    let main = [22: "main was here"]
    try place.land(["a.swift": Workplace.page(main)], message: "by hand")
    let moved = try place.repository.head
    let edits = agents.merging(main) { $1 }.merging(more) { $1 }
    try place.land(["a.swift": Workplace.page(edits)])
    return (place, moved)
  }

  @Test func `what was read as a whole before it was committed has a replay without any head`()
    throws
  {
    let (place, base) = try readBeforeCommit()
    #expect(try place.rules(since: base) == ["replay"])
  }

  @Test func `with a line that was not in the index that was read it is no replay`() throws {
    let (place, base) = try readBeforeCommit([40: "let second = nobodyReadThis()"])
    #expect(try place.rules(since: base).contains("replay") == false)
    #expect(try place.outcomes(since: base).contains("unreviewed"))
  }

  @Test func `work on top of a replay is judged by itself`() throws {
    let (place, base) = try mixed()
    try place.goTo("topic")
    try place.passes("rebase", "--quiet", "main")
    try place.land(["b.swift": Workplace.block])
    let hunks = try place.hunks(since: base)
    #expect(hunks.map(\.outcome) == ["reviewed", "unreviewed"], "\(hunks)")
  }

  @Test func `each squash of a range finds its own branch`() throws {
    let (place, base) = try mixed()
    try place.goTo("second", from: base)
    try place.land(["c.swift": Workplace.block])
    try place.approve("--commit", "HEAD")
    try place.goTo("main")
    for branch in ["topic", "second"] {
      try place.passes("merge", "--quiet", "--squash", branch)
      try place.land([:], message: Workplace.message(branch))
    }
    let hunks = try place.hunks(since: base)
    #expect(hunks.map(\.outcome) == ["reviewed", "reviewed"], "\(hunks)")
  }

  @Test func `a branch that names no agent does not clear what its squash says`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = unread()"])], message: "quiet")
    try place.goTo("main")
    try place.landSquash(of: "topic")
    #expect(try place.outcomes(since: base) == ["unreviewed"])
  }

  // A note says line by line what the squash is; the branch never named that agent.
  @Test(arguments: ["ai", "mixed"])
  func `a branch does not clear another agent's lines that a note names`(kind: String) throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    let quiet = Workplace.page([20: "let first = nobodyReadThis()"])
    try place.land(["a.swift": quiet], message: "by hand")
    try place.land(["b.swift": Workplace.block])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("main")
    try place.passes("merge", "--quiet", "--squash", "topic")
    let squash = try place.land([:], message: "squashed")
    let note = """
      {"version":"0.1.0","vcs":{"type":"git","revision":"\(squash)"},"tool":{"name":"codex"},
      "files":[{"path":"a.swift","conversations":[{"contributor":{"type":"\(kind)"},
      "ranges":[{"start_line":20,"end_line":20}]}]}]}
      """
    try place.repository.git("notes", "--ref=agent-trace", "add", "-m", note, squash)
    #expect(try place.outcomes(since: base).contains("unreviewed"))
  }

  @Test func `a branch that was not read does not pass for its squash`() throws {
    let (place, base) = try mixed()
    try place.goTo("topic")
    try place.land(["d.swift": Workplace.block])
    try place.goTo("main")
    try place.landSquash(of: "topic")
    #expect(try place.outcomes(since: base).contains("unreviewed"))
  }

  // Attack 33.
  @Test func `a conflict resolved in a rebase is no replay`() throws {
    let (place, _) = try mixed()
    try place.land(
      ["a.swift": Workplace.page([20: "main has this", 24: "main was here"])],
      message: "by hand"
    )
    let base = try place.repository.head
    try place.goTo("topic")
    #expect(try place.git("rebase", "main").status == 1)
    try place.stage(["a.swift": Workplace.page([20: "let first = madeUp()", 24: "main was here"])])
    _ = try place.git("rebase", "--continue")
    _ = try place.git("rebase", "--skip")
    _ = try place.git("rebase", "--skip")
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 43, by replay: the source is still here and passes, but it has landed once.
  @Test func `a squash that was reverted does not land again unread`() throws {
    let (place, base) = try mixed()
    try place.landSquash(of: "topic")
    #expect(try place.check(since: base).status == 0)
    try place.passes("revert", "--no-edit", "HEAD")
    let reverted = try place.repository.head
    try place.passes("merge", "--quiet", "--squash", "topic")
    try place.land([:], message: Workplace.message("squashed again"))
    let output = try place.check(since: reverted)
    #expect(output.status == 1, "\(output.stdout)")
  }

  @Test func `a merge attribute of the change does not turn a conflict into a replay`() throws {
    let (place, base) = try Workplace.withPage()
    try place.land([".gitattributes": "*.swift merge=union\n"], message: "by hand")
    let start = try place.repository.head
    try place.goTo("topic", from: start)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    try place.approve("--commit", "HEAD")
    try place.goTo("main")
    try place.land(["a.swift": Workplace.page([20: "main has this"])], message: "by hand")
    let moved = try place.repository.head
    try place.landSquash(of: "topic")
    #expect(try place.check(since: moved).status == 1)
    #expect(base != start)
  }

  // MARK: - Branches that merged something

  /// A branch of two agent's commits that was read as a whole, and a person's work on top of it.
  private func continued() throws -> (place: Workplace, base: String) {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThat()"])])
    try place.approve("--range", "\(base)..HEAD")
    let person = [20: "let first = agentWroteThat()", 21: "let second = personWroteThis()"]
    try place.land(["a.swift": Workplace.page(person)], message: "by hand")
    return (place, base)
  }

  private func moveMain(_ place: Workplace, _ edits: [Int: String]) throws -> String {
    try place.goTo("main")
    return try place.land(["a.swift": Workplace.page(edits)], message: "by hand")
  }

  @Test func `a branch that was read, went on by hand and took the target in, stays read`() throws {
    let (place, _) = try continued()
    let moved = try moveMain(place, [24: "main was here"])
    try place.goTo("topic")
    try place.passes("merge", "--quiet", "--no-edit", "main")
    #expect(try place.rules(since: moved) == ["replay"])
    let file = try place.read("a.swift")
    try place.land(["a.swift": "by hand\n" + file], message: "by hand")
    #expect(try place.rules(since: moved) == ["replay"])
  }

  @Test func `a squash of a branch that rests on a replay itself asks nothing`() throws {
    let (place, _) = try continued()
    let moved = try moveMain(place, [24: "main was here"])
    try place.goTo("topic")
    try place.passes("rebase", "--quiet", "main")
    try place.goTo("main")
    try place.landSquash(of: "topic")
    #expect(try place.rules(since: moved) == ["replay"])
  }

  @Test func `a line that comes around a reviewed commit is not what was read there`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    let unread = Workplace.page([20: "let first = thisIsTakenOut()", 30: "let second = kept()"])
    let first = try place.land(["a.swift": unread])
    let kept = Workplace.page([30: "let second = kept()"])
    try place.land(["a.swift": kept])
    try place.approve("--range", "\(base)..HEAD")
    try place.goTo("around", from: first)
    try place.land(["b.swift": "by hand\n"], message: "by hand")
    try place.goTo("topic")
    _ = try place.git("merge", "--no-commit", "--no-ff", "around")
    // The merge brings back what the reviewed side had taken out.
    try place.land(["a.swift": unread], message: "merge")
    let hunks = try place.hunks(since: base)
    #expect(hunks.first?.outcome != "reviewed", "\(hunks)")
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 43, by a branch that takes in the target after that had the change and gave it up.
  @Test func `what landed and was reverted does not come back with a merge of the target`() throws {
    let (place, _) = try continued()
    try place.goTo("main")
    let reverted = try place.takeBackSquash(of: "topic")
    try place.goTo("topic")
    try place.passes("merge", "--quiet", "--no-edit", "main")
    let hunks = try place.hunks(since: reverted)
    #expect(!hunks.isEmpty && !hunks.contains { $0.outcome == "reviewed" }, "\(hunks)")
  }
}
