import GitKit
import ReviewCore

/// Everything that is known about the origin of one commit.
struct ExplainedCommit {
  /// What each source says.
  let reports: [SourceReport]
  /// Who wrote it, with what was found about its lines.
  let origin: CommitOrigin
  /// Who wrote each of its lines.
  let files: [ExplainedFile]

  /// Asks every source.
  init(_ info: CommitInfo, _ repository: Repository, _ policy: Policy) throws {
    let net = try repository.changes(of: info)
    let head = try repository.target(of: "HEAD").map { try repository.commit($0) }
    let reader = try OriginReader(repository, policy: policy, head: head ?? info, net: net)
    reports = try reader.reports(info, repository)
    let claims = CommitClaims(
      info,
      CommitStatement(info),
      sources: reports.flatMap(\.claims),
      policy.origin
    )
    let lines = try CommitLines(
      of: info,
      claims.lines,
      in: repository,
      sizeCap: policy.limits.maxFileBytes
    )
    files = lines.explained
    origin = CommitOrigin.of(commit: info).adding(lines.statements)
  }
}

extension Repository {
  /// The paths that a commit changed, against its first parent.
  func changes(of info: CommitInfo) throws -> [FileTransition] {
    let old = try info.parents.first.map { try commit($0).tree } ?? .emptyTree
    return try transitions(from: old, to: info.tree)
  }
}
