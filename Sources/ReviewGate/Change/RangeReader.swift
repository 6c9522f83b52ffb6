import GitCommand
import GitKit
import ReviewCore

/// Reads a range of commits as the change that would land.
struct RangeReader {
  let project: Project
  let policy: Policy
  /// Whether hunks that nobody accuses are listed too.
  let isDetailed: Bool

  /// Reads the net change of a range, every line with the commit that brought it in.
  func read(_ range: CommitRange) async throws -> EvaluatedChange {
    let repository = project.repository
    let scanner = project.scanner(policy)
    let commits = try await scanner.commits(range.commits) { (info: $0, claims: CommitClaims($0)) }
    let baseTree = try range.base.map { try repository.commit($0).tree } ?? .emptyTree
    let headTree = try repository.commit(range.head).tree
    let net = try repository.transitions(from: baseTree, to: headTree)
    let flow = try await flow(commits, net)
    let ledger = flow == nil ? .empty : try await project.ledger()
    let followed = net.filter { flow?.history(of: $0.path) != nil }
    var changes = try await scanner.fileChanges(of: followed)[...]
    let claims = commits.map(\.claims)
    let infos = commits.map(\.info)
    var files: [CandidateFile] = []
    var hunks = 0
    for transition in net {
      guard let history = flow?.history(of: transition.path) else {
        if isDetailed { files.append(try unclaimed(transition)) }
        hunks += try count(transition)
        continue
      }
      guard let change = changes.popFirst() else { throw Undecided.unreadChange(transition.path) }
      let file = try file(change, history, claims, infos, ledger)
      hunks += file.items.count
      files.append(file)
      guard hunks <= policy.limits.maxHunks else {
        throw Undecided.tooManyHunks(count: hunks, limit: policy.limits.maxHunks)
      }
    }
    return EvaluatedChange(
      candidate: Candidate(files: files, people: People.of(commits.map(\.info))),
      ledger: ledger,
      files: net.count,
      hunks: hunks,
      commits: commits,
      base: range.base,
      head: range.head,
      baseTree: baseTree,
      headTree: headTree
    )
  }

  private func count(_ transition: FileTransition) throws -> Int {
    let view = try project.repository.lineView(of: transition, sizeCap: policy.limits.maxFileBytes)
    return if case .spans(let spans) = view { spans.count } else { 1 }
  }

  /// A file that no commit which matters touched, only to be listed.
  private func unclaimed(_ transition: FileTransition) throws -> CandidateFile {
    let change = try project.repository.fileChange(
      of: transition,
      sizeCap: policy.limits.maxFileBytes
    )
    let hunks = change.hunks.isEmpty ? [nil] : change.hunks.map(Optional.some)
    return CandidateFile(
      change: change,
      items: hunks.map { CandidateItem(hunk: $0, contributions: []) }
    )
  }

  // MARK: - Where lines come from

  /// Follows the lines of the paths that matter; nil when no commit may need a reviewer.
  private func flow(
    _ commits: [(info: CommitInfo, claims: CommitClaims)],
    _ net: [FileTransition]
  ) async throws -> HeadFlow? {
    guard commits.contains(where: { $0.claims.mayNeedReview(policy) }) else { return nil }
    let scanner = project.scanner(policy)
    let netPaths = Set(net.map(\.path))
    let changes = try await scanner.changes(of: commits.map(\.info), only: netPaths)
    var accused: Set<RepositoryPath> = []
    for (commit, paths) in zip(commits, changes) where commit.claims.mayNeedReview(policy) {
      for path in paths where path.takenFrom == nil { accused.insert(path.path) }
    }
    let work = changes.map { paths in
      paths.filter { $0.takenFrom == nil && accused.contains($0.path) }.flatMap(\.transitions)
    }
    let spans = try await scanner.spans(of: work)
    return HeadFlow(commits.map(\.info), changes, spans, accused)
  }

  /// One file with each hunk's sources.
  private func file(
    _ change: FileChange,
    _ history: LineHistory,
    _ claims: [CommitClaims],
    _ commits: [CommitInfo],
    _ ledger: ReviewLedger
  ) throws -> CandidateFile {
    let path = change.transition.path
    var sources = HunkSources(
      history: history,
      claims: claims,
      policy: policy,
      units: ledger.approved(path).isEmpty
        ? nil : UnitReader(repository: project.repository, policy: policy, commits: commits)
    )
    let items = try (change.hunks.isEmpty ? [nil] : change.hunks.map(Optional.some)).map { hunk in
      CandidateItem(hunk: hunk, contributions: try sources.contributions(hunk, in: change))
    }
    return CandidateFile(change: change, items: items)
  }
}

/// The flow of a range, asked at its head.
struct HeadFlow {
  private var flow: RangeFlow
  private let head: Int

  /// Runs through the commits; `spans` holds the line views of the `accused` paths in order.
  init(
    _ commits: [CommitInfo],
    _ changes: [[ScannedPath]],
    _ spans: [[[HunkSpan]?]],
    _ accused: Set<RepositoryPath>
  ) {
    var index: [ObjectID: Int] = [:]
    for (number, commit) in commits.enumerated() { index[commit.id] = number }
    let parents = commits.map { commit in
      commit.parents.isEmpty ? [nil] : commit.parents.map { index[$0] }
    }
    head = commits.count - 1
    flow = RangeFlow(parents: parents, head: head)
    for number in commits.indices {
      var views = spans[number][...]
      var step: [RepositoryPath: PathChange] = [:]
      for path in changes[number] where accused.contains(path.path) {
        if let parent = path.takenFrom {
          step[path.path] = .taken(parent: parent)
          continue
        }
        let steps = path.transitions.map {
          PathStep(transition: $0, spans: views.popFirst() ?? nil)
        }
        step[path.path] = steps.count == 1 ? .changed(steps[0]) : .merged(steps)
      }
      flow.add(CommitStep(parents: parents[number], changes: step), at: number)
    }
  }

  /// Where the lines of a path came from; nil when no commit that matters touched it.
  func history(of path: RepositoryPath) -> LineHistory? { flow.history(of: path, at: head) }
}
