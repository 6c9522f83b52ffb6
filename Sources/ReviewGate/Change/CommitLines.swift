import GitKit
import ReviewCore

/// The lines that one commit added and removed, against its first parent, and who wrote each.
struct CommitLines {
  /// What the sources say about the lines of one file.
  struct File {
    let path: RepositoryPath
    /// The added lines, by their numbers in the commit's version.
    let added: [StatementRun]
    /// The removed lines, by their numbers in the parent's version.
    let removed: [StatementRun]
    /// What is said about a file without a line view.
    let whole: Int?
  }

  /// The changed files, in the order of the tree.
  let files: [File]
  private let origins: LineOrigins

  /// Compares a commit with its first parent.
  init(
    of info: CommitInfo,
    _ origins: LineOrigins,
    in repository: Repository,
    sizeCap: Int
  ) throws {
    self.origins = origins
    let old = try info.parents.first.map { try repository.commit($0).tree } ?? .emptyTree
    files = try repository.transitions(from: old, to: info.tree).map { transition in
      let path = transition.path
      guard case .spans(let spans) = try repository.lineView(of: transition, sizeCap: sizeCap)
      else { return File(path: path, added: [], removed: [], whole: origins.whole(path)) }
      return File(
        path: path,
        added: spans.flatMap { origins.added($0.new, in: path) },
        removed: spans.flatMap { origins.removed($0.old, in: path) },
        whole: nil
      )
    }
  }

  /// Every statement that is about a line of the change.
  var statements: [LineStatement] {
    var used: Set<Int> = []
    for file in files {
      used.formUnion(file.added.map(\.statement) + file.removed.map(\.statement))
      if let whole = file.whole { used.insert(whole) }
    }
    return used.sorted().map { origins.statements[$0] }
  }

  /// The files as reports show them.
  var explained: [ExplainedFile] {
    files.map { file in
      ExplainedFile(
        path: file.path,
        added: file.added.map { ExplainedLines($0.lines, origins.statements[$0.statement]) },
        removed: file.removed.map { ExplainedLines($0.lines, origins.statements[$0.statement]) },
        whole: file.whole.map { origins.statements[$0] }
      )
    }
  }
}

extension CommitOrigin {
  /// Who wrote a commit, with what other sources say about the lines it changed.
  static func of(
    _ info: CommitInfo,
    _ claims: CommitClaims,
    in repository: Repository,
    sizeCap: Int
  ) throws -> CommitOrigin {
    let own = CommitOrigin.of(commit: info)
    guard claims.hasOtherSources else { return own }
    let lines = try CommitLines(of: info, claims.lines, in: repository, sizeCap: sizeCap)
    return own.adding(lines.statements)
  }
}
