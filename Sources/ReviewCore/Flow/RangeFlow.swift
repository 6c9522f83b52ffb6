/// What one commit of a range did, as far as the judged paths go.
package struct CommitStep: Sendable {
  /// The parents, by index in the range; nil for one outside it.
  package let parents: [Int?]
  /// The paths that differ from a parent.
  package let changes: [RepositoryPath: PathChange]

  /// Creates a step.
  package init(parents: [Int?], changes: [RepositoryPath: PathChange]) {
    self.parents = parents
    self.changes = changes
  }
}

/// How a path that differs from a commit's parents came to be.
package enum PathChange: Hashable, Sendable {
  /// An ordinary commit changed it.
  case changed(PathStep)
  /// A merge has it as one parent has, whose place this is; what differs from each parent.
  case taken(parent: Int, [FileTransition])
  /// A merge has it as no parent has; one step for each parent.
  case merged([PathStep])
}

/// Answers what a flow asks about merges that took one side where the other had changes too.
package struct MergeLookup {
  /// The changed lines of a transition; nil where there is no line view.
  let spans: (FileTransition) throws -> [HunkSpan]?
  /// Whether a parent has a path as the point has where its history and another parent's went apart.
  let isUnchanged: (MergeSide) throws -> Bool

  /// Asks these.
  package init(
    spans: @escaping (FileTransition) throws -> [HunkSpan]?,
    isUnchanged: @escaping (MergeSide) throws -> Bool
  ) {
    self.spans = spans
    self.isUnchanged = isUnchanged
  }
}

/// One parent of a merge, seen from another one, at one path.
package struct MergeSide: Hashable, Sendable {
  /// The index of the merge.
  package let commit: Int
  /// The place of the parent in question.
  package let parent: Int
  /// The place of the parent that the merge follows.
  package let taken: Int
  /// What differs between the parent in question and the merge.
  package let transition: FileTransition
}

/// What one commit did to one path, against one parent.
package struct PathStep: Hashable, Sendable {
  /// Modes and objects.
  package let transition: FileTransition
  /// The changed lines; nil where there is no line view.
  package let spans: [HunkSpan]?

  /// Creates a step of one path.
  package init(transition: FileTransition, spans: [HunkSpan]?) {
    self.transition = transition
    self.spans = spans
  }
}

/// Carries the origin of lines forward through the commits of a range.
///
/// Each commit's own diff decides the lines it adds or removes; lines it keeps carry theirs; a merge
/// carries from whichever parent the line came from. The state of a commit is dropped as soon as its
/// last child has been seen, so memory grows with the files touched and not with the commits.
package struct RangeFlow {
  private var states: [[RepositoryPath: LineHistory]]
  private var childrenLeft: [Int]

  /// Starts a flow over commits that know their parents; `head` is kept to the end.
  package init(parents: [[Int?]], head: Int) {
    childrenLeft = Array(repeating: 0, count: parents.count)
    states = Array(repeating: [:], count: parents.count)
    for parent in parents.joined() { if let parent { childrenLeft[parent] += 1 } }
    if childrenLeft.indices.contains(head) { childrenLeft[head] += 1 }
  }

  /// Takes in the next commit; its parents in the range came before it.
  package mutating func add(
    _ step: CommitStep,
    at index: Int,
    merges: MergeLookup
  ) throws {
    var inherited = step.parents.map { takeState(of: $0) }
    if inherited.isEmpty { inherited = [[:]] }
    let updates = try step.changes.map { path, change in
      let histories = inherited.map { $0[path] }
      return (path: path, history: try Self.history(after: change, histories, index, merges))
    }
    var state = inherited[0]
    // Held by two, it would be copied whole at the first change.
    inherited = []
    for update in updates { state[update.path] = update.history }
    states[index] = state
  }

  private static func history(
    after change: PathChange,
    _ inherited: [LineHistory?],
    _ commit: Int,
    _ merges: MergeLookup
  ) throws -> LineHistory? {
    switch change {
    case .changed(let step): return history(inherited[0], after: step, commit: commit)
    case .merged(let steps): return try merged(steps, inherited, commit, merges)
    case .taken(let parent, let transitions):
      let dropped = try transitions.indices.contains { other in
        let transition = transitions[other]
        guard other != parent, !transition.isIdentity,
          brings(
            inherited[other],
            transition.oldID,
            over: inherited[parent],
            transition.newID
          )
        else { return false }
        return try !merges.isUnchanged(
          MergeSide(commit: commit, parent: other, taken: parent, transition: transition)
        )
      }
      guard dropped else { return inherited[parent] }
      let steps = try transitions.map {
        PathStep(transition: $0, spans: $0.isIdentity ? [] : try merges.spans($0))
      }
      return try merged(steps, inherited, commit, merges)
    }
  }

  /// Whether a parent may have changes of a path that another parent has not.
  private static func brings(
    _ side: LineHistory?,
    _ version: ObjectID,
    over other: LineHistory?,
    _ taken: ObjectID
  ) -> Bool {
    let commits = Set(other?.touchedBy ?? [])
    guard (side?.touchedBy ?? []).allSatisfy(commits.contains) else { return true }
    let versions = other?.versions ?? [taken]
    return !(side?.versions ?? [version]).allSatisfy(versions.contains)
  }

  /// Where the lines of a path came from, at a commit that was kept; nil where nothing touched it.
  package func history(of path: RepositoryPath, at index: Int) -> LineHistory? {
    states.indices.contains(index) ? states[index][path] : nil
  }

  private static func history(
    _ before: LineHistory?,
    after change: PathStep,
    commit: Int
  ) -> LineHistory {
    let before = before ?? .untouched(change.transition.oldID)
    guard let spans = change.spans else {
      return before.replaced(by: commit, isDeletion: change.transition.isDeletion)
    }
    return before.applying(spans, commit: commit)
  }

  private static func merged(
    _ steps: [PathStep],
    _ histories: [LineHistory?],
    _ commit: Int,
    _ merges: MergeLookup
  ) throws -> LineHistory? {
    var sides: [(history: LineHistory, spans: [HunkSpan])] = []
    for (step, history) in zip(steps, histories) {
      // Without a line view on one side there is nothing to carry: the merge owns the whole file.
      guard let spans = step.spans else {
        return steps.first.map { Self.history(histories[0], after: $0, commit: commit) }
      }
      sides.append((history ?? .untouched(step.transition.oldID), spans))
    }
    return try .merging(sides, commit: commit) { old, new in
      guard let path = steps.first?.transition.path else { return nil }
      return try merges.spans(
        FileTransition(path: path, oldMode: .regular, newMode: .regular, oldID: old, newID: new)
      )
    }
  }

  /// The state of a parent, handed over when this is the last child that asks.
  private mutating func takeState(of parent: Int?) -> [RepositoryPath: LineHistory] {
    guard let parent else { return [:] }
    childrenLeft[parent] -= 1
    guard childrenLeft[parent] <= 0 else { return states[parent] }
    var state: [RepositoryPath: LineHistory] = [:]
    swap(&state, &states[parent])
    return state
  }
}
