import GitCommand
import GitKit
import ReviewCore

/// Brings what a decision turned out to need, so that it can be tried again.
struct CIMender {
  /// What fetches; nil where nothing may be fetched.
  var fetcher: CIFetcher?
  /// How often it may be tried again.
  var left: Int
  /// What is decided about.
  private let range: CIResolvedRange
  /// What was asked for, so that nothing is asked for twice.
  private var asked: Set<Want> = []

  /// Something that a decision may turn out to need.
  private enum Want: Hashable {
    /// All of history.
    case history
    /// The heads that records name.
    case heads
    /// What a revision of the policy means.
    case revision(String)
    /// One object of a partial clone.
    case object(ObjectID)
  }

  /// More heads than this are not fetched for one decision.
  private static let mostHeads = 16

  init(_ range: CIResolvedRange, fetcher: CIFetcher?, left: Int) {
    self.range = range
    self.fetcher = fetcher
    self.left = left
  }

  /// Brings what may speak for a change before its refusal stands: history that is cut off, and the
  /// heads that were reviewed, of which a squash is a replay.
  mutating func completes(_ evaluation: Gate.Evaluation, _ project: Project) async throws -> Bool {
    guard try !project.hasNoRecords else { return false }
    if project.layout.isShallow, try await completeHistory() { return true }
    guard asks(for: .heads) else { return false }
    let paths = Set(evaluation.change.candidate.files.map(\.change.transition.path))
    let heads = evaluation.ledger.records.filter { stored in
      stored.record.verdict == .approved && stored.record.files.contains { paths.contains($0.path) }
    }
    .compactMap(\.record.head.commit)
    let missing = Set(heads).filter { !project.repository.contains($0) }.sorted()
    guard !missing.isEmpty else { return false }
    return await fetcher?.bring(heads: Array(missing.prefix(Self.mostHeads))) ?? false
  }

  /// Whether what stood in the way was brought.
  mutating func mends(_ error: any Error, _ project: Project) async throws -> Bool {
    guard left > 0 else { return false }
    left -= 1
    switch error {
    // Records name a repository by its first commits.
    case Undecided.shallowIdentity, RangeProblem.shallow, RangeProblem.shallowWithoutBase:
      return try await completeHistory()
    // The policy's baseline.
    case RangeProblem.unknownRevision(let name): return try await bring(revision: name)
    case let error as GitError:
      guard error.isNotFound, let object = error.object, try await project.git.isPartial(),
        asks(for: .object(object))
      else { return false }
      try await fetcher?.bring(object: object)
      return true
    default: return false
    }
  }

  /// Whether it may be fetched, and was not before; from now on it was.
  private mutating func asks(for want: Want) -> Bool {
    fetcher != nil && asked.insert(want).inserted
  }

  private mutating func completeHistory() async throws -> Bool {
    guard asks(for: .history) else { return false }
    try await fetcher?.completeHistory(range)
    return true
  }

  private mutating func bring(revision name: String) async throws -> Bool {
    guard asks(for: .revision(name)) else { return false }
    if let id = ObjectID(hex: name) {
      try await fetcher?.bring(id, nil)
      return true
    }
    guard let tag = BranchName.plain(name) else { return false }
    return try await fetcher?.bring(tag: tag) ?? false
  }
}
