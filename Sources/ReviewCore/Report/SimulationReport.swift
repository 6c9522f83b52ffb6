/// Which past changes a policy would have blocked, and why.
package struct SimulationReport: Sendable {
  /// The branch and the time, safe to print.
  let subject: String
  /// Where the policy came from, safe to print.
  let policyName: String
  /// The baseline that the policy has and that was left out of account; nil without one.
  let baseline: String?
  /// When the branch's last change landed, in seconds since 1970; nil where that is not known.
  let lastLanding: Int?
  let entries: [AuditEntry]
  private let times: [ObjectID: Int]

  /// One change that landed, and when.
  package struct Change: Sendable {
    /// The commit, and what would have been decided about it.
    package let entry: AuditEntry
    /// When it was committed, in seconds since 1970, as it claims.
    package let time: Int

    /// Joins both.
    package init(_ entry: AuditEntry, time: Int) {
      self.entry = entry
      self.time = time
    }
  }

  /// Puts a simulation together; `changes` come oldest first.
  package init(
    subject: String,
    policyName: String,
    baseline: String?,
    lastLanding: Int? = nil,
    changes: [Change]
  ) {
    self.subject = subject
    self.lastLanding = lastLanding
    self.policyName = policyName
    self.baseline = baseline
    entries = changes.map(\.entry)
    times = Dictionary(changes.map { ($0.entry.commit.id, $0.time) }) { first, _ in first }
  }

  /// Whether any change could not be looked at.
  package var isIncomplete: Bool { entries.contains { $0.verdict == Word.undecided } }

  private enum Word {
    static let blocked = "blocked"
    static let undecided = "undecided"
  }

  private var open: [AuditEntry] {
    entries.filter { $0.verdict == Word.blocked || $0.verdict == Word.undecided }.reversed()
  }

  private func count(_ word: String) -> Int { entries.count { $0.verdict == word } }

  // MARK: - Text

  /// For people, newest first, with a line feed at its end.
  package func text(all: Bool = false, unicode: Bool = false) -> String {
    let charset = Charset(unicode: unicode)
    let commits = entries.reduce(0) { $0 + $1.commits }
    guard !entries.isEmpty else {
      return "reviewgate: nothing to simulate. \(charset.show(subject)): nothing landed.\n"
        + earlier
    }
    let passed = entries.count - count(Word.blocked) - count(Word.undecided)
    var lines = [
      "reviewgate: simulation. \(charset.show(subject)): "
        + "\(Count.of(entries.count, "change")) with \(Count.of(commits, "commit")): "
        + "\(count(Word.blocked)) would have been blocked, \(passed) would have passed, "
        + "\(count(Word.undecided)) could not be looked at."
    ]
    let shown = all ? entries.reversed() : open
    if !shown.isEmpty { lines += [""] + table(shown, charset) }
    lines += ["", "  policy: \(charset.show(policyName)), as if every place blocked."]
    if let baseline {
      lines.append(
        "  its baseline \(charset.show(baseline.utf8, width: 60)) was left out of account."
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where something is to be seen, when nothing landed in the time that was named.
  private var earlier: String {
    let month = 30 * 86_400
    guard let lastLanding, let last = RecordTime.text(lastLanding),
      let start = RecordTime.text(lastLanding - month)
    else { return "" }
    return "\n  The last change landed on \(last.prefix(10)): name an earlier day, as "
      + "--since \(start.prefix(10))\n"
  }

  private func table(_ entries: [AuditEntry], _ charset: Charset) -> [String] {
    let head = ["commit", "day", "verdict", "lines", "why", "subject"]
    let rows = entries.map { entry in
      [
        entry.commit.id.short, day(entry), entry.verdict, String(lines(entry)),
        why(entry, charset), charset.show(entry.commit.subject, width: 60),
      ]
    }
    return Columns(sides: [.left, .left, .left, .right, .left, .left]).lines([head] + rows)
  }

  private func day(_ entry: AuditEntry) -> String {
    time(entry).map { String($0.prefix(10)) } ?? "?"
  }

  private func time(_ entry: AuditEntry) -> String? {
    times[entry.commit.id].flatMap(RecordTime.text)
  }

  private func blocking(_ entry: AuditEntry) -> [Finding] {
    entry.findings.filter(\.outcome.blocks)
  }

  private func lines(_ entry: AuditEntry) -> Int { Count.lines(blocking(entry)) }

  /// `2 files unreviewed (claude-code)`, or why nothing is known.
  private func why(_ entry: AuditEntry, _ charset: Charset) -> String {
    switch entry.result {
    case .failure(let problem): return charset.show(problem.text.utf8, width: 100)
    case .success(let verdict):
      let found = blocking(entry)
      var parts = Finding.Outcome.allCases.compactMap { outcome -> String? in
        let some = found.filter { $0.outcome == outcome }
        guard !some.isEmpty else { return nil }
        return "\(Count.of(Count.files(some), "file")) \(outcome.rawValue)"
      }
      let agents = Set(found.map { $0.origin.label(charset) }).sorted()
      if !agents.isEmpty { parts[parts.count - 1] += " (\(agents.joined(separator: ", ")))" }
      if !verdict.forbidden.isEmpty {
        parts.append(Count.of(verdict.forbidden.count, "forbidden line"))
      }
      return parts.isEmpty ? passing(verdict) : parts.joined(separator: ", ")
    }
  }

  private func passing(_ verdict: Verdict) -> String {
    guard !verdict.attributed.isEmpty else { return "no AI-written lines" }
    let parts = Finding.Outcome.allCases.compactMap { outcome -> String? in
      let count = verdict.attributed.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(Count.of(count, "hunk")) \(outcome.rawValue)"
    }
    return parts.joined(separator: ", ")
  }

  // MARK: - JSON

  /// The name and version of the document's form.
  package static let schema = "reviewgate.simulation/1"

  /// One document with every change, oldest first.
  package var json: String {
    ReportJSON.text(
      ReportJSON.object([
        ("schema", .string(Self.schema)),
        ("subject", ReportJSON.text(subject)),
        ("policy", ReportJSON.text(policyName)),
        ("ignoredBaseline", baseline.map(ReportJSON.text)),
        ("changes", .array(entries.map(member))),
        (
          "totals",
          ReportJSON.object([
            ("changes", .integer(entries.count)),
            ("commits", .integer(entries.reduce(0) { $0 + $1.commits })),
            ("blocked", .integer(count(Word.blocked))),
            ("undecided", .integer(count(Word.undecided))),
            (
              "passed",
              .integer(entries.count - count(Word.blocked) - count(Word.undecided))
            ),
          ])
        ),
      ])
    )
  }

  private func member(_ entry: AuditEntry) -> StrictJSON {
    var reason: StrictJSON?
    if case .failure(let problem) = entry.result { reason = ReportJSON.text(problem.text) }
    let found = blocking(entry)
    let outcomes = Finding.Outcome.allCases.compactMap { outcome -> (String, StrictJSON?)? in
      let count = found.count { $0.outcome == outcome }
      return count == 0 ? nil : (outcome.rawValue, .integer(count))
    }
    let agents = Set(found.compactMap(\.origin.agent)).sorted()
    return ReportJSON.object([
      ("commit", .string(entry.commit.id.hex)),
      ("committedAt", time(entry).map(StrictJSON.string)),
      ("subject", .string(VisibleText.line(entry.commit.subject))),
      ("commits", .integer(entry.commits)),
      ("verdict", .string(entry.verdict)),
      ("blockedLines", .integer(lines(entry))),
      ("blockedHunks", ReportJSON.object(outcomes)),
      ("files", .array(Set(found.map(\.path)).sorted().map { .string($0.escaped) })),
      ("agents", .array(agents.map(ReportJSON.text))),
      ("reason", reason),
    ])
  }
}
