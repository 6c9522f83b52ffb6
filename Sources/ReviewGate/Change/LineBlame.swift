import GitCommand
import GitKit
import ReviewCore

/// Says who wrote and who read the lines of a committed file.
struct LineBlame {
  let project: Project
  private let policy: Policy
  private let ledger: ReviewLedger
  private let loaded: LoadedPolicy

  /// Reads the policy and the records that hold at a commit.
  init(_ project: Project, at revision: ObjectID) async throws {
    self.project = project
    let tree = try project.repository.commit(revision).tree
    loaded = try project.policy(in: tree)
    policy = loaded.policy
    ledger = try await project.ledger(loaded.roster)
  }

  /// The lines of a file at a commit, each with its origin and review.
  func lines(
    _ path: RepositoryPath,
    at revision: ObjectID,
    lines: LineRange? = nil
  ) async throws -> [BlamedOrigin] {
    let git = Git(directory: project.layout.worktree)
    let blamed = try await git.blame(path, at: revision, lines: lines)
    let ids = Set(blamed.map(\.commit)).sorted()
    let head = try project.repository.commit(revision)
    let reader = try OriginReader(
      project.repository,
      policy: policy,
      head: head,
      net: [FileTransition(addition: path)]
    )
    let commits = try await reader.claims(of: ids, project.scanner(policy))
    let claims = Dictionary(uniqueKeysWithValues: commits.map { ($0.info.id, $0) })
    var findings: [Place: [Finding]] = [:]
    return try blamed.compactMap { line in
      // Every commit that git named was read, or reading it has thrown.
      guard let commit = claims[line.commit] else { return nil }
      let place = Place(commit: line.commit, path: line.path)
      let known = try findings[place] ?? self.findings(at: place, commit)
      findings[place] = known
      return origin(of: line, commit, known)
    }
  }

  /// What each source says about a commit.
  func reports(on commit: CommitInfo) throws -> [SourceReport] {
    let net = try project.repository.changes(of: commit)
    let reader = try OriginReader(project.repository, policy: policy, head: commit, net: net)
    return try reader.reports(commit, project.repository)
  }

  private struct Place: Hashable {
    let commit: ObjectID
    let path: RepositoryPath
  }

  private func origin(
    of line: BlamedLine,
    _ commit: (info: CommitInfo, claims: CommitClaims),
    _ findings: [Finding]
  ) -> BlamedOrigin {
    let range = LineRange(start: line.original, count: 1)
    let run = commit.claims.lines.added(range, in: line.path).first
    let statement = run.map { commit.claims.lines.statements[$0.statement] } ?? .open
    let finding = findings.first { $0.place?.lines.contains(line.original) ?? true }
    return BlamedOrigin(
      commit: commit.info,
      path: line.path,
      original: line.original,
      line: line.line,
      text: line.text,
      statement: statement,
      outcome: finding?.outcome ?? .notAI,
      review: finding?.review
    )
  }

  /// What the judge says about a commit's own change of one file, against its first parent.
  private func findings(
    at place: Place,
    _ commit: (info: CommitInfo, claims: CommitClaims)
  ) throws -> [Finding] {
    let repository = project.repository
    let old = try commit.info.parents.first.map { try repository.commit($0).tree } ?? .emptyTree
    let before = try repository.entry(at: place.path, in: old)
    let after = try repository.entry(at: place.path, in: commit.info.tree)
    let transition = FileTransition(
      path: place.path,
      oldMode: before?.mode ?? .absent,
      newMode: after?.mode ?? .absent,
      oldID: before?.id ?? .zero,
      newID: after?.id ?? .zero
    )
    let change = try repository.fileChange(of: transition, sizeCap: policy.limits.maxFileBytes)
    let items = change.units.map { hunk in
      CandidateItem(hunk: hunk, contributions: commit.claims.contributions(hunk, place.path))
    }
    let file = CandidateFile(change: change, items: items)
    var judge = Judge(policy: policy, ledger: ledger, now: project.surroundings.now)
    judge.generated = try project.generated([place.path], in: loaded)
    let candidate = Candidate(files: [file], people: People.of([commit.info]))
    return judge.judge(candidate, at: .manual).findings
  }
}

extension FileTransition {
  /// A path that is looked at, whatever happened to it.
  init(addition path: RepositoryPath) {
    self.init(path: path, oldMode: .absent, newMode: .regular, oldID: .zero, newID: .zero)
  }
}
