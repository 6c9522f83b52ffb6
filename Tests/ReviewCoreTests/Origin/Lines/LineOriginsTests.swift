import Testing

@testable import ReviewCore

/// How several sources combine, line by line.
@Suite struct LineOriginsTests {
  static let path = RepositoryPath("src/a.txt")
  static let trailer = Evidence(
    kind: .trailer,
    agent: "codex",
    text: Array("Assisted-by: codex".utf8),
    strength: .certain
  )

  /// `1-3 agent claude, 5 human` as claims of one source.
  static func claims(_ text: String, _ source: OriginSource) -> [LineClaim] {
    text.split(separator: ",").map { part in
      let words = part.split(separator: " ").map(String.init)
      let ends = words[0].split(separator: "-").compactMap { Int($0) }
      let name = words.count > 2 ? words[2] : nil
      let origin: Origin =
        switch words[1] {
        case "agent": .agent(name)
        case "mixed": .mixed(name)
        case "human": .human
        default: .unknown
        }
      return LineClaim(
        lines: LineRange(start: ends[0], count: ends[ends.count - 1] - ends[0] + 1),
        origin: origin,
        evidence: evidence(origin, source)
      )
    }
  }

  static func evidence(_ origin: Origin, _ source: OriginSource) -> Evidence {
    Evidence(
      kind: origin == .human ? .person : .lines,
      agent: origin.agent,
      text: Array("\(source.rawValue) \(origin.name)".utf8),
      strength: .certain,
      source: source
    )
  }

  static func source(_ source: OriginSource, _ text: String, rest: Origin? = nil) -> SourceClaims {
    let file = FileClaims(
      lines: claims(text, source),
      rest: rest.map { FileClaim(origin: $0, evidence: evidence($0, source)) }
    )
    return SourceClaims(source: source, files: [path: file])
  }

  /// One letter for each of the first eight lines: a, m, h, b or a dot.
  static func letters(_ origins: LineOrigins) -> String {
    origins.added(LineRange(start: 1, count: 8), in: path).map { run in
      let origin = origins.statements[run.statement].origin
      let letter = origin == .unknown ? "." : String(origin.name.prefix(1))
      return String(repeating: letter, count: run.lines.count)
    }.joined()
  }

