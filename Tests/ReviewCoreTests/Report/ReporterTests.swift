import Foundation
import Testing
import TestSupport

@testable import ReviewCore

/// What each form says about a block, a pass, a warning, and about not having looked.
@Suite struct ReporterTests {
  private func report(
    _ findings: [Finding],
    mode: Policy.Mode = .block,
    hunks: Int? = nil
  ) -> Report {
    let verdict = ReportSamples.verdict(findings, at: .ci, mode: mode)
    let context = ReportSamples.context(.ci, hunks: hunks ?? findings.count)
    return Report(place: .ci, evaluations: [Report.Evaluation(verdict: verdict, context: context)])
  }

  private func text(
    _ format: ReportFormat,
    _ report: Report,
    _ settings: ReportSettings = ReportSettings()
  ) -> String {
    String(decoding: format.reporter(settings).bytes(of: report), as: UTF8.self)
  }

  private func sarif(_ report: Report) throws -> SARIFDocument {
    try SARIFDocument(ReportFormat.sarif.reporter().bytes(of: report))
  }

  private static let undecided = Report(
    place: .ci,
    problem: Report.Problem(
      kind: .notEvaluated,
      text: "The history needed is not here, so nothing was checked.",
      facts: [("found", "shallow clone")],
      remedy: ["git fetch --unshallow"]
    )
  )

  private static let wrongPolicy = Report(
    place: .ci,
    problem: Report.Problem(
      kind: .policy,
      text: ".reviewgate/policy.yml:3:3: unknown key 'comit'",
      places: [
        Report.Problem.Place(
          path: RepositoryPath(PolicyFile.path),
          line: 3,
          text: ".reviewgate/policy.yml:3:3: unknown key 'comit'"
        )
      ]
    )
  )

  // MARK: - Whole reports

  /// One verdict in every form.
  ///
  /// `Tests/validate-reports` gives the same files to other programs.
  @Test(arguments: ReportFormat.allCases.filter { $0 != .json && $0 != .text })
  func `a report`(format: ReportFormat) throws {
    let all = ReportSamples.everything + ReportSamples.hostile
    var verdict = ReportSamples.verdict(all, at: .ci)
    verdict.forbidden = [
      ForbiddenTrailer(
        commit: ReportSamples.commits[0],
        rule: .agentCoAuthor,
        line: ReportSamples.hostileBytes
      )
    ]
    let context = ReportSamples.context(.ci, hunks: all.count, policy: ReportSamples.strictPolicy)
    let report = Report(
      place: .ci,
      evaluations: [Report.Evaluation(verdict: verdict, context: context)]
    )
    try expectSnapshot(text(format, report), named: "report.\(format.rawValue)")
    try expectSnapshot(text(format, Self.undecided), named: "undecided.\(format.rawValue)")
    try expectSnapshot(text(format, self.report([])), named: "empty.\(format.rawValue)")
  }

  // MARK: - Not evaluated

  @Test(arguments: ReportFormat.allCases)
  func `not having looked never reads as nothing found`(format: ReportFormat) throws {
    let problem = text(format, Self.undecided)
    #expect(problem != text(format, report([])))
    #expect(problem.contains("The history needed is not here"))
    let policy = text(format, Self.wrongPolicy)
    #expect(policy.contains("comit"))
  }

  @Test func `a problem is an error in every form that has errors`() throws {
    let document = try sarif(Self.undecided)
    #expect(document.isSuccessful == false && document.results.isEmpty)
    #expect(document.notifications("toolExecutionNotifications").count == 1)
    let policy = try sarif(Self.wrongPolicy)
    #expect(policy.notifications("toolConfigurationNotifications").count == 1)
    let junit = text(.junit, Self.undecided)
    #expect(junit.contains("<error message=\"NOT EVALUATED."))
    #expect(junit.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
    #expect(text(.github, Self.undecided).hasPrefix("::error title=ReviewGate%3A not-evaluated::"))
    let place = "::error file=.reviewgate/policy.yml,line=3,endLine=3,"
    #expect(text(.github, Self.wrongPolicy).hasPrefix(place))
    #expect(text(.gitlab, Self.undecided).contains("\"severity\":\"blocker\""))
    #expect(text(.rdjson, Self.undecided).contains("\"severity\":\"ERROR\""))
    #expect(text(.markdown, Self.undecided).contains("### ReviewGate: not evaluated\n"))
    #expect(text(.html, Self.undecided).contains("NOT EVALUATED. Nothing was passed."))
  }

