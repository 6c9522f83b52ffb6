import GitKit
import ReviewCore

/// One path of the net change, with everything the commits of the range did to it.
struct RangeTrail: Sendable {
  /// What would land.
  let net: FileTransition
  /// What each commit did, oldest first.
  let touches: [Touch]

  /// One commit's part.
  struct Touch: Sendable {
    /// The index of the commit.
    let commit: Int
    /// What it did, against each parent.
    let scanned: ScannedPath
  }

  /// The trails of the net paths that a commit which may need a reviewer changed, in their order.
  static func of(
    _ net: [FileTransition],
    _ changes: [[ScannedPath]],
    isAccused: [Bool]
  ) -> [RangeTrail] {
    var trails = Array(repeating: (touches: [Touch](), isAccused: false), count: net.count)
    var places: [RepositoryPath: Int] = [:]
    places.reserveCapacity(net.count)
    for (place, transition) in net.enumerated() { places[transition.path] = place }
    for (commit, paths) in changes.enumerated() {
      for path in paths {
        guard let place = places[path.path] else { continue }
        trails[place].touches.append(Touch(commit: commit, scanned: path))
        if isAccused[commit] { trails[place].isAccused = true }
      }
    }
    return zip(net, trails).compactMap { net, trail in
      trail.isAccused ? RangeTrail(net: net, touches: trail.touches) : nil
    }
  }

  /// Neighbouring trails in at most about `count` shares of equal work.
  static func shares(_ trails: [RangeTrail], count: Int) -> [[RangeTrail]] {
    let goal = trails.reduce(0) { $0 + $1.touches.count + 1 } / count + 1
    var shares: [[RangeTrail]] = []
    var size = goal
    for trail in trails {
      if size >= goal {
        shares.append([])
        size = 0
      }
      shares[shares.count - 1].append(trail)
      size += trail.touches.count + 1
    }
    return shares
  }
}

/// A path of the net change once its lines have been followed.
struct FollowedFile: Sendable {
  /// What would land.
  let change: FileChange
  /// The sources of each hunk; nil when no commit that matters is behind the path at the head.
  let file: CandidateFile?
}

/// Follows the lines of some paths through a range.
///
/// Path by path and from the newest version back: git stores the versions of one file as
/// differences to newer ones, so each is read from what was read just before it.
struct TrailReader: Sendable {
  let policy: Policy
  let ledger: ReviewLedger
  let claims: [CommitClaims]
  let commits: [CommitInfo]
  /// The parents of each commit, by index; nil for one outside the range.
  let parents: [[Int?]]
  private let forks: ForkPoints

  /// Knows the commits of a range.
  init(
    policy: Policy,
    ledger: ReviewLedger,
    commits: [(info: CommitInfo, claims: CommitClaims)],
    forks: ForkPoints
  ) {
    self.policy = policy
    self.forks = forks
    self.ledger = ledger
    claims = commits.map(\.claims)
    self.commits = commits.map(\.info)
    var index: [ObjectID: Int] = [:]
    for (number, commit) in commits.enumerated() { index[commit.info.id] = number }
    parents = commits.map { commit in
      commit.info.parents.isEmpty ? [nil] : commit.info.parents.map { index[$0] }
    }
  }

  /// The files of a share, in its order; paths do not depend on each other.
  func read(_ share: [RangeTrail], _ repository: Repository) throws -> [FollowedFile] {
    var steps: [Int: [RepositoryPath: PathChange]] = [:]
    let changes = try share.map { trail in
      try read(trail, repository) { commit, change in
        steps[commit, default: [:]][trail.net.path] = change
      }
    }
    let head = commits.count - 1
    let merges = MergeReader(
      repository: repository,
      policy: policy,
      commits: commits,
      forks: forks
    )
    let lookup = merges.lookup
    var flow = RangeFlow(parents: parents, head: head)
    for commit in commits.indices {
      let step = CommitStep(parents: parents[commit], changes: steps[commit] ?? [:])
      try flow.add(step, at: commit, merges: lookup)
    }
    return try changes.map { change in
      let history = flow.history(of: change.transition.path, at: head)
      return FollowedFile(
        change: change,
        file: try history.map { try file(change, $0, repository) }
      )
    }
  }

  /// Reads one path, and returns its net change.
  private func read(
    _ trail: RangeTrail,
    _ repository: Repository,
    _ note: (Int, PathChange) -> Void
  ) throws -> FileChange {
    var known: [FileTransition: [HunkSpan]?] = [:]
    // A path that one commit changed is its net change: it is not compared twice.
    var net: FileChange?
    if trail.touches.contains(where: { $0.scanned.transitions.contains(trail.net) }) {
      let change = try fileChange(trail.net, repository)
      known[trail.net] = change.spans
      net = change
    }
    for touch in trail.touches.reversed() {
      note(
        touch.commit,
        try touch.change { transition in
          if let spans = known[transition] { return spans }
          let view = try repository.lineView(of: transition, sizeCap: policy.limits.maxFileBytes)
          let spans: [HunkSpan]? = if case .spans(let spans) = view { spans } else { nil }
          known[transition] = .some(spans)
          return spans
        }
      )
    }
    return try net ?? fileChange(trail.net, repository)
  }

  private func fileChange(
    _ transition: FileTransition,
    _ repository: Repository
  ) throws -> FileChange {
    try repository.fileChange(of: transition, sizeCap: policy.limits.maxFileBytes)
  }

  /// One file with each hunk's sources.
  private func file(
    _ change: FileChange,
    _ history: LineHistory,
    _ repository: Repository
  ) throws -> CandidateFile {
    var sources = HunkSources(
      history: history,
      claims: claims,
      policy: policy,
      isMerge: { [commits] in commits[$0].parents.count > 1 },
      units: ledger.approved(change.transition.path).isEmpty
        ? nil : UnitReader(repository: repository, policy: policy, commits: commits)
    )
    let items = try change.units.map { hunk in
      CandidateItem(hunk: hunk, contributions: try sources.contributions(hunk, in: change))
    }
    return CandidateFile(change: change, items: items)
  }
}

extension RangeTrail.Touch {
  /// What the commit did, with the changed lines that `spans` finds.
  fileprivate func change(
    _ spans: (FileTransition) throws -> [HunkSpan]?
  ) rethrows -> PathChange {
    if let parent = scanned.takenFrom { return .taken(parent: parent, scanned.transitions) }
    let steps = try scanned.transitions.map { PathStep(transition: $0, spans: try spans($0)) }
    return steps.count == 1 ? .changed(steps[0]) : .merged(steps)
  }
}

extension FileChange {
  /// Where its hunks are; nil for an opaque change.
  fileprivate var spans: [HunkSpan]? {
    if case .text(let hunks) = content { hunks.map(\.span) } else { nil }
  }

  /// What is judged one by one: its hunks, or nil for the whole.
  var units: [Hunk?] { hunks.isEmpty ? [nil] : hunks.map(Optional.some) }
}
