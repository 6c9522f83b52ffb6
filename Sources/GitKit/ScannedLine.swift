package import ReviewCore

/// What the commits with one parent changed, to follow a branch without reading its trees again.
package struct ScannedLine: Sendable {
  private let steps: [ObjectID: Step]

  private struct Step {
    let parent: ObjectID
    let changes: [FileTransition]
  }

  /// Longer branches are compared by their trees.
  private static let mostCommits = 128

  /// Knows what was found in commits, in their order.
  package init(_ commits: [CommitInfo], _ changes: [[ScannedPath]]) {
    var steps: [ObjectID: Step] = [:]
    steps.reserveCapacity(commits.count)
    for (commit, paths) in zip(commits, changes) where commit.parents.count == 1 {
      steps[commit.id] = Step(
        parent: commit.parents[0],
        changes: paths.flatMap(\.transitions)
      )
    }
    self.steps = steps
  }

  /// What differs between a commit and one that it comes from, in no order; nil where they are not
  /// joined by a line of known commits.
  package func changes(from start: ObjectID, to end: ObjectID) -> [FileTransition]? {
    var found: [RepositoryPath: FileTransition] = [:]
    var position = end
    for _ in 0..<Self.mostCommits {
      if position == start { return found.values.filter { !$0.isIdentity } }
      guard let step = steps[position] else { return nil }
      for change in step.changes {
        let after = found[change.path] ?? change
        found[change.path] = FileTransition(
          path: change.path,
          oldMode: change.oldMode,
          newMode: after.newMode,
          oldID: change.oldID,
          newID: after.newID
        )
      }
      position = step.parent
    }
    return nil
  }
}
