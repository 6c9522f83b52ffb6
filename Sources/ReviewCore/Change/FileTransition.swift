/// What happened to one path between two trees: modes and object ids, no contents.
package struct FileTransition: Hashable, Sendable {
  /// Where the file is.
  package let path: RepositoryPath
  /// The mode before; `.absent` for a new file.
  package let oldMode: FileMode
  /// The mode after; `.absent` for a deleted file.
  package let newMode: FileMode
  /// The object before; zero for a new file.
  package let oldID: ObjectID
  /// The object after; zero for a deleted file.
  package let newID: ObjectID

  /// Creates a transition of one path.
  package init(
    path: RepositoryPath,
    oldMode: FileMode,
    newMode: FileMode,
    oldID: ObjectID,
    newID: ObjectID
  ) {
    self.path = path
    self.oldMode = oldMode
    self.newMode = newMode
    self.oldID = oldID
    self.newID = newID
  }

  /// Whether the path did not exist before.
  package var isAddition: Bool { oldMode == .absent }

  /// Whether both sides are the same, as where a merge has what a parent has.
  package var isIdentity: Bool { oldID == newID && oldMode == newMode }

  /// Whether the path no longer exists.
  package var isDeletion: Bool { newMode == .absent }
}
