import Testing

@testable import ReviewCore

/// The text of Git AI notes, as the reference reader takes it and stricter where it matters.
@Suite struct GitAINotesTests {
  static let json = """
    {"schema_version":"authorship/3.0.0",
     "prompts":{"abcd1234abcd1234":{"agent_id":{"tool":"cursor","id":"x","model":"m"}}},
     "humans":{"h_31dce776f88375":{"author":"Jo Example <jo@example.com>"}},
     "sessions":{"s_c9883b05a2487d":{"agent_id":{"tool":"claude","id":"y","model":"opus"}}}}
    """

  static func claims(_ lines: String, json: String = json) -> SourceClaims {
    GitAINotes.claims(Array("\(lines)---\n\(json)".utf8), at: "refs/notes/ai", commit: nil)
  }

  /// `a.txt: claude-code 1-3; human 5`, files and claims in their order.
  static func words(_ claims: SourceClaims) -> String {
    claims.files.sorted { $0.key < $1.key }.map { path, file in
      path.display + ": "
        + file.lines.map { "\($0.origin.agent ?? $0.origin.name) \($0.lines)" }
        .joined(separator: "; ")
    }.joined(separator: " | ")
  }

  @Test(arguments: [
    ("a\n  s_c9883b05a2487d::t_1 1-3,5\n", "a: claude-code 1-3; claude-code 5"),
    ("a\n  s_c9883b05a2487d 1\n", "a: claude-code 1"),
    ("a\n  abcd1234abcd1234 1\n", "a: cursor 1"),
    ("a\n  h_31dce776f88375 1\n  h_00000000000000::t_1 2\n", "a: human 1; human 2"),
    ("a\n  human 4\n", "a: unknown 4"),
    ("a\n  s_00000000000000::t_1 1\n  ai_agent 2\n", "a: agent 1; agent 2"),
    ("a\n  abc1234 1\n  0a0a0a0a-1111-2222-3333-444444444444 2\n", "a: agent 1; agent 2"),
    ("a\n  ai_agent 9-7,3,,2,4,0,0-1\n", "a: agent 1-4; agent 7-9"),
    ("a\n  ai_agent 4294967295\n", "a: agent 4294967295"),
    ("\"a b\"\n  ai_agent 1\n", "a b: agent 1"),
    ("a\\tb\n  ai_agent 1\n", "a\\tb: agent 1"),
    ("\"\n  ai_agent 1\n", "\": agent 1"),
    (" a\n  ai_agent 1\n", " a: agent 1"),
    ("dropped\n\na   \n  ai_agent 1  \n\n", "a: agent 1"),
    ("a\r\n  ai_agent 1\r\n", "a: agent 1"),
    ("a\n  ai_agent 1\nb\n  ai_agent 2\na\n  human 1\n", "a: agent 1; unknown 1 | b: agent 2"),
    ("", ""),
  ])
  func `reads every form of key, path and range`(lines: String, expected: String) {
    let claims = Self.claims(lines)
    #expect(Self.words(claims) == expected)
    #expect(claims.warnings.isEmpty && claims.wholeChange == nil)
  }

  @Test func `lines of a session that a person changed are mixed`() {
    let json = """
      {"schema_version":"authorship/3.0.0","sessions":{
       "s_1":{"agent_id":{"tool":"claude","id":"y","model":"m"},
              "custom_attributes":{"reviewgate.mixed":"true"}},
       "s_2":{"agent_id":{"tool":"claude","id":"z","model":"m"},
              "custom_attributes":{"reviewgate.mixed":"no"}}}}
      """
    let claims = Self.claims("a\n  s_1::t_1 1\n  s_2::t_1 2\n", json: json)
    let origins = claims.files.values.flatMap { $0.lines.map(\.origin) }
    #expect(origins == [.mixed("claude-code"), .agent("claude-code")])
  }

  @Test func `reads a divider with a carriage return`() {
    let text = "a\r\n  ai_agent 1\r\n---\r\n" + Self.json.replacing("\n", with: "\r\n")
    let claims = GitAINotes.claims(Array(text.utf8), at: "x", commit: nil)
    #expect(Self.words(claims) == "a: agent 1" && claims.warnings.isEmpty)
  }

