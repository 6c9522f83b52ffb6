import GitKit
import ReviewCore

/// Reads the index as a change.
struct StagedReader {
  let project: Project
  let policy: Policy
  /// The people whose records count; nil where the repository lists nobody.
  let roster: Roster?
  /// Whether hunks that nobody accuses are listed too.
  let isDetailed: Bool

  /// Reads what `staged` would commit, with what every source says about it.
  ///
  /// Of a merge in progress only what no parent has is its own.
  func read(
    _ staged: Staged,
    evidence: [Evidence],
    message: [UInt8],
    people: Set<String>
  ) async throws -> EvaluatedChange {
    let repository = project.repository
    let transitions = try repository.transitions(from: staged.baseTree, to: staged.tree)
    let events = try EventTraces(project)?.claims(transitions)
    let foreign = try StagedSources(project: project).reports(staged, transitions)
    let claims = CommitClaims(
      staged: evidence,
      message: message,
      sources: [events].compactMap { $0 } + foreign.flatMap(\.claims),
      policy.origin
    )
    let isInteresting = isDetailed || claims.mayNeedReview(policy)
    var files: [CandidateFile] = []
    var hunks = 0
    for transition in transitions {
      // Where nobody is accused, counting is all there is to do.
      guard isInteresting else {
        hunks += try count(transition)
        continue
      }
      let change = try repository.fileChange(of: transition, sizeCap: policy.limits.maxFileBytes)
      let own = try ownItems(of: change, staged.otherParents)
      hunks += own.count
      let items = own.map {
        CandidateItem(hunk: $0, contributions: claims.contributions($0, change.transition.path))
      }
      files.append(CandidateFile(change: change, items: items))
    }
    guard hunks <= policy.limits.maxHunks else {
      throw Undecided.tooManyHunks(count: hunks, limit: policy.limits.maxHunks)
    }
    let paths = Set(transitions.map(\.path))
    return EvaluatedChange(
      candidate: Candidate(files: files, people: people, warnings: claims.warnings),
      ledger: claims.mayNeedReview(policy)
        ? try await project.ledger(roster, about: paths) : .empty,
      files: transitions.count,
      hunks: hunks,
      base: staged.head,
      head: nil,
      baseTree: staged.baseTree,
      headTree: staged.tree,
      moves: Moves(transitions)
    )
  }

  private func count(_ transition: FileTransition) throws -> Int {
    let view = try project.repository.lineView(of: transition, sizeCap: policy.limits.maxFileBytes)
    return if case .spans(let spans) = view { spans.count } else { 1 }
  }

  /// The hunks of a file that are this commit's own; nil stands for an opaque whole.
  private func ownItems(of change: FileChange, _ otherParents: [ObjectID]) throws -> [Hunk?] {
    let repository = project.repository
    var own: [Hunk?] = change.hunks.isEmpty ? [nil] : change.hunks
    for parent in otherParents {
      let tree = try repository.commit(parent).tree
      let entry = try repository.entry(at: change.transition.path, in: tree)
      if entry?.id == change.transition.newID, entry?.mode == change.transition.newMode {
        return []
      }
      if entry == nil, change.transition.isDeletion { return [] }
      let other = FileTransition(
        path: change.transition.path,
        oldMode: entry?.mode ?? .absent,
        newMode: change.transition.newMode,
        oldID: entry?.id ?? .zero,
        newID: change.transition.newID
      )
      guard case .spans(let spans) = try repository.lineView(of: other) else { continue }
      own = own.filter { hunk in hunk.map { $0.isTouched(by: spans) } ?? true }
    }
    return own
  }
}

extension Hunk {
  /// Whether any of `spans` is about the same place of the new version.
  fileprivate func isTouched(by spans: [HunkSpan]) -> Bool {
    spans.contains { $0.new.start <= span.new.end && span.new.start <= $0.new.end }
  }
}
