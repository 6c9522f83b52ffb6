import CGit2
package import ReviewCore

/// The notes of one notes reference, found by the object they are about.
///
/// Notes are files named by an object's id, cut into directories at any depth (`ab/cdef…`). Only the
/// directories on the way to a note are read, so the size of the whole does not matter.
package final class NotesTree {
  private let repository: Repository
  private let root: Node

  /// Opens the notes that a commit of a notes reference holds.
  package init(_ repository: Repository, tip: ObjectID) throws(GitError) {
    self.repository = repository
    root = Node(try repository.tree(try repository.commit(tip).tree))
  }

  /// The blobs of the notes on an object: none, one, or several where a merge left them apart.
  package func notes(on object: ObjectID) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    var rest = object.hex.utf8.map { CChar(bitPattern: $0) } + [0]
    var node = root
    while rest.count > 1 {
      if let blob = node.blob(named: rest) { found.append(blob) }
      guard rest.count > 3 else { break }
      let prefix = Array(rest[..<2])
      guard let next = try node.directory(prefix, repository) else { break }
      node = next
      rest.removeFirst(2)
    }
    return found
  }

  /// One directory of notes; its subdirectories are read when they are asked for.
  private final class Node {
    private let tree: Owned<TreeObject>
    private var directories: [[CChar]: Node] = [:]

    init(_ tree: consuming Owned<TreeObject>) { self.tree = tree }

    func blob(named name: [CChar]) -> ObjectID? {
      guard let entry = git_tree_entry_byname(tree.raw, name), FileMode(treeEntry: entry).isFile
      else { return nil }
      return git_tree_entry_id(entry).map { ObjectID($0.pointee) }
    }

    func directory(_ prefix: [CChar], _ repository: Repository) throws(GitError) -> Node? {
      if let known = directories[prefix] { return known }
      guard let entry = git_tree_entry_byname(tree.raw, prefix + [0]),
        FileMode(treeEntry: entry) == .directory,
        let id = git_tree_entry_id(entry).map({ ObjectID($0.pointee) })
      else { return nil }
      let node = Node(try repository.tree(id))
      directories[prefix] = node
      return node
    }
  }
}
