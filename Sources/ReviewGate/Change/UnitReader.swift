import GitKit
import ReviewCore

/// Reads the hunks that the commits of a range brought in themselves.
struct UnitReader {
  let repository: Repository
  let policy: Policy
  let commits: [CommitInfo]

  private var known: [Int: FileChange?] = [:]

  init(repository: Repository, policy: Policy, commits: [CommitInfo]) {
    self.repository = repository
    self.policy = policy
    self.commits = commits
  }

  /// The hunk of a commit's own change that holds `line` of its version; nil for merges.
  ///
  /// A merge's lines have several old sides, which one record cannot name.
  mutating func unit(of commit: Int, path: RepositoryPath, line: Int) throws -> ReviewUnit? {
    guard let change = try change(of: commit, path: path) else { return nil }
    if change.hunks.isEmpty { return ReviewUnit(change: change, hunk: nil) }
    let hunk = change.hunks.first { hunk in
      hunk.span.new.start == line || hunk.span.new.lines.contains(line)
    }
    return hunk.map { ReviewUnit(change: change, hunk: $0) }
  }

  private mutating func change(of commit: Int, path: RepositoryPath) throws -> FileChange? {
    if let kept = known[commit] { return kept }
    let info = commits[commit]
    guard info.parents.count <= 1 else {
      known[commit] = .some(nil)
      return nil
    }
    let old = try info.parents.first.map { try repository.commit($0).tree } ?? .emptyTree
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
    known[commit] = change
    return change
  }
}
