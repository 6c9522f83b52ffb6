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
    root = Node(try repository.tree(try repository.commit(tip).tree), below: NotePath())
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
    private let path: NotePath
    private var folders: [UInt8: ObjectID] = [:]
    private var known: [UInt8: Node] = [:]

    /// Reads a directory whose name, with those above it, is the beginning of an id.
    init(_ tree: borrowing Owned<TreeObject>, below path: NotePath) {
      self.path = path
      let count = git_tree_entrycount(tree.raw)
      notes.reserveCapacity(count)
      for index in 0..<count {
        guard let entry = git_tree_entry_byindex(tree.raw, index),
          let id = git_tree_entry_id(entry).map({ ObjectID($0.pointee) }),
          let name = git_tree_entry_name(entry), let whole = path.appending(name)
        else { continue }
        let mode = FileMode(treeEntry: entry)
        if mode.isFile, let object = whole.object {
          notes[object] = id
        } else if mode == .directory, whole.count == path.count + 1, whole.object == nil {
          folders[whole.last] = id
        }
      }
    }

    func folder(_ name: UInt8, _ repository: Repository) throws(GitError) -> Node? {
      if let node = known[name] { return node }
      guard let id = folders[name] else { return nil }
      var below = path
      below.append(name)
      let node = Node(try repository.tree(id), below: below)
      known[name] = node
      return node
    }
  }
}

/// The beginning of an id, as the names of directories and of a note in them spell it.
private struct NotePath {
  /// How many bytes of the id there are.
  private(set) var count = 0
  private var words: (high: UInt64, middle: UInt64, low: UInt32) = (0, 0, 0)
  /// The byte that came last.
  private(set) var last: UInt8 = 0

  private static let whole = 20

  /// What is spelled out; nil while bytes are missing.
  var object: ObjectID? { count == Self.whole ? ObjectID(words: words) : nil }

  /// The same with the bytes that a name stands for; nil when it is not lower-case digits in pairs.
  func appending(_ name: UnsafePointer<CChar>) -> NotePath? {
    var path = self
    var place = 0
    while name[place] != 0 {
      guard path.count < Self.whole, let high = Self.digit(name[place]),
        let low = Self.digit(name[place + 1])
      else { return nil }
      path.append(high << 4 | low)
      place += 2
    }
    return path
  }

  mutating func append(_ byte: UInt8) {
    switch count {
    case 0..<8: words.high = words.high << 8 | UInt64(byte)
    case 8..<16: words.middle = words.middle << 8 | UInt64(byte)
    default: words.low = words.low << 8 | UInt32(byte)
    }
    count += 1
    last = byte
  }

  private static func digit(_ character: CChar) -> UInt8? {
    let byte = UInt8(bitPattern: character)
    // Git writes small letters.
    return switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
