import CGit2
package import ReviewCore

extension Repository {
  /// The references below a prefix, with what they point to, sorted by name.
  package func references(
    below prefix: String
  ) throws(GitError) -> [(name: String, target: ObjectID)] {
    let iterator: Owned<ReferenceIterator> = try Owned("git_reference_iterator_glob_new") {
      git_reference_iterator_glob_new(&$0, handle.raw, prefix + "*")
    }
    var found: [(name: String, target: ObjectID)] = []
    while true {
      var raw: OpaquePointer?
      let status = git_reference_next(&raw, iterator.raw)
      if status == GIT_ITEROVER.rawValue { break }
      try GitError.check("git_reference_next", status)
      guard let raw else { break }
      defer { git_reference_free(raw) }
      guard let target = git_reference_target(raw), let name = git_reference_name(raw) else {
        continue
      }
      found.append((String(cString: name), ObjectID(target.pointee)))
    }
    return found.sorted { $0.name < $1.name }
  }

  /// What a direct reference points to; nil when there is none.
  package func target(of name: String) throws(GitError) -> ObjectID? {
    var oid = git_oid()
    let status = git_reference_name_to_id(&oid, handle.raw, name)
    if status == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try GitError.check("git_reference_name_to_id", status)
    return ObjectID(oid)
  }

  /// Moves a reference if it still points to `old`; false when another writer was faster.
  func move(
    _ name: String,
    from old: ObjectID?,
    to new: ObjectID,
    reason: String
  ) throws(GitError) -> Bool {
    var target = new.oid
    var reference: OpaquePointer?
    defer { git_reference_free(reference) }
    let status: Int32
    if let old {
      var expected = old.oid
      status = git_reference_create_matching(
        &reference,
        handle.raw,
        name,
        &target,
        1,
        &expected,
        reason
      )
    } else {
      status = git_reference_create(&reference, handle.raw, name, &target, 0, reason)
    }
    do {
      try GitError.check("git_reference_create_matching", status)
      return true
    } catch where error.isContention {
      // Where nothing has the name, another name is in the way (`a` of `a/b`), and will stay.
      if error.code == GIT_EEXISTS.rawValue, try self.target(of: name) == nil { throw error }
      return false
    }
  }
}
