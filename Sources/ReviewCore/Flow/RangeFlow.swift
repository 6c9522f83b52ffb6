/// What one commit of a range did, as far as the judged paths go.
package struct CommitStep: Sendable {
  /// The parents, by index in the range; nil for one outside it.
  package let parents: [Int?]
  /// The paths that differ from the first parent.
  package let changes: [RepositoryPath: PathChange]

  /// Creates a step.
  package init(parents: [Int?], changes: [RepositoryPath: PathChange]) {
    self.parents = parents
    self.changes = changes
  }
}

/// How a path that differs from a commit's first parent came to be.
package enum PathChange: Hashable, Sendable {
  /// An ordinary commit changed it.
  case changed(PathStep)
  /// A merge took it from another parent, whose place among the parents this is.
  case taken(parent: Int)
  /// A merge has it as no parent has; one step for each parent.
  case merged([PathStep])
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
  package mutating func add(_ step: CommitStep, at index: Int) {
    var inherited = step.parents.map { takeState(of: $0) }
    if inherited.isEmpty { inherited = [[:]] }
    let updates = step.changes.map { path, change in
      (path: path, history: Self.history(of: path, after: change, inherited, commit: index))
    }
    var state = inherited[0]
    // Held by two, it would be copied whole at the first change.
    inherited = []
    for update in updates { state[update.path] = update.history }
    states[index] = state
  }

  private static func history(
    of path: RepositoryPath,
    after change: PathChange,
    _ inherited: [[RepositoryPath: LineHistory]],
    commit: Int
  ) -> LineHistory? {
    switch change {
    case .changed(let step): history(inherited[0][path], after: step, commit: commit)
    case .taken(let parent): inherited[parent][path]
    case .merged(let steps): merged(steps, inherited.map { $0[path] }, commit: commit)
    }
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
    commit: Int
  ) -> LineHistory? {
    var sides: [(history: LineHistory, spans: [HunkSpan])] = []
    for (step, history) in zip(steps, histories) {
      // Without a line view on one side there is nothing to carry: the merge owns the whole file.
      guard let spans = step.spans else {
        return steps.first.map { Self.history(histories[0], after: $0, commit: commit) }
      }
      sides.append((history ?? .untouched(step.transition.oldID), spans))
    }
    return .merging(sides, commit: commit)
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
