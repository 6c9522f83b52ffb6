import GitKit
import ReviewCore

/// Carries notes to the commits that take the place of others: by content, never by line numbers.
struct RewriteCarrier {
  let project: Project

  /// Carries the notes of each old commit to its new one; several olds of one new one come together.
  func carry(_ pairs: [(old: ObjectID, new: ObjectID)]) throws {
    let repository = project.repository
    let notes = NotesRef(repository, reference: AttributionNote.reference)
    var carried: [ObjectID: AttributionNote] = [:]
    for pair in pairs where pair.old != pair.new {
      guard let text = try notes.note(of: pair.old) else { continue }
      let note = try seen(AttributionNote(reading: text), from: pair.old, at: pair.new)
      if note.isEmpty { continue }
      carried[pair.new, default: AttributionNote()].unite(note)
    }
    guard let first = carried.keys.min() else { return }
    try notes.update(
      carried.keys.sorted(),
      by: repository.commit(first).committer,
      time: Int64(project.surroundings.now)
    ) { commit, old in
      guard var note = carried[commit] else { return nil }
      // What was recorded when the new commit was made comes last, which holds.
      note.unite(AttributionNote(reading: old ?? []))
      return note.text(for: commit)
    }
  }

  private func seen(
    _ note: AttributionNote,
    from old: ObjectID,
    at new: ObjectID
  ) throws -> AttributionNote {
    let repository = project.repository
    let trees = (try repository.commit(old).tree, try repository.commit(new).tree)
    var result = AttributionNote()
    for path in note.files.keys.sorted() {
      guard let before = try text(path, in: trees.0), let after = try text(path, in: trees.1) else {
        continue
      }
      result.unite(note.carried(path, from: before, to: after))
    }
    let parents = try (parent(of: old), parent(of: new))
    for path in note.removedPaths {
      guard let before = try text(path, in: parents.0), let after = try text(path, in: parents.1)
      else { continue }
      result.unite(note.carriedRemovals(path, from: before, to: after))
    }
    return result
  }

  /// The tree that a commit's removed lines stand in.
  private func parent(of commit: ObjectID) throws -> ObjectID {
    let repository = project.repository
    let parent = try repository.commit(commit).parents.first
    return try parent.map { try repository.commit($0).tree } ?? .emptyTree
  }

  private func text(_ path: RepositoryPath, in tree: ObjectID) throws -> FileLines? {
    let repository = project.repository
    guard let entry = try repository.entry(at: path, in: tree), entry.mode.isFile,
      try repository.size(of: entry.id) <= 4 * EventRecorder.mostLineBytes
    else { return nil }
    return FileLines(try repository.blob(entry.id))
  }
}
