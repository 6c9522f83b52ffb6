import GitKit
import ReviewCore

/// Reads the hunks that the commits of a range brought in themselves.
struct UnitReader {
  let repository: Repository
  let policy: Policy
  let commits: [CommitInfo]

  private var known: [Side: FileChange] = [:]

  /// One commit, against one of its parents.
  private struct Side: Hashable {
    let commit: Int
    let parent: Int
  }

  init(repository: Repository, policy: Policy, commits: [CommitInfo]) {
    self.repository = repository
    self.policy = policy
    self.commits = commits
  }

  /// The hunk of a commit's own change that holds `line` of its version.
  ///
  /// A merge has one change for each parent. What it adds is read against the first, as a merge in
  /// progress is; what it took away from a parent can only be read against that one.
  mutating func unit(
    of commit: Int,
    parent: Int,
    path: RepositoryPath,
    line: Int
  ) throws -> ReviewUnit? {
    let change = try change(Side(commit: commit, parent: parent), path: path)
    if change.hunks.isEmpty { return ReviewUnit(change: change, hunk: nil) }
    let hunk = change.hunks.first { hunk in
      hunk.span.new.start == line || hunk.span.new.lines.contains(line)
    }
    return hunk.map { ReviewUnit(change: change, hunk: $0) }
  }

  private mutating func change(_ side: Side, path: RepositoryPath) throws -> FileChange {
    if let kept = known[side] { return kept }
    let info = commits[side.commit]
    let old =
      info.parents.isEmpty ? .emptyTree : try repository.commit(info.parents[side.parent]).tree
    let before = try repository.entry(at: path, in: old)
    let after = try repository.entry(at: path, in: info.tree)
    let transition = FileTransition(
      path: path,
      oldMode: before?.mode ?? .absent,
      newMode: after?.mode ?? .absent,
      oldID: before?.id ?? .zero,
      newID: after?.id ?? .zero
    )
    let change = try repository.fileChange(of: transition, sizeCap: policy.limits.maxFileBytes)
    known[side] = change
    return change
  }
}
