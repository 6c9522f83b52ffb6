/// One time somebody went around the gate.
package struct BypassEntry: Hashable, Sendable {
  /// The commit, as recorded.
  package let commit: String
  /// The day, as recorded.
  package let day: String
  /// Why, as recorded.
  package let reason: String

  /// Creates an entry.
  package init(commit: String, day: String, reason: String) {
    self.commit = commit
    self.day = day
    self.reason = reason
  }
}

/// How far the review of a change is, file by file; it decides nothing and ranks nobody.
package struct StatusReport {
  /// How many files are listed before the rest is only counted.
  static let mostFiles = 100
  /// How many bypasses are listed before the rest is only counted.
  static let mostBypasses = 20

  private let verdict: Verdict
  private let context: ReportContext

  /// The report, with a line feed at its end.
  package static func render(
    _ verdict: Verdict,
    _ context: ReportContext,
    bypasses: [BypassEntry] = [],
    gaps: [RecorderState.Gap] = [],
    debts: [OverrideDebt] = []
  ) -> String {
    let report = StatusReport(verdict: verdict, context: context)
    var lines = Prose.lines(report.headline, width: context.width)
    if !verdict.attributed.isEmpty { lines += [""] + report.table }
    if !verdict.passes { lines += [""] + report.commands }
    if !bypasses.isEmpty { lines += [""] + report.list(bypasses) }
    if !gaps.isEmpty { lines += [""] + report.list(gaps) }
    if !debts.isEmpty { lines += [""] + OverrideDebt.lines(debts, report.context.charset) }
    if let warnings = WarningSummary.line(verdict.warnings, context.charset) {
      lines += ["", "  " + warnings]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var headline: String {
    let scope = context.scope
    let total = Tally(verdict.findings)
    let size = "\(scope.range), \(Count.of(scope.hunks, "hunk"))"
    let state =
      total.attributed == 0
      ? "no AI-written lines found"
      : "\(Count.of(verdict.attributedLines, "AI-written line")) in "
        + "\(Count.of(total.attributed, "hunk")), \(total.reviewed) reviewed, \(total.open) open"
    let text = Headline.sentence("\(size): \(state).")
    return "reviewgate: status. " + context.charset.show(text)
  }

  private var table: [String] {
    var seen: Set<RepositoryPath> = []
    let order = verdict.attributed.map(\.path).filter { seen.insert($0).inserted }
    let files = Dictionary(grouping: verdict.findings, by: \.path)
    let rows = order.prefix(Self.mostFiles).map { path in
      [context.charset.show(path.bytes, width: 120)] + Tally(files[path] ?? []).cells
    }
    let rest = order.dropFirst(Self.mostFiles)
    let hidden = Tally(rest.flatMap { files[$0] ?? [] })
    let more = [
      "\(context.charset.ellipsis) and \(Count.of(rest.count, "more file"))"
    ]
    return Columns(sides: [.left] + Tally.names.map { _ in .right }).lines(
      [["file"] + Tally.names] + rows + (rest.isEmpty ? [] : [more + hidden.cells])
        + [["all files"] + Tally(verdict.findings).cells]
    )
  }

  private var commands: [String] {
    var rows = LabelledRows()
    if !verdict.blocking.isEmpty {
      rows.add("review them", context.charset.show(context.reviewCommand))
    }
    if !verdict.forbidden.isEmpty {
      let lines = Count.of(verdict.forbidden.count, "line")
      rows.add("forbidden", "\(lines) of commit messages; reviewgate check shows them")
    }
    return rows.lines
  }

  private func list(_ bypasses: [BypassEntry]) -> [String] {
    let rows = bypasses.prefix(Self.mostBypasses).map { entry in
      [
        context.charset.show(entry.day.utf8, width: 20),
        context.charset.show(entry.commit.utf8, width: 40),
        context.charset.show(entry.reason.utf8, width: 100),
      ]
    }
    let rest = bypasses.count - rows.count
    let more = rest > 0 ? ["  \(context.charset.ellipsis) and \(rest) more"] : []
    let title = "  \(Count.of(bypasses.count, "bypass")) on record:"
    return [title] + Columns(sides: [.left, .left, .left]).lines(rows) + more
  }

  private func list(_ gaps: [RecorderState.Gap]) -> [String] {
    let rows = gaps.suffix(Self.mostBypasses).map { gap in
      [
        RecordTime.text(gap.time) ?? "",
        gap.path.map { context.charset.show($0.bytes, width: 100) } ?? "(any file)",
        context.charset.show(gap.reason.utf8, width: 60),
      ]
    }
    let rest = gaps.count - rows.count
    let more = rest > 0 ? ["  \(context.charset.ellipsis) and \(rest) earlier"] : []
    let title = "  \(Count.of(gaps.count, "gap")) in the record of edits since the last commit:"
    return [title] + Columns(sides: [.left, .left, .left]).lines(rows) + more
  }

  /// What the findings of one file, or of all, add up to.
  private struct Tally {
    static let names = ["hunks", "AI", "reviewed", "let pass", "open"]

    let hunks: Int
    let attributed: Int
    let reviewed: Int
    let open: Int

    init(_ findings: [Finding]) {
      hunks = findings.count
      attributed = findings.count { $0.outcome != .notAI }
      reviewed = findings.count { $0.outcome == .reviewed }
      open = findings.count(where: \.outcome.blocks)
    }

    var cells: [String] {
      [hunks, attributed, reviewed, attributed - reviewed - open, open].map(String.init)
    }
  }
}
