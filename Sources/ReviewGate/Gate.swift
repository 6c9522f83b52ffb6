import GitCommand
import GitKit
import ReviewCore

/// The whole story of one decision: repository, policy and records in; a verdict out.
struct Gate {
  var project: Project
  /// Whether hunks that nobody accuses are listed too, not only counted.
  var isDetailed = false
  /// Whether each commit's own change is judged, whatever the policy says.
  var everyCommit = false
  /// Whether history is judged again: then no record is too old and no override has run out.
  var isHistorical = false

  /// The tip of the branch that the change would land on, where it is named.
  var tip: ObjectID?

  /// What hosting services say about approvals.
  var forge = ForgeEvidence()

  /// What was decided, and on what.
  struct Evaluation {
    /// How the selection is called, safe to print.
    let subject: String
    /// What was read.
    let change: EvaluatedChange
    /// The policy that judged.
    let policy: LoadedPolicy
    /// The records that were looked at.
    let ledger: ReviewLedger
    /// What people had read before.
    let earlier: EarlierReviews
    /// The decision.
    var verdict: Verdict
    /// Approvals of the head on a hosting service.
    var forge = ForgeApprovals.none
  }

  /// Judges what a selection names.
  func evaluate(_ selection: Selection, at place: Policy.Place) async throws -> Evaluation {
    if case .staged(let file) = selection {
      let message = try file.map(project.commitMessage)
      return try await evaluateStaged(message: message, at: place)
    }
    // The range may be limited by a baseline, which only the policy knows: it is read first.
    let named = try await project.resolve(selection, Policy.unlimited, at: place)
    let source =
      place == .ci || place == .receive ? named.policySource ?? named.range.base : named.range.head
    let policy = try project.policy(
      in: source.map { try project.repository.commit($0).tree } ?? .emptyTree
    )
    let resolved =
      policy.policy.gate.baseline == nil
      ? named : try await project.resolve(selection, policy.policy, at: place)
    let (count, limit) = (resolved.range.commits.count, policy.policy.limits.maxCommits)
    guard count <= limit else { throw RangeProblem.tooManyCommits(count: count, limit: limit) }
    var gate = self
    gate.tip = named.policySource
    // A job has the head of a change checked out, which may come from another repository.
    if place == .ci { gate.project.mainLine = named.policySource }
    return try await gate.evaluate(
      resolved.range,
      subject: resolved.subject,
      policy: policy,
      at: place
    )
  }

  /// Judges a range that is already known.
  func evaluate(
    _ range: CommitRange,
    subject: String,
    policy: LoadedPolicy,
    at place: Policy.Place
  ) async throws -> Evaluation {
    if everyCommit || policy.policy.gate.commits == .every && place.judgesCommits {
      return try await evaluateEach(range, subject: subject, policy: policy, at: place)
    }
    let change = try await read(range, policy, at: place)
    var evaluation = try await judge(change, subject: subject, policy: policy, at: place)
    evaluation.verdict.forbidden = change.forbiddenTrailers(policy.policy)
    return evaluation
  }

  /// Reads a range; a change of the gate's own settings is read as if an agent had written it.
  private func read(
    _ range: CommitRange,
    _ policy: LoadedPolicy,
    at place: Policy.Place
  ) async throws -> EvaluatedChange {
    var change = try await read(range, policy.policy, policy.roster, at: place)
    // The roster of the target counts: a branch that is older than it must not get around it.
    change.alwaysRead = policy.roster == nil ? [] : try changedSettings(change)
    if !change.alwaysRead.isEmpty {
      var strict = policy.policy
      strict.origin.unattributed = .agent
      let all = try await read(range, strict, policy.roster, at: place)
      change.take(change.alwaysRead, from: all)
    }
    return try await PromotionReader(project: project, policy: policy.policy)
      .adding(to: change, policy.roster)
  }

  private func read(
    _ range: CommitRange,
    _ policy: Policy,
    _ roster: Roster?,
    at place: Policy.Place
  ) async throws -> EvaluatedChange {
    let reader = RangeReader(
      project: project,
      policy: policy,
      roster: roster,
      operators: project.operators(at: place),
      isDetailed: isDetailed
    )
    return try await reader.read(range)
  }

