/// One landing of a branch, decided again.
package struct AuditEntry: Sendable {
  /// The commit.
  package let commit: CommitInfo
  /// How many commits it brought: more than one for a merge.
  package let commits: Int
  /// The decision, or why there is none.
  package let result: Result<Verdict, AuditProblem>
  /// Compromised keys without which it stands differently, by fingerprint: it was judged so.
  package let compromised: [String]
  /// Why somebody went past the hooks with it, as this machine recorded.
  package let bypass: String?

  /// Why nothing could be decided; safe to print.
  package struct AuditProblem: Error, Sendable {
    /// In words.
    package let text: String

    /// Wraps the words.
    package init(_ text: String) { self.text = text }
  }

  /// Describes a landing.
  package init(
    commit: CommitInfo,
    commits: Int,
    result: Result<Verdict, AuditProblem>,
    compromised: [String] = [],
    bypass: String?
  ) {
    self.commit = commit
    self.commits = commits
    self.result = result
    self.compromised = compromised
    self.bypass = bypass
  }

  /// The word for the decision.
  package var verdict: String {
    guard case .success(let verdict) = result else { return "undecided" }
    if !verdict.passes { return "blocked" }
    return verdict.isOverridden ? "overridden" : "pass"
  }

  var findings: [Finding] {
    guard case .success(let verdict) = result else { return [] }
    return verdict.attributed
  }

  func count(_ outcome: Finding.Outcome) -> Int { findings.count { $0.outcome == outcome } }

  /// The records that it rests on, each once, in order.
  package var records: [ReviewReference] {
    var seen: Set<String> = []
    return findings.filter { !$0.outcome.blocks }.compactMap(\.review).filter {
      seen.insert($0.id).inserted
    }
  }
}

