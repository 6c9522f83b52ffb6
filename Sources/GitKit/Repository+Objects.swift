import CGit2
import Glibc
package import ReviewCore

extension Repository {
  /// Reads a commit.
  ///
  /// Throws when the object is missing, as at the boundary of a shallow or treeless clone.
  package func commit(_ id: ObjectID) throws(GitError) -> CommitInfo {
    var oid = id.oid
    let commit = try lookUp(id) { git_commit_lookup(&$0, handle.raw, &oid) } as Owned<CommitObject>
    let raw = commit.raw
    var parents: [ObjectID] = []
    for index in 0..<git_commit_parentcount(raw) {
      if let parent = git_commit_parent_id(raw, index) { parents.append(ObjectID(parent.pointee)) }
    }
    return CommitInfo(
      id: id,
      tree: git_commit_tree_id(raw).map { ObjectID($0.pointee) } ?? .zero,
      parents: parents,
      author: identity(git_commit_author(raw)),
      committer: identity(git_commit_committer(raw)),
      message: bytes(git_commit_message_raw(raw))
    )
  }

  /// The header of a commit as it is stored: what stands above the message, signatures included.
  package func header(of id: ObjectID) throws(GitError) -> [UInt8] {
    var oid = id.oid
    let commit = try lookUp(id) { git_commit_lookup(&$0, handle.raw, &oid) } as Owned<CommitObject>
    return bytes(git_commit_raw_header(commit.raw))
  }

  /// Whether an object is here.
  package func contains(_ id: ObjectID) -> Bool {
    var oid = id.oid
    return git_odb_exists(database.raw, &oid) == 1
  }

  /// The size in bytes of an object, without reading it whole.
  package func size(of id: ObjectID) throws(GitError) -> Int {
    var oid = id.oid
    var size = 0
    var type = GIT_OBJECT_INVALID
    let status = git_odb_read_header(&size, &type, database.raw, &oid)
    try GitError.check("git_odb_read_header", status, object: id)
    return size
  }

  /// The content of a blob, copied.
  package func blob(_ id: ObjectID) throws(GitError) -> [UInt8] {
    let blob = try blobObject(id)
    return Array(
      UnsafeRawBufferPointer(
        start: git_blob_rawcontent(blob.raw),
        count: Int(git_blob_rawsize(blob.raw))
      )
    )
  }

  /// Puts a blob into the repository, as staging its file would, and names it.
  package func store(blob content: [UInt8]) throws(GitError) -> ObjectID {
    var oid = git_oid()
    let status = git_blob_create_from_buffer(&oid, handle.raw, content, content.count)
    try GitError.check("git_blob_create_from_buffer", status)
    return ObjectID(oid)
  }

  func blobObject(_ id: ObjectID) throws(GitError) -> Owned<BlobObject> {
    var oid = id.oid
    return try lookUp(id, "git_blob_lookup") { git_blob_lookup(&$0, handle.raw, &oid) }
  }

  /// The entry at `path` below a tree; nil when there is none.
  package func entry(
    at path: RepositoryPath,
    in tree: ObjectID
  ) throws(GitError) -> (mode: FileMode, id: ObjectID)? {
    if tree == .emptyTree { return nil }
    var id = tree
    var mode = FileMode.directory
    for component in path.bytes.split(separator: UInt8(ascii: "/")) {
      guard mode == .directory else { return nil }
      let owner = try self.tree(id)
      let name = component.map { CChar(bitPattern: $0) } + [0]
      guard let entry = git_tree_entry_byname(owner.raw, name) else { return nil }
      mode = FileMode(treeEntry: entry)
      id = git_tree_entry_id(entry).map { ObjectID($0.pointee) } ?? .zero
    }
    return (mode, id)
  }

  func tree(_ id: ObjectID) throws(GitError) -> Owned<TreeObject> {
    var oid = id.oid
    return try lookUp(id, "git_tree_lookup") { git_tree_lookup(&$0, handle.raw, &oid) }
  }

  private func lookUp<Kind>(
    _ id: ObjectID,
    _ call: StaticString = "git_commit_lookup",
    open: (inout OpaquePointer?) -> Int32
  ) throws(GitError) -> Owned<Kind> {
    do {
      return try Owned(call, open: open)
    } catch {
      throw GitError(call: call, code: error.code, message: error.message, object: id)
    }
  }

  private func identity(_ signature: UnsafePointer<git_signature>?) -> Identity {
    Identity(name: bytes(signature?.pointee.name), email: bytes(signature?.pointee.email))
  }

  private func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text else { return [] }
    return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}