  /// The gate's own settings that a change touches, once there is a roster to defend.
  ///
  /// Who may change them without a review may let anything pass after that, so it does not matter
  /// who wrote them.
  private func changedSettings(_ change: EvaluatedChange) throws -> Set<RepositoryPath> {
    func entry(_ path: RepositoryPath, _ tree: ObjectID) throws -> [UInt8]? {
      try project.repository.entry(at: path, in: tree).map {
        Array("\($0.mode.octal) \($0.id.hex)".utf8)
      }
    }
    return Set(
      try [PolicyFile.path, RosterFile.path].map { RepositoryPath($0) }.filter {
        try entry($0, change.baseTree) != entry($0, change.headTree)
      }
    )
  }

  /// Judges each commit of a range by its own change, for servers that keep every one reachable.
  private func evaluateEach(
    _ range: CommitRange,
    subject: String,
    policy: LoadedPolicy,
    at place: Policy.Place
  ) async throws -> Evaluation {
    let repository = project.repository
    var whole = EvaluatedChange(
      candidate: Candidate(files: [], people: []),
      ledger: .empty,
      files: 0,
      hunks: 0,
      base: range.base,
      head: range.head,
      baseTree: try range.base.map { try repository.commit($0).tree } ?? .emptyTree,
      headTree: try repository.commit(range.head).tree
    )
    var findings: [Finding] = []
    var warnings: [LedgerWarning] = []
    let commits = try range.commits.map { try repository.commit($0) }
    let landing = Landing(base: range.base, of: commits)
    for commit in commits {
      let id = commit.id
      let own = CommitRange(base: commit.parents.first, head: id, commits: [id])
      let change = try await read(own, policy, at: place)
      let one = try await judge(change, subject: "", policy: policy, at: place, landing)
      findings += one.verdict.findings.map { finding in
        var finding = finding
        finding.commit = id
        return finding
      }
      whole.add(change)
      warnings += change.ledger.warnings.filter { !warnings.contains($0) }
      let (count, limit) = (whole.hunks, policy.policy.limits.maxHunks)
      guard count <= limit else { throw Undecided.tooManyHunks(count: count, limit: limit) }
    }
    var verdict = Verdict(
      place: place,
      mode: policy.policy.gate.mode(at: place),
      findings: findings,
      warnings: warnings,
      originWarnings: whole.candidate.warnings
    )
    verdict.forbidden = whole.forbiddenTrailers(policy.policy)
    return Evaluation(
      subject: subject + ", every commit",
      change: whole,
      policy: policy,
      ledger: whole.ledger,
      earlier: .none,
      verdict: verdict
    )
  }

  /// Judges a head that a change may be a replay of, as if it landed where the change does.
  ///
  /// `people` take part in that change as well.
  func evaluateSource(
    _ range: CommitRange,
    policy: LoadedPolicy,
    at place: Policy.Place,
    people: Set<String>,
    landingOn base: ObjectID,
    _ search: inout ReplaySearch
  ) async throws -> (change: EvaluatedChange, verdict: Verdict) {
    var change = try await Gate(project: project).read(range, policy, at: place)
    change.candidate = Candidate(
      files: change.candidate.files,
      people: change.candidate.people.union(people),
      warnings: change.candidate.warnings
    )
    let landing = Landing(base: base, of: change.commits.map(\.info))
    let judge = try await judge(change, policy, landing, earlier: .none)
    guard var nested = search.nested() else {
      return (change, judge.judge(change.candidate, at: place))
    }
    defer { search.count(nested) }
    return (change, try await verdict(on: change, by: judge, policy, at: place, landing, &nested))
  }

  /// Decides, and looks for replays where the change does not pass without.
  private func verdict(
    on change: EvaluatedChange,
    by judge: Judge,
    _ policy: LoadedPolicy,
    at place: Policy.Place,
    _ landing: Landing,
    _ search: inout ReplaySearch
  ) async throws -> Verdict {
    let verdict = judge.judge(change.candidate, at: place)
    guard !verdict.passes, let target = landing.base else { return verdict }
    var finder = ReplayFinder(
      gate: self,
      change: change,
      policy: policy,
      place: place,
      judge: judge,
      target: target,
      tip: tip
    )
    var judge = judge
    judge.replays = try await finder.replays(verdict, &search)
    return judge.judge(change.candidate, at: place)
  }

