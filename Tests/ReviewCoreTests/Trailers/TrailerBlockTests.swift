import ReviewCore
import TestSupport
import Testing

/// Trailers go where git puts them; git is asked.
@Suite struct TrailerBlockTests {
  static let line = "Assisted-by: codex:gpt-5"

  static let messages = [
    "subject\n",
    "subject\n\nbody\n",
    "subject\n\nbody\n\nSigned-off-by: Ada Example <ada@example.com>\n",
    "subject\n\nSigned-off-by: Ada Example <ada@example.com>\nCc: Bob <bob@example.com>\n",
    "subject\n\nbody: with a colon\nand a line without\n",
    "subject\n\nbody\nmore\nSigned-off-by: Ada Example <ada@example.com>\n",
    "subject\n\none\ntwo\nthree\nfour\nSigned-off-by: Ada Example <ada@example.com>\n",
    "subject\n\none\ntwo\nthree\nSigned-off-by: Ada Example <ada@example.com>\n",
    "subject\n\nKey: value\n continued\n more\n",
    "subject\n\n indented\nKey: value\n",
    "subject\n\nKey : value\n",
    "subject\n\n: value\n",
    "subject\n\n(cherry picked from commit abc)\n",
    "subject: with colon\n",
    "Key: value\n",
    "Key: value\n\nOther: value\n",
    "subject\n\nbody\n\n\n\n",
    "subject\n\nbody\n\n# a comment\n# another\n",
    "subject\n\nKey: value\n# a comment\n",
    "subject\n\nKey: value\n# between\nOther: value\n\n# end\n",
    "subject\n\nbody\n\n# ------------------------ >8 ------------------------\n# below\ndiff --git a b\nKey: value\n",
    "subject\n\nKey: value\n# ------------------------ >8 ------------------------\ndiff\n",
    "subject\n\nbody\n\nConflicts:\n\ta.txt\n\tb.txt\n",
    "subject\n\nbody\n\n---\n\nKey: value\n",
    "subject\n\r\nKey: value\r\n",
    "subject\n \nKey: value\n",
    "subject\n\nhttps://example.com/a\n",
    "subject\n\nsee https: it\n",
    "# comment first\nsubject\n\nKey: value\n",
    "subject\n\nKey: value\n\nlast words\n",
  ]

  @Test(arguments: messages)
  func `git puts the line at the same place`(message: String) throws {
    let repository = try TempRepository()
    let expected = try repository.tryGit(
      "interpret-trailers",
      "--no-divider",
      "--trailer",
      Self.line,
      stdin: message
    )
    let added = TrailerBlock.adding([Array(Self.line.utf8)], to: Array(message.utf8))
    #expect(Self.places(String(decoding: added, as: UTF8.self)) == Self.places(expected.stdout))
  }

