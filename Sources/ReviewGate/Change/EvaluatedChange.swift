import ReviewCore

/// A change read from the repository, ready for the judge.
struct EvaluatedChange {
  /// What the judge decides on.
  var candidate: Candidate
  /// The records that were looked at; none where nobody may need a reviewer.
  var ledger: ReviewLedger
  /// How many files the change has.
  var files: Int
  /// How many hunks and opaque files it has.
  var hunks: Int
  /// The commits, with what each one says of its origin.
  var commits: [(info: CommitInfo, claims: CommitClaims)] = []
  /// The commit it starts from.
  var base: ObjectID?
  /// The commit it ends at; nil for the index.
  var head: ObjectID?
  /// The tree it starts from.
  var baseTree: ObjectID
  /// The tree it ends at.
  var headTree: ObjectID
}

extension EvaluatedChange {
  /// Takes some files over from another reading of the same change, with the records it looked at.
  mutating func take(_ paths: Set<RepositoryPath>, from other: EvaluatedChange) {
    func isTaken(_ file: CandidateFile) -> Bool { paths.contains(file.change.transition.path) }
    let files = candidate.files.filter { !isTaken($0) } + other.candidate.files.filter(isTaken)
    candidate = Candidate(
      files: files.sorted { $0.change.transition.path < $1.change.transition.path },
      people: candidate.people
    )
    ledger = other.ledger
  }
}