  /// Judges the index, with what the message, the environment and a blocked commit say of it.
  func evaluateStaged(message: [UInt8]?, at place: Policy.Place) async throws -> Evaluation {
    // Only a person who comes back to a refused commit asks about it; a hook asks about its own.
    let staged =
      place == .manual && message == nil
      ? try await project.stagedOrBlocked() : try await project.staged()
    let policy = try project.stagedPolicy(in: staged.tree)
    let evidence = project.stagedEvidence(message: message)
    var change = try await StagedReader(
      project: project,
      policy: policy.policy,
      roster: policy.roster,
      isDetailed: isDetailed
    )
    .read(
      staged,
      evidence: evidence,
      message: message ?? [],
      people: policy.policy.asksForSecondPerson
        ? await project.stagedPeople(message: message) : []
    )
    // What a merge brings along is judged with the commits it merges.
    if staged.otherParents.isEmpty {
      change = try await PromotionReader(project: project, policy: policy.policy)
        .adding(to: change, policy.roster)
    }
    var evaluation = try await judge(change, subject: staged.subject, policy: policy, at: place)
    let forbidden = policy.policy.trailers.forbid
    evaluation.verdict.forbidden = ForbiddenTrailer.find(in: message ?? [], forbidden)
    return evaluation
  }

  private func judge(
    _ change: EvaluatedChange,
    subject: String,
    policy: LoadedPolicy,
    at place: Policy.Place,
    _ landing: Landing? = nil
  ) async throws -> Evaluation {
    let ledger = change.ledger
    let reader = EarlierReader(
      repository: project.repository,
      policy: policy.policy,
      ledger: ledger
    )
    let earlier = reader.versions(for: change.candidate)
    // Who approved a head there saw what it brings together, not what each commit of it did.
    let approvals =
      try landing == nil
      ? forge.approvals(of: change.head, project, policy, at: place) : ForgeApprovals.none
    let landing = landing ?? Landing(base: change.base, of: change.commits.map(\.info))
    var judge = try await judge(change, policy, landing, earlier: earlier)
    judge.forge = approvals
    var search = ReplaySearch(project.repository)
    let verdict = try await verdict(on: change, by: judge, policy, at: place, landing, &search)
    return Evaluation(
      subject: subject,
      change: change,
      policy: policy,
      ledger: ledger,
      earlier: earlier,
      verdict: verdict,
      forge: approvals
    )
  }

  /// A judge who knows what has landed on `base` since the records were made.
  private func judge(
    _ change: EvaluatedChange,
    _ policy: LoadedPolicy,
    _ landing: Landing,
    earlier: EarlierReviews
  ) async throws -> Judge {
    var judge = Judge(
      policy: policy.policy,
      ledger: change.ledger,
      earlier: earlier,
      now: project.surroundings.now
    )
    judge.alwaysRead = change.alwaysRead
    judge.isHistorical = isHistorical
    let paths = change.candidate.files.map(\.change.transition.path)
    judge.generated = try project.generated(paths, in: policy)
    let reader = LandingReader(
      project: project,
      policy: policy.policy,
      base: landing.base,
      tip: tip,
      own: landing.own
    )
    let (entries, hunks) = judge.relevant(to: change.candidate)
    judge.landings = try await reader.landings(of: entries, hunks)
    return judge
  }
}

/// Where a change would land.
struct Landing {
  /// The commit of the target that it starts from; nil where there is none yet.
  let base: ObjectID?
  /// Commits after which nothing has landed there: those of the change that stand on it in a line.
  let own: Set<ObjectID>

  /// Where `commits` would land, parents before children.
  init(base: ObjectID?, of commits: [CommitInfo]) {
    self.base = base
    let isLine =
      base != nil && commits.first?.parents.first == base
      && commits.allSatisfy { $0.parents.count == 1 }
    own = isLine ? Set(commits.map(\.id)) : []
  }

  /// Whether the change stands on it in a line.
  var isLine: Bool { !own.isEmpty }
}

extension Policy.Place {
  /// Whether commits are judged here that somebody else will keep.
  fileprivate var judgesCommits: Bool {
    switch self {
    case .push, .receive, .ci: true
    case .commit, .manual: false
    }
  }
}

extension Policy {
  /// The defaults without limits, to find out which policy holds.
  fileprivate static let unlimited: Policy = {
    var policy = Policy.default
    policy.limits.maxCommits = .max
    return policy
  }()
}

extension Policy {
  /// Whether any path needs a reviewer who took no part.
  var asksForSecondPerson: Bool {
    review.independence == .secondPerson || rules.contains { $0.independence == .secondPerson }
  }
}
