import TestSupport
import Testing

/// A person who fixes an agent's hunk while reviewing it ends with a reviewed hunk.
@Suite struct EditTests {
  /// A commit of an agent that was refused, and an editor that runs a script on the file.
  private func blocked(
    _ files: [String: String],
    editor: String
  ) throws -> (place: Workplace, environment: [String: String]) {
    let place = try Workplace()
    try place.land(["a.swift": Workplace.page([:])], message: "by hand")
    try place.stage(files)
    try place.blocks("commit", "-m", Workplace.message("work"))
    let script = try place.script("editor", editor)
    let more = ["GIT_EDITOR": script, "TERM": "xterm"]
    return (place, place.repository.environment.merging(more) { $1 })
  }

  private func review(
    _ place: Workplace,
    _ environment: [String: String],
    keys: String,
    after sign: String
  ) throws -> String {
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["review", "--staged"],
      environment: environment,
      directory: place.path,
      columns: 120,
      rows: 40
    )
    try terminal.waitFor("? help")
    terminal.send("e")
    try terminal.waitFor(sign)
    terminal.send(keys)
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
    return terminal.output
  }

  private static let work = [20: "let first = agentWroteThis()", 21: "let second = agentToo()"]

  @Test func `an edited hunk is shown again, and what was approved may be committed`() throws {
    let (place, environment) = try blocked(
      ["a.swift": Workplace.page(Self.work)],
      editor: "sed -i 's/agentToo()/aPersonFixedThis()/' \"$1\"\n"
    )
    let output = try review(place, environment, keys: "y", after: "Edited.")
    #expect(output.contains("aPersonFixedThis()"), "\(output)")
    #expect(output.contains("git add -- a.swift"), "\(output)")
    try place.blocks("commit", "-m", Workplace.message("work"))
    try place.passes("add", "a.swift")
    try place.passes("commit", "--quiet", "-m", Workplace.message("work"))
    #expect(try place.check(since: "HEAD~1").status == 0)
  }

  @Test func `what is edited elsewhere in the file was not shown`() throws {
    let (place, environment) = try blocked(
      ["a.swift": Workplace.page(Self.work)],
      editor: "sed -i -e 's/agentToo()/fixed()/' -e '50s/.*/let backdoor = true/' \"$1\"\n"
    )
    _ = try review(place, environment, keys: "y", after: "Edited.")
    try place.passes("add", "a.swift")
    let said = try place.blocks("commit", "-m", Workplace.message("work"))
    #expect(said.contains("a.swift:50"), "\(said)")
    #expect(!said.contains("a.swift:20"), "\(said)")
  }

  @Test func `an edit after the answer is not what was read`() throws {
    let (place, environment) = try blocked(
      ["a.swift": Workplace.page(Self.work)],
      editor: "sed -i 's/agentToo()/fixed()/' \"$1\"\n"
    )
    _ = try review(place, environment, keys: "y", after: "Edited.")
    let again = [20: "let first = agentWroteThis()", 21: "let second = fixedOnceMore()"]
    try place.stage(["a.swift": Workplace.page(again)])
    let said = try place.blocks("commit", "-m", Workplace.message("work"))
    #expect(said.contains("changed after review by ada@example.com"), "\(said)")
  }

  // What else changed in the worktree since would be taken for the person's edit.
  @Test func `an edit of a file that is not what was shown is not followed`() throws {
    let (place, environment) = try blocked(
      ["a.swift": Workplace.page(Self.work)],
      editor: "sed -i 's/agentToo()/fixed()/' \"$1\"\n"
    )
    try place.repository.write(
      "a.swift",
      Workplace.page([20: "let first = unread()", 21: "agentToo()"])
    )
    _ = try review(place, environment, keys: "y", after: "not about edits made since")
    try place.passes("add", "a.swift")
    try place.blocks("commit", "-m", Workplace.message("work"))
  }

  @Test func `a hunk that changed after its review is shown as the difference`() throws {
    let place = try Workplace(hooks: false)
    let base = try place.repository.head
    let long = Workplace.lines(1...200)
    try place.land(["a.swift": long])
    try place.approve("--range", "\(base)..HEAD")
    try place.land(["a.swift": long.replacing("compute(100)", with: "compute(1000)")])
    let said = try place.check(since: base)
    #expect(said.stdout.contains("2 lines differ"), "\(said.stdout)")
    let why = try place.gate("explain", "--range", "\(base)..HEAD", "a.swift:100").stdout
    #expect(why.contains("+let value100 = compute(1000)"), "\(why)")
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["review", "--range", "\(base)..HEAD"],
      environment: place.repository.environment.merging(["TERM": "xterm"]) { $1 },
      directory: place.path,
      columns: 120,
      rows: 40
    )
    try terminal.waitFor("? help")
    #expect(terminal.output.contains("compute(1000)"))
    #expect(!terminal.output.contains("compute(50)"))
    terminal.send("y")
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
    #expect(try place.check(since: base).status == 0)
  }

  @Test func `a file that only moved is offered as such`() throws {
    let place = try Workplace(hooks: false)
    try place.land(
      ["old.swift": Workplace.block, "b.yml": Workplace.block + "b\n"],
      message: "by hand"
    )
    let base = try place.repository.head
    try place.repository.git("mv", "old.swift", "new.swift")
    try place.stage([".github/workflows/keep": "x\n"])
    try place.repository.git("mv", "b.yml", ".github/workflows/b.yml")
    try place.land([:])
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["review", "--range", "\(base)..HEAD", "new.swift", ".github"],
      environment: place.repository.environment.merging(["TERM": "xterm"]) { $1 },
      directory: place.path,
      columns: 120,
      rows: 40
    )
    try terminal.waitFor("1/3")
    try terminal.waitFor("? help")
    #expect(!terminal.output.contains("moved, identical"), "a workflow is read: \(terminal.output)")
    terminal.send("s")
    try terminal.waitFor("2/3")
    terminal.send("s")
    try terminal.waitFor("moved, identical: old.swift -> new.swift")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
  }
}
