extension AttributionNote {
  /// What sessions removed from one file, seen from another version of what they removed it from.
  package func carriedRemovals(
    _ path: RepositoryPath,
    from old: FileLines,
    to new: FileLines
  ) -> AttributionNote {
    var note = AttributionNote()
    note.sessions = sessions
    let places = StagedTrace.places(of: old, in: new)
    for (session, files) in removed {
      for file in files where file.path == path {
        let lines = file.ranges.flatMap { $0.lines }.compactMap { line -> Int? in
          places.indices.contains(line - 1) ? places[line - 1].map { $0 + 1 } : nil
        }
        let ranges = LineRange.joined(lines.map { LineRange(start: $0, count: 1) })
        guard !ranges.isEmpty else { continue }
        note.removed[session, default: []].append(AgentLines.File(path: path, ranges: ranges))
      }
    }
    return note
  }

  /// The paths of which some session removed lines.
  package var removedPaths: [RepositoryPath] {
    Set(removed.values.joined().map(\.path)).sorted()
  }
}