  @Test func `a problem stands beside what was judged before it`() throws {
    var report = report([ReportSamples.finding()])
    report.problem = Self.undecided.problem
    for format in ReportFormat.allCases {
      let text = text(format, report)
      #expect(text.contains("The history needed is not here"), "\(format)")
      #expect(text.contains("Token.swift"), "\(format)")
    }
    #expect(try sarif(report).results.count == 1)
  }

  // MARK: - Nothing found

  @Test func `nothing found is a whole document`() throws {
    let empty = report([], hunks: 3)
    #expect(text(.gitlab, empty) == "[]\n")
    let document = try sarif(empty)
    #expect(document.results.isEmpty && document.isSuccessful == true)
    #expect(text(.junit, empty).contains("tests=\"1\" failures=\"0\" errors=\"0\""))
    #expect(text(.github, empty) == "")
    let root = try ReportReaders.xml(Array(text(.checkstyle, empty).utf8))
    #expect(root.name == "checkstyle" && root.children.isEmpty)
    #expect(text(.rdjson, empty).contains("\"diagnostics\":[]"))
    #expect(text(.markdown, empty).contains("### ReviewGate: passed\n"))
    #expect(text(.html, empty).contains("3 hunks: no AI-written lines found."))
  }

  @Test func `an empty report is no pass`() {
    let nothing = Report(place: .ci)
    #expect(text(.markdown, nothing).contains("### ReviewGate: not evaluated"))
    #expect(text(.html, nothing).contains("ReviewGate: not evaluated"))
  }

  // MARK: - Weight

  @Test func `a place that only warns reports warnings`() throws {
    let report = report([ReportSamples.finding()], mode: .observe)
    #expect(try sarif(report).results.map(\.level) == ["warning"])
    #expect(text(.github, report).hasPrefix("::warning "))
    #expect(text(.junit, report).contains("failures=\"0\""))
    #expect(text(.junit, report).contains("<skipped message="))
    #expect(text(.checkstyle, report).contains("severity=\"warning\""))
    #expect(text(.gitlab, report).contains("\"severity\":\"minor\""))
  }

  @Test func `what an override lets pass is listed and suppressed`() throws {
    let report = report([ReportSamples.finding(.overridden)])
    let result = try #require(try sarif(report).results.first)
    #expect(result.rule == "ai-overridden" && result.level == "note" && result.isSuppressed)
    #expect(text(.junit, report).contains("<skipped message="))
    #expect(text(.github, report).hasPrefix("::notice "))
    #expect(text(.gitlab, report).contains("\"severity\":\"info\""))
    #expect(text(.markdown, report).contains("### ReviewGate: passed by an override\n"))
  }

  @Test func `a change of the gate's own settings has a rule of its own`() throws {
    let report = report([ReportSamples.finding(PolicyFile.path)])
    #expect(try sarif(report).results.map(\.rule) == ["policy-change"])
  }

  // MARK: - Identity

  @Test func `a result is known by its content and not by its line`() throws {
    func prints(at line: Int, _ text: String = "x") throws -> [[String: String]] {
      let hunk = Hunk(
        span: HunkSpan(
          old: LineRange(start: line, count: 0),
          new: LineRange(start: line, count: 1)
        ),
        removed: [],
        added: Array(text.utf8)
      )
      let finding = Finding(
        change: ReportSamples.change(Array("a.swift".utf8), .text([hunk])),
        item: CandidateItem(hunk: hunk, contributions: []),
        origin: .agent("codex"),
        outcome: .unreviewed,
        review: nil
      )
      return try sarif(report([finding, finding])).results.map(\.fingerprints)
    }
    let first = try prints(at: 10)
    #expect(try prints(at: 20) == first)
    #expect(try prints(at: 10, "y") != first)
    #expect(first[0] != first[1], "two alike are numbered")
  }