  @Test(arguments: [
    "AI Participation: 100%", "", "a\n  ai_agent 1\n", "  ai_agent 1\n---\n{}", "--- \n{}",
    "a\n  ai_agent 1-x\n---\n{}", "a\n  ai_agent 4294967296\n---\n{}", "a\n  ai_agent\n---\n{}",
    "a\n  ai_agent 1-2-3\n---\n{}", "a\n  ai_agent -1\n---\n{}", "a\n  ai_agent 1\n---\n",
    "a\n  ai_agent 1\n---\n{\"prompts\":{", "a\n  ai_agent 1\n---\n[]", "\u{0}\u{1}\u{2}",
    "{\"schema_version\":\"authorship/0.0.1\"}",
    "a\n  h_1 1\n---\n{\"schema_version\":\"authorship/4.0.0\"}",
    "a\n  ai_agent 1\n---\n" + String(repeating: "[", count: 200_000),
  ])
  func `what is no such note may hide an agent, and says so`(text: String) {
    let claims = GitAINotes.claims(Array(text.utf8), at: "refs/notes/ai", commit: nil)
    #expect(claims.wholeChange?.accuses == true)
    #expect(claims.warnings.count == 1)
    #expect(claims.files.isEmpty)
  }

  @Test func `another version is named`() {
    let text = "---\n{\"schema_version\":\"authorship/4.1.0\"}"
    let claims = GitAINotes.claims(Array(text.utf8), at: "x", commit: nil)
    #expect(claims.warnings.map(\.reason) == [.unknownVersion("authorship/4.1.0")])
    let later = "a\n  ai_agent 1\n---\n{\"schema_version\":\"authorship/3.9.0\"}"
    #expect(GitAINotes.claims(Array(later.utf8), at: "x", commit: nil).warnings.isEmpty)
  }

  @Test func `a session that left no line is said to have removed some`() {
    #expect(Self.claims("").removals?.agent == "claude-code" || Self.claims("").removals != nil)
    #expect(Self.claims("", json: "{\"prompts\":{}}").removals == nil)
    #expect(Self.claims("a\n  ai_agent 1\n").removals == nil)
  }

  @Test func `records that stand twice are all read`() {
    let twice = """
      {"sessions":{"s_1":{"agent_id":{"tool":"codex"}}},"sessions":{},
       "prompts":{"abc1234":{"agent_id":{"tool":"x","tool":"pi"}}}}
      """
    let claims = Self.claims("a\n  s_1::t_2 1\n  abc1234 2\n", json: twice)
    #expect(Self.words(claims) == "a: codex 1; pi 2")
  }

  @Test func `paths and keys need not be UTF-8`() {
    let note = Array("\u{e9}".utf8.prefix(1)) + Array("\n  ai\u{ff}".utf8) + [0xff]
    let text = note + Array(" 1\n---\n{\"sessions\":{\"".utf8) + [0xff] + Array("\":1}}".utf8)
    let claims = GitAINotes.claims(text, at: "x", commit: nil)
    #expect(claims.files[RepositoryPath([0xc3])]?.lines.first?.origin == .agent(nil))
  }

  @Test func `a fork's note accuses and clears nothing`() {
    let text = Array("a\n  h_1 1\n  ai_agent 2\n---\n{}".utf8)
    let claims = GitAINotes.claims(text, at: "refs/notes/ai-remote/fork", commit: nil)
    #expect(Self.words(claims) == "a: unknown 1; agent 2")
  }

  @Test func `a JSON part of 20 MB costs the names and nothing else`() {
    var text = Array("a\n  s_c9883b05a2487d::t_1 1\n---\n{\"prompts\":{\"x\":{\"messages\":\"".utf8)
    text += [UInt8](repeating: UInt8(ascii: "m"), count: 20 << 20) + Array("\"}}}".utf8)
    let claims = GitAINotes.claims(text, at: "x", commit: nil)
    #expect(Self.words(claims) == "a: agent 1")
    #expect(claims.warnings.map(\.reason) == [.unnamed])
  }

  @Test func `a note of two million ranges is refused, not worked on`() {
    let ranges = String(repeating: "1,", count: 2_000_000)
    let claims = Self.claims("a\n  ai_agent \(ranges)\n")
    #expect(claims.wholeChange?.accuses == true)
  }

  @Test func `no damage of a note makes an agent's line unread`() {
    let good = "a\n  s_c9883b05a2487d::t_1 1-3\n  h_31dce776f88375 4\n---\n\(Self.json)"
    var random = SmallRandom(state: 77)
    for _ in 0..<3000 {
      var bytes = Array(good.utf8)
      for _ in 0...random.below(3) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes = Array(bytes.prefix(place + 1))
        }
      }
      let claims = GitAINotes.claims(bytes, at: "x", commit: nil)
      // Whatever is left of it: either claims were read, or it accuses the whole change.
      #expect(claims.wholeChange != nil || GitAINote(bytes) != nil)
      _ = LineOrigins([claims], commit: CommitStatement(evidence: []))
    }
  }
}
