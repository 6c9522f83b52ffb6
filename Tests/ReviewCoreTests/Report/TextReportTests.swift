import Testing
import TestSupport

@testable import ReviewCore

@Suite struct TextReportTests {
  private func text(
    _ findings: [Finding],
    _ context: ReportContext = ReportSamples.context(),
    mode: Policy.Mode = .block,
    warnings: [LedgerWarning] = []
  ) -> String {
    let verdict = ReportSamples.verdict(
      findings,
      at: context.scope.place,
      mode: mode,
      warnings: warnings
    )
    return TextReport.render(verdict, context)
  }

  private let two = [
    ReportSamples.finding(),
    ReportSamples.finding(
      "Sources/Auth/Store.swift",
      at: 7,
      lines: 8,
      .stale,
      review: ReportSamples.review()
    ),
  ]

  @Test func `a blocked commit`() throws {
    let report = text(two)
    #expect(report.utf8.count < 2048)
    try expectSnapshot(report, named: "text-blocked-commit.txt")
  }

  @Test func `a blocked commit under an agent`() throws {
    let report = text(two, ReportSamples.context(underAgent: true))
    #expect(report.hasSuffix("\n\n" + HumanPresence.refusal + "\n"))
    #expect(!report.contains("--no-verify"))
    try expectSnapshot(report, named: "text-blocked-agent.txt")
  }

  @Test func `every reason, in a job`() throws {
    let context = ReportSamples.context(.ci, hunks: 13, policy: ReportSamples.strictPolicy)
    let report = text(ReportSamples.everything, context)
    try expectSnapshot(report, named: "text-every-reason.txt")
  }

  @Test func `hostile bytes are shown and never obeyed`() throws {
    let warnings = ReportSamples.hostileWarnings
    let report = text(ReportSamples.hostile, warnings: warnings)
    #expect(report.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    try expectSnapshot(report, named: "text-hostile.txt")
    let context = ReportSamples.context(unicode: true)
    let unicode = text(ReportSamples.hostile, context, warnings: warnings)
    #expect(unicode.unicodeScalars.allSatisfy { $0 == "\n" || !isObeyed($0) })
    try expectSnapshot(unicode, named: "text-hostile-unicode.txt")
  }

