import GitCommand
import GitKit
import ReviewCore

/// Finds the parts of a change that are replays of what may land by itself.
///
/// A squash, a rebase or a cherry-pick makes new commits of old content. When the tree that came out
/// is the one that a merge without conflicts gives, the head it was made from answers for it: its
/// commits still say who wrote what, and who read it. A head that rests on a replay itself, such as a
/// reviewed branch that a person went on with, answers as well; what it rests on must pass without.
struct ReplayFinder {
  let gate: Gate
  let change: EvaluatedChange
  let policy: LoadedPolicy
  let place: Policy.Place
  /// Judges full approvals.
  let judge: Judge
  /// The commit that everything lands on in the end.
  let target: ObjectID
  /// The branches whose landings count: the target, and its tip where that is further.
  let branches: [ObjectID]

  /// The most heads that are tried, newest first.
  private static let mostHeads = 64

  /// Heads that were judged, on top of what they would land on; nil for one that does not pass.
  private var sources: [BranchPair: Source?] = [:]

  /// A head that passes by itself.
  private struct Source {
    /// The weakest review it rests on; nil where nothing of it needs one.
    let review: ReviewReference?
    /// The agents that its commits name.
    let agents: Set<Origin>
  }

  init(
    gate: Gate,
    change: EvaluatedChange,
    policy: LoadedPolicy,
    place: Policy.Place,
    judge: Judge,
    target: ObjectID,
    tip: ObjectID?
  ) {
    self.gate = gate
    self.change = change
    self.policy = policy
    self.place = place
    self.judge = judge
    self.target = target
    branches = [target] + (tip.map { $0 == target ? [] : [$0] } ?? [])
  }

  private var project: Project { gate.project }

  /// What replays, for a change that does not pass without.
  ///
  /// `search` counts what is tried, in all of one decision.
  mutating func replays(
    _ verdict: Verdict,
    _ search: inout ReplaySearch
  ) async throws -> Replays {
    // What a head answers with is a review of its own: without any, none has to be looked for.
    guard change.ledger.records.contains(where: { $0.record.verdict == .approved }) else {
      return .none
    }
    let open = verdict.findings.filter { Self.mayRest($0.outcome) }
    // A shallow history has no points where branches went apart that could be believed.
    guard !open.isEmpty, !project.layout.isShallow, let base = change.base else { return .none }
    let reviewed = reviewed()
    let parts = try ReplayParts(
      change: change,
      repository: project.repository,
      target: target,
      reviewed: reviewed
    )
    .all(base, open, &search.forks)
    var found: [ObjectID?: ReviewReference] = [:]
    let heads = try await heads(base, reviewed)
    for part in parts where !part.commits.allSatisfy({ found[$0] != nil }) {
      guard let review = try await review(of: part, heads, open, &search) else { continue }
      for commit in part.commits where found[commit] == nil { found[commit] = review }
    }
    return Replays(found)
  }

  private static func mayRest(_ outcome: Finding.Outcome) -> Bool {
    switch outcome {
    case .unreviewed, .stale, .opaque, .tooWeak, .selfReviewed: true
    case .notAI, .reviewed, .exempt, .overridden, .vouched, .rejected, .undecided: false
    }
  }

  /// The approvals of files of the change.
  private func reviewed() -> [StoredRecord] {
    let paths = Set(change.candidate.files.map(\.change.transition.path))
    return change.ledger.records.filter { stored in
      stored.record.verdict == .approved && stored.record.files.contains { paths.contains($0.path) }
    }
  }

  /// Heads that may have been the source: those of records, then branches and requests.
  ///
  /// A head that was merged is one of the change's own commits, and may be the source all the same.
  private func heads(_ base: ObjectID, _ reviewed: [StoredRecord]) async throws -> [ObjectID] {
    let recorded = reviewed.reversed().compactMap(\.record.head.commit).prefix(Self.mostHeads)
    let branches = try await project.git.openHeads(besides: base, limit: Self.mostHeads)
    var seen: Set<ObjectID> = []
    return (recorded + branches).filter {
      $0 != change.head && seen.insert($0).inserted && project.repository.contains($0)
    }
  }

  // MARK: - One part

  private mutating func review(
    of part: ReplayPart,
    _ heads: [ObjectID],
    _ open: [Finding],
    _ search: inout ReplaySearch
  ) async throws -> ReviewReference? {
    let paths = open.map(\.path)
    if let review = try fullReview(of: part, paths) { return review }
    for head in heads {
      // A head that cannot be looked at, or judged, answers for nothing.
      if let found = try? await review(of: part, head, paths, &search) { return found }
    }
    return nil
  }

  private mutating func review(
    of part: ReplayPart,
    _ head: ObjectID,
    _ paths: [RepositoryPath],
    _ search: inout ReplaySearch
  ) async throws -> ReviewReference? {
    guard try isLikely(head, part, paths), let fork = try search.forks.point(part.base, head) else {
      return nil
    }
    let info = try project.repository.commit(head)
    let from = try project.repository.commit(fork).tree
    let step = TreeStep(from: from, to: info.tree)
    guard try isReplay(part, step), try await !hasLanded(step, since: fork, part) else {
      return nil
    }
    return try await ownReview(of: head, part, &search)
  }