  /// A message without what git rewrites and we leave alone: comments among trailers, blanks around
  /// a colon, white space at the end of a line.
  static func places(_ message: String) -> [String] {
    message.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String(String.UnicodeScalarView($0.filter { $0.value > 0x20 })) }
      .filter { !$0.hasPrefix("#") }
  }

  @Test(arguments: [
    "subject\n\nKey : value\n", "subject\n\nKey: value\n# between\nOther: value\n",
    "subject\n\nhttps://example.com/a\n", "subject\n\nKey: value\r\n",
  ])
  func `what is there is not rewritten`(message: String) {
    let added = TrailerBlock.adding([Array(Self.line.utf8)], to: Array(message.utf8))
    #expect(String(decoding: added, as: UTF8.self) == message + Self.line + "\n")
  }

  @Test func `random messages agree with git`() throws {
    let repository = try TempRepository()
    let pieces = [
      "", "", "Key: value", "Signed-off-by: A <a@example.com>", "text", " indented", "# comment",
      "no-colon", "a b: c", "(cherry picked from commit 1)", "Conflicts:", "---", ":",
    ]
    var state: UInt64 = 42
    for _ in 0..<150 {
      var message = "subject\n"
      for _ in 0..<(3 + Int(state >> 33) % 9) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        message += pieces[Int(state >> 33) % pieces.count] + "\n"
      }
      let expected = try repository.tryGit(
        "interpret-trailers",
        "--no-divider",
        "--trailer",
        Self.line,
        stdin: message
      )
      let added = TrailerBlock.adding([Array(Self.line.utf8)], to: Array(message.utf8))
      #expect(
        Self.places(String(decoding: added, as: UTF8.self)) == Self.places(expected.stdout),
        "\(message.debugDescription)"
      )
    }
  }

  @Test(arguments: messages)
  func `adding twice is adding once`(message: String) {
    let lines = [Array(Self.line.utf8), Array("Agent-Lines: codex; a:1-2".utf8)]
    let once = TrailerBlock.adding(lines, to: Array(message.utf8))
    #expect(TrailerBlock.adding(lines, to: once) == once)
    #expect(TrailerBlock.adding([Array("ASSISTED-BY: codex:GPT-5 ".utf8)], to: once) == once)
  }

  @Test func `in an empty template the first line stays free`() {
    let template = "\n# Please enter the commit message\n# for your changes.\n"
    let added = TrailerBlock.adding([Array(Self.line.utf8)], to: Array(template.utf8))
    #expect(
      String(decoding: added, as: UTF8.self)
        == "\n\n\(Self.line)\n\n# Please enter the commit message\n# for your changes.\n"
    )
    #expect(
      TrailerBlock.adding([Array(Self.line.utf8)], to: []) == Array("\n\n\(Self.line)\n".utf8)
    )
  }

  @Test func `a message of nothing but our trailers is no message`() {
    #expect(TrailerBlock.holdsOnly(CommitTrailers.keys, Array("\n\n\(Self.line)\n".utf8)))
    #expect(!TrailerBlock.holdsOnly(CommitTrailers.keys, Array("x\n\n\(Self.line)\n".utf8)))
    #expect(!TrailerBlock.holdsOnly(CommitTrailers.keys, Array("\n\n".utf8)))
  }
}

@Suite struct CommitTrailersTests {
  static let both: Policy.Trailers = {
    var policy = Policy.Trailers()
    policy.write = [.agentLines, .assistedBy]
    return policy
  }()

  static func texts(_ contributions: [AgentContribution]) -> [String] {
    CommitTrailers.lines(contributions, both).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `what is written is read back`() {
    let file = AgentLines.File(
      path: RepositoryPath("src/a b.swift"),
      ranges: [LineRange(start: 1, count: 3), LineRange(start: 9, count: 1)]
    )
    let contribution = AgentContribution(agent: "codex", model: "gpt-5", files: [file])
    let lines = Self.texts([contribution])
    #expect(lines == ["Assisted-by: codex:gpt-5", "Agent-Lines: codex; src/a b.swift:1-3,9"])
    let message = Array(("x\n\n" + lines.joined(separator: "\n")).utf8)
    #expect(MessageScanner.agentLines(in: message) == [AgentLines(agent: "codex", files: [file])])
    #expect(MessageScanner.scan(message).allSatisfy { $0.agent == "codex" && $0.accuses })
  }

  @Test func `every agent is recognised by its own line, with and without a model`() {
    for agent in AgentIntegrations.all {
      for model in [nil, "some-model-1"] {
        let line = Self.texts([AgentContribution(agent: agent.id, model: model)])
        let found = MessageScanner.scan(Array("x\n\n\(line.joined())\n".utf8))
        #expect(found.contains { $0.agent == agent.id && $0.accuses }, "\(line)")
      }
    }
  }

  @Test(arguments: [
    "a\nSigned-off-by: x", "\u{1b}[2J", "ünïcode", "", String(repeating: "x", count: 200),
  ])
  func `a model that is no plain word is left out`(model: String) {
    #expect(Self.texts([AgentContribution(agent: "codex", model: model)]) == ["Assisted-by: codex"])
  }

  @Test func `many files take several lines, and odd paths are left out`() {
    let files = (0..<200).map { number in
      AgentLines.File(
        path: RepositoryPath("some/folder/file\(number).swift"),
        ranges: [LineRange(start: 1, count: 1)]
      )
    }
    let odd = AgentLines.File(path: RepositoryPath("a;b"), ranges: [LineRange(start: 1, count: 1)])
    let lines = Self.texts([AgentContribution(agent: "pi", files: files + [odd])]).dropFirst()
    #expect(lines.count > 1 && lines.allSatisfy { $0.utf8.count < 1_000 })
    let message = Array(("x\n\n" + lines.joined(separator: "\n")).utf8)
    #expect(MessageScanner.agentLines(in: message).flatMap(\.files).count == 200)
  }
}

@Suite struct ForbiddenTrailerTests {
  struct Sample: Sendable {
    let line: String
    let rule: Policy.Trailers.Forbidden?
  }

