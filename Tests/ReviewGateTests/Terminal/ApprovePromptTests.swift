import ReviewCore
import TestSupport
import Testing

@testable import ReviewGate

/// The question before many lines are approved at once, at a real terminal.
@Suite struct ApprovePromptTests {
  @Test(arguments: [
    ("65\n", "confirmed"), ("y\n", "refused"), ("\n", "refused"), ("3\n", "refused"),
    ("\u{4}", "refused"),
  ])
  func `approves only when the number of lines is typed`(typed: String, result: String) throws {
    let terminal = try TerminalProbe.start("approve")
    try terminal.waitFor("60 lines  Sources/Auth/Store.swift")
    try terminal.waitFor("Type the number of changed lines to approve them: ")
    terminal.send(typed)
    try terminal.waitFor(result)
  }
}

/// Who started this process, as `/proc` tells it.
@Suite struct ProcessAncestryTests {
  @Test func `a program in a pseudo-terminal descends from its session and a reaper only`() throws {
    let terminal = try TerminalProbe.start("ancestors")
    try terminal.waitFor("that is all")
    let lines = terminal.output.split(separator: "\r\n").dropLast()
    #expect(lines.first?.hasPrefix("sh [\"sh\", \"/") == true)
    #expect(!terminal.output.contains("xctest"))
  }

  @Test func `the parent of the tests comes first`() {
    #expect(ProcessAncestry.ancestors().first?.arguments.isEmpty == false)
  }

  @Test(arguments: [
    ("12 (sh) S 1 12 12", "sh", 1),
    ("12 (a) b) (c) S 34 12", "a) b) (c", 34),
    ("12 () R 0 0", "", 0),
  ])
  func `reads the name and the parent`(stat: String, name: String, parent: Int32) throws {
    let read = try #require(ProcessStat(Array(stat.utf8)))
    #expect(read.name == name)
    #expect(read.parent == parent)
  }

  @Test(arguments: ["", "12", "12 (sh", "12 )sh( S 1", "12 (sh) S", "12 (sh) S x", "12 (sh) S -1"])
  func `reads nothing from a broken line`(stat: String) {
    #expect(ProcessStat(Array(stat.utf8)) == nil)
  }

  @Test(arguments: [
    ("", []), ("a\0", ["a"]), ("a\0b c\0", ["a", "b c"]), ("a\0\0b\0", ["a", "", "b"]),
    ("title without end", ["title without end"]),
  ])
  func `splits an argument vector`(bytes: String, arguments: [String]) {
    #expect(ProcessAncestry.split(Array(bytes.utf8)) == arguments)
  }
}
