import GitCommand
import GitKit
import ReviewCore

/// The index as the commit it is about to become.
struct Staged {
  /// The commit it builds on; nil before the first one.
  let head: ObjectID?
  /// The tree it starts from.
  let baseTree: ObjectID
  /// The tree it would be.
  let tree: ObjectID
  /// The other parents of a merge in progress.
  let otherParents: [ObjectID]
  /// Whether this is a commit that was refused, and not what the index holds.
  var isBlockedCommit = false

  /// How it is called.
  var subject: String {
    let what = isBlockedCommit ? "index of the blocked commit" : "index"
    return "\(what) against \(head == nil ? "the empty tree" : "HEAD")"
  }
}

extension Project {
  /// Reads the index that git named, without touching it.
  func staged() async throws -> Staged {
    guard layout.worktree != nil else { throw Undecided.noWorktree }
    let head = try repository.target(of: "HEAD")
    let baseTree = try head.map { try repository.commit($0).tree } ?? .emptyTree
    return Staged(
      head: head,
      baseTree: baseTree,
      tree: try await indexTree(),
      otherParents: mergeHeads()
    )
  }

  private func indexTree() async throws -> ObjectID {
    if let tree = earlyIndex?.tree(ofIndex: layout.indexFile) { return tree }
    return try await git.tree(ofIndex: layout.indexFile, scratch: stateDirectory + "/scratch")
  }

  /// The commit that was refused, as long as neither HEAD nor the index has changed since.
  ///
  /// `git commit -a` stages into a file that goes away with the refusal; what a person is asked to
  /// read would be gone with it.
  func stagedOrBlocked() async throws -> Staged {
    let staged = try await staged()
    guard let blocked = Pending.read(pendingFile)?.commit, blocked.head == staged.head,
      blocked.index == staged.tree, repository.contains(blocked.tree)
    else { return staged }
    return Staged(
      head: staged.head,
      baseTree: staged.baseTree,
      tree: blocked.tree,
      otherParents: staged.otherParents,
      isBlockedCommit: true
    )
  }

  /// The commits a merge in progress brings in (`MERGE_HEAD`, one id on each line).
  private func mergeHeads() -> [ObjectID] {
    guard let bytes = FileBytes.read(layout.gitDirectory + "/MERGE_HEAD") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .compactMap { ObjectID(hex: $0) }
  }
}
