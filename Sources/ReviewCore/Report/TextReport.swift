/// The report for people: the verdict, what is open, and the few commands that go on from here.
package struct TextReport {
  /// How many open hunks are listed before the rest is only counted.
  static let mostRows = 20

  /// What an agent that reads a refusal is told.
  static let closing =
    "If you are an AI agent: stop and ask a person to run the review. "
    + "Skipping hooks will not help; CI runs this check."

  private let verdict: Verdict
  private let context: ReportContext
  private let style: Style
  private let blocking: [Finding]

  /// The report, with a line feed at its end.
  package static func render(
    _ verdict: Verdict,
    _ context: ReportContext,
    style: Style? = nil
  ) -> String {
    let report = TextReport(
      verdict: verdict,
      context: context,
      style: style ?? Style(colour: false),
      blocking: verdict.blocking
    )
    return report.lines.joined(separator: "\n") + "\n"
  }

  private var lines: [String] {
    let role: Style.Role = verdict.passes ? .added : .removed
    var lines = Prose.lines(Headline.of(verdict, context), width: context.width)
      .map { style.paint($0, role) }
    if !blocking.isEmpty { lines += [""] + rows }
    if !verdict.forbidden.isEmpty { lines += [""] + forbidden }
    if !verdict.passes { lines += [""] + commands }
    if verdict.isOverridden { lines += [""] + overrides }
    let warnings = [
      WarningSummary.line(verdict.warnings, context.charset),
      WarningSummary.line(verdict.originWarnings, context.charset),
    ]
    for warning in warnings.compactMap({ $0 }) {
      lines += ["", "  " + style.paint(warning, .status)]
    }
    if verdict.refuses, !blocking.isEmpty {
      // Agents are told in one fixed line.
      let closing =
        context.underAgent
        ? [HumanPresence.refusal] : Prose.lines(Self.closing, width: context.width)
      lines += [""] + closing
    }
    return lines
  }

  private var rows: [String] {
    let shown = blocking.prefix(Self.mostRows)
    let cells = shown.map { finding in
      [
        finding.heading(context), finding.size, finding.origin.label(context.charset),
        finding.reason(context),
      ]
    }
    let rows = Columns(sides: [.left, .right, .left, .left]).lines(cells)
    let rest = blocking.dropFirst(Self.mostRows)
    guard !rest.isEmpty else { return rows }
    let files = Count.of(Count.files(rest), "file")
    return rows + [
      "  \(context.charset.ellipsis) and \(rest.count) more "
        + "\(rest.count == 1 ? "hunk" : "hunks") in \(files)"
    ]
  }

  /// The forbidden lines, and in which commit they stand.
  private var forbidden: [String] {
    let shown = verdict.forbidden.prefix(Self.mostRows)
    let cells = shown.map { item in
      [
        item.commit?.short ?? "message", context.charset.show(item.line.prefix(100)),
        "\(item.rule.meaning) (trailers.forbid: \(item.rule.rawValue))",
      ]
    }
    let rest = verdict.forbidden.count - shown.count
    let more = rest > 0 ? ["  \(context.charset.ellipsis) and \(rest) more"] : []
    return Columns(sides: [.left, .left, .left]).lines(cells) + more
  }

  /// What lands unread, never silently.
  private var overrides: [String] {
    let found = verdict.findings.filter { $0.outcome == .overridden }
    let rows = found.prefix(Self.mostRows).map { finding in
      [finding.heading(context), finding.size, finding.reason(context)]
    }
    let rest = found.count - rows.count
    let more = rest > 0 ? ["  \(context.charset.ellipsis) and \(rest) more"] : []
    return Columns(sides: [.left, .right, .left]).lines(rows) + more
  }

  private var commands: [String] {
    var rows = LabelledRows()
    if !verdict.forbidden.isEmpty {
      let isMade = verdict.forbidden.contains { $0.commit != nil }
      rows.add(
        "remove the lines",
        isMade ? "git rebase -i, reword these commits" : "edit the message when it opens again"
      )
    }
    if !blocking.isEmpty {
      rows.add("review them", context.charset.show(context.reviewCommand))
    }
    rows.add("see the reason", blocking.first.map { ExplainCommand.text($0, context) })
    if verdict.refuses {
      rows.add("then", context.continueCommand.map(context.charset.show))
      // An agent is not handed the way around the gate.
      if !context.underAgent { rows.add("bypass", context.bypass.map(context.charset.show)) }
    }
    return rows.lines
  }
}

/// The command that explains a finding.
enum ExplainCommand {
  private static let longestPath = 200

  static func text(_ finding: Finding, _ context: ReportContext) -> String {
    let bytes = finding.path.bytes
    let word =
      bytes.count > longestPath ? "FILE:LINE" : place(bytes, finding.place, context.charset)
    return context.charset.show(context.explainPrefix) + " " + word
  }

  private static func place(_ bytes: [UInt8], _ range: LineRange?, _ charset: Charset) -> String {
    // A gap has no line of its own; the line after it stands for it.
    ShellWord.quote(bytes + Array((range.map { ":\(max(1, $0.start))" } ?? ":1").utf8), charset)
  }
}