/// Landed history, decided again: every landing, and what all of them come to.
package struct AuditReport {
  /// The range, safe to print.
  let subject: String
  let entries: [AuditEntry]
  /// The decision about the whole range as one change.
  let total: AuditEntry
  let debts: [OverrideDebt]
  /// Records that the roster of today does not prove any more.
  let unproven: Set<String>

  /// Puts an audit together.
  package init(
    subject: String,
    entries: [AuditEntry],
    total: AuditEntry,
    debts: [OverrideDebt],
    unproven: Set<String>
  ) {
    self.subject = subject
    self.entries = entries
    self.total = total
    self.debts = debts
    self.unproven = unproven
  }

  private static let words = ["pass", "overridden", "blocked", "undecided"]

  // MARK: - Text

  /// For people, with a line feed at its end.
  package func text(unicode: Bool = false) -> String {
    let charset = Charset(unicode: unicode)
    let commits = entries.reduce(0) { $0 + $1.commits }
    var lines = [
      "reviewgate: audit. \(charset.show(subject)): "
        + "\(Count.of(entries.count, "landing")) with \(Count.of(commits, "commit")), \(tally)."
    ]
    if !entries.isEmpty { lines.append("") }
    for entry in entries { lines += rows(of: entry, entry.commit.id.short, charset) }
    lines += ["", "  the whole range as one change:"]
    lines += rows(of: total, "total", charset)
    if !debts.isEmpty { lines += [""] + OverrideDebt.lines(debts, charset) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var tally: String {
    Self.words.map { word in "\(entries.count { $0.verdict == word }) of \(entries.count) \(word)" }
      .joined(separator: ", ")
  }

  private func rows(of entry: AuditEntry, _ name: String, _ charset: Charset) -> [String] {
    let counts = Finding.Outcome.allCases.compactMap { outcome -> String? in
      let count = entry.count(outcome)
      return count == 0 ? nil : "\(count) \(outcome.rawValue)"
    }
    let hunks =
      entry.findings.isEmpty
      ? "no AI-written hunks"
      : "\(Count.of(entry.findings.count, "AI-written hunk")): "
        + counts.joined(separator: ", ")
    let word = entry.verdict + String(repeating: " ", count: 10 - entry.verdict.utf8.count)
    var rows = [
      "  \(name)  \(word)  \(hunks)  \(charset.show(entry.commit.subject, width: 80))"
    ]
    if case .failure(let problem) = entry.result {
      rows.append("      " + charset.show(problem.text.utf8, width: 200))
    }
    for record in entry.records {
      let lost = unproven.contains(record.id) ? "; the roster of today does not prove it" : ""
      rows.append(
        "      \(record.id.dropFirst(7).prefix(12))  \(record.strength.rawValue)  "
          + charset.show(record.principal.utf8, width: 60) + exception(record, charset) + lost
      )
    }
    for key in entry.compromised {
      rows.append("      judged without a compromised key: \(key)")
    }
    if let bypass = entry.bypass {
      rows.append("      went past the hooks: " + charset.show(bypass.utf8, width: 100))
    }
    return rows
  }

  private func exception(_ record: ReviewReference, _ charset: Charset) -> String {
    guard let until = record.until else { return "" }
    return "  override until \(charset.show(until.utf8.prefix(10), width: 20)): "
      + charset.show((record.note ?? "").utf8, width: 100)
  }

  // MARK: - JSON

  /// The name and version of the document's form.
  package static let schema = "reviewgate.audit/1"

  /// One document.
  package var json: String {
    ReportJSON.text(
      ReportJSON.object([
        ("schema", .string(Self.schema)),
        ("subject", ReportJSON.text(subject)),
        ("landings", .array(entries.map(member))),
        ("total", member(total)),
        (
          "totals",
          ReportJSON.object(
            Self.words.map { word in
              (word, StrictJSON.integer(entries.count { $0.verdict == word }))
            } + [("landings", .integer(entries.count))]
          )
        ),
        ("owed", .array(debts.map(debt))),
      ])
    )
  }

  /// One landing a line.
  package var jsonLines: String { entries.map { ReportJSON.text(member($0)) }.joined() }

  private func member(_ entry: AuditEntry) -> StrictJSON {
    let outcomes = Finding.Outcome.allCases.map {
      ($0.rawValue, StrictJSON.integer(entry.count($0)))
    }
    var problem: StrictJSON?
    if case .failure(let found) = entry.result { problem = ReportJSON.text(found.text) }
    return ReportJSON.object([
      ("commit", .string(entry.commit.id.hex)),
      ("subject", .string(VisibleText.line(entry.commit.subject))),
      ("author", .string(entry.commit.author.display)),
      ("commits", .integer(entry.commits)),
      ("verdict", .string(entry.verdict)),
      ("aiHunks", .integer(entry.findings.count)),
      ("byOutcome", ReportJSON.object(outcomes)),
      ("records", .array(entry.records.map(member))),
      ("compromisedKeys", .array(entry.compromised.map { .string($0) })),
      ("bypass", entry.bypass.map(ReportJSON.text)),
      ("reason", problem),
    ])
  }

  private func member(_ record: ReviewReference) -> StrictJSON {
    ReportJSON.object([
      ("id", ReportJSON.text(record.id)),
      ("reviewer", ReportJSON.text(record.principal)),
      ("strength", .string(record.strength.rawValue)),
      ("key", record.key.map { .string($0) }),
      ("until", record.until.map(ReportJSON.text)),
      ("note", record.note.map(ReportJSON.text)),
      ("provenToday", .bool(!unproven.contains(record.id))),
    ])
  }

  private func debt(_ debt: OverrideDebt) -> StrictJSON {
    ReportJSON.object([
      ("id", ReportJSON.text(debt.stored.id)),
      ("by", ReportJSON.text(debt.stored.person)),
      ("until", debt.stored.record.until.map(ReportJSON.text)),
      ("over", .bool(debt.isOver)),
      ("reason", debt.stored.record.note.map(ReportJSON.text)),
    ])
  }

  // MARK: - CSV

  /// A table for spreadsheets (RFC 4180), one landing a line.
  package var csv: String {
    let outcomes = Finding.Outcome.allCases.filter { $0 != .notAI }
    let head =
      ["commit", "verdict", "commits", "ai-hunks"] + outcomes.map(\.rawValue)
      + ["records", "bypass", "subject"]
    let rows = entries.map { entry in
      [entry.commit.id.hex, entry.verdict, String(entry.commits), String(entry.findings.count)]
        + outcomes.map { String(entry.count($0)) }
        + [
          entry.records.map(\.id).joined(separator: " "), entry.bypass ?? "",
          VisibleText.line(entry.commit.subject),
        ]
    }
    return ([head] + rows).map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A cell that no spreadsheet takes for a formula.
  private static func cell(_ text: String) -> String {
    let shown = VisibleText.line(text)
    let isFormula = shown.utf8.first.map { "=+-@".utf8.contains($0) } ?? false
    return "\"" + (isFormula ? "'" : "") + shown.replacing("\"", with: "\"\"") + "\""
  }
}
