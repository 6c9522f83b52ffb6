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

  /// Why an approval does not count a second time.
  package enum Reason: Hashable, Sendable {
    /// What it approves has landed since.
    case landed
    /// The history since is cut off here, and may have it.
    case cutOff
    /// More has landed since than is looked through.
    case tooMuch
  }

  private let spent: [Use: Reason]
  private let counts: [Use: [HunkFingerprint: Int]]

  /// Nothing has landed since any record.
  package static let none = Landings(spent: [:], counts: [:])

  /// Knows the files whose approval is used up, and how often which hunks landed.
  package init(spent: [Use: Reason], counts: [Use: [HunkFingerprint: Int]]) {
    self.spent = spent
    self.counts = counts
  }

  /// Why the approval of a step of a file does not count any more; nil when it does.
  func reason(_ entry: ReviewLedger.Entry) -> Reason? { spent[Use(entry)] }

  /// Why the approval of a hunk does not count any more; nil when it does.
  func reason(_ entry: ReviewLedger.HunkEntry) -> Reason? {
    guard count(of: entry) >= entry.hunk.count else { return nil }
    return reason(ReviewLedger.Entry(stored: entry.stored, file: entry.file)) ?? .landed
  }

  /// How many hunks like this one have landed since its record.
  func count(of entry: ReviewLedger.HunkEntry) -> Int {
    let use = Use(ReviewLedger.Entry(stored: entry.stored, file: entry.file))
    return counts[use]?[entry.hunk.fingerprint] ?? 0
  }
}
