/// A format whose records are notes of one reference, each about the commit it hangs on alone.
package protocol NoteFormat: AttributionFormat {
  /// Where its notes are.
  var reference: String { get }
  /// What the text of a note says about its commit.
  func claims(_ text: [UInt8], at place: String, commit: ObjectID?) -> SourceClaims
}

extension NoteFormat {
  /// Whether there are notes of its own.
  package func isUsed(in store: some AttributionStore) throws -> Bool {
    try !references(store).isEmpty
  }

  private func references(_ store: some AttributionStore) throws -> [String] {
    try store.references(below: reference).filter { $0 == reference }
  }

  /// Reads everything that says something about a commit.
  package func report(
    on commit: AttributedCommit,
    _ store: some AttributionStore
  ) throws -> SourceReport {
    let here = try references(store)
    let id = commit.info.id
    return try NoteReader(source: source, references: here).report(on: commit.info, store) {
      claims($0, at: $1, commit: id)
    }
  }
}
