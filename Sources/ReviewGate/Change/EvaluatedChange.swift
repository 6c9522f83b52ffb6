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
  /// Files that went from one place to another without a change.
  var moves = Moves([])
  /// The gate's own settings among the files, which need a review whoever wrote them.
  var alwaysRead: Set<RepositoryPath> = []

  /// Whether its commits stand on its base one after the other.
  var isOnBase: Bool { Landing(base: base, of: commits.map(\.info)).isLine }

  /// Takes in another change, to be judged beside this one.
  mutating func add(_ other: EvaluatedChange) {
    let known = candidate.warnings
    candidate = Candidate(
      files: candidate.files + other.candidate.files,
      people: candidate.people.union(other.candidate.people),
      warnings: known + other.candidate.warnings.filter { !known.contains($0) }
    )
    alwaysRead.formUnion(other.alwaysRead)
    if ledger.records.isEmpty { ledger = other.ledger }
    files += other.files
    hunks += other.hunks
    commits += other.commits
  }

  /// The lines of its commits' messages that the policy forbids.
  func forbiddenTrailers(_ policy: Policy) -> [ForbiddenTrailer] {
    commits.flatMap { commit in
      ForbiddenTrailer.find(in: commit.info.message, of: commit.info.id, policy.trailers.forbid)
    }
  }
}

extension EvaluatedChange {
  /// Takes some files over from another reading of the same change, with the records it looked at.
  mutating func take(_ paths: Set<RepositoryPath>, from other: EvaluatedChange) {
    func isTaken(_ file: CandidateFile) -> Bool { paths.contains(file.change.transition.path) }
    let files = candidate.files.filter { !isTaken($0) } + other.candidate.files.filter(isTaken)
    candidate = Candidate(
      files: files.sorted { $0.change.transition.path < $1.change.transition.path },
      people: candidate.people,
      warnings: candidate.warnings
    )
    ledger = other.ledger
  }
}
