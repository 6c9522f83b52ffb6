/// A way of recording who wrote what, as some tool does it.
package protocol AttributionFormat: Sendable {
  /// The source its claims belong to.
  var source: OriginSource { get }
  /// Whether the repository has anything of it; where not, no report has claims.
  func isUsed(in store: some AttributionStore) throws -> Bool
  /// Everything that says something about a commit, and where it was looked for.
  func report(on commit: AttributedCommit, _ store: some AttributionStore) throws -> SourceReport
}

/// Every format that is read for commits, in one place.
package enum AttributionFormats {
  /// The readers, most precise first.
  package static let all: [any AttributionFormat] = [
    GitAINotes.reviewGate, GitAINotes.gitAI, AgentTraceFormat(), WhogititFormat(),
    AgentblameFormat(), AgentdiffFormat(), OriginCLIFormat(), EntireFormat(),
  ]

  /// The readers that a repository needs, in the same order.
  package static func used(in store: some AttributionStore) throws -> [any AttributionFormat] {
    try all.filter { try $0.isUsed(in: store) }
  }
}

/// A commit as formats see it.
package struct AttributedCommit: Sendable {
  /// What the commit object says.
  package let info: CommitInfo
  /// What the commit says of its origin.
  package let evidence: [Evidence]
  /// Later commits whose trees may hold records about this one.
  package let later: [CommitInfo]

  /// Wraps a commit.
  package init(_ info: CommitInfo, evidence: [Evidence], later: [CommitInfo] = []) {
    self.info = info
    self.evidence = evidence
    self.later = later
  }
}

/// What one format found about one commit.
package struct SourceReport: Hashable, Sendable {
  /// What its claims are called.
  package let source: OriginSource
  /// The references and files that were looked at; empty when the repository has none of them.
  package let places: [String]
  /// What they say about the commit; empty when nothing.
  package let claims: [SourceClaims]

  /// Creates a report.
  package init(source: OriginSource, places: [String], claims: [SourceClaims]) {
    self.source = source
    self.places = places
    self.claims = claims
  }

  /// A report of a format that the repository does not use.
  static func notHere(_ source: OriginSource) -> SourceReport {
    SourceReport(source: source, places: [], claims: [])
  }
}

/// Notes of one format in one or more references.
struct NoteReader {
  let source: OriginSource
  /// The references that are here.
  let references: [String]

  /// Reads every note on a commit; `read` turns a note's text into claims.
  func report(
    on commit: CommitInfo,
    _ store: some AttributionStore,
    read: (_ text: [UInt8], _ reference: String) throws -> SourceClaims?
  ) throws -> SourceReport {
    var found: [SourceClaims] = []
    for reference in references {
      for note in try store.notes(reference, on: commit.id) {
        switch note {
        case .bytes(let text):
          if let claims = try read(text, reference) { found.append(claims) }
        case .tooLarge: found.append(unreadable(reference, commit.id, .tooLarge))
        case .missing: found.append(unreadable(reference, commit.id, .missing))
        }
      }
    }
    return SourceReport(source: source, places: references, claims: found)
  }

  /// A note that may say anything.
  private func unreadable(
    _ reference: String,
    _ commit: ObjectID,
    _ reason: OriginWarning.Reason
  ) -> SourceClaims {
    .unreadable(source, at: reference, commit: commit, reason)
  }
}

extension SourceClaims {
  /// Something that was found and not understood: an agent may have written any line.
  package static func unreadable(
    _ source: OriginSource,
    at place: String,
    commit: ObjectID?,
    _ reason: OriginWarning.Reason
  ) -> SourceClaims {
    let warning = OriginWarning(source: source, place: place, commit: commit, reason: reason)
    let evidence = Evidence(
      kind: .record,
      agent: nil,
      text: Array("\(place): \(reason)".utf8),
      strength: .likely,
      source: source
    )
    return SourceClaims(source: source, wholeChange: evidence, warnings: [warning])
  }
}
