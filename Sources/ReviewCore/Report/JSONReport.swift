/// The report for programs: one JSON document, described key by key in `docs/output.md`.
///
/// It is written compactly on one line; keys are sorted and those without a value left out.
package enum JSONReport {
  /// The name and version of the document's form.
  package static let schema = "reviewgate.check/1"

  /// The document about a verdict.
  package static func render(
    _ verdict: Verdict,
    _ context: ReportContext,
    commits: [CommitSummary]
  ) -> String {
    let scope = context.scope
    let members: [(String, StrictJSON?)] =
      head(verdict: name(verdict), place: verdict.place) + [
        ("mode", .string(verdict.mode.rawValue)),
        ("refuses", .bool(verdict.refuses)),
        ("subject", ReportJSON.text(scope.subject)),
        ("base", scope.base.map { .string($0.hex) }),
        ("head", scope.head.map { .string($0.hex) }),
        ("baseTree", .string(scope.baseTree.hex)),
        ("headTree", .string(scope.headTree.hex)),
        ("provider", context.job.map { .string($0.provider) }),
        ("event", context.job.map { ReportJSON.text($0.event) }),
        ("variables", context.job.map(variables)),
        ("weakestStrength", verdict.weakestStrength.map { .string($0.rawValue) }),
        ("totals", totals(verdict, scope)),
        ("commits", .array(commits.map(commit))),
        ("hunks", .array(verdict.findings.map(hunk))),
        ("forbiddenTrailers", forbidden(verdict)),
        ("warnings", .array(warnings(verdict))),
      ]
    return ReportJSON.text(ReportJSON.object(members))
  }

  /// The document about a run that could not judge.
  package static func undecided(
    reason: String,
    remedy: [String],
    place: Policy.Place
  ) -> String {
    let members: [(String, StrictJSON?)] =
      head(verdict: "undecided", place: place) + [
        ("refuses", .bool(true)),
        ("reason", ReportJSON.text(reason)),
        ("remedy", .array(remedy.map(ReportJSON.text))),
      ]
    return ReportJSON.text(ReportJSON.object(members))
  }

  private static func head(
    verdict: String,
    place: Policy.Place
  ) -> [(String, StrictJSON?)] {
    [
      ("schema", .string(schema)),
      ("tool", .object(["name": .string("reviewgate"), "version": .string(ToolVersion.current)])),
      ("verdict", .string(verdict)),
      ("place", .string(place.rawValue)),
    ]
  }

  /// A change that lands only by an override has a name of its own.
  private static func name(_ verdict: Verdict) -> String {
    if !verdict.passes { return "blocked" }
    return verdict.isOverridden ? "overridden" : "pass"
  }

  /// What a CI service said, by the name of the variable or the path in its event.
  private static func variables(_ job: CIJob) -> StrictJSON {
    ReportJSON.object(job.facts.map { ($0.name, ReportJSON.text($0.value)) })
  }

  private static func totals(_ verdict: Verdict, _ scope: EvaluatedScope) -> StrictJSON {
    let outcomes = Finding.Outcome.allCases.map { outcome in
      let count = verdict.findings.count { $0.outcome == outcome }
      return (outcome.rawValue, StrictJSON.integer(count))
    }
    return .object([
      "commits": .integer(scope.commits),
      "files": .integer(scope.files),
      "hunks": .integer(scope.hunks),
      "aiHunks": .integer(verdict.attributed.count),
      "aiLines": .integer(verdict.attributedLines),
      "byOutcome": ReportJSON.object(outcomes),
    ])
  }

  private static func commit(_ summary: CommitSummary) -> StrictJSON {
    let origin = summary.origin
    return .object([
      "id": .string(summary.id.hex),
      "origin": .string(origin.origin.name),
      "agents": .array(origin.agents.map(ReportJSON.text)),
      "evidence": .array(origin.evidence.map { ReportJSON.evidence($0, textKey: "text") }),
    ])
  }

  private static func forbidden(_ verdict: Verdict) -> StrictJSON? {
    guard !verdict.forbidden.isEmpty else { return nil }
    return .array(
      verdict.forbidden.map { item in
        .object([
          "commit": item.commit.map { .string($0.hex) }, "rule": .string(item.rule.rawValue),
          "text": .string(VisibleText.line(item.line)),
        ])
      }
    )
  }

  /// One unit and what the judge says about it.
  static func hunk(_ finding: Finding) -> StrictJSON {
    let hunk = finding.item.hunk
    let transition = finding.change.transition
    let fingerprint = hunk.map { HunkFingerprint.of(hunk: $0, in: transition) }
    let review = finding.review
    let members: [(String, StrictJSON?)] =
      ReportJSON.path(finding.path) + [
        ("commit", finding.commit.map { .string($0.hex) }),
        ("old", hunk.map { range($0.span.old) }),
        ("new", hunk.map { range($0.span.new) }),
        ("opaque", opaque(finding)),
        ("origin", .string(finding.origin.name)),
        ("agent", finding.origin.agent.map(ReportJSON.text)),
        ("evidence", .array(evidence(finding))),
        ("outcome", .string(finding.outcome.rawValue)),
        ("blocks", .bool(finding.outcome.blocks)),
        ("rule", review?.rule.map { .string($0.rawValue) }),
        ("strength", review.map { .string($0.strength.rawValue) }),
        ("record", review.map { ReportJSON.text($0.id) }),
        ("reviewer", review.map { ReportJSON.text($0.principal) }),
        ("key", review?.key.map { .string($0) }),
        ("reviewedAt", review.map { ReportJSON.text($0.createdAt) }),
        ("spent", review.flatMap { $0.spent != nil ? .bool(true) : nil }),
        ("differs", finding.difference.map { .integer($0.count) }),
        ("note", review?.note.map(ReportJSON.text)),
        ("until", review?.until.map(ReportJSON.text)),
        ("ticket", review?.ticket.map(ReportJSON.text)),
        ("fingerprint", fingerprint.map { .string($0.hex) }),
        ("trivial", hunk.map { .bool($0.isTrivial(in: transition)) }),
      ]
    return ReportJSON.object(members)
  }

  private static func warnings(_ verdict: Verdict) -> [StrictJSON] {
    let texts = verdict.warnings.map(\.description) + verdict.originWarnings.map(\.description)
    return texts.map(ReportJSON.text)
  }

  private static func range(_ range: LineRange) -> StrictJSON {
    .object(["start": .integer(range.start), "count": .integer(range.count)])
  }

  private static func opaque(_ finding: Finding) -> StrictJSON? {
    guard case .opaque(let reason) = finding.change.content else { return nil }
    return .string(reason.rawValue)
  }

  private static func evidence(_ finding: Finding) -> [StrictJSON] {
    SourcedEvidence.of(finding).map {
      ReportJSON.evidence($0.evidence, textKey: "text", commit: $0.commit)
    }
  }
}
