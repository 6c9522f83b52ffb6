/// What a source says about some lines of a file.
package struct LineClaim: Hashable, Sendable {
  /// The lines, which need not exist.
  package let lines: LineRange
  /// Who wrote them; `.unknown` leaves them open.
  package let origin: Origin
  /// What says so.
  package let evidence: Evidence

  /// Creates a claim.
  package init(lines: LineRange, origin: Origin, evidence: Evidence) {
    self.lines = lines
    self.origin = origin
    self.evidence = evidence
  }
}

/// What a source says about everything in a file that it does not name line by line.
package struct FileClaim: Hashable, Sendable {
  /// Who wrote it.
  package let origin: Origin
  /// What says so.
  package let evidence: Evidence

  /// Creates a claim.
  package init(origin: Origin, evidence: Evidence) {
    self.origin = origin
    self.evidence = evidence
  }
}

/// Everything a source says about one file of a change.
package struct FileClaims: Hashable, Sendable {
  /// Lines of the new version; where several name a line, the last one holds.
  package var lines: [LineClaim]
  /// Removed lines, by their numbers in the old version; the last one holds.
  package var removed: [LineClaim]
  /// Every other changed line; nil leaves them open.
  package var rest: FileClaim?

  /// Creates the claims about one file.
  package init(lines: [LineClaim] = [], removed: [LineClaim] = [], rest: FileClaim? = nil) {
    self.lines = lines
    self.removed = removed
    self.rest = rest
  }
}
