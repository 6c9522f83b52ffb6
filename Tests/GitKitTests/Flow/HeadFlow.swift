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
    let changes = try await scanner.changes(of: commits, only: Set(paths))
    let work = changes.map { $0.filter { $0.takenFrom == nil }.flatMap(\.transitions) }
    let spans = try await scanner.spans(of: work)
    var index: [ObjectID: Int] = [:]
    for (number, commit) in commits.enumerated() { index[commit.id] = number }
    let parents = commits.map { $0.parents.isEmpty ? [nil] : $0.parents.map { index[$0] } }
    head = commits.count - 1
    flow = RangeFlow(parents: parents, head: head)
    for number in commits.indices {
      let step = Self.step(changes[number], spans[number])
      flow.add(CommitStep(parents: parents[number], changes: step), at: number)
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
        step[path.path] = .taken(parent: parent)
        continue
      }
      let steps = path.transitions.map { PathStep(transition: $0, spans: views.popFirst() ?? nil) }
      step[path.path] = steps.count == 1 ? .changed(steps[0]) : .merged(steps)
    }
    return step
  }
}
