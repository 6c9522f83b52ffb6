import Foundation
import TestSupport
import Testing

/// Only a person at a terminal answers; whatever else asks is told one sentence and nothing is kept.
@Suite struct PresenceTests {
  static let sentence = "A human must run `reviewgate review`. Do not retry, do not bypass.\n"
  static let commands = [
    ["review"], ["approve"], ["review", "--staged"], ["approve", "--branch"],
  ]

  /// A clone on a branch with an agent's commit that nobody has read.
  private func blocked() throws -> Clone {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    return ada
  }

  private func expectRefusal(_ terminal: PseudoTerminal, _ ada: Clone, _ what: String) throws {
    let status = try terminal.waitForExit()
    let said = terminal.output.replacing("\r\n", with: "\n")
    #expect(status == 4 && said == Self.sentence, "\(what): \(status) \(said)")
    #expect(try ada.recordReferences() == "", "\(what)")
  }

  @Test func `without a terminal nobody is there`() throws {
    let ada = try blocked()
    for command in Self.commands {
      let output = try ada.startGate(command).wait()
      #expect(output.status == 4, "\(output)")
      #expect(output.stderr == Self.sentence)
      #expect(output.stdout == "")
    }
    #expect(try ada.recordReferences() == "")
  }

  @Test func `without a terminal no input or variable answers instead`() throws {
    let ada = try blocked()
    let variables = [
      "REVIEWGATE_SKIP": "because", "REVIEWGATE_FORCE": "1", "REVIEWGATE_YES": "1",
      "REVIEWGATE_HUMAN": "1", "REVIEWGATE_BIN": "/bin/true", "CI": "true",
    ]
    for (name, value) in variables {
      let output = try ada.startGate(["approve"], env: [name: value], stdin: "6\ny\n").wait()
      #expect(output.status == 4, "\(name): \(output)")
      #expect(output.stderr == Self.sentence)
    }
    for flag in ["--force", "--yes", "-y", "--no-tty", "--human", "--all-yes", "--no-verify"] {
      for command in ["review", "approve"] {
        let output = try ada.gate(command, flag)
        #expect([4, 64].contains(output.status), "\(command) \(flag): \(output)")
      }
    }
    #expect(try ada.recordReferences() == "")
  }

  @Test func `an agent's own variables refuse at a terminal`() throws {
    let ada = try blocked()
    let markers = [
      ["CLAUDE_CODE_CHILD_SESSION": "1"], ["CODEX_THREAD_ID": "0198"],
      ["CODEX_SANDBOX": "seatbelt"], ["GEMINI_CLI": "1"], ["CURSOR_AGENT": "1"],
      ["AI_AGENT": "codex"], ["AI_AGENT": "claude-code_2-1_agent"], ["PI_CODING_AGENT": "true"],
      ["CLAUDECODE": "1", "CLAUDE_CODE_CHILD_SESSION": "1"],
      ["GEMINI_CLI": "1", "REVIEWGATE_SKIP": "because", "CI": "true"],
    ]
    for marker in markers {
      try expectRefusal(try ada.atTerminal("review", env: marker), ada, "\(marker)")
    }
    try expectRefusal(try ada.atTerminal("approve", env: ["CODEX_THREAD_ID": "x"]), ada, "approve")
  }

  @Test func `a flag does not bring a person in`() throws {
    let ada = try blocked()
    for flag in ["--force", "--yes", "--no-verify"] {
      let terminal = try ada.atTerminal("approve", flag, env: ["GEMINI_CLI": "1"])
      let status = try terminal.waitForExit()
      #expect([4, 64].contains(status), "\(flag): \(terminal.output)")
    }
    #expect(try ada.recordReferences() == "")
  }

  @Test func `an editor's terminal is a person's`() throws {
    let ada = try blocked()
    let terminal = try ada.atTerminal("review", env: ["CLAUDECODE": "1"])
    try terminal.waitFor("1/3  Sources/Greeting.txt")
    terminal.send("q")
    #expect(try terminal.waitForExit() == 0)
  }

  /// Programs under an agent's name that run what they are given, one line each.
  static let ancestors: [(name: String, interpreter: String?)] = [
    ("claude", nil), ("codex", nil), ("gemini", nil),
    ("node_modules/@anthropic-ai/claude-code/cli.js", "node"),
    ("node_modules/@openai/codex/bin/codex.js", "node"),
  ]

  @Test func `an agent among the ancestors refuses at a terminal`() throws {
    let ada = try blocked()
    for ancestor in Self.ancestors {
      let folder = ada.temp.sandbox + "/bin-\(UUID().uuidString)"
      let line = try wrapper(ancestor, in: folder)
      let words = line + [BuiltProgram.path, "review"]
      let terminal = try ada.atTerminal(words[0], Array(words.dropFirst()))
      try expectRefusal(terminal, ada, ancestor.name)
    }
  }

  @Test func `an ancestor that only sounds like an agent is none`() throws {
    let ada = try blocked()
    for name in ["claudette", "codexes", "cursorless"] {
      let folder = ada.temp.sandbox + "/bin-\(UUID().uuidString)"
      let words = try wrapper((name, nil), in: folder) + [BuiltProgram.path, "review"]
      let terminal = try ada.atTerminal(words[0], Array(words.dropFirst()))
      try terminal.waitFor("1/3  Sources/Greeting.txt")
      terminal.send("q")
      #expect(try terminal.waitForExit() == 0)
    }
  }

  /// A copy of the shell under another name, as the parent of what follows it.
  private func wrapper(
    _ ancestor: (name: String, interpreter: String?),
    in folder: String
  ) throws -> [String] {
    let manager = FileManager.default
    let shell = URL(filePath: "/bin/sh").resolvingSymlinksInPath().path
    let script = folder + "/" + ancestor.name
    try manager.createDirectory(
      atPath: URL(filePath: script).deletingLastPathComponent().path,
      withIntermediateDirectories: true
    )
    // The shell must stay the parent: it may not replace itself by its last command.
    let body = "\"$@\"\nstatus=$?\nexit $status\n"
    guard let interpreter = ancestor.interpreter else {
      try manager.copyItem(atPath: shell, toPath: script)
      return [script, "-c", body, "sh"]
    }
    try manager.copyItem(atPath: shell, toPath: folder + "/" + interpreter)
    try TempRepository.whileNothingStarts {
      try Data(body.utf8).write(to: URL(filePath: script))
    }
    return [folder + "/" + interpreter, script]
  }
}
