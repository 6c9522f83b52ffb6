import Foundation
import Glibc
import TestSupport
import Testing

@testable import ReviewGate

/// The walk at a real terminal, driven by keys.
@Suite struct ReviewScreenTests {
  @Test func `walks through all items and keeps every answer`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("1/3  Sources/Auth/Token.swift:1-3")
    terminal.send("y")
    try terminal.waitFor("2/3")
    terminal.send("n")
    try terminal.waitFor("Reason")
    #expect(terminal.isCooked)
    terminal.send("too long\n")
    try terminal.waitFor("3/3")
    terminal.send("s")
    try terminal.waitFor("All answered, 1 of them skipped.")
    terminal.send("q")
    try terminal.waitFor("1 approved, 1 rejected, 1 skipped.")
    try terminal.waitFor("kept: 1 approved; 2 rejected(reason: \"too long\"); 3 skipped")
    #expect(try terminal.waitForExit() == 0)
    #expect(terminal.isCooked)
  }

  // Cases 74 and 75: how wide characters, tabs and long lines are laid out is in HunkLayoutTests.
  @Test func `shows a screen of exactly the terminal's size with hidden text visible`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    #expect(terminal.screen.count == 24)
    #expect(terminal.screen.allSatisfy { $0.count <= 80 })
    #expect(terminal.screen.contains("      1 + let value1 = \"^[[31m<U+202E>\""))
    #expect(!terminal.output.contains("\u{202e}"))
  }

  @Test func `counts an approval only after the end was on the screen`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    terminal.send("J")
    try terminal.waitFor("lines 1-18 of 60, more below")
    for last in [39, 60] {
      terminal.send("y")
      try terminal.waitFor("-\(last) of 60")
      try terminal.waitFor("Not all of it was shown")
    }
    terminal.send("y")
    try terminal.waitFor("3/3")
    terminal.send("q")
    try terminal.waitFor("kept: 2 approved\r\n")
  }

  // Case 74.
  @Test func `draws again when the window changes`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    terminal.resize(columns: 40, rows: 10)
    try terminal.waitFor("[y,n,s,e,u,J,K,q,?]")
    #expect(terminal.screen.count == 10)
    #expect(terminal.screen.allSatisfy { $0.count <= 40 })
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func `gives the terminal back when a signal ends it`(signal: Int32) throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    #expect(!terminal.isCooked)
    terminal.send(signal: signal)
    #expect(try terminal.waitForExit() == 128 + signal)
    #expect(terminal.isCooked)
  }

  @Test func `gives the terminal back after Ctrl-C`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit() == 130)
    #expect(terminal.isCooked)
  }

  @Test func `stops and continues under job control`() throws {
    let (terminal, command) = try shell()
    terminal.send(command + "\n")
    try terminal.waitFor("? help")
    terminal.send("\u{1a}")
    try terminal.waitFor("Stopped")
    #expect(terminal.isCooked)
    #expect(terminal.output.contains("\u{1b}[0m\r\n"))
    terminal.send("fg\n")
    try terminal.waitFor("? help")
    #expect(!terminal.isCooked)
    terminal.send("y")
    try terminal.waitFor("2/3")
    terminal.send("q")
    try terminal.waitFor("kept: 1 approved")
  }

  @Test func `can be ended while it is stopped`() throws {
    let (terminal, command) = try shell()
    terminal.send(command + "\n")
    try terminal.waitFor("? help")
    terminal.send("\u{1a}")
    try terminal.waitFor("Stopped")
    terminal.send("kill %1; fg\n")
    try terminal.waitFor("Terminated")
    #expect(terminal.isCooked)
  }

  @Test func `refuses in the background instead of stopping`() throws {
    let (terminal, command) = try shell()
    terminal.send(command + " & wait; echo o''ver\n")
    try terminal.waitFor("the terminal is in use by another job")
    try terminal.waitFor("over")
  }

  @Test func `refuses without a terminal`() throws {
    let out = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: out) }
    let environment = ["OUT": out.path]
    let terminal = try TerminalProbe.start("review", environment: environment, withTerminal: false)
    #expect(try terminal.waitForExit() == 4)
    #expect(try String(contentsOf: out, encoding: .utf8) == "there is no terminal to ask at\n")
  }

  @Test func `opens the editor at the line and gives it the terminal`() throws {
    let environment = ["EDITOR": "sh -c 'echo editing $*; read answer' vi"]
    let terminal = try TerminalProbe.start("review", environment: environment)
    try terminal.waitFor("? help")
    terminal.send("e")
    try terminal.waitFor("editing /nowhere/Sources/Auth/Token.swift")
    #expect(terminal.isCooked)
    terminal.send("\n")
    try terminal.waitFor("not about edits made since")
    #expect(!terminal.isCooked)
    terminal.send("q")
    try terminal.waitFor("3 left.")
  }

  @Test func `takes an answer back`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    terminal.send("y")
    try terminal.waitFor("2/3")
    terminal.send("K")
    try terminal.waitFor("1/3 (approved)")
    terminal.send("u")
    try terminal.waitFor("Taken back: approved.")
    terminal.send("q")
    try terminal.waitFor("kept: 1 approved; 1 not approved")
  }

  @Test func `does not take keys pressed before an item is shown for its answer`() throws {
    let terminal = try TerminalProbe.start("review")
    try terminal.waitFor("? help")
    terminal.send("yyyyyyyyyyyyyyyyyyyy")
    try terminal.waitFor("2/3")
    terminal.send("q")
    try terminal.waitFor("kept: 1 approved\r\n")
  }

  @Test(arguments: ["dumb", ""])
  func `works line by line on a terminal that only prints`(term: String) throws {
    let terminal = try TerminalProbe.start("review", environment: ["TERM": term])
    try terminal.waitFor("1/3  Sources/Auth/Token.swift:1-3")
    try terminal.waitFor("(1/3) Approve this [y,n,s,e,u,J,K,q,?]? ")
    terminal.send("?\n")
    try terminal.waitFor("no key that approves everything")
    try terminal.waitFor("(1/3)")
    terminal.send("y\n")
    try terminal.waitFor("let value60 = \"^[[31m<U+202E>\"")
    try terminal.waitFor("(2/3)")
    terminal.send("n\n")
    try terminal.waitFor("Reason")
    terminal.send("no\n")
    try terminal.waitFor("(3/3)")
    terminal.send("\u{4}")
    try terminal.waitFor("1 approved, 1 rejected, 1 left.")
    #expect(!terminal.output.contains("\u{1b}"))
  }

  @Test func `uses no colour when asked not to`() throws {
    let terminal = try TerminalProbe.start("review", environment: ["NO_COLOR": "1"])
    try terminal.waitFor("? help")
    #expect(!terminal.output.contains("\u{1b}[0m"))
  }

  /// An interactive shell with job control, and the command line that starts the probe in it.
  private func shell() throws -> (terminal: PseudoTerminal, command: String) {
    let probe = try TerminalProbe.probe("review")
    let words = ([probe.program] + probe.arguments).map { "'\($0)'" }.joined(separator: " ")
    let terminal = try PseudoTerminal("/bin/sh", ["-im"], environment: probe.environment)
    return (terminal, "stty sane; " + words)
  }
}
