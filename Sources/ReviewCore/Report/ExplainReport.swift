/// Why a line or a commit counts as written by an agent, and where its review stands.
package struct ExplainReport {
  /// What there is to say about one line.
  package enum Subject: Sendable {
    /// The unit the line belongs to.
    case finding(Finding)
    /// The file changes and this line does not.
    case unchangedLine
    /// The change does not touch the file.
    case unchangedFile
  }

  private let context: ReportContext
  private var charset: Charset { context.charset }

  /// Finds what a line of the new version belongs to.
  package static func subject(
    path: RepositoryPath,
    line: Int,
    in verdict: Verdict
  ) -> Subject {
    let findings = verdict.findings.filter { $0.path == path }
    guard !findings.isEmpty else { return .unchangedFile }
    if let number = findings.firstIndex(where: { holds($0, line) }) {
      return .finding(findings[number])
    }
    // Removed lines are gone: the lines on both sides of the gap stand for them.
    let gaps = [LineRange(start: line, count: 0), LineRange(start: line + 1, count: 0)]
    if let number = findings.firstIndex(where: { stands($0, gaps) }) {
      return .finding(findings[number])
    }
    return .unchangedLine
  }

  /// Whether a unit holds a line; an opaque file holds every one.
  private static func holds(_ finding: Finding, _ line: Int) -> Bool {
    guard let place = finding.place else { return true }
    return place.lines.contains(line)
  }

  private static func stands(_ finding: Finding, _ places: [LineRange]) -> Bool {
    guard let place = finding.place else { return false }
    return places.contains(place)
  }

  /// The report about a line, with a line feed at its end.
  package static func line(
    path: RepositoryPath,
    line: Int,
    _ subject: Subject,
    _ context: ReportContext
  ) -> String {
    let report = ExplainReport(context: context)
    let place = report.charset.show(path.bytes, width: 120) + ":\(line)"
    let range = report.charset.show(context.scope.range)
    switch subject {
    case .finding(let finding): return report.text(place, finding)
    case .unchangedLine:
      return "reviewgate: \(place) is not changed. \(range): the file changes elsewhere.\n"
    case .unchangedFile:
      return "reviewgate: \(place) is not changed. \(range): the file is not touched.\n"
    }
  }

  /// The report about a commit and the units of its own change, with a line feed at its end.
  package static func commit(
    _ commit: CommitInfo,
    origin: CommitOrigin,
    sources: [SourceReport] = [],
    findings: [Finding],
    _ context: ReportContext
  ) -> String {
    let report = ExplainReport(context: context)
    return report.text(commit, origin, sources, findings)
  }
}

// MARK: - Lines

extension ExplainReport {
  private func text(_ place: String, _ finding: Finding) -> String {
    let isKnown = finding.origin != .unknown
    let writer = isKnown ? finding.origin.label(charset) : "nobody known"
    var rows = LabelledRows()
    rows.add("part of", "\(finding.heading(context)), \(size(finding))")
    rows.add("written by", writer)
    let evidence = SourcedEvidence.of(finding)
    rows.add("evidence", capped(evidence.map { $0.line(charset) }, at: 40))
    if evidence.isEmpty { rows.add("evidence", "none: \(silence(finding))") }
    rows.add("outcome", "\(finding.outcome.rawValue): \(finding.reason(context))")
    if let review = finding.review { add(review, to: &rows) }
    rows.add("differs", differences(finding))
    rows.add("to pass", remedy(finding))
    let head =
      "reviewgate: \(place), written by \(writer): \(finding.reason(context))."
      + " Judged: \(charset.show(context.scope.range))."
    return ([head, ""] + rows.lines).joined(separator: "\n") + "\n"
  }

  /// The lines that differ from what was approved.
  private func differences(_ finding: Finding) -> [String] {
    let lines = finding.difference?.lines.filter { $0.kind != .context } ?? []
    return capped(
      lines.map { line in
        let number = line.newNumber.map { "\($0) " } ?? ""
        return number + (line.kind == .added ? "+" : "-")
          + charset.show(VisibleText.source(line.bytes))
      },
      at: 20
    )
  }

