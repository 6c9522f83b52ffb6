import CGit2
import ReviewCore

extension Repository {
  /// Stores a blob.
  func writeBlob(_ content: [UInt8]) throws(GitError) -> ObjectID {
    var id = git_oid()
    try GitError.check(
      "git_blob_create_from_buffer",
      git_blob_create_from_buffer(&id, handle.raw, content, content.count)
    )
    return ObjectID(id)
  }

  /// Stores a tree that differs from another one in some entries; one without an id is removed.
  func writeTree(
    _ old: ObjectID?,
    _ entries: [(name: String, id: ObjectID?, mode: FileMode)]
  ) throws(GitError) -> ObjectID {
    guard let old, old != .emptyTree else { return try writeTree(from: nil, entries) }
    let source = try tree(old)
    return try writeTree(from: source.raw, entries)
  }

  private func writeTree(
    from source: OpaquePointer?,
    _ entries: [(name: String, id: ObjectID?, mode: FileMode)]
  ) throws(GitError) -> ObjectID {
    let builder: Owned<TreeBuilder> = try Owned("git_treebuilder_new") {
      git_treebuilder_new(&$0, handle.raw, source)
    }
    for entry in entries {
      guard let id = entry.id else {
        if git_treebuilder_get(builder.raw, entry.name) != nil {
          try GitError.check(
            "git_treebuilder_remove",
            git_treebuilder_remove(builder.raw, entry.name)
          )
        }
        continue
      }
      var oid = id.oid
      let mode = entry.mode == .directory ? GIT_FILEMODE_TREE : GIT_FILEMODE_BLOB
      try GitError.check(
        "git_treebuilder_insert",
        git_treebuilder_insert(nil, builder.raw, entry.name, &oid, mode)
      )
    }
    var id = git_oid()
    try GitError.check("git_treebuilder_write", git_treebuilder_write(&id, builder.raw))
    return ObjectID(id)
  }

  /// Stores a commit without moving any reference.
  func writeCommit(
    tree id: ObjectID,
    parents: [ObjectID],
    message: String,
    by author: Identity,
    time: Int64
  ) throws(GitError) -> ObjectID {
    var signature: UnsafeMutablePointer<git_signature>?
    let name = author.name.isEmpty ? Array("reviewgate".utf8) : author.name
    let email = author.email.isEmpty ? Array("reviewgate@localhost".utf8) : author.email
    try GitError.check(
      "git_signature_new",
      git_signature_new(
        &signature,
        String(decoding: name, as: UTF8.self),
        String(decoding: email, as: UTF8.self),
        time,
        0
      )
    )
    defer { git_signature_free(signature) }
    let owner = try tree(id)
    var owners: [OpaquePointer?] = []
    defer { owners.forEach { git_commit_free($0) } }
    for parent in parents {
      var oid = parent.oid
      var raw: OpaquePointer?
      try GitError.check(
        "git_commit_lookup",
        git_commit_lookup(&raw, handle.raw, &oid),
        object: parent
      )
      owners.append(raw)
    }
    var result = git_oid()
    try GitError.check(
      "git_commit_create",
      git_commit_create(
        &result,
        handle.raw,
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
    return ObjectID(result)
  }
}
