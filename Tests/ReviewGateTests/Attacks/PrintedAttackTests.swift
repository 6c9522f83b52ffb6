import Foundation
import TestSupport
import Testing

/// Attacks on whoever reads what is printed.
@Suite struct PrintedAttackTests {
  private static let hostile = "\u{1b}]0;title\u{7}\u{1b}[2J\r::error::done\u{9b}31m\u{202e}"

  /// What no output may hold: controls but line feeds, and characters that bend the line.
  private func isSafe(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let bad = text.unicodeScalars.first {
      ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value)
        || (0x202a...0x202e).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }
    #expect(
      bad == nil,
      "\(bad?.value ?? 0) in \(text.debugDescription)",
      sourceLocation: sourceLocation
    )
    #expect(
      !text.split(separator: "\n").contains { $0.hasPrefix("::error::done") },
      sourceLocation: sourceLocation
    )
  }

  // Attack 64.
  @Test func `names, contents, messages and policies print no control anywhere`() throws {
    let server = try PushServer()
    let place = server.place
    let name = "a\(Self.hostile)\n::error::done.swift"
    try place.repository.write(name, Workplace.block + "let x = \"\(Self.hostile)\"\n")
    try place.repository.git("add", "--all")
    let message =
      "work \(Self.hostile)\n\nAssisted-by: claude\(Self.hostile)\n\(Workplace.trailer)\n"
    try place.repository.git("commit", "--quiet", "--cleanup=verbatim", "-F", "-", stdin: message)
    for command in [
      ["check", "--commit", "HEAD"], ["check", "--commit", "HEAD", "--format", "json"],
      ["explain", "HEAD"], ["explain", "HEAD", "--format", "json"], ["log", "HEAD~1..HEAD"],
      ["audit", "HEAD~1..HEAD"], ["status"], ["blame", name],
    ] {
      let output = try place.repository.runDetached([Workplace.program] + command)
      #expect(!output.stdout.isEmpty || !output.stderr.isEmpty, "\(command)")
      isSafe(output.stdout)
      isSafe(output.stderr)
    }
    let pushed = try server.refuses("main")
    // git's own lines end in blanks and erase codes of its own at a terminal only.
    isSafe(pushed.replacing("\u{1b}[K", with: ""))
    try place.repository.write(".reviewgate/policy.yml", "version: 1\nx\(Self.hostile): 1\n")
    let policy = try place.gate("check", "--staged")
    isSafe(policy.stdout + policy.stderr)
    try place.repository.git("add", "--all")
    let staged = try place.gate("check", "--staged")
    #expect(staged.status == 3, "\(staged)")
    isSafe(staged.stdout + staged.stderr)
  }

  // Attack 64: what somebody wrote into a record.
  @Test func `a record's words print no control`() throws {
    let server = try PushServer()
    let place = server.place
    try place.land(["a.swift": Workplace.block])
    try place.approve("--commit", "HEAD")
    try server.sign(with: TestKey(), as: "ada\(Self.hostile)@example.com") { record in
      record.note = Self.hostile
      record.target = "refs/heads/" + Self.hostile
      record.presentation.tool = Self.hostile
    }
    for command in [["records", "list"], ["check", "--commit", "HEAD"], ["explain", "HEAD"]] {
      let output = try place.repository.runDetached([Workplace.program] + command)
      isSafe(output.stdout + output.stderr)
      #expect(!output.stdout.isEmpty)
    }
  }
}
