import CGit2

/// Says how one kind of libgit2 object is released.
protocol ManagedObject {
  /// Releases `raw`, which came from libgit2 and is not used again.
  static func release(_ raw: OpaquePointer)
}

/// The sole owner of one libgit2 object.
///
/// The object is released when its owner goes out of scope. A value cannot be copied, so it cannot
/// be released twice; it is not `Sendable`, so it cannot leave the thread that made it.
struct Owned<Object: ManagedObject>: ~Copyable {
  /// The live object; valid while this owner is.
  let raw: OpaquePointer

  /// Takes what `open` stores in its out-parameter.
  init(_ call: StaticString, open: (inout OpaquePointer?) -> Int32) throws(GitError) {
    var out: OpaquePointer?
    try GitError.check(call, open(&out))
    guard let out else { throw GitError(call: call, code: 0, message: "nothing was returned") }
    raw = out
  }

  deinit { Object.release(raw) }
}

enum RepositoryObject: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_repository_free(raw) }
}

enum ObjectDatabase: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_odb_free(raw) }
}

enum DatabaseObject: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_odb_object_free(raw) }
}

enum BlobObject: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_blob_free(raw) }
}

enum TreeObject: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_tree_free(raw) }
}

enum CommitObject: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_commit_free(raw) }
}

enum ReferenceObject: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_reference_free(raw) }
}

enum ReferenceIterator: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_reference_iterator_free(raw) }
}

enum TreeBuilder: ManagedObject {
  static func release(_ raw: OpaquePointer) { git_treebuilder_free(raw) }
}
