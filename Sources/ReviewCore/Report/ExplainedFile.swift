/// Who wrote the changed lines of one file, as reports show it.
package struct ExplainedFile: Hashable, Sendable {
  /// The file.
  package let path: RepositoryPath
  /// The added lines.
  package let added: [ExplainedLines]
  /// The removed lines.
  package let removed: [ExplainedLines]
  /// What is said about a file without a line view.
  package let whole: LineStatement?

  /// Describes a file.
  package init(
    path: RepositoryPath,
    added: [ExplainedLines],
    removed: [ExplainedLines],
    whole: LineStatement?
  ) {
    self.path = path
    self.added = added
    self.removed = removed
    self.whole = whole
  }
}

/// Neighbouring lines and what is said about them.
package struct ExplainedLines: Hashable, Sendable {
  /// The lines.
  package let lines: LineRange
  /// What is said.
  package let statement: LineStatement

  /// Joins both.
  package init(_ lines: LineRange, _ statement: LineStatement) {
    self.lines = lines
    self.statement = statement
  }
}

extension CommitOrigin {
  /// The same with what is said about lines of the commit; what says nothing about them is left out.
  package func adding(_ statements: [LineStatement]) -> CommitOrigin {
    var seen = Set(evidence)
    let more = statements.flatMap(\.evidence).filter { seen.insert($0).inserted }
    let all = evidence + more
    let accusing = all.filter(\.accuses)
    let named = accusing.lazy.compactMap(\.agent).first
    let isAgent = !accusing.isEmpty
    return CommitOrigin(
      origin: isAgent ? .agent(named) : origin,
      evidence: all,
      agents: Set(accusing.compactMap(\.agent)).sorted()
    )
  }
}