  private func size(_ finding: Finding) -> String {
    guard let span = finding.item.hunk?.span else {
      return "\(finding.opaqueName ?? "file") without a line view"
    }
    return "\(Count.of(span.new.count, "line")) added, \(span.old.count) removed"
  }

  private func silence(_ finding: Finding) -> String {
    let isPresumed = !finding.origin.isAgent && finding.outcome != .notAI
    return silence(finding.origin) + (isPresumed ? ", and the policy presumes an agent" : "")
  }

  private func silence(_ origin: Origin) -> String {
    switch origin {
    case .agent, .mixed: "an agent is named without a source"
    case .human: "a person committed it without any mark of an agent"
    case .bot: "automation that is not a coding agent"
    case .unknown: "nothing says who wrote it"
    }
  }

  private func add(_ review: ReviewReference, to rows: inout LabelledRows) {
    rows.add("record", charset.show(review.id.utf8, width: 100))
    rows.add("made by", charset.show(review.principal.utf8, width: 100))
    rows.add("declared", charset.show(review.createdAt.utf8, width: 40) + ", not proven")
    rows.add("strength", "\(review.strength.rawValue): \(review.strength.meaning)")
    rows.add("rule", review.rule.map { "\($0.rawValue): \($0.meaning)" })
    rows.add("note", review.note.map { charset.show($0.utf8, width: 200) })
  }

  private func remedy(_ finding: Finding) -> String? {
    guard finding.outcome.blocks else { return nil }
    let command = charset.show(context.reviewCommand)
    let requirement = context.policy.requirement(for: finding.path)
    switch finding.outcome {
    case .tooWeak: return "\(command)   (with a \(requirement.require.rawValue) record)"
    case .selfReviewed: return "\(command)   (by somebody who took no part in the change)"
    case .rejected: return "change it, or \(command)   (by the person who rejected it)"
    default: return command
    }
  }

  private func capped(_ lines: [String], at most: Int) -> [String] {
    guard lines.count > most else { return lines }
    return lines.prefix(most) + ["\(charset.ellipsis) and \(lines.count - most) more"]
  }
}

// MARK: - Commits

extension ExplainReport {
  private func text(
    _ commit: CommitInfo,
    _ origin: CommitOrigin,
    _ sources: [SourceReport],
    _ findings: [Finding]
  ) -> String {
    let blocking = findings.count(where: \.outcome.blocks)
    let head =
      "reviewgate: \(commit.id.short), \(Count.of(findings.count, "hunk")): "
      + (blocking == 0 ? "none blocked." : "\(blocking) blocked.")
    var rows = LabelledRows()
    rows.add("subject", charset.show(commit.subject, width: 100))
    rows.add("author", charset.show(commit.author.display.utf8, width: 100))
    let agents = origin.agents.map { charset.show($0.utf8, width: 40) }.joined(separator: ", ")
    rows.add("origin", origin.origin.name + (agents.isEmpty ? "" : ": " + agents))
    let evidence = origin.evidence.map { "\($0.facts): " + charset.show($0.text, width: 160) }
    rows.add("evidence", capped(evidence, at: 40))
    if evidence.isEmpty { rows.add("evidence", "none: \(silence(origin.origin))") }
    rows.add("sources", capped(sources.flatMap { SourceWords(charset: charset).lines($0) }, at: 60))
    var lines = [head, ""] + rows.lines
    if !findings.isEmpty { lines += [""] + states(findings) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func states(_ findings: [Finding]) -> [String] {
    let cells = findings.prefix(100).map { finding in
      [
        finding.heading(context), finding.size, finding.outcome.rawValue,
        finding.reason(context),
      ]
    }
    let rest = findings.count - cells.count
    let more = rest > 0 ? ["  \(charset.ellipsis) and \(rest) more"] : []
    return Columns(sides: [.left, .right, .left, .left]).lines(cells) + more
  }
}
