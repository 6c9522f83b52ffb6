import GitCommand
import GitKit
import ReviewCore

/// Finds the parts of a change that are replays of what may land by itself.
///
/// A squash, a rebase or a cherry-pick makes new commits of old content. When the tree that came out
/// is the one that a merge without conflicts gives, the head it was made from answers for it: its
/// commits still say who wrote what, and who read it.
struct ReplayFinder {
  let gate: Gate
  let change: EvaluatedChange
  let policy: LoadedPolicy
  let place: Policy.Place
  /// Judges full approvals.
  let judge: Judge

  /// The most heads that are tried, newest first.
  private static let mostHeads = 64
  /// More landings than this on the files of a head, and it counts as landed.
  private static let mostLandings = 1_000
  /// The most parts of a range that are tried.
  private static let mostParts = 64
  /// The most points where two branches went apart that are looked up; each may walk long histories.
  private static let mostForks = 256

  /// Where branches went apart, as far as it was looked up; nil for none, or several such points.
  private var forks: [Pair: ObjectID?] = [:]

  private struct Pair: Hashable {
    let base: ObjectID
    let head: ObjectID
  }

  init(gate: Gate, change: EvaluatedChange, policy: LoadedPolicy, place: Policy.Place, judge: Judge)
  {
    self.gate = gate
    self.change = change
    self.policy = policy
    self.place = place
    self.judge = judge
  }

  private var project: Project { gate.project }

  /// One part of the change.
  private struct Part {
    /// The commit it stands on.
    let base: ObjectID
    let baseTree: ObjectID
    let tree: ObjectID
    /// Its commits; nil for what is not committed yet.
    let commits: [ObjectID?]
  }