  struct Example: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var sources: [SourceClaims]
    var evidence: [Evidence] = []
    var trusted: String
    var ignored: String
  }

  @Test(arguments: [
    Example(
      testDescription: "a note names some lines, the rest stays open",
      sources: [source(.gitAINotes, "2-3 agent claude-code,5 human")],
      trusted: ".aa.h...",
      ignored: ".aa....."
    ),
    Example(
      testDescription: "the last entry wins a line",
      sources: [source(.gitAINotes, "1-4 agent,3 human,4 unknown")],
      trusted: "aah.....",
      ignored: "aa......"
    ),
    Example(
      testDescription: "a trailer fills what a note leaves open, not what it calls a person's",
      sources: [source(.gitAINotes, "1 human,2 unknown")],
      evidence: [trailer],
      trusted: "haaaaaaa",
      ignored: "aaaaaaaa"
    ),
    Example(
      testDescription: "a more precise person holds against an agent, a less precise one does not",
      sources: [
        source(.whogitit, "1-2 human,3-4 agent"), source(.gitAINotes, "1 agent,3 human,5 human"),
        source(.agentTrace, "5 agent"),
      ],
      trusted: "ahhah...",
      ignored: "a.aaa..."
    ),
    Example(
      testDescription: "of two notes of one source an agent is not erased",
      sources: [source(.gitAINotes, "1-2 human"), source(.gitAINotes, "2 agent")],
      trusted: "ha......",
      ignored: ".a......"
    ),
    Example(
      testDescription: "the rest of a file",
      sources: [
        source(.events, "1 mixed pi,2 unknown", rest: .human),
        source(.entire, "", rest: .agent(nil)),
      ],
      trusted: "mahhhhhh",
      ignored: "maaaaaaa"
    ),
    Example(
      testDescription: "a hint decides nothing",
      sources: [],
      evidence: [Evidence(kind: .trailer, agent: "pi", text: [], strength: .weak)],
      trusted: "........",
      ignored: "........"
    ),
    Example(
      testDescription: "a bot is no agent",
      sources: [source(.gitAINotes, "1 agent")],
      evidence: [Evidence(kind: .bot, agent: nil, text: [], strength: .certain)],
      trusted: "abbbbbbb",
      ignored: "abbbbbbb"
    ),
  ])
  func `combines sources`(example: Example) {
    let commit = CommitStatement(evidence: example.evidence)
    let trusted = LineOrigins(example.sources, commit: commit)
    #expect(Self.letters(trusted) == example.trusted)
    let ignoring = LineOrigins(example.sources, commit: commit, lineRecords: .ignore)
    #expect(Self.letters(ignoring) == example.ignored)
  }

  @Test func `names the most precise source and keeps the evidence of all`() throws {
    let origins = LineOrigins(
      [Self.source(.agentblame, "1 agent cursor"), Self.source(.gitAINotes, "1 agent")],
      commit: CommitStatement(evidence: [Self.trailer])
    )
    let run = try #require(origins.added(LineRange(start: 1, count: 1), in: Self.path).first)
    let statement = origins.statements[run.statement]
    #expect(statement.source == .gitAINotes)
    #expect(statement.origin == .agent("cursor"))
    #expect(statement.evidence.map(\.source) == [.gitAINotes, .agentblame, .commit])
  }

  @Test func `an unreadable note accuses every line`() {
    let note = Evidence(kind: .record, agent: nil, text: [], strength: .likely, source: .gitAINotes)
    let origins = LineOrigins(
      [SourceClaims(source: .gitAINotes, wholeChange: note)],
      commit: CommitStatement(evidence: [])
    )
    #expect(origins.accuses)
    #expect(Self.letters(origins) == "aaaaaaaa")
    #expect(origins.statements[origins.removed(in: Self.path)].origin == .agent(nil))
  }

  @Test func `removed lines are the agent's where it wrote in the file`() {
    let other = RepositoryPath("other.txt")
    let origins = LineOrigins(
      [Self.source(.gitAINotes, "4 agent pi")],
      commit: CommitStatement(evidence: [])
    )
    #expect(origins.statements[origins.removed(in: Self.path)].origin == .agent("pi"))
    #expect(origins.statements[origins.removed(in: other)].origin == .unknown)
    #expect(origins.statements[origins.whole(Self.path)].origin == .agent("pi"))
  }

  @Test func `a source that knows who removed lines is believed`() {
    var file = FileClaims(lines: Self.claims("4 agent pi", .events))
    file.removed = Self.claims("2-3 human", .events)
    let claims = SourceClaims(source: .events, files: [Self.path: file])
    let removed = { (rule: Policy.OriginRule.LineRecords) in
      let origins = LineOrigins([claims], commit: CommitStatement(evidence: []), lineRecords: rule)
      return origins.removed(LineRange(start: 1, count: 4), in: Self.path)
        .map { "\($0.lines) \(origins.statements[$0.statement].origin.name)" }
    }
    #expect(removed(.trust) == ["1 agent", "2-3 human", "4 agent"])
    #expect(removed(.ignore) == ["1 agent", "2-3 unknown", "4 agent"])
  }

  @Test func `a session of which no line is left is taken to have removed lines`() {
    let session = Evidence(kind: .record, agent: "pi", text: [], strength: .certain)
    let origins = LineOrigins(
      [SourceClaims(source: .gitAINotes, removals: session)],
      commit: CommitStatement(evidence: [])
    )
    #expect(Self.letters(origins) == "........")
    #expect(origins.statements[origins.removed(in: Self.path)].origin == .agent("pi"))
  }

  @Test func `a checkpoint narrows the line of the message that names it, under trust only`() {
    var checkpoint = Self.source(.entire, "", rest: .agent("pi"))
    checkpoint.refined = [Self.trailer]
    let other = RepositoryPath("other.txt")
    let commit = CommitStatement(evidence: [Self.trailer])
    for (rule, expected) in [(Policy.OriginRule.LineRecords.trust, "unknown"), (.ignore, "agent")] {
      let origins = LineOrigins([checkpoint], commit: commit, lineRecords: rule)
      #expect(Self.letters(origins) == "aaaaaaaa")
      #expect(origins.statements[origins.whole(other)].origin.name == expected)
    }
  }

  @Test func `agrees with a line by line reading of random claims`() {
    var random = SmallRandom(state: 11)
    for _ in 0..<400 {
      let sources = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
          let start = Int.random(in: 1...8, using: &random)
          let end = Int.random(in: start...9, using: &random)
          let kind = ["agent", "mixed", "human", "unknown"].randomElement(using: &random) ?? ""
          return "\(start)-\(end) \(kind)"
        }.joined(separator: ",")
        let kinds: [OriginSource] = [.gitAINotes, .agentTrace, .whogitit]
        return Self.source(kinds.randomElement(using: &random) ?? .events, text)
      }
      let evidence: [Evidence] = Bool.random(using: &random) ? [Self.trailer] : []
      let origins = LineOrigins(sources, commit: CommitStatement(evidence: evidence))
      #expect(Self.letters(origins) == Self.naive(sources, isAccused: !evidence.isEmpty))
    }
  }

  /// The rules once more, one line at a time.
  private static func naive(_ sources: [SourceClaims], isAccused: Bool) -> String {
    (1...8).map { line in
      for kind in OriginSource.allCases {
        let said = sources.filter { $0.source == kind }.map { source in
          source.files[path]?.lines.last { $0.lines.lines.contains(line) }?.origin ?? .unknown
        }
        if let agent = said.first(where: \.isAgent) { return String(agent.name.prefix(1)) }
        if said.contains(.human) { return "h" }
      }
      return isAccused ? "a" : "."
    }.joined()
  }

  @Test func `a hundred thousand claims that overlap are combined in one pass`() {
    let claims = (0..<100_000).map { index in
      LineClaim(
        lines: LineRange(start: 1 + (index * 7919) % 100_000, count: 5000),
        origin: index.isMultiple(of: 2) ? .agent(nil) : .human,
        evidence: Self.trailer
      )
    }
    let file = FileClaims(lines: claims)
    let origins = LineOrigins(
      [SourceClaims(source: .gitAINotes, files: [Self.path: file])],
      commit: CommitStatement(evidence: [])
    )
    let runs = origins.added(LineRange(start: 1, count: 104_999), in: Self.path)
    #expect(runs.reduce(0) { $0 + $1.lines.count } == 104_999)
  }
}

extension SmallRandom: RandomNumberGenerator {}
