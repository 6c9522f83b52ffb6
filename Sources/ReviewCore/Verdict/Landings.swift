/// What the target took in since the records were made: an approval is good for one landing.
///
/// Code that landed, was taken back and comes again is a new decision, though not a byte differs.
package struct Landings: Sendable {
  /// One file of one record.
  package struct Use: Hashable, Sendable {
    private let record: String
    private let path: RepositoryPath

    /// Names a file of a record.
    package init(_ entry: ReviewLedger.Entry) {
      record = entry.stored.id
      path = entry.file.path
    }
  }

  private let spent: Set<Use>
  private let counts: [Use: [HunkFingerprint: Int]]

  /// Nothing has landed since any record.
  package static let none = Landings(spent: [], counts: [:])

  /// Knows the steps that landed as a whole, and how often which hunks did.
  package init(spent: Set<Use>, counts: [Use: [HunkFingerprint: Int]]) {
    self.spent = spent
    self.counts = counts
  }

  /// Whether a step of a file has landed since its record.
  func isSpent(_ entry: ReviewLedger.Entry) -> Bool { spent.contains(Use(entry)) }

  /// How many hunks like this one have landed since its record.
  func count(of entry: ReviewLedger.HunkEntry) -> Int {
    let use = Use(ReviewLedger.Entry(stored: entry.stored, file: entry.file))
    return counts[use]?[entry.hunk.fingerprint] ?? 0
  }
}
