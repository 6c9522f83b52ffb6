package import ReviewCore

/// The commits to judge, and the trees their net change lies between.
package struct CommitRange: Sendable {
  /// The commit the change starts from; nil when it starts from nothing.
  package let base: ObjectID?
  /// The commit the change ends at.
  package let head: ObjectID
  /// What is new, parents before children.
  package let commits: [ObjectID]
  /// Whether all that is outside, and a parent of a commit inside, is `base` or comes before it; when
  /// not, nobody has looked.
  package let isCovered: Bool

  /// Creates a range.
  package init(base: ObjectID?, head: ObjectID, commits: [ObjectID], isCovered: Bool = false) {
    self.base = base
    self.head = head
    self.commits = commits
    self.isCovered = isCovered
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
  /// A name that means several references, or an id that is a reference's name too.
  case ambiguous(String, meanings: [String])
  /// The two ends share no history here, and history is cut off.
  case shallowWithoutBase
  /// Git's list of the range holds something else than commits.
  case unreadableWalk
  /// The range has more commits than the policy allows to judge.
  case tooManyCommits(count: Int, limit: Int)
}

extension Git {
  /// The commit a revision names.
  package func commit(named revision: String) async throws -> ObjectID {
    try await refuseAmbiguous(revision)
    guard let id = try await object(named: revision + "^{commit}") else {
      if revision == "HEAD" { throw RangeProblem.noCommits }
      throw RangeProblem.unknownRevision(revision)
    }
    return id
  }

  /// Refuses a short name that git could take for several references.
  ///
  /// Git takes a tag before a branch, and a branch before a remote's: whoever pushes a tag called
  /// `origin/main` says where the base is. Whole ids and whole names mean one thing.
  package func refuseAmbiguous(_ revision: String) async throws {
    let end = revision.firstRange(of: "@{")?.lowerBound ?? revision.endIndex
    let name = String(revision[..<end].prefix { !"~^:".contains($0) })
    if name.isEmpty || name == "HEAD" || name == "@" || name.utf8.starts(with: "refs/".utf8) {
      return
    }
    if ObjectID(hex: name) != nil { return }
    let names = ["", "tags/", "heads/", "remotes/"].map { "refs/" + $0 + name }
    let patterns = names + ["refs/remotes/\(name)/HEAD"]
    var meanings = try await answer(["for-each-ref", "--format=%(refname)"] + patterns).lines
      .filter(patterns.contains)
    if meanings.count == 1, name.utf8.allSatisfy({ Hex.isDigit($0) }) {
      meanings += try await ask(["rev-parse", "--disambiguate=" + name]).lines
    }
    if meanings.count > 1 { throw RangeProblem.ambiguous(name, meanings: meanings) }
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
    let question = ["rev-list", "--topo-order", "--reverse", "--parents", "--stdin"]
    let input = Array(revisions.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]
    let answer = try await ask(question, input: input)
    guard answer.status == 0 else {
      // The parent of a boundary commit is named and is not here.
      if try await isShallow() { throw RangeProblem.shallow(boundary: head) }
      throw GitFailure(arguments: question, status: answer.status, complaint: answer.complaint)
    }
    guard let walk = CommitWalk(answer.output) else { throw RangeProblem.unreadableWalk }
    let commits = walk.commits
    guard commits.count <= limit else {
      throw RangeProblem.tooManyCommits(count: commits.count, limit: limit)
    }
    for root in walk.roots { try await checkRoot(root) }
    let outside = walk.outside
    // What is outside is there because it is excluded: one excluded commit is the newest of it.
    if excluded.count == 1, outside.contains(excluded[0]) {
      return CommitRange(base: excluded[0], head: head, commits: commits, isCovered: true)
    }
    let base = try await base(head, isNew: walk.has(head), outside: outside.sorted())
    if base == nil, !excluded.isEmpty, try await isShallow() {
      throw RangeProblem.shallowWithoutBase
    }
    return CommitRange(base: base, head: head, commits: commits)
  }

  /// Throws when a commit that git shows without parents has some.
  ///
  /// The object itself is asked: whatever cuts history off (`.git/shallow`, in any spelling git
  /// reads) cuts it at a commit that names its parents.
  private func checkRoot(_ commit: ObjectID) async throws {
    if try await !parentLines(of: commit).isEmpty {
      throw RangeProblem.shallow(boundary: commit)
    }
  }

  /// The newest commit that the range shares with what is excluded; nil when they share none.
  ///
  /// Every shared commit is reached through `outside`, the excluded parents of the range, and these
  /// are few where the excluded refs may be more than a command line holds.
  private func base(
    _ head: ObjectID,
    isNew: Bool,
    outside: [ObjectID]
  ) async throws -> ObjectID? {
    guard isNew else { return head }
    guard outside.count > 1 else { return outside.first }
    let answer = try await answer(["merge-base", head.hex] + outside.map(\.hex))
    return answer.lines.first.flatMap { ObjectID(hex: $0) }
  }

  /// Whether each of some commits is one of `heads`, or comes before one.
  package func covers(_ heads: [ObjectID], _ commits: Set<ObjectID>) async throws -> Bool {
    let others = commits.subtracting(heads).sorted()
    if others.isEmpty { return true }
    let revisions = heads.map { "^" + $0.hex } + others.map(\.hex)
    let answer = try await answer(
      ["rev-list", "--max-count=1", "--stdin"],
      input: Array((revisions.joined(separator: "\n") + "\n").utf8)
    )
    return answer.output.isEmpty
  }

  /// The newest commits that come before some commit of both sides, several of which may be related;
  /// nil where git can only say it for single commits.
  ///
  /// `isCovered` says that everything on the second side comes before the first.
  package func forks(
    _ mine: [ObjectID],
    _ theirs: [ObjectID],
    isCovered: Bool
  ) async throws -> [ObjectID]? {
    if isCovered { return try await commits(["merge-base", "--independent"] + theirs.map(\.hex)) }
    if mine.count == 1, theirs.count == 1 {
      return try await commits(["merge-base", "--all", mine[0].hex, theirs[0].hex])
    }
    for (one, other) in [(mine, theirs), (theirs, mine)] where other.count == 1 {
      if try await covers(one, [other[0]]) { return other }
    }
    return nil
  }

  private func commits(_ arguments: [String]) async throws -> [ObjectID]? {
    let answer = try await ask(arguments)
    // 1 says that there are none.
    if answer.status == 1, answer.output.isEmpty { return [] }
    let found = answer.lines.compactMap { ObjectID(hex: $0) }
    return answer.status == 0 && found.count == answer.lines.count ? found : nil
  }

  /// The newest commits that changed a path, as far as history is here.
  package func commits(
    changing path: String,
    upTo head: ObjectID,
    limit: Int
  ) async throws -> [ObjectID] {
    let question = ["rev-list", "--max-count=\(limit)", head.hex, "--", path]
    return try await answer(question).lines.compactMap { ObjectID(hex: $0) }
  }

  /// The commits that a branch itself went through, oldest first, each with its first parent.
  package func landings(
    from base: ObjectID,
    to head: ObjectID,
    excluding more: [ObjectID] = [],
    limit: Int
  ) async throws -> [(commit: ObjectID, parent: ObjectID?)] {
    let excluded = ([base] + more).map { "^" + $0.hex }
    let answer = try await answer(
      ["rev-list", "--first-parent", "--reverse", "--parents", head.hex] + excluded
    )
    guard let walk = CommitWalk(answer.output) else { throw RangeProblem.unreadableWalk }
    guard walk.commits.count <= limit else {
      throw RangeProblem.tooManyCommits(count: walk.commits.count, limit: limit)
    }
    return try zip(walk.commits, walk.firstParents).map { commit, parent in
      // What has no parent here is cut off: a range from a commit never ends at a root by itself.
      if parent == nil { throw RangeProblem.shallow(boundary: commit) }
      return (commit, parent)
    }
  }

  /// Whether `old` is `new` or one of its ancestors; false where either is no commit.
  package func isAncestor(_ old: ObjectID, of new: ObjectID) async throws -> Bool {
    let answer = try await ask(["merge-base", "--is-ancestor", old.hex, new.hex])
    // 1 says no; anything else says that git could not look, which is no yes.
    return answer.status == 0
  }

  /// The commit that the first-parent history of `head` began with, which names the repository across
  /// clones.
  package func firstCommit(of head: ObjectID) async throws -> ObjectID? {
    let answer = try await answer(["rev-list", "--first-parent", "--max-parents=0", head.hex])
    return answer.lines.first.flatMap { ObjectID(hex: $0) }
  }
}
