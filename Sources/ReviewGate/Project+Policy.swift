import GitCommand
import GitKit
import ReviewCore

/// The policy and the roster of one tree: they always come from the same place.
struct LoadedPolicy {
  /// What the repository asks, with what the roster changes about it.
  let policy: Policy
  /// The blob the policy was read from; nil for the defaults.
  let blob: ObjectID?
  /// The people who may review; nil where the repository lists nobody.
  let roster: Roster?
  /// The tree it was read from; nil where there was none.
  var tree: ObjectID?

  /// The same policy, where other people may review.
  func judging(by roster: Roster) -> LoadedPolicy {
    LoadedPolicy(policy: policy, blob: blob, roster: roster, tree: tree)
  }

  /// Where there is neither policy nor roster.
  static let defaults = LoadedPolicy(policy: .default, blob: nil, roster: nil)
}

extension Project {
  /// The policy and the roster in a tree; the defaults where there is none.
  func policy(in tree: ObjectID) throws -> LoadedPolicy {
    let file = try ownFile(PolicyFile.path, in: tree)
    let list = try ownFile(RosterFile.path, in: tree)
    let roster = try list.map { try RosterFile.parse(try repository.blob($0)) }
    let policy = try file.map { try PolicyFile.parse(try repository.blob($0)) } ?? .default
    return LoadedPolicy(
      policy: policy.judging(with: roster),
      blob: file,
      roster: roster,
      tree: tree
    )
  }

  /// The policy of a tree as it stands there, right or wrong; nil where there is none.
  func policyText(in tree: ObjectID) throws -> [UInt8]? {
    try ownFile(PolicyFile.path, in: tree).map { try repository.blob($0) }
  }

  /// What the tree of a policy calls generated, for some paths.
  ///
  /// It comes from where the policy comes from: a change cannot exempt itself where that decides.
  func generated(
    _ paths: [RepositoryPath],
    in policy: LoadedPolicy
  ) throws -> GeneratedPaths {
    guard policy.policy.paths.generated == .exempt, let tree = policy.tree else { return .none }
    return try GeneratedPaths(for: paths) { file in
      guard let entry = try repository.entry(at: file, in: tree), entry.mode.isFile else {
        return nil
      }
      return try repository.blob(entry.id)
    }
  }

  /// The policy of the index, after making sure that the worktree shows the same one.
  func stagedPolicy(in tree: ObjectID) throws -> LoadedPolicy {
    let loaded = try policy(in: tree)
    guard let worktree = layout.worktree else { return loaded }
    for path in [PolicyFile.path, RosterFile.path] {
      let staged = try ownFile(path, in: tree).map { try repository.blob($0) }
      try OwnFile.refuseUnstaged(path, shown: FileBytes.read(worktree + "/" + path), staged: staged)
    }
    return loaded
  }

  /// The overrides that are owed a review, also by people whom the roster has lost since.
  ///
  /// Code that somebody let pass unread stays unread when that person leaves.
  func debts(at head: ObjectID?) async throws -> [OverrideDebt] {
    guard try !hasNoRecords else { return [] }
    guard let head else { return try await ledger(nil).debts(now: surroundings.now) }
    let file = try ownFile(RosterFile.path, in: try repository.commit(head).tree)
    var everybody = try file.map { try RosterFile.parse(try repository.blob($0)) }
    for commit in try await git.commits(changing: RosterFile.path, upTo: head, limit: 1_000) {
      guard let tree = try? repository.commit(commit).tree,
        let past = try? ownFile(RosterFile.path, in: tree).map({ try repository.blob($0) }),
        let roster = try? RosterFile.parse(past)
      else { continue }
      everybody = everybody?.without([], joining: roster) ?? roster
    }
    return try await ledger(everybody?.withoutEnds).debts(now: surroundings.now)
  }

  /// The roster of the commit that is checked out; nil where it has none.
  func committedRoster() async throws -> Roster? {
    guard let head = try await git.object(named: "HEAD^{commit}") else { return nil }
    return try policy(in: try repository.commit(head).tree).roster
  }

  /// The blob of a file of the program's own folder; only a regular file counts.
  private func ownFile(_ path: String, in tree: ObjectID) throws -> ObjectID? {
    guard let entry = try repository.entry(at: RepositoryPath(path), in: tree) else { return nil }
    guard entry.mode == .regular || entry.mode == .executable else {
      throw PolicyProblem.notAFile(path)
    }
    return entry.id
  }
}

/// The files of `.reviewgate/` as a worktree shows them.
enum OwnFile {
  /// Refuses a file in the worktree that differs from the index: which one holds is not clear.
  ///
  /// Where the worktree has none, as in a sparse checkout, the staged one holds.
  static func refuseUnstaged(_ path: String, shown: [UInt8]?, staged: [UInt8]?) throws {
    guard let shown, shown != staged else { return }
    // Git may convert line ends on the way into the index.
    let lines = shown.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let text = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    guard Array(text.joined(separator: [UInt8(ascii: "\n")])) == staged else {
      throw PolicyProblem.notStaged(path)
    }
  }
}
