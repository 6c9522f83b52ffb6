import ReviewCore

/// What everything there is says about the lines of one commit, or of the index.
struct CommitClaims: Sendable {
  /// The commit; nil for the index.
  let commit: ObjectID?
  /// What the commit says of itself, or the surroundings of one that is being made.
  let evidence: [Evidence]
  /// Who wrote each line.
  let lines: LineOrigins
  /// What was found and not understood.
  let warnings: [OriginWarning]
  /// Whether anything but the commit itself speaks about it.
  let hasOtherSources: Bool

  /// Combines what a commit says of itself with what other sources say about it.
  init(
    _ info: CommitInfo,
    _ statement: CommitStatement,
    sources: [SourceClaims] = [],
    _ policy: Policy.OriginRule
  ) {
    self.init(
      commit: info.id,
      statement,
      sources,
      LineOrigins(sources, commit: statement, lineRecords: policy.lineRecords)
    )
  }

  /// Combines what is said about a change that is not committed yet.
  init(
    staged evidence: [Evidence],
    message: [UInt8],
    sources: [SourceClaims] = [],
    _ policy: Policy.OriginRule
  ) {
    let statement = CommitStatement(evidence: evidence, message: message)
    self.init(
      commit: nil,
      statement,
      sources,
      LineOrigins(sources, commit: statement, lineRecords: policy.lineRecords)
    )
  }

  fileprivate init(
    commit: ObjectID?,
    _ statement: CommitStatement,
    _ sources: [SourceClaims],
    _ lines: LineOrigins
  ) {
    self.commit = commit
    evidence = statement.evidence
    self.lines = lines
    warnings = sources.flatMap(\.warnings)
    hasOtherSources = !sources.isEmpty
  }

  /// Whether any line may need a reviewer under this policy.
  func mayNeedReview(_ policy: Policy) -> Bool {
    lines.accuses || policy.origin.unattributed == .agent
  }

  /// Who wrote the lines of a hunk of the change's own, or a file without a line view.
  func contributions(_ hunk: Hunk?, _ path: RepositoryPath) -> [Contribution] {
    var counts: [Int: Int] = [:]
    if let hunk {
      let said = lines.added(hunk.span.new, in: path) + lines.removed(hunk.span.old, in: path)
      for run in said { counts[run.statement, default: 0] += run.lines.count }
    } else {
      counts[lines.whole(path)] = 0
    }
    return counts.sorted { $0.key < $1.key }.map { statement, count in
      let said = lines.statements[statement]
      return Contribution(
        origin: said.origin,
        evidence: said.evidence,
        commit: commit,
        lines: count
      )
    }
  }
}

/// Reads what many commits say, most of which say the same.
final class ClaimsReader {
  /// What else speaks about them.
  let store: RepositoryAttribution
  private let policy: Policy.OriginRule
  private var used: [any AttributionFormat]?
  private var identities = KnownIdentities()
  private var known: [CommitStatement: LineOrigins] = [:]

  /// More statements than these are not kept: where each commit says something else, none comes again.
  private static let mostKnown = 256

  /// Reads under a policy.
  init(_ store: RepositoryAttribution, _ policy: Policy.OriginRule) {
    self.store = store
    self.policy = policy
  }

  /// The formats that the repository has anything of.
  func formats() throws -> [any AttributionFormat] {
    if let used { return used }
    let found = try AttributionFormats.used(in: store)
    used = found
    return found
  }

  /// What a commit says of itself.
  func statement(_ info: CommitInfo) -> CommitStatement { CommitStatement(info, &identities) }

  /// The same combined with what other sources say.
  func claims(
    _ info: CommitInfo,
    _ statement: CommitStatement,
    _ sources: [SourceClaims]
  ) -> CommitClaims {
    guard sources.isEmpty else {
      return CommitClaims(info, statement, sources: sources, policy)
    }
    if let lines = known[statement] { return CommitClaims(commit: info.id, statement, [], lines) }
    let lines = LineOrigins([], commit: statement, lineRecords: policy.lineRecords)
    if known.count >= Self.mostKnown { known = [:] }
    known[statement] = lines
    return CommitClaims(commit: info.id, statement, [], lines)
  }
}
