/// Everything one source says about one commit's change, or the index's.
///
/// Claims are what somebody wrote down: they may name lines that the change never touched.
package struct SourceClaims: Hashable, Sendable {
  /// Where it was read.
  package let source: OriginSource
  /// What it says about files.
  package var files: [RepositoryPath: FileClaims]
  /// Says that an agent may have written any line of the change.
  package var wholeChange: Evidence?
  /// Says that an agent took part of which no added line is left: what was removed is its work.
  package var removals: Evidence?
  /// Evidence of the commit itself that this source makes precise: it no longer means every line.
  package var refined: Set<Evidence>
  /// What could not be understood.
  package var warnings: [OriginWarning]

  /// Creates the claims of one source.
  package init(
    source: OriginSource,
    files: [RepositoryPath: FileClaims] = [:],
    wholeChange: Evidence? = nil,
    removals: Evidence? = nil,
    refined: Set<Evidence> = [],
    warnings: [OriginWarning] = []
  ) {
    self.source = source
    self.files = files
    self.wholeChange = wholeChange
    self.removals = removals
    self.refined = refined
    self.warnings = warnings
  }

  /// Whether there is nothing in it.
  package var isEmpty: Bool {
    files.isEmpty && wholeChange == nil && removals == nil && warnings.isEmpty
  }
}

/// Something about origins that was found and could not be understood.
package struct OriginWarning: Hashable, Sendable {
  /// Why it was not understood.
  package enum Reason: Hashable, Sendable {
    /// It is not in the form that the source writes.
    case foreign
    /// A major version that is not known, as written.
    case unknownVersion(String)
    /// More of it than is read.
    case tooLarge
    /// It is named and not here.
    case missing
    /// It ends in the middle.
    case torn
    /// So many records of a file are not in a known form; the others count.
    case someForeign(Int)
    /// Its part with names is too large to be read.
    case unnamed
  }

  /// Which source it belongs to.
  package let source: OriginSource
  /// Where it is: a reference, a path.
  package let place: String
  /// The commit it is about; nil for what is not committed yet.
  package let commit: ObjectID?
  /// Why it was not understood.
  package let reason: Reason

  /// Creates a warning.
  package init(source: OriginSource, place: String, commit: ObjectID?, reason: Reason) {
    self.source = source
    self.place = place
    self.commit = commit
    self.reason = reason
  }
}

extension OriginWarning: CustomStringConvertible {
  package var description: String {
    let about = commit.map { " for \($0.short)" } ?? ""
    return "\(source.rawValue): \(VisibleText.line(place))\(about): \(reason)"
  }
}

extension OriginWarning.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .foreign: "not in a form that is known, so an agent may have taken part"
    case .unknownVersion(let version):
      "version \(VisibleText.line(version.prefix(40).utf8)) is not known, so an agent may have taken part"
    case .tooLarge: "too large to be read, so an agent may have taken part"
    case .missing: "named and not here"
    case .torn: "ends in the middle; what stands before it counts"
    case .someForeign(let count):
      "\(count) of its records not in a form that is known; the others count"
    case .unnamed: "its part with names is too large to be read, so its agents have none"
    }
  }
}
