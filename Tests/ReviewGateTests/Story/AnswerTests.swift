import Foundation
import Glibc
import TestSupport
import Testing

/// What each key of a review leaves in the repository.
@Suite struct AnswerTests {
  /// A clone with an agent's three hunks committed on a branch.
  private func blocked() throws -> Clone {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    return ada
  }

  /// Opens the review at its first hunk.
  private func open(_ ada: Clone, _ selection: String...) throws -> PseudoTerminal {
    let terminal = try ada.atTerminal(BuiltProgram.path, ["review"] + selection)
    try terminal.waitFor("1/")
    try terminal.waitFor("? help")
    return terminal
  }

  /// Presses a key and waits for what it leads to.
  private func press(_ key: String, _ terminal: PseudoTerminal, until text: String) throws {
    terminal.send(key)
    try terminal.waitFor(text)
    if text.hasPrefix("(") == false, text.contains("/") { try terminal.waitFor("? help") }
  }

  @Test func `a rejection blocks with its reason until the same person says yes`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("n", terminal, until: "Reason")
    try press("nobody says good morning\n", terminal, until: "2/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)

    let text = try ada.gate("check")
    #expect(text.status == 1)
    #expect(text.stdout.contains("nobody says good morning"), "\(text.stdout)")
    let document = try ada.check()
    #expect(document.outcomes == ["rejected", "unreviewed", "unreviewed"])
    #expect(document.hunks[0]["note"] as? String == "nobody says good morning")
    #expect(document.hunks[0]["reviewer"] as? String == "ada@example.com")

    try ada.approveAll(hunks: 3)
    #expect(try ada.check().outcomes == ["reviewed", "reviewed", "reviewed"])
  }

  @Test func `a yes right after a no of the same person wins within one session`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("n", terminal, until: "Reason")
    try press("too loud\n", terminal, until: "2/3")
    try press("K", terminal, until: "1/3 (rejected)")
    try press("y", terminal, until: "2/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check().outcomes == ["reviewed", "unreviewed", "unreviewed"])
  }

  @Test func `another person's yes does not outvote a rejection`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("n", terminal, until: "Reason")
    try press("too loud\n", terminal, until: "2/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    try ada.introduce("Grace Example", "grace@example.com")
    try ada.approveAll(hunks: 3)
    #expect(try ada.check().outcomes == ["rejected", "reviewed", "reviewed"])
  }

