import Foundation
import TestSupport
import Testing

/// What a terminal shows while the program works, and what is left of it.
@Suite struct ProgressTests {
  /// Variables with a git that takes its time where it is asked for a word.
  private func slow(
    _ place: Workplace,
    at word: String,
    by seconds: Double
  ) throws -> [String: String] {
    let script = """
      #!/bin/sh
      case " $* " in *' \(word) '*) sleep \(seconds) ;; esac
      exec /usr/bin/git "$@"

      """
    try place.repository.write("../slow/git", script, executable: true)
    let path = place.repository.sandbox + "/slow:/usr/bin:/bin"
    return place.repository.environment.merging(["PATH": path, "TERM": "xterm"]) { $1 }
  }

  private func terminal(
    _ place: Workplace,
    _ arguments: [String],
    _ env: [String: String],
    withTerminal: Bool = true
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      Workplace.program,
      arguments,
      environment: env,
      directory: place.path,
      columns: 200,
      withTerminal: withTerminal
    )
  }

  @Test func `an answer that takes long says so, and the line is gone when it is there`() throws {
    let place = try Workplace(hooks: false)
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    let env = try slow(place, at: "rev-list", by: 2.2)
    let terminal = try terminal(place, ["check", "--range", "\(base)..HEAD"], env)
    try terminal.waitFor("reviewgate: judging, 1 s")
    #expect(try terminal.waitForExit() == 1)
    let rest = terminal.output.components(separatedBy: "\u{1b}[K").last ?? ""
    #expect(rest.hasPrefix("\u{1b}[31mreviewgate: blocked."), "\(terminal.output.debugDescription)")
    #expect(!rest.contains("judging"))
  }

  @Test func `what is printed meanwhile does not stand in the same line`() throws {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": Workplace.block])
    let head = try place.repository.head
    let zero = String(repeating: "0", count: 40)
    let lines = ["one", "two"].map { "refs/heads/\($0) \(head) refs/heads/\($0) \(zero)" }
    let env = try slow(place, at: "rev-list", by: 1.2)
    let script =
      "printf '%s\\n' '\(lines[0])' '\(lines[1])' | "
      + "'\(Workplace.program)' hook pre-push origin /nowhere"
    let terminal = try PseudoTerminal(
      "/bin/sh",
      ["-c", script],
      environment: env,
      directory: place.path,
      columns: 200
    )
    #expect(try terminal.waitForExit() == 1)
    let output = terminal.output
    let seen = output.matches(of: /judging what is pushed, \d+ s/)
    #expect(!seen.isEmpty, "\(output.debugDescription)")
    for line in seen {
      let next = output[line.range.upperBound...].unicodeScalars.first
      #expect(next == "\r", "\(output.debugDescription)")
    }
    #expect(output.contains("push blocked. refs/heads/one"))
    #expect(output.contains("push blocked. refs/heads/two"))
  }

  @Test func `steps are counted`() throws {
    let place = try Workplace(hooks: false)
    for name in ["a", "b", "c"] { try place.land([name: "x\n"], message: "by hand") }
    let env = try slow(place, at: "rev-list", by: 0.8)
    let terminal = try terminal(place, ["simulate", "--since", "HEAD~3"], env)
    #expect(try terminal.waitForExit() == 0)
    let counts = terminal.output.matches(of: /reviewgate: (\d) of 3 changes, \d s/)
    #expect(!counts.isEmpty, "\(terminal.output.debugDescription)")
    let last = terminal.output.components(separatedBy: "\u{1b}[K").last ?? ""
    #expect(last.hasPrefix("reviewgate: simulation."), "\(terminal.output.debugDescription)")
  }

  @Test(arguments: ["", "dumb"])
  func `nothing of it is written where a line cannot be drawn over`(term: String) throws {
    let place = try Workplace(hooks: false)
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    var env = try slow(place, at: "rev-list", by: 1.5)
    if !term.isEmpty { env["TERM"] = term }
    let terminal = try terminal(
      place,
      ["check", "--range", "\(base)..HEAD"],
      env,
      withTerminal: !term.isEmpty
    )
    #expect(try terminal.waitForExit() == 1)
    #expect(terminal.output.hasPrefix("reviewgate: blocked."), "\(terminal.output)")
    #expect(!terminal.output.contains("judging"))
    #expect(!terminal.output.contains("\u{1b}"))
  }
}

/// Reports fit the terminal that shows them.
@Suite struct TerminalWidthTests {
  @Test(arguments: [60, 80, 200] as [UInt16])
  func `sentences break at blanks where the terminal ends`(columns: UInt16) throws {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": Workplace.block])
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["check", "--commit", "HEAD"],
      environment: place.repository.environment.merging(["TERM": "dumb"]) { $1 },
      directory: place.path,
      columns: columns
    )
    #expect(try terminal.waitForExit() == 1)
    let lines = terminal.screen
    let long = lines.filter { $0.count > Int(columns) && !$0.hasPrefix("  ") }
    #expect(long == [])
    let paragraphs = lines.split(separator: "").map { $0.joined(separator: " ") }
    let closing = try #require(paragraphs.last)
    #expect(
      closing == "If you are an AI agent: stop and ask a person to run the review. "
        + "Skipping hooks will not help; CI runs this check."
    )
    #expect(
      paragraphs.first?.hasSuffix(
        "10 AI-written lines in 1 file have no human review (1 of 1 hunk)."
      ) == true
    )
    #expect((lines.firstIndex(of: "") ?? 0) > 1 || columns == 200, "\(lines)")
  }

  @Test func `a file and a pipe get each sentence in one line`() throws {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": Workplace.block])
    let output = try place.gate("check", "--commit", "HEAD")
    #expect(output.stdout.split(separator: "\n").first?.hasSuffix("(1 of 1 hunk).") == true)
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["check", "--commit", "HEAD", "--out", "text:out"],
      environment: place.repository.environment,
      directory: place.path,
      columns: 60
    )
    #expect(try terminal.waitForExit() == 1)
    #expect(try place.read("out") == output.stdout)
  }
}
