package import ReviewCore

/// One step of a branch: a commit of its first parents, and what it was built on.
package struct LandedStep: Hashable, Sendable {
  /// The commit.
  package let commit: ObjectID
  /// Its first parent; nil for a root, and where history is cut off.
  package let parent: ObjectID?
  /// When it was committed, in seconds since 1970, as it claims.
  package let time: Int
}

extension Git {
  /// The newest step of a branch that is older than a time; nil when all of it is younger.
  package func step(on head: ObjectID, before time: Int) async throws -> ObjectID? {
    // Clocks of committers differ: every step is asked for its own time.
    try await steps(to: head, after: nil, limit: .max).last { $0.time < time }?.commit
  }

  /// The steps that a branch went through, oldest first.
  package func steps(
    to head: ObjectID,
    after base: ObjectID?,
    limit: Int
  ) async throws -> [LandedStep] {
    let arguments = ["rev-list", "--first-parent", "--reverse", "--parents", "--timestamp"]
    let revisions = [head.hex] + (base.map { ["^" + $0.hex] } ?? [])
    let answer = try await answer(arguments + revisions)
    let steps = try answer.lines.map { line in
      let words = line.split(separator: " ")
      guard words.count >= 2, let time = Int(words[0]), let commit = ObjectID(hex: words[1]) else {
        throw RangeProblem.unreadableWalk
      }
      let parent = words.dropFirst(2).first.flatMap { ObjectID(hex: $0) }
      return LandedStep(commit: commit, parent: parent, time: time)
    }
    guard steps.count <= limit else {
      throw RangeProblem.tooManyCommits(count: steps.count, limit: limit)
    }
    return steps
  }
}
