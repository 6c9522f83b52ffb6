/// Files of a change that went from one path to another and stayed what they were.
///
/// Shown to people, and never trusted: for the gate a move is a deletion and an addition.
package struct Moves: Sendable {
  private let partners: [RepositoryPath: FileTransition]

  /// Finds the moves among all files of a change.
  ///
  /// Where several files of one content come or go, which became which is anybody's guess.
  package init(_ transitions: [FileTransition]) {
    var gone: [ObjectID: [FileTransition]] = [:]
    var new: [ObjectID: [FileTransition]] = [:]
    for transition in transitions {
      if transition.isDeletion { gone[transition.oldID, default: []].append(transition) }
      if transition.isAddition { new[transition.newID, default: []].append(transition) }
    }
    var partners: [RepositoryPath: FileTransition] = [:]
    for (id, from) in gone {
      guard let to = new[id], from.count == 1, to.count == 1, from[0].oldMode == to[0].newMode
      else { continue }
      partners[from[0].path] = to[0]
      partners[to[0].path] = from[0]
    }
    self.partners = partners
  }

  /// The other side of a move.
  package func partner(of transition: FileTransition) -> FileTransition? {
    partners[transition.path]
  }
}