  @Test func `an answer taken back no longer counts`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("y", terminal, until: "2/3")
    try press("K", terminal, until: "1/3 (approved)")
    try press("u", terminal, until: "Taken back: approved.")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check().outcomes == ["unreviewed", "unreviewed", "unreviewed"])
    #expect(try ada.records().count == 1)
  }

  @Test func `an answer taken back stays back although its whole file was approved`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("y", terminal, until: "2/3")
    try press("y", terminal, until: "3/3")
    try press("K", terminal, until: "2/3 (approved)")
    try press("K", terminal, until: "1/3 (approved)")
    try press("u", terminal, until: "Taken back: approved.")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check().outcomes == ["unreviewed", "reviewed", "unreviewed"])
  }

  @Test func `an answer may be taken back and given again at once`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    for _ in 1...3 {
      try press("y", terminal, until: "2/3")
      try press("K", terminal, until: "1/3 (approved)")
      try press("u", terminal, until: "Taken back: approved.")
    }
    try press("y", terminal, until: "2/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check().outcomes == ["reviewed", "unreviewed", "unreviewed"])
  }

  @Test func `a rejection in second thoughts survives the approval of the rest`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("y", terminal, until: "2/3")
    try press("K", terminal, until: "1/3 (approved)")
    try press("n", terminal, until: "Reason")
    try press("too loud after all\n", terminal, until: "2/3")
    try press("y", terminal, until: "3/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check().outcomes == ["rejected", "reviewed", "unreviewed"])
  }

  @Test func `skipping what was approved leaves it open again`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("y", terminal, until: "2/3")
    try press("K", terminal, until: "1/3 (approved)")
    try press("s", terminal, until: "2/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check().outcomes == ["unreviewed", "unreviewed", "unreviewed"])
  }

  // Case 72.
  @Test func `leaving keeps what was answered and skipping leaves open`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("s", terminal, until: "2/3")
    try press("y", terminal, until: "3/3")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.output.contains("2 still open"))
    #expect(try ada.check().outcomes == ["unreviewed", "reviewed", "unreviewed"])
    #expect(try ada.records().count == 1)
  }

  @Test(arguments: [[], ["--staged"], ["--range", "main..HEAD"], ["--base", "main"]])
  func `leaving names the command that goes on with the same change`(selection: [String]) throws {
    let ada = try blocked()
    if selection == ["--staged"] {
      try ada.install()
      try ada.write("Sources/More.txt", lines: Clone.parting)
      try ada.git("add", "--all")
      let blocked = try ada.tryGit("commit", "-F", "-", stdin: Clone.agentMessage)
      #expect(blocked.status == 1)
    }
    let terminal = try ada.atTerminal(BuiltProgram.path, ["review"] + selection)
    try terminal.waitFor("? help")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    let command = (["reviewgate", "review"] + selection).joined(separator: " ")
    #expect(terminal.output.contains("still open: \(command)\r\n"), "\(terminal.output)")
  }

  @Test func `a killed review keeps the answers given before`() throws {
    let ada = try blocked()
    let terminal = try open(ada)
    try press("y", terminal, until: "2/3")
    try press("y", terminal, until: "3/3")
    terminal.send(signal: SIGKILL)
    #expect(try terminal.waitForExit() == 128 + SIGKILL)
    #expect(try ada.check().outcomes == ["reviewed", "reviewed", "unreviewed"])
    #expect(try ada.records().count == 2)
  }

  // Case 73.
  @Test func `answers are about what was staged, not about edits made meanwhile`() throws {
    let ada = try Clone()
    try ada.install()
    try ada.stageAgentWork()
    let blocked = try ada.tryGit("commit", "-F", "-", stdin: Clone.agentMessage)
    #expect(blocked.status == 1)
    let terminal = try open(ada, "--staged")
    try ada.writeAgentWork(first: "Somebody edits while the review is open")
    try press("y", terminal, until: "2/3")
    try press("y", terminal, until: "3/3")
    terminal.send("y")
    #expect(try terminal.waitForExit() == 0)
    #expect(try ada.check("--staged").outcomes == ["reviewed", "reviewed", "reviewed"])

    try ada.git("add", "--all")
    let outcomes = try ada.check("--staged").outcomes(of: "Sources/Greeting.txt")
    #expect(outcomes == ["stale", "reviewed"])
  }

  // Case 76. The number asked for is that of the changed lines.
  @Test func `a bulk approval needs the number of lines and says that it was one`() throws {
    let ada = try blocked()
    let wrong = try ada.atTerminal("approve")
    try wrong.waitFor("Type the number of changed lines")
    wrong.send("5\n")
    #expect(try wrong.waitForExit() == 1)
    #expect(try ada.recordReferences() == "")

    let right = try ada.atTerminal("approve")
    try right.waitFor("Type the number of changed lines")
    right.send("6\n")
    #expect(try right.waitForExit() == 0, "\(right.output)")
    #expect(try ada.check().outcomes == ["reviewed", "reviewed", "reviewed"])
    let records = try ada.records()
    #expect(records.count == 1)
    let id = try #require(records.first?.split(separator: " ").first)
    let shown = try JSONSerialization.jsonObject(
      with: Data(try ada.gate("records", "show", String(id)).stdout.utf8)
    )
    let statement = try #require(shown as? [String: Any])
    let predicate = try #require(statement["predicate"] as? [String: Any])
    let presentation = try #require(predicate["presentation"] as? [String: Any])
    #expect(presentation["bulk"] as? Bool == true)
    #expect(presentation["seconds"] as? Int != nil)
  }
}
