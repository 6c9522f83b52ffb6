/// A change as it stands before the judge: what would land, and where each part of it came from.
package struct Candidate: Sendable {
  /// The files of the net change.
  package let files: [CandidateFile]
  /// Addresses of everybody who took part in its commits, lower case.
  package let people: Set<String>
  /// What was found about origins and not understood.
  package let warnings: [OriginWarning]

  /// Creates a candidate.
  package init(files: [CandidateFile], people: Set<String>, warnings: [OriginWarning] = []) {
    self.files = files
    self.people = people
    self.warnings = warnings
  }
}

/// One file of a candidate.
package struct CandidateFile: Sendable {
  /// The change, with its hunks.
  package let change: FileChange
  /// For each hunk, or for the one opaque whole, where its lines came from.
  package let items: [CandidateItem]

  /// Creates a file; an opaque change has exactly one item.
  package init(change: FileChange, items: [CandidateItem]) {
    self.change = change
    self.items = items
  }
}

/// One thing that is read and judged as a unit: a hunk, or an opaque file as a whole.
package struct CandidateItem: Sendable {
  /// The hunk; nil for an opaque file.
  package let hunk: Hunk?
  /// Where its lines came from; empty when every one was there before the range.
  package let contributions: [Contribution]
  /// The prototype that its lines were copied from, where nobody had to read them.
  package var promotedFrom: RepositoryPath?

  /// Creates an item.
  package init(hunk: Hunk?, contributions: [Contribution]) {
    self.hunk = hunk
    self.contributions = contributions
  }
}

/// Lines of one item that one commit, or the index, brought in.
package struct Contribution: Sendable {
  /// Who wrote them.
  package let origin: Origin
  /// What says so.
  package let evidence: [Evidence]
  /// The commit; nil for what is not committed yet.
  package let commit: ObjectID?
  /// How many added and removed lines.
  package let lines: Int
  /// The hunk of the commit's own change that brought them in, where a record might know it.
  package let unit: ReviewUnit?

  /// Creates a contribution.
  package init(
    origin: Origin,
    evidence: [Evidence],
    commit: ObjectID?,
    lines: Int,
    unit: ReviewUnit? = nil
  ) {
    self.origin = origin
    self.evidence = evidence
    self.commit = commit
    self.lines = lines
    self.unit = unit
  }
}

/// One reviewable unit: a hunk of a file's change, or an opaque file as a whole.
package struct ReviewUnit: Hashable, Sendable {
  /// The change of the file.
  package let change: FileChange
  /// The hunk in it; nil for an opaque file.
  package let hunk: Hunk?

  /// Creates a unit.
  package init(change: FileChange, hunk: Hunk?) {
    self.change = change
    self.hunk = hunk
  }
}
