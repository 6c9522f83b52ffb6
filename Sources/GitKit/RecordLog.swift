import CGit2
package import ReviewCore

/// Append-only logs of review records, one reference each, kept in the repository itself.
///
/// Every record is one commit whose tree holds it. A log is the set of records reachable from its
/// reference, so two logs that went apart are joined by an empty merge and nothing ever conflicts.
package struct RecordLog {
  private let repository: Repository

  /// The one file in the tree of a record's commit.
  package static let fileName = "record.dsse.json"

  /// Works on the logs of `repository`.
  package init(_ repository: Repository) { self.repository = repository }

  /// One stored record: its bytes, and where they were found.
  package struct Entry: Sendable {
    /// The log that led to it.
    package let reference: String
    /// The commit that holds it.
    package let commit: ObjectID
    /// The stored envelope.
    package let envelope: [UInt8]
  }

  /// Every record reachable from the references below `prefix`, each commit once.
  ///
  /// `pushed` are logs as a push would leave them, which the references do not show yet.
  package func entries(
    below prefix: String,
    and pushed: [PushedLog] = []
  ) throws(GitError) -> [Entry] {
    var seen: Set<ObjectID> = []
    var found: [Entry] = []
    // A remote's notes are fetched beside its logs; they hold no record.
    let here = try repository.references(below: prefix)
      .filter { name, _ in !name.contains("/notes/") }
      .map { PushedLog(name: $0, tip: $1) }
    for log in here + pushed {
      var open = [log.tip]
      while let id = open.popLast() {
        guard seen.insert(id).inserted else { continue }
        let commit = try repository.commit(id)
        open += commit.parents
        if let file = try repository.entry(at: RepositoryPath(Self.fileName), in: commit.tree) {
          let bytes = try envelope(file)
          found.append(Entry(reference: log.name, commit: id, envelope: bytes))
        }
      }
    }
    return found
  }

  /// A log that a push brings.
  package struct PushedLog: Hashable, Sendable {
    /// The reference it will have.
    package let name: String
    /// What the reference will point to.
    package let tip: ObjectID

    /// Names a log.
    package init(name: String, tip: ObjectID) { (self.name, self.tip) = (name, tip) }
  }

  /// What one commit of a log adds to it.
  package enum Content: Hashable, Sendable {
    /// Nothing: it joins two ends.
    case nothing
    /// One stored envelope.
    case record([UInt8])
    /// Something that no log has.
    case foreign
  }

  /// What a commit adds, which has to be one record in its one file, or nothing at all.
  package func content(of id: ObjectID) throws(GitError) -> Content {
    let tree = try repository.commit(id).tree
    if tree == .emptyTree { return .nothing }
    let owner = try repository.tree(tree)
    guard git_tree_entrycount(owner.raw) == 1,
      let file = try repository.entry(at: RepositoryPath(Self.fileName), in: tree),
      file.mode == .regular,
      try repository.size(of: file.id) <= RecordLimits.standard.envelopeBytes
    else { return .foreign }
    return .record(try repository.blob(file.id))
  }

  /// What a record's file holds; nothing where it is no file or beyond what any record may be.
  ///
  /// Whoever can push a log must not be able to stop everybody's reading of all the others.
  private func envelope(_ file: (mode: FileMode, id: ObjectID)) throws(GitError) -> [UInt8] {
    guard file.mode.isFile,
      try repository.size(of: file.id) <= RecordLimits.standard.envelopeBytes
    else { return [] }
    return try repository.blob(file.id)
  }

  /// Stores one record at the end of a log and returns its commit.
  ///
  /// `time` is seconds since 1970 and only dates the commit.
  @discardableResult
  package func append(
    _ envelope: [UInt8],
    to reference: String,
    message: String,
    time: Int64
  ) throws(GitError) -> ObjectID {
    let blob = try repository.writeBlob(envelope)
    let tree = try repository.writeTree(nil, [(Self.fileName, blob, .regular)])
    var made = ObjectID.zero
    try repository.advance(reference, reason: message) { (tip) throws(GitError) in
      made = try commit(tree: tree, parents: tip.map { [$0] } ?? [], message: message, time: time)
      return made
    }
    return made
  }

  /// Makes a log contain everything that `other` reaches; the log moves forward or is joined.
  package func unite(_ reference: String, with other: ObjectID, time: Int64) throws(GitError) {
    try repository.advance(reference, reason: "unite") { (tip) throws(GitError) in
      try joined(tip, other, time: time)
    }
  }

  private func joined(
    _ tip: ObjectID?,
    _ other: ObjectID,
    time: Int64
  ) throws(GitError) -> ObjectID {
    guard let tip else { return other }
    if try repository.reaches(tip, other) { return tip }
    if try repository.reaches(other, tip) { return other }
    let parents = [tip, other].sorted()
    return try commit(
      tree: try repository.writeTree(nil, []),
      parents: parents,
      message: "unite",
      time: time
    )
  }

  /// Writes a commit under a fixed name: a record says who reviewed, its container does not.
  private func commit(
    tree: ObjectID,
    parents: [ObjectID],
    message: String,
    time: Int64
  ) throws(GitError) -> ObjectID {
    try repository.writeCommit(
      tree: tree,
      parents: parents,
      message: message,
      by: Identity(name: "reviewgate", email: "reviewgate@localhost"),
      time: time
    )
  }
}
