@testable import ReviewCore

/// Made-up verdicts and their surroundings.
enum ReportSamples {
  static let commits = [RecordSamples.id(0xc1), RecordSamples.id(0xc2)]

  static let claude = Evidence(
    kind: .trailer,
    agent: "claude-code",
    text: Array("Co-Authored-By: Claude <noreply@example.com>".utf8),
    strength: .certain
  )

  static func change(
    _ path: [UInt8],
    _ content: FileChange.Content = .text([])
  ) -> FileChange {
    FileChange(
      transition: FileTransition(
        path: RepositoryPath(path),
        oldMode: .regular,
        newMode: .regular,
        oldID: RecordSamples.id(1),
        newID: RecordSamples.id(2)
      ),
      oldSHA256: nil,
      newSHA256: nil,
      content: content
    )
  }

  static func review(
    _ strength: ReviewStrength = .recorded,
    rule: ReviewReference.Rule? = nil,
    by principal: String = "ana@example.com",
    note: String? = nil,
    createdAt: String = "2026-11-20T08:00:00Z"
  ) -> ReviewReference {
    var record = RecordSamples.record(by: principal)
    record.note = note
    record.createdAt = createdAt
    let id = "sha256:" + String(repeating: "5e", count: 32)
    return ReviewReference(
      StoredRecord(
        id: id,
        record: record,
        proof: RecordSamples.proof(strength, of: record.principal),
        source: "log"
      ),
      rule: rule
    )
  }

  static func finding(
    _ path: String = "Sources/Auth/Token.swift",
    at start: Int = 18,
    lines: Int = 34,
    _ outcome: Finding.Outcome = .unreviewed,
    origin: Origin = .agent("claude-code"),
    evidence: [Evidence] = [claude],
    review: ReviewReference? = nil
  ) -> Finding {
    finding(Array(path.utf8), at: start, lines, outcome, origin, evidence, review)
  }

  static func finding(
    _ outcome: Finding.Outcome,
    origin: Origin = .agent("claude-code"),
    evidence: [Evidence] = [claude],
    review: ReviewReference? = nil
  ) -> Finding {
    finding(lines: 34, outcome, origin: origin, evidence: evidence, review: review)
  }

  static func finding(
    _ path: [UInt8],
    at start: Int = 18,
    _ lines: Int = 34,
    _ outcome: Finding.Outcome = .unreviewed,
    _ origin: Origin = .agent("claude-code"),
    _ evidence: [Evidence] = [claude],
    _ review: ReviewReference? = nil
  ) -> Finding {
    let hunk = Hunk(
      span: HunkSpan(
        old: LineRange(start: start, count: 0),
        new: LineRange(start: start, count: lines)
      ),
      removed: [],
      added: Array("let value = \(start)\n".utf8),
      contextBefore: Array("{\n".utf8)
    )
    return made(change(path, .text([hunk])), hunk, outcome, origin, evidence, review)
  }

  static func opaque(
    _ path: String = "Assets/logo.png",
    _ reason: OpaqueReason = .binary,
    _ outcome: Finding.Outcome = .opaque
  ) -> Finding {
    let change = change(Array(path.utf8), .opaque(reason))
    return made(change, nil, outcome, .agent("codex"), [], nil)
  }

  private static func made(
    _ change: FileChange,
    _ hunk: Hunk?,
    _ outcome: Finding.Outcome,
    _ origin: Origin,
    _ evidence: [Evidence],
    _ review: ReviewReference?
  ) -> Finding {
    let contribution = Contribution(
      origin: origin,
      evidence: evidence,
      commit: commits[0],
      lines: hunk?.changedLines ?? 0
    )
    return Finding(
      change: change,
      item: CandidateItem(hunk: hunk, contributions: [contribution]),
      origin: origin,
      outcome: outcome,
      review: review
    )
  }

  static func verdict(
    _ findings: [Finding],
    at place: Policy.Place = .commit,
    mode: Policy.Mode = .block,
    warnings: [LedgerWarning] = []
  ) -> Verdict {
    Verdict(place: place, mode: mode, findings: findings, warnings: warnings)
  }

