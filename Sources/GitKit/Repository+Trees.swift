import CGit2
import Glibc
package import ReviewCore

extension Repository {
  /// Every path that differs between two trees, in tree order.
  ///
  /// Walks both trees side by side and skips every pair of equal subtrees, so the cost follows what
  /// changed and not how large the trees are. `git_diff_tree_to_tree` costs five times as much.
  package func transitions(
    from old: ObjectID,
    to new: ObjectID
  ) throws(GitError) -> [FileTransition] {
    guard old != new else { return [] }
    var found: [FileTransition] = []
    try compare(old, new, below: RepositoryPath([]), into: &found)
    return found
  }

  private func compare(
    _ oldID: ObjectID?,
    _ newID: ObjectID?,
    below path: RepositoryPath,
    into found: inout [FileTransition]
  ) throws(GitError) {
    let old = try entries(of: oldID)
    let new = try entries(of: newID)
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      let before = old.entry(left)
      let after = new.entry(right)
      let order = BorrowedEntry.order(before, after)
      if order <= 0 { left += 1 }
      if order >= 0 { right += 1 }
      // Nearly every entry of a tree is equal on both sides: it is passed over without a copy.
      if order == 0, let before, let after, before.isSame(as: after) { continue }
      try descend(
        order <= 0 ? before.map(TreeEntry.init) : nil,
        order >= 0 ? after.map(TreeEntry.init) : nil,
        below: path,
        into: &found
      )
    }
  }

  private func descend(
    _ before: TreeEntry?,
    _ after: TreeEntry?,
    below parent: RepositoryPath,
    into found: inout [FileTransition]
  ) throws(GitError) {
    let path = parent.appending(before?.name ?? after?.name ?? [])
    let oldTree = before.flatMap { $0.isTree ? $0.id : nil }
    let newTree = after.flatMap { $0.isTree ? $0.id : nil }
    let oldFile = before.flatMap { $0.isTree ? nil : $0 }
    let newFile = after.flatMap { $0.isTree ? nil : $0 }
    if oldFile != nil || newFile != nil {
      found.append(
        FileTransition(
          path: path,
          oldMode: oldFile?.mode ?? .absent,
          newMode: newFile?.mode ?? .absent,
          oldID: oldFile?.id ?? .zero,
          newID: newFile?.id ?? .zero
        )
      )
    }
    if oldTree != nil || newTree != nil {
      try compare(oldTree, newTree, below: path, into: &found)
    }
  }

  /// The entries of a tree; none for a missing one and for the empty tree.
  private func entries(of id: ObjectID?) throws(GitError) -> TreeEntries {
    guard let id, id != .emptyTree else { return .none }
    return .tree(try tree(id))
  }
}

/// The entries of a tree that is kept alive while they are looked at.
private enum TreeEntries: ~Copyable {
  case none
  case tree(Owned<TreeObject>)

  var count: Int {
    switch self {
    case .none: 0
    case .tree(let tree): git_tree_entrycount(tree.raw)
    }
  }

  func entry(_ index: Int) -> BorrowedEntry? {
    switch self {
    case .none: nil
    case .tree(let tree): git_tree_entry_byindex(tree.raw, index).map(BorrowedEntry.init)
    }
  }
}

/// One entry inside a tree that libgit2 holds; valid while the tree is.
private struct BorrowedEntry {
  let raw: OpaquePointer

  var mode: UInt32 { UInt32(git_tree_entry_filemode_raw(raw).rawValue) }
  var isTree: Bool { mode & 0o170000 == 0o040000 }

  func isSame(as other: BorrowedEntry) -> Bool {
    git_oid_cmp(git_tree_entry_id(raw), git_tree_entry_id(other.raw)) == 0 && mode == other.mode
  }

  /// Negative when `left` comes first, 0 when both have one name, positive when `right` comes first.
  ///
  /// Equal names meet even when a file became a directory, which git sorts as if its name ended in
  /// a slash (`base_name_compare`).
  static func order(_ left: BorrowedEntry?, _ right: BorrowedEntry?) -> Int {
    guard let left else { return 1 }
    guard let right else { return -1 }
    guard let mine = git_tree_entry_name(left.raw), let theirs = git_tree_entry_name(right.raw)
    else { return 0 }
    var index = 0
    while mine[index] != 0, mine[index] == theirs[index] { index += 1 }
    if mine[index] == 0, theirs[index] == 0 { return 0 }
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    let first = mine[index] == 0 && left.isTree ? slash : mine[index]
    let second = theirs[index] == 0 && right.isTree ? slash : theirs[index]
    return Int(UInt8(bitPattern: first)) - Int(UInt8(bitPattern: second))
  }
}

/// One entry of a tree, copied out of libgit2.
private struct TreeEntry {
  let name: [UInt8]
  let mode: FileMode
  let id: ObjectID

  var isTree: Bool { mode == .directory }

  init(_ entry: BorrowedEntry) {
    let text = git_tree_entry_name(entry.raw)
    name = text.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
    mode = entry.isTree ? .directory : FileMode(rawValue: entry.mode)
    id = git_tree_entry_id(entry.raw).map { ObjectID($0.pointee) } ?? .zero
  }
}