  private func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar.value == 0x7f || VisibleText.isHidden(scalar)
  }

  @Test func `thousands of findings stay short`() throws {
    let many = (0..<3000).map {
      ReportSamples.finding("Sources/File\($0 / 30).swift", at: 1 + $0 % 30 * 10, lines: 3)
    }
    let report = text(many, ReportSamples.context(.push, hunks: 3000))
    #expect(report.utf8.count < 4096)
    try expectSnapshot(report, named: "text-many.txt")
  }

  @Test func `endless paths and notes stay short`() {
    let path = String(repeating: "long/", count: 2000)
    let review = ReportSamples.review(note: String(repeating: "n", count: 50_000))
    let findings = (0..<20).map {
      ReportSamples.finding(path, at: 1 + $0, lines: 1, .rejected, review: review)
    }
    #expect(text(findings).utf8.count < 8192)
  }

  struct Headline: CustomTestStringConvertible, Sendable {
    let expected: String
    let place: Policy.Place
    let findings: [Finding]
    var mode = Policy.Mode.block
    var commits = 3
    var hunks = 12
    var testDescription: String { expected }
  }

  static let range = "main..HEAD (c1c1c1c1c1..c2c2c2c2c2)"
  private static let signed = ReportSamples.finding(
    .reviewed,
    review: ReportSamples.review(.signed, rule: .hunk)
  )
  private static let recorded = ReportSamples.finding(
    lines: 6,
    .reviewed,
    review: ReportSamples.review(rule: .hunk)
  )
  private static let person = ReportSamples.finding(.notAI, origin: .human, evidence: [])

  static let headlines = [
    Headline(
      expected: "passed. \(range), 3 commits, 12 hunks: 40 AI-written lines in 2 hunks, "
        + "all reviewed (weakest: recorded: a promise, not a proof).",
      place: .push,
      findings: [signed, recorded, person]
    ),
    Headline(
      expected: "passed. \(range), 1 commit, 12 hunks: 6 AI-written lines in 1 hunk, "
        + "all reviewed (recorded: a promise, not a proof).",
      place: .ci,
      findings: [recorded],
      commits: 1
    ),
    Headline(
      expected: "passed. \(range), 3 commits, 12 hunks: 68 AI-written lines in 2 hunks, "
        + "1 reviewed, 1 exempt (signed: made with a key of the roster).",
      place: .manual,
      findings: [signed, ReportSamples.finding(.exempt)]
    ),
    Headline(
      expected: "passed. Index against HEAD, 12 hunks: no AI-written lines found.",
      place: .commit,
      findings: [person]
    ),
    Headline(
      expected: "nothing to judge. \(range), 0 commits: "
        + "no change was looked at, so none was passed.",
      place: .ci,
      findings: [],
      commits: 0,
      hunks: 0
    ),
    Headline(
      expected: "nothing to judge. \(range), 2 commits and 0 hunks: they change nothing.",
      place: .push,
      findings: [],
      commits: 2,
      hunks: 0
    ),
    Headline(
      expected: "nothing to judge. Index against HEAD, 0 hunks: "
        + "no change was looked at, so none was passed.",
      place: .commit,
      findings: [],
      hunks: 0
    ),
    Headline(
      expected: "push blocked. \(range), 3 commits: "
        + "34 AI-written lines in 1 file have no human review (1 of 12 hunks).",
      place: .push,
      findings: [ReportSamples.finding(), person]
    ),
    Headline(
      expected: "ci: would be blocked (mode warn). \(range), 3 commits: "
        + "34 AI-written lines in 1 file were rejected (1 of 12 hunks).",
      place: .ci,
      findings: [ReportSamples.finding(.rejected, review: ReportSamples.review())],
      mode: .warn
    ),
    Headline(
      expected: "blocked. \(range), 3 commits: 1 AI-written item without a line view "
        + "in 1 file has no human review (1 of 12 hunks).",
      place: .manual,
      findings: [ReportSamples.opaque()]
    ),
    Headline(
      expected: "commit would be blocked (mode observe). Index against HEAD: "
        + "2 AI-written or unattributed lines in 1 file have no human review (1 of 12 hunks).",
      place: .commit,
      findings: [ReportSamples.finding(lines: 2, origin: .unknown)],
      mode: .observe
    ),
  ]

  @Test(arguments: headlines)
  func `the first line says what was looked at`(row: Headline) {
    let context = ReportSamples.context(row.place, commits: row.commits, hunks: row.hunks)
    let report = text(row.findings, context, mode: row.mode)
    #expect(report.prefix { $0 != "\n" } == "reviewgate: " + row.expected)
  }

  @Test func `a pass is one line`() {
    let report = text([Self.person, Self.signed])
    #expect(report.utf8.count { $0 == 0x0a } == 1)
  }

  @Test func `a warning does not ask anybody to stop`() {
    let report = text(two, mode: .warn)
    #expect(report.contains("reviewgate review --staged"))
    #expect(!report.contains("AI agent:") && !report.contains("--no-verify"))
    #expect(!report.contains("git commit -eF"))
  }

  @Test func `colour is asked for`() {
    let verdict = ReportSamples.verdict(two)
    let plain = TextReport.render(verdict, ReportSamples.context())
    let colour = TextReport.render(
      verdict,
      ReportSamples.context(),
      style: Style(colour: true)
    )
    #expect(!plain.contains("\u{1b}") && colour.hasPrefix("\u{1b}[31mreviewgate: "))
  }

  @Test(arguments: [
    ("Sources/A.swift", "Sources/A.swift"), ("a b", "'a b'"), ("-rf", "'-rf'"),
    ("$(x)", "'$(x)'"), ("it's", "$'it\\047s'"), ("a\nb", "$'a\\012b'"),
    ("\u{dc}9", "$'\\303\\2349'"), ("a\\b'", "$'a\\134b\\047'"),
  ])
  func `a path can be pasted into a shell`(path: String, word: String) {
    #expect(ShellWord.quote(Array(path.utf8), .ascii) == word)
  }
}