  static func context(
    _ place: Policy.Place = .commit,
    commits count: Int = 3,
    hunks: Int = 5,
    policy: Policy = .default,
    underAgent: Bool = false,
    unicode: Bool = false
  ) -> ReportContext {
    let isIndex = place == .commit
    let scope = EvaluatedScope(
      place: place,
      subject: isIndex ? "index against HEAD" : "main..HEAD (c1c1c1c1c1..c2c2c2c2c2)",
      commits: isIndex ? 0 : count,
      files: 3,
      hunks: hunks,
      base: Self.commits[0],
      head: isIndex ? nil : Self.commits[1],
      baseTree: RecordSamples.id(0xb1),
      headTree: RecordSamples.id(0xb2)
    )
    return ReportContext(
      scope: scope,
      policy: policy,
      reviewCommand: isIndex ? "reviewgate review --staged" : "reviewgate review main..HEAD",
      continueCommand: isIndex
        ? ["git commit -eF .git/COMMIT_EDITMSG  (your message is saved)"] : ["git push"],
      bypass: isIndex ? "git commit --no-verify  (is written down, and CI checks again)" : nil,
      underAgent: underAgent,
      unicode: unicode
    )
  }

  /// One finding of every outcome, and every way in which a record falls short.
  static let everything = [
    finding(),
    finding("Sources/Auth/Store.swift", at: 7, lines: 8, .stale, review: review()),
    finding("Sources/Auth/Store.swift", at: 90, lines: 1, .stale, review: review(rule: .hunk)),
    finding("Sources/Keys.swift", .tooWeak, review: review(rule: .transition)),
    finding("Sources/Login.swift", .selfReviewed, review: review(.signed, rule: .hunk)),
    finding("Sources/Net.swift", .rejected, review: review(.signed, note: "leaks the token")),
    finding("Sources/Net.swift", at: 99, lines: 2, .unreviewed, review: review(rule: .hunk)),
    opaque(),
    finding("Sources/Old.swift", .reviewed, review: review(.signed, rule: .chain)),
    finding("Package.resolved", .exempt, origin: .agent(nil)),
    finding("Sources/Later.swift", .overridden),
    finding("Sources/Mine.swift", .notAI, origin: .human, evidence: []),
    finding("Sources/Odd.swift", .undecided, origin: .unknown, evidence: []),
  ]

  static let strictPolicy: Policy = {
    var policy = Policy()
    policy.review.require = .signed
    policy.review.approvals = 2
    return policy
  }()

  // MARK: - Hostile

  static let hostileText = "x\u{1b}[2J\u{1b}]0;t\u{7}\u{202e}\u{9b}1m\ny\u{7f}\u{e0041}"
  static let hostileBytes = Array(hostileText.utf8) + [0xff, 0xc3, 0x28]

  static let hostile = [
    finding(
      Array("Sources/".utf8) + hostileBytes,
      at: 1,
      3,
      .rejected,
      .agent(hostileText),
      [
        Evidence(kind: .trailer, agent: hostileText, text: hostileBytes, strength: .certain)
      ],
      review(by: hostileText, note: hostileText, createdAt: hostileText)
    ),
    finding("it's a $(name) \u{dc}.swift", at: 2, lines: 1),
  ]

  static let hostileWarnings = [
    LedgerWarning(source: hostileText, reason: .unproven(.mismatch)),
    LedgerWarning(source: "refs/b", reason: .foreignRepository(hostileText)),
    LedgerWarning(source: "refs/c", reason: .unreadable(.missing(field: "predicate"))),
  ]

  static let hostileCommit = CommitInfo(
    id: commits[0],
    tree: RecordSamples.id(0xb1),
    parents: [],
    author: Identity(name: hostileBytes, email: Array("a@example.com".utf8)),
    committer: Identity(name: "Ada Example", email: "ada@example.com"),
    message: Array("\n  \nAdd x \u{202e}\u{1b}[2J\r\n\nbody\n".utf8)
  )

  static let hostileOrigin = CommitOrigin(
    origin: .agent("claude-code"),
    evidence: [claude] + hostile[0].evidence,
    agents: ["claude-code", hostileText]
  )
}
