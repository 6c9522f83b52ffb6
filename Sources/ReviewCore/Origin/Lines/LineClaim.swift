/// What a source says about some lines of a file.
package struct LineClaim: Hashable, Sendable {
  /// The lines, which need not exist.
  package let lines: LineRange
  /// Who wrote them, and what says so.
  package let claim: FileClaim

  /// Creates a claim.
  package init(lines: LineRange, origin: Origin, evidence: Evidence) {
    self.init(lines: lines, FileClaim(origin: origin, evidence: evidence))
  }

  /// Says of some lines what is said of many.
  package init(lines: LineRange, _ claim: FileClaim) {
    self.lines = lines
    self.claim = claim
  }

  /// Who wrote them; `.unknown` leaves them open.
  package var origin: Origin { claim.origin }
  /// What says so.
  package var evidence: Evidence { claim.evidence }
}

/// What a source says about everything in a file that it does not name line by line.
///
/// A note says one thing about hundreds of ranges: all of them share it.
package struct FileClaim: Hashable, Sendable {
  private let said: Said

  /// Creates a claim.
  package init(origin: Origin, evidence: Evidence) {
    said = Said(origin: origin, evidence: evidence)
  }

  /// Who wrote it.
  package var origin: Origin { said.origin }
  /// What says so.
  package var evidence: Evidence { said.evidence }

  package static func == (left: Self, right: Self) -> Bool {
    left.said === right.said || left.origin == right.origin && left.evidence == right.evidence
  }

  /// Feeds what makes it equal to another.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(origin)
    hasher.combine(evidence)
  }

  private final class Said: Sendable {
    let origin: Origin
    let evidence: Evidence

    init(origin: Origin, evidence: Evidence) {
      self.origin = origin
      self.evidence = evidence
    }
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

  /// Adds what one claim says about some lines.
  mutating func add(_ ranges: [LineRange], _ claim: FileClaim) {
    let added = ranges.map { LineClaim(lines: $0, claim) }
    // Mostly the first and only ones, which need not be moved.
    if lines.isEmpty { lines = added } else { lines += added }
  }
}
