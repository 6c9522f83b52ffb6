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
}

extension Project {
  /// Reads the index that git named, without touching it.
  func staged() async throws -> Staged {
    guard layout.worktree != nil else { throw Undecided.noWorktree }
    let (git, index, scratch) = (git, layout.indexFile, stateDirectory + "/scratch")
    async let tree = git.tree(ofIndex: index, scratch: scratch)
    let head = try await git.object(named: "HEAD^{commit}")
    let baseTree = try head.map { try repository.commit($0).tree } ?? .emptyTree
    return Staged(
      head: head,
      baseTree: baseTree,
      tree: try await tree,
      otherParents: mergeHeads()
    )
  }

  /// The commits a merge in progress brings in (`MERGE_HEAD`, one id on each line).
  private func mergeHeads() -> [ObjectID] {
    guard let bytes = FileBytes.read(layout.gitDirectory + "/MERGE_HEAD") else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .compactMap { ObjectID(hex: $0) }
  }
}
