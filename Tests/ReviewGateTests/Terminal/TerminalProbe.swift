import Foundation
import Glibc
import ReviewCore
import TestSupport
import Testing

@testable import ReviewGate

/// The parts of the terminal as a program of their own: this test program, started once more.
///
/// `PROBE` says which part; a normal run skips it. The real program has nothing like it.
@Suite struct TerminalProbe {
  static let variable = "PROBE"

  static func start(
    _ part: String,
    environment: [String: String] = [:],
    columns: UInt16 = 80,
    rows: UInt16 = 24,
    withTerminal: Bool = true
  ) throws -> PseudoTerminal {
    let probe = try probe(part, environment)
    return try PseudoTerminal(
      probe.program,
      probe.arguments,
      environment: probe.environment,
      columns: columns,
      rows: rows,
      withTerminal: withTerminal
    )
  }

  static func probe(
    _ part: String,
    _ environment: [String: String] = [:]
  ) throws -> (program: String, arguments: [String], environment: [String: String]) {
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    // The runner's own words go to standard output; what a person sees goes to the terminal.
    let words = [program, "--testing-library", "swift-testing", "--filter", "TerminalProbe"]
    let script = "exec \"$@\" >/dev/null 2>&1"
    let plain = ["TERM": "xterm", "PATH": "/usr/bin:/bin", variable: part]
    let variables = plain.merging(environment) { $1 }.filter { !$0.value.isEmpty }
    return ("/bin/sh", ["-c", script, "sh"] + words, variables)
  }

  static let items = [
    item(1, "Sources/Auth/Token.swift", lines: 3),
    item(2, "Sources/Auth/Store.swift", lines: 60),
    item(3, "Sources/Net/Client.swift", lines: 2),
  ]

  static func item(_ id: Int, _ path: String, lines: Int) -> ReviewItem {
    ReviewItem(
      id: id,
      path: path,
      heading: "\(path):1-\(lines)",
      origin: "claude-code",
      evidence: ["Co-Authored-By: Claude <noreply@example.com>"],
      state: "not reviewed",
      lines: (1...lines).map {
        ReviewLine(
          kind: .added,
          oldNumber: nil,
          newNumber: $0,
          bytes: Array("let value\($0) = \"\u{1b}[31m\u{202e}\"\n".utf8)
        )
      },
      editPath: "/nowhere/\(path)",
      changedLines: lines
    )
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["PROBE"] != nil))
  func probe() throws {
    let environment = ProcessInfo.processInfo.environment
    let terminal: ControllingTerminal
    do {
      terminal = try ControllingTerminal()
    } catch {
      try? Data("\(error)\n".utf8).write(to: URL(filePath: environment["OUT"] ?? "/dev/tty"))
      exit(4)
    }
    switch environment[Self.variable] {
    case "review": try review(terminal, environment)
    case "approve": try approve(terminal)
    case "ancestors":
      for ancestor in ProcessAncestry.ancestors() {
        terminal.write("\(ancestor.name) \(ancestor.arguments)\n")
      }
      terminal.write("that is all\n")
    default: exit(64)
    }
    exit(0)
  }

  private func review(_ terminal: ControllingTerminal, _ environment: [String: String]) throws {
    var kept: [String] = []
    let screen = ReviewScreen(
      terminal: terminal,
      environment: environment,
      record: { kept.append("\($0.id) \($1)") },
      withdraw: { kept.append("\($0.id) not \($1)") }
    )
    _ = try screen.run(Self.items)
    terminal.write("kept: \(kept.joined(separator: "; "))\n")
  }

  private func approve(_ terminal: ControllingTerminal) throws {
    let files = Self.items.map { BulkApproval.File(path: $0.path, changedLines: $0.changedLines) }
    let confirmed = try ApprovePrompt(terminal: terminal).confirms(BulkApproval(files: files))
    terminal.write(confirmed ? "confirmed\n" : "refused\n")
  }
}