  static let samples: [Sample] = [
    Sample(line: "Signed-off-by: Claude <noreply@anthropic.com>", rule: .agentSignedOffBy),
    Sample(line: "signed-off-by: Codex <codex@openai.com>", rule: .agentSignedOffBy),
    Sample(line: "Signed-off-by: Claude Example <claude@example.org>", rule: nil),
    Sample(line: "Signed-off-by: Ada Example <ada@example.com>", rule: nil),
    Sample(line: "Co-Authored-By: Claude <noreply@anthropic.com>", rule: .agentCoAuthor),
    Sample(line: "Co-authored-by:\n Claude <noreply@anthropic.com>", rule: .agentCoAuthor),
    Sample(line: "Co-developed-by: Cursor <cursoragent@cursor.com>", rule: .agentCoAuthor),
    Sample(line: "Co-authored-by: Ada Example <ada@example.com>", rule: nil),
    Sample(line: "> Co-authored-by: Claude <noreply@anthropic.com>", rule: nil),
    Sample(line: "Refuse `Co-authored-by: Claude <noreply@anthropic.com>` lines", rule: nil),
    Sample(line: "Assisted-by: claude-code:opus", rule: nil),
    Sample(line: "Reviewed-by: Claude <noreply@anthropic.com>", rule: nil),
    Sample(
      line: "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
      rule: .generatedFooter
    ),
    Sample(line: "Generated with care", rule: nil),
    Sample(line: "\\n\\nCo-authored-by: Claude <noreply@anthropic.com>", rule: .agentCoAuthor),
  ]

  @Test(arguments: samples)
  func `only an agent's own trailers are forbidden`(sample: Sample) {
    let message = Array("subject\n\n\(sample.line)\n".utf8)
    let found = ForbiddenTrailer.find(in: message, Policy.Trailers.Forbidden.allCases)
    #expect(found.map(\.rule) == (sample.rule.map { [$0] } ?? []))
    #expect(ForbiddenTrailer.find(in: message, []).isEmpty)
  }

  @Test func `only what the policy names is found, and each line once`() {
    let line = "Co-authored-by: Claude <noreply@anthropic.com>\n"
    let message = Array(("x\n\nSigned-off-by: Codex <codex@openai.com>\n" + line + line).utf8)
    #expect(ForbiddenTrailer.find(in: message, [.agentCoAuthor]).map(\.rule) == [.agentCoAuthor])
    #expect(ForbiddenTrailer.find(in: message, Policy.Trailers.Forbidden.allCases).count == 2)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      String(repeating: "Signed-off-by: Claude <noreply@anthropic.com> x\n", count: 20_000),
      String(repeating: "Co-authored-by:", count: 50_000), "\u{0}\u{ff}", "",
    ]
  )
  func `hostile messages end`(message: String) {
    let found = ForbiddenTrailer.find(in: Array(message.utf8), Policy.Trailers.Forbidden.allCases)
    #expect(found.count <= 100)
  }
}
