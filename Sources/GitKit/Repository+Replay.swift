import CGit2
package import ReviewCore

/// A step between two trees.
package struct TreeStep: Hashable, Sendable {
  /// The tree before.
  package let from: ObjectID
  /// The tree after.
  package let to: ObjectID

  /// Creates a step.
  package init(from: ObjectID, to: ObjectID) {
    self.from = from
    self.to = to
  }
}

extension Repository {
  /// The newest commits that two commits share; several where branches were merged crosswise.
  package func mergeBases(_ left: ObjectID, _ right: ObjectID) throws(GitError) -> [ObjectID] {
    var (one, two) = (left.oid, right.oid)
    var found = git_oidarray()
    let status = git_merge_bases(&found, handle.raw, &one, &two)
    if status == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return []
    }
    try GitError.check("git_merge_bases", status, object: left)
    defer { git_oidarray_dispose(&found) }
    return UnsafeBufferPointer(start: found.ids, count: found.count).map { ObjectID($0) }
  }

  /// Whether `result` is exactly what taking `step` onto `base` gives without a conflict.
  ///
  /// A three-way merge by path, and by `git_merge_file` where both sides changed the lines of one
  /// file. Unlike `git_merge_trees` it writes nothing into the repository and asks no attributes: a
  /// `merge=` line of the change itself must not decide what counts as a conflict. Renames are not
  /// followed, so what needs them is no replay here.
  package func isReplay(
    _ result: ObjectID,
    of step: TreeStep,
    onto base: ObjectID,
    sizeCap: Int
  ) throws(GitError) -> Bool {
    let replayed = try transitions(from: step.from, to: step.to)
    var landing: [RepositoryPath: FileTransition] = [:]
    for transition in try transitions(from: base, to: result) {
      landing[transition.path] = transition
    }
    guard !landing.isEmpty else { return false }
    var left = landing.count
    for theirs in replayed {
      let ours: (mode: FileMode, id: ObjectID)
      let made: (mode: FileMode, id: ObjectID)
      if let landed = landing[theirs.path] {
        left -= 1
        ours = (landed.oldMode, landed.oldID)
        made = (landed.newMode, landed.newID)
      } else {
        ours = try version(of: theirs.path, in: base)
        made = ours
      }
      guard try isMerge(made, of: theirs, ours, sizeCap: sizeCap) else { return false }
    }
    // Whatever else lands is not from the step.
    return left == 0
  }

  private func isMerge(
    _ made: (mode: FileMode, id: ObjectID),
    of theirs: FileTransition,
    _ ours: (mode: FileMode, id: ObjectID),
    sizeCap: Int
  ) throws(GitError) -> Bool {
    if ours == (theirs.oldMode, theirs.oldID) { return made == (theirs.newMode, theirs.newID) }
    if ours == (theirs.newMode, theirs.newID) { return made == ours }
    let files = [theirs.oldMode, theirs.newMode, ours.mode, made.mode]
    guard files.allSatisfy(\.isFile) else { return false }
    let mode = ours.mode == theirs.oldMode ? theirs.newMode : ours.mode
    guard made.mode == mode, mode == theirs.newMode || theirs.newMode == theirs.oldMode else {
      return false
    }
    if ours.id == theirs.oldID { return made.id == theirs.newID }
    if theirs.oldID == theirs.newID || ours.id == theirs.newID { return made.id == ours.id }
    for id in [theirs.oldID, theirs.newID, ours.id, made.id] {
      guard try size(of: id) <= sizeCap else { return false }
    }
    return try mergesTo(made.id, ancestor: theirs.oldID, ours: ours.id, theirs: theirs.newID)
  }

  private func mergesTo(
    _ made: ObjectID,
    ancestor: ObjectID,
    ours: ObjectID,
    theirs: ObjectID
  ) throws(GitError) -> Bool {
    let blobs = (try keptBlob(ancestor), try keptBlob(ours), try keptBlob(theirs))
    let expected = try keptBlob(made)
    defer { withExtendedLifetime((blobs, expected)) {} }
    // Lines of binary content are an accident: what happens to merge is no proof of anything.
    let sides = [blobs.0, blobs.1, blobs.2]
    guard !sides.contains(where: { $0.bytes.contains(0) }) else { return false }
    var inputs = (
      try Self.input(blobs.0), try Self.input(blobs.1), try Self.input(blobs.2)
    )
    var result = git_merge_file_result()
    let status = git_merge_file(&result, &inputs.0, &inputs.1, &inputs.2, nil)
    try GitError.check("git_merge_file", status, object: made)
    defer { git_merge_file_result_free(&result) }
    guard result.automergeable != 0 else { return false }
    return UnsafeRawBufferPointer(start: result.ptr, count: result.len)
      .elementsEqual(expected.bytes)
  }

  private static func input(_ blob: KeptBlob) throws(GitError) -> git_merge_file_input {
    var input = git_merge_file_input()
    let version = UInt32(GIT_MERGE_FILE_INPUT_VERSION)
    try GitError.check("git_merge_file_input_init", git_merge_file_input_init(&input, version))
    input.ptr = blob.bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    input.size = blob.bytes.count
    return input
  }
}
