/// One commit of a range and who wrote it, as reports list it.
package struct CommitSummary: Hashable, Sendable {
  /// The commit.
  package let id: ObjectID
  /// Who it says wrote it.
  package let origin: CommitOrigin

  /// Creates a summary.
  package init(id: ObjectID, origin: CommitOrigin) {
    self.id = id
    self.origin = origin
  }
}
