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
    root = Node(try repository.tree(try repository.commit(tip).tree), below: [])
  }

  /// The blobs of the notes on an object: none, one, or several where a merge left them apart.
  package func notes(on object: ObjectID) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    var node = root
    for byte in object.rawBytes {
      if let blob = node.notes[object] { found.append(blob) }
      guard let next = try node.folder(byte, repository) else { break }
      node = next
    }
    return found
  }

  /// One directory of notes; its subdirectories are read when they are asked for.
  private final class Node {
    /// The notes that stand in it, by what they are about.
    private(set) var notes: [ObjectID: ObjectID] = [:]
    private let path: [UInt8]
    private var folders: [UInt8: ObjectID] = [:]
    private var known: [UInt8: Node] = [:]

    /// Reads a directory whose name, with those above it, is the beginning of an id.
    init(_ tree: borrowing Owned<TreeObject>, below path: [UInt8]) {
      self.path = path
      let count = git_tree_entrycount(tree.raw)
      notes.reserveCapacity(count)
      for index in 0..<count {
        guard let entry = git_tree_entry_byindex(tree.raw, index),
          let id = git_tree_entry_id(entry).map({ ObjectID($0.pointee) }),
          let name = Self.bytes(git_tree_entry_name(entry))
        else { continue }
        let mode = FileMode(treeEntry: entry)
        if mode.isFile, let object = ObjectID(rawBytes: path + name) {
          notes[object] = id
        } else if mode == .directory, name.count == 1, path.count < 19 {
          folders[name[0]] = id
        }
      }
    }

    func folder(_ name: UInt8, _ repository: Repository) throws(GitError) -> Node? {
      if let node = known[name] { return node }
      guard let id = folders[name] else { return nil }
      let node = Node(try repository.tree(id), below: path + [name])
      known[name] = node
      return node
    }

    /// What lower-case hexadecimal digits stand for; nil for any other name.
    private static func bytes(_ name: UnsafePointer<CChar>?) -> [UInt8]? {
      guard let name else { return nil }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(20)
      var place = 0
      while name[place] != 0 {
        guard bytes.count < 20, let high = digit(name[place]), let low = digit(name[place + 1])
        else { return nil }
        bytes.append(high << 4 | low)
        place += 2
      }
      return bytes
    }

    private static func digit(_ character: CChar) -> UInt8? {
      let byte = UInt8(bitPattern: character)
      // Git writes small letters.
      return byte < UInt8(ascii: "A") || byte >= UInt8(ascii: "a") ? Hex.value(byte) : nil
    }
  }
}
