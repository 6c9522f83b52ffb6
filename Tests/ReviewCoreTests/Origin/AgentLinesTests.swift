import Testing

@testable import ReviewCore

@Suite struct AgentLinesTests {
  private func read(_ text: String) -> [AgentLines] {
    MessageScanner.agentLines(in: Array("Add x\n\nBody.\n\n\(text)\n".utf8))
  }

  private func evidence(_ text: String) -> [Evidence] {
    MessageScanner.scan(Array("Add x\n\nBody.\n\n\(text)\n".utf8))
  }

  @Test func `reads files and ranges`() throws {
    let lines = try #require(read("Agent-Lines: codex; src/a b.swift:1-5,9; c:d.txt:3").first)
    #expect(lines.agent == "codex")
    #expect(
      lines.files == [
        AgentLines.File(
          path: RepositoryPath("src/a b.swift"),
          ranges: [LineRange(start: 1, count: 5), LineRange(start: 9, count: 1)]
        ),
        AgentLines.File(path: RepositoryPath("c:d.txt"), ranges: [LineRange(start: 3, count: 1)]),
      ]
    )
  }

  @Test func `paths are percent-escaped and agents canonical`() throws {
    let lines = try #require(read("agent-lines: Claude Code; a%3Bb%0A.txt:2;").first)
    #expect(lines.agent == "claude-code")
    #expect(lines.files.map(\.path) == [RepositoryPath("a;b\n.txt")])
  }

  @Test func `an unknown agent keeps its name`() {
    #expect(read("Agent-Lines: newtool; a:1").map(\.agent) == ["newtool"])
  }

  @Test func `several trailers are all read, wherever they stand`() {
    #expect(read("Agent-Lines: pi; a:1\n\nText\n  Agent-Lines: amp; b:2").count == 2)
  }

  @Test func `a readable statement is evidence about its lines`() {
    let found = evidence("Agent-Lines: codex; a:1-2")
    #expect(found.map(\.kind) == [.agentLines])
    #expect(found.map(\.strength) == [.certain])
  }

  @Test(arguments: [
    "Agent-Lines: codex", "Agent-Lines: codex;", "Agent-Lines: codex; a", "Agent-Lines: codex; a:",
    "Agent-Lines: codex; a:0", "Agent-Lines: codex; a:5-1", "Agent-Lines: codex; a:1-2-3",
    "Agent-Lines: codex; a:1,,2", "Agent-Lines: codex; a:-1", "Agent-Lines: codex; :1",
    "Agent-Lines: codex; a:1; b", "Agent-Lines: codex; a%zz:1", "Agent-Lines: codex; a:1x",
    "Agent-Lines: codex; a:99999999999999999999", "Agent-Lines: codex; a:1\u{661}",
  ])
  func `a malformed statement covers the whole commit`(line: String) {
    #expect(read(line).isEmpty)
    let found = evidence(line)
    #expect(found.map(\.kind) == [.trailer])
    #expect(found.map(\.agent) == ["codex"])
    #expect(found.allSatisfy { $0.accuses })
  }

  @Test(arguments: ["Agent-Lines:", "Agent-Lines: ; a:1"])
  func `a statement without an agent still says that one took part`(line: String) {
    #expect(evidence(line).map(\.agent) == [nil])
    #expect(evidence(line).map(\.kind) == [.trailer])
  }
}

@Suite struct CommitMessageCleanerTests {
  private func clean(_ text: String, prefix: String = "#") -> String {
    let bytes = CommitMessageCleaner.clean(Array(text.utf8), commentPrefix: Array(prefix.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `drops comments and everything below the scissors`() {
    let text = """
      Add x

      # Please enter the commit message
      Body # stays
       # stays too
      # ------------------------ >8 ------------------------
      # Do not modify
      diff --git a/x b/x
      +Co-authored-by: Claude <noreply@anthropic.com>
      """
    #expect(clean(text) == "Add x\n\nBody # stays\n # stays too\n")
  }

  @Test func `honours another comment prefix`() {
    #expect(clean("# title\n; note\ntext", prefix: ";") == "# title\ntext")
    #expect(clean("a\n// ------------------------ >8 ----\nb", prefix: "//") == "a\n")
  }

  @Test func `keeps a message without comments byte for byte`() {
    #expect(clean("a\r\n\r\nb") == "a\r\n\r\nb")
    #expect(clean("") == "")
    #expect(clean("#x\ny", prefix: "") == "#x\ny")
  }
}
