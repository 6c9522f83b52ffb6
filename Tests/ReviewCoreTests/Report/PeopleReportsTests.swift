import Testing
import TestSupport

@testable import ReviewCore

/// The reports for people beside the one of `check`.
@Suite struct PeopleReportsTests {
  private let context = ReportSamples.context(.manual, hunks: 13)

  private func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) }
  }

  // MARK: - Log

  @Test func `a log for people`() throws {
    let text = CommitLog.text(
      commit: ReportSamples.hostileCommit,
      origin: ReportSamples.hostileOrigin
    )
    #expect(isPlain(text))
    try expectSnapshot(text, named: "log.txt")
  }

  @Test func `a person's commit is one line`() {
    let origin = CommitOrigin(origin: .human, evidence: [], agents: [])
    let text = CommitLog.text(commit: ReportSamples.hostileCommit, origin: origin)
    #expect(text == "c1c1c1c1c1  human    Add x <U+202E>^[[2J\n")
  }

  // MARK: - Status

  private func status(
    _ findings: [Finding],
    _ bypasses: [BypassEntry] = [],
    _ gaps: [RecorderState.Gap] = []
  ) -> String {
    let verdict = ReportSamples.verdict(
      findings,
      at: .manual,
      warnings: ReportSamples.hostileWarnings
    )
    return StatusReport.render(verdict, context, bypasses: bypasses, gaps: gaps)
  }

  @Test func `the status of a change`() throws {
    let bypasses = [
      BypassEntry(commit: "c1c1c1c1c1", day: "2026-11-20", reason: "outage"),
      BypassEntry(
        commit: ReportSamples.hostileText,
        day: ReportSamples.hostileText,
        reason: ReportSamples.hostileText
      ),
    ]
    let gaps = [
      RecorderState.Gap(time: 1_795_000_000, path: nil, reason: "busy"),
      RecorderState.Gap(
        time: 1_795_000_001,
        path: RepositoryPath(ReportSamples.hostileText),
        reason: ReportSamples.hostileText
      ),
    ]
    let text = status(ReportSamples.everything + ReportSamples.hostile, bypasses, gaps)
    #expect(isPlain(text) && !text.contains("%"))
    try expectSnapshot(text, named: "status.txt")
  }

  @Test func `the status of a large change stays short`() {
    let many = (0..<3000).map { ReportSamples.finding("File\($0).swift") }
    let bypass = BypassEntry(commit: "c1", day: "2026-11-20", reason: "outage")
    let gap = RecorderState.Gap(time: 0, path: nil, reason: "busy")
    let text = status(
      many,
      Array(repeating: bypass, count: 500),
      Array(repeating: gap, count: 500)
    )
    #expect(text.utf8.count { $0 == 0x0a } < 165)
    #expect(text.contains("... and 2900 more files"))
    #expect(text.contains("all files") && text.contains("... and 480 more"))
  }

  @Test func `the status of nothing says so`() {
    #expect(status([]).contains("no AI-written lines found"))
  }

  // MARK: - Explain

  private func explain(_ findings: [Finding], _ path: RepositoryPath, _ line: Int) -> String {
    let verdict = ReportSamples.verdict(findings, at: .manual)
    let subject = ExplainReport.subject(path: path, line: line, in: verdict)
    return ExplainReport.line(path: path, line: line, subject, context)
  }

  @Test func `every outcome is explained`() throws {
    let texts = (ReportSamples.everything + ReportSamples.hostile).map {
      explain([$0], $0.path, $0.place?.start ?? 1)
    }
    #expect(texts.allSatisfy(isPlain))
    try expectSnapshot(texts.joined(separator: "\n"), named: "explain.txt")
  }

  @Test func `lines outside the change are told apart`() {
    let findings = [ReportSamples.finding()]
    #expect(explain(findings, findings[0].path, 17).contains("the file changes elsewhere"))
    #expect(explain(findings, findings[0].path, 52).contains("the file changes elsewhere"))
    #expect(explain(findings, findings[0].path, 51).contains("not reviewed"))
    #expect(explain(findings, RepositoryPath("b"), 18).contains("the file is not touched"))
  }

  @Test(arguments: [17, 18])
  func `removed lines are found at the gap they left`(line: Int) {
    let findings = [ReportSamples.finding(at: 18, lines: 0)]
    #expect(explain(findings, findings[0].path, line).contains("after 17"))
  }

  @Test func `a commit is explained`() throws {
    let text = ExplainReport.commit(
      ReportSamples.hostileCommit,
      origin: ReportSamples.hostileOrigin,
      findings: ReportSamples.everything + ReportSamples.hostile,
      context
    )
    #expect(isPlain(text))
    try expectSnapshot(text, named: "explain-commit.txt")
  }

  // MARK: - Undecided

  @Test func `what could not be judged says what mends it`() throws {
    let text = UndecidedReport.render(
      problem: "The history needed is not here, so nothing was checked.",
      facts: [
        ("wanted", "merge base of c1c1c1c1c1 (main) and c2c2c2c2c2 (head)"),
        ("found", "shallow clone, boundary b1b1b1b1b1"),
        ("tried", "fetch of 4, 16 and 64 commits:\n\(ReportSamples.hostileText)"),
      ],
      remedy: ["fetch-depth: 0 in the checkout step, or", "git fetch --unshallow origin main"]
    )
    #expect(isPlain(text))
    try expectSnapshot(text, named: "undecided.txt")
  }
}
