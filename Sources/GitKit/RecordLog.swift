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
    let tree = try tree(holding: envelope)
    return try move(reference, reason: message) { (tip) throws(GitError) in
      try commit(tree: tree, parents: tip.map { [$0] } ?? [], message: message, time: time)
    }
  }

  /// Makes a log contain everything that `other` reaches; the log moves forward or is joined.
  package func unite(_ reference: String, with other: ObjectID, time: Int64) throws(GitError) {
    _ = try move(reference, reason: "unite") { (tip) throws(GitError) in
      try joined(tip, other, time: time)
    }
  }

  /// Moves a log from its tip to what `next` makes of it, again where another writer was faster.
  private func move(
    _ reference: String,
    reason: String,
    _ next: (ObjectID?) throws(GitError) -> ObjectID
  ) throws(GitError) -> ObjectID {
    let lock = RecordLock(commonDirectory: repository.commonDirectory)
    while lock.isWorthTrying {
      lock.removeStale(reference: reference)
      let tip = try repository.target(of: reference)
      let target = try next(tip)
      if target == tip { return target }
      if try repository.move(reference, from: tip, to: target, reason: reason) { return target }
      lock.pause()
    }
    throw GitError(
      call: "git_reference_create_matching",
      code: GIT_ELOCKED.rawValue,
      message: "\(reference) is locked by another process"
    )
  }

  private func joined(
    _ tip: ObjectID?,
    _ other: ObjectID,
    time: Int64
  ) throws(GitError) -> ObjectID {
    guard let tip else { return other }
    if try reaches(tip, other) { return tip }
    if try reaches(other, tip) { return other }
    let parents = [tip, other].sorted()
    return try commit(tree: try emptyTree(), parents: parents, message: "unite", time: time)
  }

  /// Whether `start` is, or descends from, `goal`.
  private func reaches(_ start: ObjectID, _ goal: ObjectID) throws(GitError) -> Bool {
    var seen: Set<ObjectID> = []
    var open = [start]
    while let id = open.popLast() {
      if id == goal { return true }
      guard seen.insert(id).inserted else { continue }
      open += try repository.commit(id).parents
    }
    return false
  }

  // MARK: - Objects

  private func tree(holding envelope: [UInt8]) throws(GitError) -> ObjectID {
    var blob = git_oid()
    try GitError.check(
      "git_blob_create_from_buffer",
      git_blob_create_from_buffer(&blob, repository.handle.raw, envelope, envelope.count)
    )
    return try tree { (builder) throws(GitError) in
      try GitError.check(
        "git_treebuilder_insert",
        git_treebuilder_insert(nil, builder, Self.fileName, &blob, GIT_FILEMODE_BLOB)
      )
    }
  }

  private func emptyTree() throws(GitError) -> ObjectID { try tree { _ in } }

  private func tree(
    _ fill: (OpaquePointer) throws(GitError) -> Void
  ) throws(GitError) -> ObjectID {
    let builder: Owned<TreeBuilder> = try Owned("git_treebuilder_new") {
      git_treebuilder_new(&$0, repository.handle.raw, nil)
    }
    try fill(builder.raw)
    var id = git_oid()
    try GitError.check("git_treebuilder_write", git_treebuilder_write(&id, builder.raw))
    return ObjectID(id)
  }

  /// Writes a commit under a fixed name: a record says who reviewed, its container does not.
  private func commit(
    tree: ObjectID,
    parents: [ObjectID],
    message: String,
    time: Int64
  ) throws(GitError) -> ObjectID {
    var signature: UnsafeMutablePointer<git_signature>?
    try GitError.check(
      "git_signature_new",
      git_signature_new(&signature, "reviewgate", "reviewgate@localhost", time, 0)
    )
    defer { git_signature_free(signature) }
    let owner = try repository.tree(tree)
    var owners: [OpaquePointer?] = []
    defer { owners.forEach { git_commit_free($0) } }
    for parent in parents {
      var oid = parent.oid
      var raw: OpaquePointer?
      try GitError.check(
        "git_commit_lookup",
        git_commit_lookup(&raw, repository.handle.raw, &oid),
        object: parent
      )
      owners.append(raw)
    }
    var id = git_oid()
    try GitError.check(
      "git_commit_create",
      git_commit_create(
        &id,
        repository.handle.raw,
        nil,
        signature,
        signature,
        "UTF-8",
        message,
        owner.raw,
        owners.count,
        &owners
      )
    )
    return ObjectID(id)
  }
}
