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
    // A stack of our own: a hostile tree is as deep as it likes, the stack of a thread is not.
    var open = [try pair(old, new, below: RepositoryPath([]))]
    while let pair = open.last {
      guard let (before, after) = pair.nextDifference() else {
        open.removeLast()
        continue
      }
      if let bad = [before, after].compactMap(\.self).first(where: { !$0.isUsable }) {
        throw Self.malformed(new, "\(pair.path.appending(bad.name).display) is no path")
      }
      let path = pair.path.appending(before?.name ?? after?.name ?? [])
      if let transition = Self.transition(of: path, before, after) { found.append(transition) }
      let oldTree = before.flatMap { $0.isTree ? $0.id : nil }
      let newTree = after.flatMap { $0.isTree ? $0.id : nil }
      guard oldTree != nil || newTree != nil else { continue }
      try Self.check(depth: open.count, at: newTree ?? oldTree)
      open.append(try self.pair(oldTree, newTree, below: path))
    }
    try Self.checkNames(found, in: new)
    return found
  }

  /// Refuses trees where one path stands twice: git writes none, and which one counts is anybody's
  /// guess.
  private static func checkNames(
    _ found: [FileTransition],
    in tree: ObjectID
  ) throws(GitError) {
    guard found.count > 1 else { return }
    var seen = Set<RepositoryPath>(minimumCapacity: found.count)
    for transition in found where !seen.insert(transition.path).inserted {
      throw malformed(tree, "\(transition.path.display) stands in it twice")
    }
  }

  private static func malformed(_ tree: ObjectID, _ why: String) -> GitError {
    GitError(
      call: "git_tree_lookup",
      code: GIT_ERROR.rawValue,
      message: "malformed tree: \(why)",
      object: tree
    )
  }

  /// Directories inside one another beyond which a tree is refused: git's `core.maxTreeDepth`.
  private static let maxDepth = 2048

  private static func check(depth: Int, at tree: ObjectID?) throws(GitError) {
    guard depth > maxDepth else { return }
    throw GitError(
      call: "git_tree_lookup",
      code: GIT_ERROR.rawValue,
      message: "more than \(maxDepth) directories inside one another",
      object: tree
    )
  }

  /// What happened to the file at `path`; nil when there is a directory on both sides or none.
  private static func transition(
    of path: RepositoryPath,
    _ before: TreeEntry?,
    _ after: TreeEntry?
  ) -> FileTransition? {
    let old = before.flatMap { $0.isTree ? nil : $0 }
    let new = after.flatMap { $0.isTree ? nil : $0 }
    guard old != nil || new != nil else { return nil }
    return FileTransition(
      path: path,
      oldMode: old?.mode ?? .absent,
      newMode: new?.mode ?? .absent,
      oldID: old?.id ?? .zero,
      newID: new?.id ?? .zero
    )
  }

  private func pair(
    _ old: ObjectID?,
    _ new: ObjectID?,
    below path: RepositoryPath
  ) throws(GitError) -> TreePair {
    TreePair(path: path, old: try entries(of: old), new: try entries(of: new))
  }

  /// The entries of a tree; none for a missing one and for the empty tree.
  private func entries(of id: ObjectID?) throws(GitError) -> TreeEntries {
    guard let id, id != .emptyTree else { return .none }
    return .tree(try tree(id))
  }
}

/// Two versions of one directory, walked side by side.
private final class TreePair {
  let path: RepositoryPath
  private let old: TreeEntries
  private let new: TreeEntries
  private var left = 0
  private var right = 0

  init(path: RepositoryPath, old: consuming TreeEntries, new: consuming TreeEntries) {
    self.path = path
    self.old = old
    self.new = new
  }

  /// The next entry that is not the same on both sides; nil at the end.
  func nextDifference() -> (before: TreeEntry?, after: TreeEntry?)? {
    while left < old.count || right < new.count {
      let before = old.entry(left)
      let after = new.entry(right)
      let order = BorrowedEntry.order(before, after)
      if order <= 0 { left += 1 }
      if order >= 0 { right += 1 }
      // Nearly every entry of a tree is equal on both sides: it is passed over without a copy.
      if order == 0, let before, let after, before.isSame(as: after) { continue }
      return (
        order <= 0 ? before.map(TreeEntry.init) : nil, order >= 0 ? after.map(TreeEntry.init) : nil
      )
    }
    return nil
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

  var mode: FileMode { FileMode(treeEntry: raw) }
  var isTree: Bool { mode == .directory }

  func isSame(as other: BorrowedEntry) -> Bool {
    git_oid_cmp(git_tree_entry_id(raw), git_tree_entry_id(other.raw)) == 0 && mode == other.mode
  }

  /// Negative when `left` comes first, 0 when both have one name, positive when `right` comes first.
  ///
  /// A directory sorts as if its name ended in a slash, so that a file and a directory of one name
  /// are two entries (`base_name_compare`).
  static func order(_ left: BorrowedEntry?, _ right: BorrowedEntry?) -> Int {
    guard let left else { return 1 }
    guard let right else { return -1 }
    guard let mine = git_tree_entry_name(left.raw), let theirs = git_tree_entry_name(right.raw)
    else { return 0 }
    var index = 0
    while mine[index] != 0, mine[index] == theirs[index] { index += 1 }
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    let first = mine[index] == 0 && left.isTree ? slash : mine[index]
    let second = theirs[index] == 0 && right.isTree ? slash : theirs[index]
    return Int(UInt8(bitPattern: first)) - Int(UInt8(bitPattern: second))
  }
}

extension FileMode {
  /// The mode of libgit2's entry, read as git reads it (`canon_mode`): old trees hold others.
  init(treeEntry raw: OpaquePointer) {
    let mode = UInt32(git_tree_entry_filemode_raw(raw).rawValue)
    switch mode & 0o170000 {
    case 0o100000: self = mode & 0o100 == 0 ? .regular : .executable
    case 0o120000: self = .symlink
    case 0o040000: self = .directory
    default: self = .submodule
    }
  }
}

/// One entry of a tree, copied out of libgit2.
private struct TreeEntry {
  let name: [UInt8]
  let mode: FileMode
  let id: ObjectID

  var isTree: Bool { mode == .directory }

  /// Whether git takes the name into an index (`verify_path`): with a slash in it, or as a way up,
  /// it would stand somewhere else than where it is judged.
  var isUsable: Bool {
    if name.isEmpty || name.contains(UInt8(ascii: "/")) { return false }
    guard name[0] == UInt8(ascii: "."), name.count <= 4 else { return true }
    let lowered = Bytes.lowercased(name)
    return ![".", "..", ".git"].contains { $0.utf8.elementsEqual(lowered) }
  }

  init(_ entry: BorrowedEntry) {
    let text = git_tree_entry_name(entry.raw)
    name = text.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
    mode = entry.mode
    id = git_tree_entry_id(entry.raw).map { ObjectID($0.pointee) } ?? .zero
  }
}