  /// What replays, for a change that does not pass without.
  mutating func replays(_ verdict: Verdict) async throws -> Replays {
    // What a head answers with is a review of its own: without any, none has to be looked for.
    guard change.ledger.records.contains(where: { $0.record.verdict == .approved }) else {
      return .none
    }
    let open = verdict.findings.filter { Self.mayRest($0.outcome) }
    // A shallow history has no points where branches went apart that could be believed.
    guard !open.isEmpty, !project.layout.isShallow, let base = change.base else { return .none }
    let parts = try parts(base, open)
    var found: [ObjectID?: ReviewReference] = [:]
    let heads = try await heads(base)
    for part in parts where !part.commits.allSatisfy({ found[$0] != nil }) {
      guard let review = try await review(of: part, heads, open) else { continue }
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

  /// The whole change, then what its first commits made of the base, then single commits.
  private func parts(_ base: ObjectID, _ open: [Finding]) throws -> [Part] {
    let commits = change.commits.map(\.info)
    let whole = Part(
      base: base,
      baseTree: change.baseTree,
      tree: change.headTree,
      commits: change.head == nil ? [nil] : commits.map(\.id)
    )
    var parts = [whole]
    let wanted = Set(open.flatMap { $0.item.contributions.compactMap(\.commit) })
    let isLine = commits.allSatisfy { $0.parents.count == 1 }
    if isLine, commits.first?.parents.first == base {
      for end in commits.indices.dropLast().reversed() {
        let ids = commits[...end].map(\.id)
        guard ids.contains(where: wanted.contains) else { break }
        parts.append(
          Part(base: base, baseTree: change.baseTree, tree: commits[end].tree, commits: ids)
        )
      }
    }
    for commit in commits where wanted.contains(commit.id) && commit.parents.count == 1 {
      let parent = commit.parents[0]
      let tree = try project.repository.commit(parent).tree
      parts.append(Part(base: parent, baseTree: tree, tree: commit.tree, commits: [commit.id]))
    }
    return Array(parts.prefix(Self.mostParts))
  }

  /// Heads that may have been the source: those of records, then branches and requests.
  ///
  /// A head that was merged is one of the change's own commits, and may be the source all the same.
  private func heads(_ base: ObjectID) async throws -> [ObjectID] {
    let paths = Set(change.candidate.files.map(\.change.transition.path))
    let reviewed = change.ledger.records.filter { stored in
      stored.record.verdict == .approved && stored.record.files.contains { paths.contains($0.path) }
    }
    let recorded = reviewed.reversed().compactMap(\.record.head.commit).prefix(Self.mostHeads)
    let branches = try await project.git.openHeads(besides: base, limit: Self.mostHeads)
    var seen: Set<ObjectID> = []
    return (recorded + branches).filter {
      $0 != change.head && seen.insert($0).inserted && project.repository.contains($0)
    }
  }

  // MARK: - One part

  private mutating func review(
    of part: Part,
    _ heads: [ObjectID],
    _ open: [Finding]
  ) async throws -> ReviewReference? {
    let paths = open.map(\.path)
    if let review = try fullReview(of: part, paths) { return review }
    for head in heads {
      // A head that cannot be looked at, or judged, answers for nothing.
      if let found = try? await review(of: part, head, paths) { return found }
    }
    return nil
  }

  private mutating func review(
    of part: Part,
    _ head: ObjectID,
    _ paths: [RepositoryPath]
  ) async throws -> ReviewReference? {
    guard try isLikely(head, part, paths), let fork = try fork(of: part.base, head) else {
      return nil
    }
    let info = try project.repository.commit(head)
    let from = try project.repository.commit(fork).tree
    let step = TreeStep(from: from, to: info.tree)
    guard try isReplay(part, step), try await !hasLanded(step, since: fork, part) else {
      return nil
    }
    return try await ownReview(of: head, part)
  }

  /// The one point where two branches went apart.
  private mutating func fork(of base: ObjectID, _ head: ObjectID) throws -> ObjectID? {
    let pair = Pair(base: base, head: head)
    if let known = forks[pair] { return known }
    guard forks.count < Self.mostForks else { return nil }
    let bases = try project.repository.mergeBases(base, head)
    let fork = bases.count == 1 ? bases[0] : nil
    forks[pair] = .some(fork)
    return fork
  }

  /// Whether the target had the step once, and has it no more.
  private func hasLanded(
    _ step: TreeStep,
    since start: ObjectID,
    _ part: Part
  ) async throws -> Bool {
    let paths = try project.repository.transitions(from: step.from, to: step.to).map(\.path)
    let landings = try await project.git.landings(
      on: part.base,
      after: start,
      paths: paths,
      limit: Self.mostLandings + 1
    )
    guard landings.count <= Self.mostLandings else { return true }
    let cap = policy.policy.limits.maxFileBytes
    return try landings.contains { commit in
      let tree = try project.repository.commit(commit).tree
      return try project.repository.hasTaken(step, in: tree, sizeCap: cap)
    }
  }

  /// Whether a head changes what is open: most branches have nothing to do with it.
  private func isLikely(_ head: ObjectID, _ part: Part, _ paths: [RepositoryPath]) throws -> Bool {
    guard let info = try? project.repository.commit(head) else { return false }
    if info.tree == part.tree { return true }
    for path in paths {
      let landed = try project.repository.entry(at: path, in: part.tree)
      let before = try project.repository.entry(at: path, in: part.baseTree)
      if landed?.id == before?.id, landed?.mode == before?.mode { continue }
      let theirs = try project.repository.entry(at: path, in: info.tree)
      return theirs?.id != before?.id || theirs?.mode != before?.mode
    }
    return false
  }

  private func isReplay(_ part: Part, _ step: TreeStep) throws -> Bool {
    let cap = policy.policy.limits.maxFileBytes
    return try project.repository.isReplay(part.tree, of: step, onto: part.baseTree, sizeCap: cap)
  }

  /// A head that passes by itself, with everybody who takes part in this change as well.
  ///
  /// Every agent that this change names must be named there: a branch that says nothing about who
  /// wrote it must not clear what another one says.
  private func ownReview(of head: ObjectID, _ part: Part) async throws -> ReviewReference? {
    var excluded = [part.base]
    if let baseline = policy.policy.gate.baseline {
      excluded.append(try await project.git.commit(named: baseline))
    }
    let range = try await project.git.range(
      of: head,
      excluding: excluded,
      limit: policy.policy.limits.maxCommits
    )
    let source = try await gate.evaluateSource(
      range,
      policy: policy,
      at: place,
      people: change.candidate.people,
      landingOn: part.base
    )
    let commits = Set(part.commits)
    let named = Self.agents(change.candidate) { commits.contains($0.commit) }
    // What only an exception lets pass was not read, there as little as here.
    let isExcused = source.verdict.findings.contains {
      $0.outcome == .overridden || $0.outcome == .vouched
    }
    guard source.verdict.passes, !isExcused,
      named.isSubset(of: Self.agents(source.change.candidate) { _ in true })
    else { return nil }
    return source.verdict.findings.filter { $0.outcome == .reviewed }.compactMap(\.review)
      .reduce(nil) { ReviewReference.weaker($0, $1) }?.with(rule: .replay)
  }

  private static func agents(
    _ candidate: Candidate,
    _ isMeant: (Contribution) -> Bool
  ) -> Set<Origin> {
    let contributions = candidate.files.flatMap { $0.items.flatMap(\.contributions) }
    return Set(
      contributions.filter(isMeant).map(\.origin).filter {
        if case .agent = $0 { true } else { false }
      }
    )
  }

  /// A step between two trees that somebody approved wholly, wherever it was committed.
  private func fullReview(of part: Part, _ paths: [RepositoryPath]) throws -> ReviewReference? {
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