  /// Whether the target, or what the part stands on, had any of a step once and has it no more, so
  /// that it would land again.
  private func hasLanded(
    _ step: TreeStep,
    since start: ObjectID,
    _ part: ReplayPart
  ) async throws -> Bool {
    let files = try project.repository.transitions(from: step.from, to: step.to)
    for branch in branches.contains(part.base) ? branches : [part.base] + branches {
      let landed = try await project.landedSteps(of: files.map(\.path), on: branch, after: start)
      // What is too much to look through may hold anything.
      guard let landed else { return true }
      for file in files {
        guard let steps = landed[file.path] else { continue }
        if try comesAgain(file, in: part.tree, after: steps) { return true }
      }
    }
    return false
  }

  /// Whether a file's step, or a hunk of it, was there after some steps, is not now, and comes again.
  private func comesAgain(
    _ file: FileTransition,
    in tree: ObjectID,
    after steps: [FileTransition]
  ) throws -> Bool {
    let repository = project.repository
    let cap = policy.policy.limits.maxFileBytes
    let candidate = try repository.version(of: file.path, in: tree)
    let last = steps[steps.count - 1]
    if candidate == file.new, last.new != file.new, steps.contains(where: file.isMade) {
      return true
    }
    let change = try repository.fileChange(of: file, sizeCap: cap)
    let trace = try HunkTrace(change.hunks, along: steps, repository, sizeCap: cap)
    // What could not be looked through may hold anything.
    guard trace.isComplete,
      let here = try repository.counts(of: trace.marks, in: candidate, sizeCap: cap)
    else { return true }
    return trace.comesAgain(here)
  }

  /// Whether a head changes what is open: most branches have nothing to do with it.
  private func isLikely(
    _ head: ObjectID,
    _ part: ReplayPart,
    _ paths: [RepositoryPath]
  ) throws -> Bool {
    guard let info = try? project.repository.commit(head) else { return false }
    if info.tree == part.tree { return true }
    for path in paths {
      let before = try project.repository.version(of: path, in: part.baseTree)
      if try project.repository.version(of: path, in: part.tree) == before { continue }
      return try project.repository.version(of: path, in: info.tree) != before
    }
    return false
  }

  private func isReplay(_ part: ReplayPart, _ step: TreeStep) throws -> Bool {
    let cap = policy.policy.limits.maxFileBytes
    return try project.repository.isReplay(part.tree, of: step, onto: part.baseTree, sizeCap: cap)
  }

  /// The review that a head rests on which passes by itself.
  ///
  /// Every agent that this change names must be named there: a branch that says nothing about who
  /// wrote it must not clear what another one says.
  private mutating func ownReview(
    of head: ObjectID,
    _ part: ReplayPart,
    _ search: inout ReplaySearch
  ) async throws -> ReviewReference? {
    let pair = BranchPair(base: part.base, head: head)
    let source: Source?
    if let known = sources[pair] {
      source = known
    } else {
      source = try await judged(head, on: part, &search)
      sources[pair] = .some(source)
    }
    let commits = Set(part.commits)
    let named = Self.agents(change.candidate) { commits.contains($0.commit) }
    guard let source, named.isSubset(of: source.agents) else { return nil }
    return source.review?.with(rule: .replay)
  }

  /// A head judged by itself, with everybody who takes part in this change as well.
  private func judged(
    _ head: ObjectID,
    on part: ReplayPart,
    _ search: inout ReplaySearch
  ) async throws -> Source? {
    var excluded = [part.base]
    if let baseline = policy.policy.gate.baseline {
      excluded.append(try await project.git.commit(named: baseline))
    }
    let range = try await project.git.range(
      of: head,
      excluding: excluded,
      limit: policy.policy.limits.maxCommits
    )
    guard search.take(commits: range.commits.count) else { return nil }
    let (change, verdict) = try await gate.evaluateSource(
      range,
      policy: policy,
      at: place,
      people: change.candidate.people,
      landingOn: part.landing,
      &search
    )
    // What only an exception lets pass was not read, there as little as here.
    let isExcused = verdict.findings.contains {
      $0.outcome == .overridden || $0.outcome == .vouched
    }
    guard verdict.passes, !isExcused else { return nil }
    let review = verdict.findings.filter { $0.outcome == .reviewed }.compactMap(\.review)
      .reduce(nil) { ReviewReference.weaker($0, $1) }
    return Source(review: review, agents: Self.agents(change.candidate) { _ in true })
  }

  private static func agents(
    _ candidate: Candidate,
    _ isMeant: (Contribution) -> Bool
  ) -> Set<Origin> {
    let contributions = candidate.files.flatMap { $0.items.flatMap(\.contributions) }
    return Set(
      contributions.filter(isMeant).compactMap { contribution in
        switch contribution.origin {
        case .agent(let name), .mixed(let name): .agent(name)
        case .human, .bot, .unknown: nil
        }
      }
    )
  }

  /// A step between two trees that somebody approved wholly, wherever it was committed.
  private func fullReview(of part: ReplayPart, _ paths: [RepositoryPath]) throws -> ReviewReference?
  {
    let full = change.ledger.records.filter { stored in
      guard stored.record.verdict == .approved, stored.record.scope == .full else { return false }
      return paths.contains { path in stored.record.files.contains { $0.path == path } }
    }
    let steps = Dictionary(grouping: full) {
      TreeStep(from: $0.record.base.tree, to: $0.record.head.tree)
    }
    for (step, records) in steps.sorted(by: { $0.value[0].id < $1.value[0].id }) {
      guard step.from == .emptyTree || project.repository.contains(step.from),
        project.repository.contains(step.to), try isReplay(part, step)
      else { continue }
      let files = try project.repository.transitions(from: step.from, to: step.to)
      let people = change.candidate.people
      if let review = judge.approval(ofAll: files, by: records, people: people) { return review }
    }
    return nil
  }
}
