package import ReviewCore

/// Notes on commits under one reference of our own, written so that no writer loses another's.
///
/// One level of two-digit folders, as git itself makes them. A note that stands without a folder is
/// read, and moved when it is written again.
package struct NotesRef {
  private let repository: Repository
  private let reference: String

  /// Works on the notes under `reference`.
  package init(_ repository: Repository, reference: String) {
    self.repository = repository
    self.reference = reference
  }

  /// The note of a commit; nil when it has none.
  package func note(of commit: ObjectID) throws(GitError) -> [UInt8]? {
    guard let tip = try repository.target(of: reference) else { return nil }
    return try note(of: commit, in: repository.commit(tip).tree)
  }

  private func note(of commit: ObjectID, in tree: ObjectID) throws(GitError) -> [UInt8]? {
    for name in Self.names(commit) {
      if let entry = try repository.entry(at: RepositoryPath(name), in: tree), entry.mode.isFile {
        return try repository.blob(entry.id)
      }
    }
    return nil
  }

  private static func names(_ commit: ObjectID) -> [String] {
    ["\(commit.hex.prefix(2))/\(commit.hex.dropFirst(2))", commit.hex]
  }

  /// Replaces notes by what `change` makes of them; nil leaves one as it is.
  ///
  /// Asked again with what stands there then, where another writer was faster.
  package func update(
    _ commits: [ObjectID],
    by author: Identity,
    time: Int64,
    _ change: (ObjectID, [UInt8]?) -> [UInt8]?
  ) throws(GitError) {
    try move(by: author, time: time) { (tip, tree) throws(GitError) in
      var texts: [ObjectID: [UInt8]] = [:]
      for commit in commits {
        let old = try tree.map { (tree) throws(GitError) in try note(of: commit, in: tree) } ?? nil
        if let new = change(commit, old), new != old { texts[commit] = new }
      }
      guard !texts.isEmpty else { return nil }
      return .made(tree: try self.tree(tree, with: texts), parents: tip.map { [$0] } ?? [])
    }
  }

  /// Takes in all notes of another history of the same reference, and becomes its descendant.
  ///
  /// `join` makes one note of two different ones, the own one first.
  package func unite(
    with other: ObjectID,
    by author: Identity,
    time: Int64,
    _ join: (ObjectID, [UInt8], [UInt8]) -> [UInt8]
  ) throws(GitError) {
    let theirs = try repository.commit(other).tree
    try move(by: author, time: time) { (tip, tree) throws(GitError) in
      guard let tip, let tree else { return .existing(other) }
      if try repository.reaches(tip, other) { return nil }
      if try repository.reaches(other, tip) { return .existing(other) }
      var texts: [ObjectID: [UInt8]] = [:]
      for transition in try repository.transitions(from: tree, to: theirs) {
        let digits = transition.path.bytes.filter { $0 != UInt8(ascii: "/") }
        guard transition.newMode.isFile,
          let commit = ObjectID(hex: String(decoding: digits, as: UTF8.self))
        else { continue }
        let new = try repository.blob(transition.newID)
        let old = try note(of: commit, in: tree)
        texts[commit] = old.map { join(commit, $0, new) } ?? new
      }
      return .made(tree: try self.tree(tree, with: texts), parents: [tip, other])
    }
  }

  /// Where the reference goes.
  private enum Next {
    /// To a commit that is there.
    case existing(ObjectID)
    /// To a new one.
    case made(tree: ObjectID, parents: [ObjectID])
  }

  /// Moves the reference to a new commit of what `next` makes of its tip; nil leaves it.
  private func move(
    by author: Identity,
    time: Int64,
    _ next: (ObjectID?, ObjectID?) throws(GitError) -> Next?
  ) throws(GitError) {
    try repository.advance(reference, reason: "notes") { (tip) throws(GitError) in
      let tree = try tip.map { (tip) throws(GitError) in try repository.commit(tip).tree }
      switch try next(tip, tree) {
      case nil: return nil
      case .existing(let other)?: return other
      case .made(let tree, let parents)?:
        return try repository.writeCommit(
          tree: tree,
          parents: parents,
          message: "Notes of who wrote what, by reviewgate\n",
          by: author,
          time: time
        )
      }
    }
  }

  // MARK: - Trees

  private func tree(
    _ old: ObjectID?,
    with texts: [ObjectID: [UInt8]]
  ) throws(GitError) -> ObjectID {
    var folders: [String: [(name: String, blob: ObjectID)]] = [:]
    for (commit, text) in texts {
      let name = String(commit.hex.dropFirst(2))
      let blob = try repository.writeBlob(text)
      folders[String(commit.hex.prefix(2)), default: []].append((name, blob))
    }
    var entries: [(name: String, id: ObjectID?, mode: FileMode)] = []
    for (folder, notes) in folders {
      let inner =
        try old.map { (old) throws(GitError) in
          try repository.entry(at: RepositoryPath(folder), in: old)
        } ?? nil
      let id = try repository.writeTree(
        inner?.mode == .directory ? inner?.id : nil,
        notes.map { ($0.name, Optional($0.blob), FileMode.regular) }
      )
      entries.append((folder, id, .directory))
      for note in notes { entries.append((folder + note.name, nil, .regular)) }
    }
    return try repository.writeTree(old, entries)
  }
}
