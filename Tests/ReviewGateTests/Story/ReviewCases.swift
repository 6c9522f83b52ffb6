import Foundation
import TestSupport
import Testing

/// The review at the terminal, where the other suites do not look.
@Suite struct ReviewCases {
  // Case 71. Without a terminal the status is 4 for every selection: a person is needed.
  @Test func `a review with nothing to do is one line`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.write("Sources/Greeting.txt", lines: Clone.greeting + ["by hand"])
    try ada.git("commit", "--quiet", "--all", "-m", "By hand")
    let terminal = try ada.atTerminal("review")
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.output == "reviewgate: nothing to review in main..HEAD.\r\n")
    let nobody = try ada.gate("review")
    #expect(nobody.status == 4)
    #expect(nobody.stderr.contains("reviewgate review"))
  }

  @Test func `a path after --branch is told where paths go, and goes there`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    let path = "Sources/Greeting.txt"
    for command in ["review", "approve"] {
      let terminal = try ada.atTerminal(command, "--branch", path)
      #expect(try terminal.waitForExit() == 64)
      #expect(terminal.output.contains("'\(path)' is a path and no revision"))
      #expect(terminal.output.contains("the path: --branch -- \(path)\r\n"))
      #expect(terminal.output.contains("with a base: --branch=BASE -- \(path)"))
    }
    for arguments in [["--branch", "--", path], ["--branch=main", "--", path], [path]] {
      let terminal = try ada.atTerminal(BuiltProgram.path, ["approve"] + arguments)
      try terminal.waitFor(path)
      try terminal.waitFor("to approve them:")
      #expect(!terminal.output.contains("Other"), "\(terminal.output)")
      terminal.send("0\r")
      #expect(try terminal.waitForExit() == 1)
    }
    let nothing = try ada.atTerminal("approve", "no/such/file")
    #expect(try nothing.waitForExit() == 0)
    #expect(
      nothing.output == "reviewgate: nothing to approve in main..HEAD at no/such/file.\r\n"
    )
  }

  // Case 72: what each key does is in AnswerTests.
  @Test func `the keys are explained, and every screen says how far it is`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    let terminal = try ada.atTerminal("review")
    try terminal.waitFor("1/3")
    try terminal.waitFor("? help")
    terminal.send("?")
    try terminal.waitFor("answers given so far are kept")
    terminal.send("q")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.output.contains("3 still open"))
  }

  // Case 73: that the answers are about what was staged is in AnswerTests.
  @Test func `a file that changes on disk meanwhile is named at the end`() throws {
    let ada = try Clone()
    try ada.stageAgentWork()
    try ada.install()
    #expect(try ada.tryGit("commit", "-F", "-", stdin: Clone.agentMessage).status == 1)
    let terminal = try ada.atTerminal("review", "--staged")
    try terminal.waitFor("1/3")
    try terminal.waitFor("? help")
    try ada.writeAgentWork(first: "Somebody edits while the review is open")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
    let warning = "Changed on disk meanwhile, and not what was shown: Sources/Greeting.txt"
    #expect(terminal.output.contains(warning + "\r\n"), "\(terminal.output)")
    let calm = try ada.atTerminal("review", "--staged")
    try calm.waitFor("? help")
    calm.send("q")
    #expect(try calm.waitForExit() == 0)
    #expect(!calm.output.contains("Changed on disk"))
  }

  @Test func `colours of a review are as asked for`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    for (choice, isColoured) in [("never", false), ("always", true)] {
      let terminal = try ada.atTerminal(
        "review",
        "--color",
        choice,
        env: isColoured ? ["NO_COLOR": "1"] : [:]
      )
      try terminal.waitFor("? help")
      terminal.send("q")
      #expect(try terminal.waitForExit() == 0)
      #expect(terminal.output.contains("\u{1b}[32m") == isColoured)
    }
  }
}
