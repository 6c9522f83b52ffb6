/// What is known about one commit, for programs: every line, every source, every unit.
package enum ExplainJSON {
  /// The name and version of the document's form.
  package static let schema = "reviewgate.explain/1"

  /// The document about a commit, with a line feed at its end.
  package static func commit(
    _ commit: CommitInfo,
    origin: CommitOrigin,
    sources: [SourceReport],
    files: [ExplainedFile],
    findings: [Finding]
  ) -> String {
    let members: [(String, StrictJSON?)] = [
      ("schema", .string(schema)),
      ("tool", .object(["name": .string("reviewgate"), "version": .string(ToolVersion.current)])),
      ("commit", .string(commit.id.hex)),
      ("parents", .array(commit.parents.map { .string($0.hex) })),
      ("subject", .string(VisibleText.line(commit.subject))),
      ("author", .string(commit.author.display)),
      ("origin", .string(origin.origin.name)),
      ("agents", .array(origin.agents.map(ReportJSON.text))),
      ("evidence", .array(origin.evidence.map { ReportJSON.evidence($0, textKey: "text") })),
      ("sources", .array(sources.map(source))),
      ("lines", .array(files.flatMap { file in lines(file.added, in: file.path) })),
      ("removed", .array(files.flatMap { file in ranges(file.removed, in: file.path) })),
      ("opaque", .array(files.compactMap(opaque))),
      ("hunks", .array(findings.map(JSONReport.hunk))),
    ]
    return ReportJSON.text(ReportJSON.object(members))
  }

  // MARK: - Lines

  private static func lines(_ runs: [ExplainedLines], in path: RepositoryPath) -> [StrictJSON] {
    runs.flatMap { run in
      run.lines.lines.map { line in
        ReportJSON.object(
          ReportJSON.path(path) + [("line", .integer(line))] + members(run.statement)
        )
      }
    }
  }

  private static func ranges(_ runs: [ExplainedLines], in path: RepositoryPath) -> [StrictJSON] {
    runs.map { run in
      ReportJSON.object(
        ReportJSON.path(path) + range(run.lines) + members(run.statement)
      )
    }
  }

  private static func opaque(_ file: ExplainedFile) -> StrictJSON? {
    file.whole.map { ReportJSON.object(ReportJSON.path(file.path) + members($0)) }
  }

  private static func members(_ statement: LineStatement) -> [(String, StrictJSON?)] {
    [
      ("origin", .string(statement.origin.name)),
      ("agent", statement.origin.agent.map(ReportJSON.text)),
      ("source", statement.source.map { .string($0.rawValue) }),
    ]
  }

  private static func range(_ lines: LineRange) -> [(String, StrictJSON?)] {
    [("start", .integer(lines.start)), ("count", .integer(lines.count))]
  }

  // MARK: - Sources

  private static func source(_ report: SourceReport) -> StrictJSON {
    ReportJSON.object([
      ("source", .string(report.source.rawValue)),
      ("state", .string(report.state.rawValue)),
      ("places", .array(report.places.map(ReportJSON.text))),
      ("statements", .array(report.claims.map(statement))),
    ])
  }

  private static func statement(_ claims: SourceClaims) -> StrictJSON {
    let files = claims.files.sorted { $0.key < $1.key }
    return ReportJSON.object([
      ("files", .array(files.map { file($0.key, $0.value) })),
      ("change", claims.wholeChange.map { ReportJSON.evidence($0, textKey: "text") }),
      ("removals", claims.removals.map { ReportJSON.evidence($0, textKey: "text") }),
      ("warnings", .array(claims.warnings.map { ReportJSON.text($0.description) })),
    ])
  }

  private static func file(_ path: RepositoryPath, _ claims: FileClaims) -> StrictJSON {
    ReportJSON.object(
      ReportJSON.path(path) + [
        ("lines", .array(claims.lines.map(claim))),
        ("removed", claims.removed.isEmpty ? nil : .array(claims.removed.map(claim))),
        ("rest", claims.rest.map { rest in origin(rest.origin, rest.evidence, []) }),
      ]
    )
  }

  private static func claim(_ claim: LineClaim) -> StrictJSON {
    origin(claim.origin, claim.evidence, range(claim.lines))
  }

  private static func origin(
    _ origin: Origin,
    _ evidence: Evidence,
    _ more: [(String, StrictJSON?)]
  ) -> StrictJSON {
    ReportJSON.object(
      more + [
        ("origin", .string(origin.name)), ("agent", origin.agent.map(ReportJSON.text)),
        ("text", .string(evidence.display)),
      ]
    )
  }
}

extension SourceReport {
  /// What a source says at all.
  package enum State: String, Hashable, Sendable {
    /// The repository has nothing of this source.
    case notHere = "not-here"
    /// The source is here and says nothing about this commit.
    case silent
    /// It says something.
    case says
  }

  /// What the source says at all.
  package var state: State {
    if !claims.allSatisfy(\.isEmpty) { return .says }
    return places.isEmpty ? .notHere : .silent
  }
}
