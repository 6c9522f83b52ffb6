import GitCommand
import GitKit
import ReviewCore

/// Reads a range of commits as the change that would land.
struct RangeReader {
  let project: Project
  let policy: Policy
  /// The people whose records count; nil where the repository lists nobody.
  let roster: Roster?
  /// Who drives the change, as the place knows.
  let operators: Set<String>
  /// Whether hunks that nobody accuses are listed too.
  let isDetailed: Bool

  /// More shares than workers, so that none waits long for the last one.
  private static let shares = 32

  /// Reads the net change of a range, every line with the commit that brought it in.
  func read(_ range: CommitRange) async throws -> EvaluatedChange {
    let repository = project.repository
    let scanner = project.scanner(policy)
    let baseTree = try range.base.map { try repository.commit($0).tree } ?? .emptyTree
    let head = try repository.commit(range.head)
    let headTree = head.tree
    let net = try repository.transitions(from: baseTree, to: headTree)
    let origins = try OriginReader(repository, policy: policy, head: head, net: net)
    let commits = try await origins.claims(of: range.commits, scanner)
    var ledger = ReviewLedger.empty
    var followed: [RangePart] = []
    let isAccused = commits.map { $0.claims.mayNeedReview(policy) }
    if isAccused.contains(true) {
      ledger = try await project.ledger(roster, about: Set(net.map(\.path)))
      let (trails, forks) = try await trails(commits, of: range, net, isAccused)
      followed = try await follow(trails, commits, ledger, forks)
    }
    let parts = try await followed + unfollowed(net, Set(followed.map(\.path)))
    return EvaluatedChange(
      candidate: Candidate(
        files: try files(net, parts),
        people: try Participants(project: project, roster: roster, operators: operators)
          .names(commits.map(\.info), policy),
        warnings: Self.once(commits.flatMap(\.claims.warnings))
      ),
      ledger: ledger,
      files: net.count,
      hunks: parts.reduce(0) { $0 + $1.hunks },
      commits: commits,
      base: range.base,
      head: range.head,
      baseTree: baseTree,
      headTree: headTree,
      moves: Moves(net)
    )
  }

  /// A file of records is read for every commit, and complained about once.
  private static func once(_ warnings: [OriginWarning]) -> [OriginWarning] {
    var seen: Set<OriginWarning> = []
    return warnings.filter { seen.insert($0).inserted }
  }

  /// The paths to follow, and where the histories of the merges' parents went apart.
  private func trails(
    _ commits: [(info: CommitInfo, claims: CommitClaims)],
    of range: CommitRange,
    _ net: [FileTransition],
    _ isAccused: [Bool]
  ) async throws -> ([RangeTrail], ForkPoints) {
    let infos = commits.map(\.info)
    let wanted = Set(net.map(\.path))
    let trees = Dictionary(infos.map { ($0.id, $0.tree) }) { first, _ in first }
    let scanner = project.scanner(policy)
    let merges = infos.filter { $0.parents.count > 1 }
    let others = infos.filter { $0.parents.count <= 1 }
    // Git is asked about the merges while all others are read.
    let git = project.git
    async let pending = withTaskExecutorPreference(WaitingThreads.shared) {
      try await ForkPoints(infos, of: range, git)
    }
    let found = try await scanner.changes(of: others, trees: trees, only: wanted)
    let forks = try await pending
    let merged = try await scanner.changes(
      ofMerges: merges,
      line: ScannedLine(others, found),
      trees: trees,
      only: wanted,
      forks: forks.between
    )
    let changes = RangeScanner.inOrder(infos, others: found, merges: merged)
    return (RangeTrail.of(net, changes, isAccused: isAccused), forks)
  }

  private func follow(
    _ trails: [RangeTrail],
    _ commits: [(info: CommitInfo, claims: CommitClaims)],
    _ ledger: ReviewLedger,
    _ forks: ForkPoints
  ) async throws -> [RangePart] {
    guard !trails.isEmpty else { return [] }
    let following = TrailReader(policy: policy, ledger: ledger, commits: commits, forks: forks)
    let isDetailed = isDetailed
    let parts = try await project.scanner(policy).map(
      RangeTrail.shares(trails, count: Self.shares),
      chunk: 1
    ) { repository, share in
      try following.read(share, repository).map { RangePart($0, isDetailed: isDetailed) }
    }
    return Array(parts.joined())
  }

  /// The files that no commit which matters touched, only to be counted or listed.
  private func unfollowed(
    _ net: [FileTransition],
    _ followed: Set<RepositoryPath>
  ) async throws -> [RangePart] {
    let scanner = project.scanner(policy)
    let rest = net.filter { !followed.contains($0.path) }
    if isDetailed { return try await scanner.fileChanges(of: rest).map(RangePart.init(unclaimed:)) }
    return zip(rest, try await scanner.spans(of: rest.map { [$0] })).map { transition, spans in
      RangePart(counted: transition.path, hunks: spans.first?.map(\.count) ?? 1)
    }
  }

  /// What is listed, in the order of the net change.
  private func files(_ net: [FileTransition], _ parts: [RangePart]) throws -> [CandidateFile] {
    let byPath = Dictionary(uniqueKeysWithValues: parts.map { ($0.path, $0) })
    var hunks = 0
    return try net.compactMap { transition in
      guard let part = byPath[transition.path] else { return nil }
      hunks += part.hunks
      guard !part.isClaimed || hunks <= policy.limits.maxHunks else {
        throw Undecided.tooManyHunks(count: hunks, limit: policy.limits.maxHunks)
      }
      return part.file
    }
  }
}

/// One file of the net change, as it enters the candidate.
private struct RangePart: Sendable {
  let path: RepositoryPath
  /// What is listed; nil where it is only counted.
  let file: CandidateFile?
  /// How many hunks, or 1 for an opaque file.
  let hunks: Int
  /// Whether a commit that matters is behind it.
  let isClaimed: Bool

  init(_ followed: FollowedFile, isDetailed: Bool) {
    path = followed.change.transition.path
    hunks = followed.change.units.count
    isClaimed = followed.file != nil
    file = followed.file ?? (isDetailed ? CandidateFile(unclaimed: followed.change) : nil)
  }

  init(unclaimed change: FileChange) {
    path = change.transition.path
    file = CandidateFile(unclaimed: change)
    hunks = change.units.count
    isClaimed = false
  }

  init(counted path: RepositoryPath, hunks: Int) {
    self.path = path
    file = nil
    self.hunks = hunks
    isClaimed = false
  }
}

extension CandidateFile {
  /// A file that no commit which matters touched.
  fileprivate init(unclaimed change: FileChange) {
    self.init(
      change: change,
      items: change.units.map { CandidateItem(hunk: $0, contributions: []) }
    )
  }
}
