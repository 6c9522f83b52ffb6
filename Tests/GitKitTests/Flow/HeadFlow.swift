import GitKit
import ReviewCore

/// The flow of a range as the program runs it: scan, view the lines, carry them forward.
struct HeadFlow {
  private var flow: RangeFlow
  private let head: Int

  init(of commits: [CommitInfo], paths: [RepositoryPath], in gitDirectory: String) async throws {
    let scanner = RangeScanner(
      gitDirectory: gitDirectory,
      fromEnvironment: false,
      sizeCap: Repository.defaultSizeCap
    )
    let trees = Dictionary(uniqueKeysWithValues: commits.map { ($0.id, $0.tree) })
    let others = commits.filter { $0.parents.count <= 1 }
    let found = try await scanner.changes(of: others, trees: trees, only: Set(paths))
    let merged = try await scanner.changes(
      ofMerges: commits.filter { $0.parents.count > 1 },
      line: ScannedLine(others, found),
      trees: trees,
      only: Set(paths)
    ) { left, right, repository in
      try repository.mergeBases(left, right)
    }
    let changes = RangeScanner.inOrder(commits, others: found, merges: merged)
    let work = changes.map { $0.filter { $0.takenFrom == nil }.flatMap(\.transitions) }
    let spans = try await scanner.spans(of: work)
    var index: [ObjectID: Int] = [:]
    for (number, commit) in commits.enumerated() { index[commit.id] = number }
    let parents = commits.map { $0.parents.isEmpty ? [nil] : $0.parents.map { index[$0] } }
    head = commits.count - 1
    flow = RangeFlow(parents: parents, head: head)
    let repository = try Repository(gitDirectory: gitDirectory)
    let merges = MergeLookup(
      spans: { transition in
        let view = try repository.lineView(of: transition)
        return if case .spans(let spans) = view { spans } else { nil }
      },
      isUnchanged: { side in
        let parents = commits[side.commit].parents
        let bases = try repository.mergeBases(parents[side.parent], parents[side.taken])
        return try bases.allSatisfy { base in
          let tree = try repository.commit(base).tree
          return try repository.entry(at: side.transition.path, in: tree)?.id ?? .zero
            == side.transition.oldID
        }
      }
    )
    for number in commits.indices {
      let step = Self.step(changes[number], spans[number])
      let commit = CommitStep(parents: parents[number], changes: step)
      try flow.add(commit, at: number, merges: merges)
    }
  }

  func history(of path: RepositoryPath) -> LineHistory? { flow.history(of: path, at: head) }

  private static func step(
    _ paths: [ScannedPath],
    _ spans: [[HunkSpan]?]
  ) -> [RepositoryPath: PathChange] {
    var views = spans[...]
    var step: [RepositoryPath: PathChange] = [:]
    for path in paths {
      if let parent = path.takenFrom {
        step[path.path] = .taken(parent: parent, path.transitions)
        continue
      }
      let steps = path.transitions.map { PathStep(transition: $0, spans: views.popFirst() ?? nil) }
      step[path.path] = steps.count == 1 ? .changed(steps[0]) : .merged(steps)
    }
    return step
  }
}