  @Test func `no two issues of GitLab have one fingerprint`() throws {
    let one = ReportSamples.finding()
    let report = report([one, one, one, ReportSamples.opaque(), ReportSamples.opaque()])
    let issues = try #require(
      try ReportReaders.json(Array(text(.gitlab, report).utf8)) as? [[String: Any]]
    )
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 5)
    let cases = try ReportReaders.xml(Array(text(.junit, report).utf8)).all("testcase")
    let names = cases.map { "\($0.attributes["classname"] ?? "")\n\($0.attributes["name"] ?? "")" }
    #expect(Set(names).count == 6)
  }

  @Test func `results are in the order of paths and lines`() throws {
    let findings = [("b.swift", 9), ("a.swift", 30), ("b.swift", 2), ("a.swift", 4), ("B", 1)]
      .map { ReportSamples.finding($0.0, at: $0.1, lines: 1) }
    let places = try sarif(report(findings)).results.map { "\($0.uri):\($0.lines.lowerBound)" }
    #expect(places == ["B:1", "a.swift:4", "a.swift:30", "b.swift:2", "b.swift:9"])
  }

  @Test(arguments: [
    (LineRange(start: 5, count: 0), 4, 4), (LineRange(start: 1, count: 0), 1, 1),
    (LineRange(start: 5, count: 1), 5, 5), (LineRange(start: 5, count: 3), 5, 7),
  ])
  func `every form points at lines that are there`(range: LineRange, first: Int, last: Int) throws {
    let hunk = Hunk(
      span: HunkSpan(old: LineRange(start: 5, count: 1), new: range),
      removed: Array("gone\n".utf8),
      added: []
    )
    let finding = Finding(
      change: ReportSamples.change(Array("a".utf8), .text([hunk])),
      item: CandidateItem(hunk: hunk, contributions: []),
      origin: .agent("codex"),
      outcome: .unreviewed,
      review: nil
    )
    #expect(try sarif(report([finding])).results.map(\.lines) == [first...last])
    #expect(text(.github, report([finding])).contains("line=\(first),endLine=\(last),"))
  }

  // MARK: - Limits

  private static let many = (0..<3000).map {
    ReportSamples.finding("Sources/File\($0 / 30).swift", at: 1 + $0 % 30 * 10, lines: 1 + $0 % 7)
  }

  @Test func `annotations are few, the worst first, and the rest is counted`() {
    let rejected = ReportSamples.finding(
      "z.swift",
      at: 3,
      lines: 1,
      .rejected,
      review: ReportSamples.review()
    )
    let lines = text(.github, report(Self.many + [rejected])).split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines[0].hasPrefix("::error file=z.swift,line=3"))
    #expect(lines[1].hasSuffix("::7 lines by claude-code: not reviewed"))
    #expect(lines[10].hasPrefix("::notice title=ReviewGate::2991 more in 100 files not shown"))
    let none = text(.github, report(Self.many), ReportSettings(mostAnnotations: 0))
    #expect(none.split(separator: "\n").count == 1)
  }

  @Test func `a comment stays under GitHub's limit and says what is left out`() throws {
    let comment = text(.markdown, report(Self.many))
    #expect(comment.count < 65_536)
    let rows = comment.split(separator: "\n").count { $0.hasPrefix("<tr><td>") }
    #expect(rows > 100 && rows % 30 == 0, "whole files: \(rows)")
    #expect(comment.contains("<p>\(3000 - rows) more hunks in \(100 - rows / 30) files not shown"))
    #expect(comment.hasSuffix("<pre>\nreviewgate review main..HEAD\n</pre>\n"))
  }

  @Test func `a comment with endless paths stays under the limit too`() {
    let path = String(repeating: "<", count: 2_000)
    let long = (1...200).map {
      ReportSamples.finding("\($0)" + path, at: $0, lines: 1, origin: .agent(path))
    }
    #expect(text(.markdown, report(long)).utf8.count < 65_536)
  }

  @Test(arguments: [900 * 1024, 20_000, 3_000])
  func `a summary stays under what it is given`(limit: Int) {
    let bytes = MarkdownReporter.summary(limit: limit).bytes(of: report(Self.many))
    #expect(bytes.count <= limit)
    #expect(!String(decoding: bytes, as: UTF8.self).contains(MarkdownReporter.marker))
  }

  @Test func `code scanning gets no more than it takes, the worst of them, and is told`() throws {
    #expect(SARIFReporter().mostResults == 25_000)
    let findings = (0..<60).map {
      ReportSamples.finding("f\($0 % 5)", at: 1 + $0, lines: $0 < 10 ? 1 : 2)
    }
    let reporter = SARIFReporter(mostResults: 50)
    let document = try SARIFDocument(reporter.bytes(of: report(findings)))
    #expect(document.results.count == 50)
    #expect(!document.results.contains { $0.lines.count == 1 })
    let notes = document.notifications("toolExecutionNotifications")
    #expect("\(notes)".contains("10 results not shown"))
    let order = document.results.map { (Array($0.uri.utf8), $0.lines.lowerBound) }
    let isSorted = zip(order, order.dropFirst()).allSatisfy { left, right in
      left.0 == right.0 ? left.1 <= right.1 : left.0.lexicographicallyPrecedes(right.0)
    }
    #expect(isSorted)
  }

  @Test func `a page shows 3,000 lines of code and counts the rest`() throws {
    let code = (1...5_000).map { "let line = \($0)\n" }.joined()
    let hunk = Hunk(
      span: HunkSpan(
        old: LineRange(start: 1, count: 0),
        new: LineRange(start: 1, count: 5_000)
      ),
      removed: [],
      added: Array(code.utf8)
    )
    let finding = Finding(
      change: ReportSamples.change(Array("a.swift".utf8), .text([hunk])),
      item: CandidateItem(hunk: hunk, contributions: []),
      origin: .agent("codex"),
      outcome: .unreviewed,
      review: nil
    )
    let page = text(.html, report([finding, ReportSamples.finding("b.swift", at: 1, lines: 1)]))
    let root = try ReportReaders.xml(Array(page.utf8))
    #expect(root.all("tr").count == 3_000)
    #expect(page.contains("2000 lines not shown"))
    // Two of them are the context and the line of the other file.
    #expect(page.contains("2002 lines of code not shown."))
    #expect(page.contains("b.swift"))
  }

  @Test func `a line of a megabyte is cut on a page`() throws {
    let hunk = Hunk(
      span: HunkSpan(old: LineRange(start: 1, count: 0), new: LineRange(start: 1, count: 1)),
      removed: [],
      added: [UInt8](repeating: 0x61, count: 1_000_000)
    )
    let finding = Finding(
      change: ReportSamples.change(Array("a.js".utf8), .text([hunk])),
      item: CandidateItem(hunk: hunk, contributions: []),
      origin: .agent("codex"),
      outcome: .unreviewed,
      review: nil
    )
    let page = text(.html, report([finding]))
    #expect(page.utf8.count < 10_000 && page.contains("998000 bytes not shown"))
  }

  // MARK: - Logs

  @Test(arguments: [
    ("##vso[x]", "#<U+0023>vso[x]"), ("a##[error]b", "a#<U+0023>[error]b"),
    ("###vso[", "#<U+0023><U+0023>vso["), ("##teamcity[x", "#<U+0023>teamcity[x"),
    ("::error::x", "<U+003A>:error::x"), ("  ::a::", "  <U+003A>:a::"), ("a::b", "a::b"),
    ("## title", "## title"), ("##a b[0]", "##a b[0]"), ("a#b##c", "a#b##c"), ("", ""), (":", ":"),
  ])
  func `a log holds nothing that a service obeys`(text: String, expected: String) {
    #expect(LogCommand.defused(text) == expected)
  }
}
