package import ReviewCore

/// The commits to judge, and the trees their net change lies between.
package struct CommitRange: Sendable {
  /// The commit the change starts from; nil when it starts from nothing.
  package let base: ObjectID?
  /// The commit the change ends at.
  package let head: ObjectID
  /// What is new, parents before children.
  package let commits: [ObjectID]

  /// Creates a range.
  package init(base: ObjectID?, head: ObjectID, commits: [ObjectID]) {
    self.base = base
    self.head = head
    self.commits = commits
  }
}

/// Why a range cannot be judged.
package enum RangeProblem: Error, Sendable, Hashable {
  /// A name that git does not know.
  case unknownRevision(String)
  /// There is no commit yet.
  case noCommits
  /// History is cut off at this commit of the range, so what came before it is not here.
  case shallow(boundary: ObjectID)
  /// The two ends share no history here, and history is cut off.
  case shallowWithoutBase
  /// The range has more commits than the policy allows to judge.
  case tooManyCommits(count: Int, limit: Int)
}

extension Git {
  /// The commit a revision names.
  package func commit(named revision: String) async throws -> ObjectID {
    guard let id = try await object(named: revision + "^{commit}") else {
      throw RangeProblem.unknownRevision(revision)
    }
    return id
  }

  /// The object a revision names; nil when there is none.
  package func object(named revision: String) async throws -> ObjectID? {
    let answer = try await ask(["rev-parse", "--verify", "--quiet", "--end-of-options", revision])
    guard answer.status == 0, let line = answer.lines.first else { return nil }
    return ObjectID(hex: line)
  }

  /// What is reachable from `head` and from none of `excluded`.
  ///
  /// Git walks, not libgit2: version 1.5 ends a walk on a shallow clone with an error after no
  /// commits at all. A range that touches a shallow boundary is a `RangeProblem`, never a short one.
  package func range(
    of head: ObjectID,
    excluding excluded: [ObjectID],
    limit: Int
  ) async throws -> CommitRange {
    let revisions = [head.hex] + excluded.map { "^" + $0.hex }
    // Names go in on standard input: a push may exclude thousands of refs.
    let answer = try await answer(
      ["rev-list", "--topo-order", "--reverse", "--stdin"],
      input: Array(revisions.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]
    )
    let commits = answer.lines.compactMap { ObjectID(hex: $0) }
    guard commits.count <= limit else {
      throw RangeProblem.tooManyCommits(count: commits.count, limit: limit)
    }
    let boundary = try await shallowBoundary()
    if let cut = commits.first(where: boundary.contains) {
      throw RangeProblem.shallow(boundary: cut)
    }
    let base = try await mergeBase(head, excluded, isShallow: !boundary.isEmpty)
    return CommitRange(base: base, head: head, commits: commits)
  }

  /// The newest commit that `head` shares with any of `others`; nil when they share none.
  private func mergeBase(
    _ head: ObjectID,
    _ others: [ObjectID],
    isShallow: Bool
  ) async throws -> ObjectID? {
    guard !others.isEmpty else { return nil }
    let answer = try await ask(["merge-base", head.hex] + others.map(\.hex))
    if answer.status == 0, let line = answer.lines.first { return ObjectID(hex: line) }
    guard answer.status == 1, answer.complaint.isEmpty else {
      throw GitFailure(
        arguments: ["merge-base"],
        status: answer.status,
        complaint: answer.complaint
      )
    }
    if isShallow { throw RangeProblem.shallowWithoutBase }
    return nil
  }

  /// The commits whose parents were left out of a shallow clone.
  private func shallowBoundary() async throws -> Set<ObjectID> {
    let path = try await answer(["rev-parse", "--is-shallow-repository"])
    guard path.lines.first == "true" else { return [] }
    let answer = try await answer(["rev-parse", "--path-format=absolute", "--git-path", "shallow"])
    guard let file = answer.lines.first else { return [] }
    return try ShallowFile.read(file)
  }

  /// The root commits reachable from `head`, which name the repository across clones.
  package func roots(of head: ObjectID) async throws -> [ObjectID] {
    let answer = try await answer(["rev-list", "--max-parents=0", head.hex])
    return answer.lines.compactMap { ObjectID(hex: $0) }
  }
}
