import GitKit
import ReviewCore
import Synchronization

/// Looks at the sides of merges that took one where the other may have had changes too.
final class MergeReader {
  private let repository: Repository
  private let policy: Policy
  private let commits: [CommitInfo]
  /// What the range starts from, by path.
  private let landed: [RepositoryPath: ObjectID]
  private let forks: ForkPoints
  /// What was compared already: many merges meet the same versions of a path.
  private var known: [FileTransition: [HunkSpan]?] = [:]

  /// More comparisons than this are not kept.
  private static let mostKnown = 4_096

  init(
    repository: Repository,
    policy: Policy,
    commits: [CommitInfo],
    net: [FileTransition],
    forks: ForkPoints
  ) {
    self.forks = forks
    self.repository = repository
    self.policy = policy
    self.commits = commits
    // A baseline leaves commits out that the start of the range need not know.
    landed =
      policy.gate.baseline == nil
      ? Dictionary(net.map { ($0.path, $0.oldID) }, uniquingKeysWith: { first, _ in first }) : [:]
  }

  /// What a flow asks.
  var lookup: MergeLookup {
    MergeLookup(
      spans: { try self.spans($0) },
      isUnchanged: { try self.isUnchanged($0) },
      landed: { [landed] path in landed[path] }
    )
  }

  private func spans(_ transition: FileTransition) throws -> [HunkSpan]? {
    if let spans = known[transition] { return spans }
    let view = try repository.lineView(of: transition, sizeCap: policy.limits.maxFileBytes)
    let spans: [HunkSpan]? = if case .spans(let spans) = view { spans } else { nil }
    if known.count >= Self.mostKnown { known = [:] }
    known[transition] = .some(spans)
    return spans
  }

  /// Whether the parent has the path as every point has where both histories went apart.
  ///
  /// Where that point is not known, as in a shallow clone, the merge answers for what it took.
  private func isUnchanged(_ side: MergeSide) throws -> Bool {
    let parents = commits[side.commit].parents
    let bases = forks.between(parents[side.parent], parents[side.taken], repository)
    guard !bases.isEmpty else { return false }
    let transition = side.transition
    return try bases.allSatisfy { base in
      let entry = try repository.entry(at: transition.path, in: try repository.commit(base).tree)
      return (entry?.id ?? .zero) == transition.oldID
        && (entry?.mode ?? .absent) == transition.oldMode
    }
  }
}

/// The points where the histories of two commits went apart, looked up once for all paths.
final class ForkPoints: Sendable {
  private struct Pair: Hashable {
    let left: ObjectID
    let right: ObjectID
  }

  private let commits: [CommitInfo]
  /// The parents of each commit, by index; nil for one outside the range.
  private let parents: [[Int?]]
  private let index: [ObjectID: Int]
  private let known = Mutex<[Pair: [ObjectID]]>([:])

  /// Knows a range whose parents come before their children.
  init(_ commits: [CommitInfo], parents: [[Int?]]) {
    self.commits = commits
    self.parents = parents
    index = Dictionary(
      commits.enumerated().map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The points; none where they cannot be found.
  ///
  /// Those of the range are enough where there are any: what both sides had there, neither brings.
  /// Only histories that went apart before it have to be walked outside.
  func between(_ left: ObjectID, _ right: ObjectID, _ repository: Repository) -> [ObjectID] {
    let pair = Pair(left: left, right: right)
    if let found = known.withLock({ $0[pair] }) { return found }
    var found = inside(left, right)
    if found.isEmpty { found = (try? repository.mergeBases(left, right)) ?? [] }
    known.withLock { [found] in $0[pair] = found }
    return found
  }

  /// The newest commits of the range that both come from.
  private func inside(_ left: ObjectID, _ right: ObjectID) -> [ObjectID] {
    guard let left = index[left], let right = index[right] else { return [] }
    /// From which side a commit is reached (1, 2), and whether from a point already found (4).
    var reached = [UInt8](repeating: 0, count: max(left, right) + 1)
    reached[left] |= 1
    reached[right] |= 2
    var found: [ObjectID] = []
    for commit in reached.indices.reversed() where reached[commit] != 0 {
      if reached[commit] & 7 == 3 {
        found.append(commits[commit].id)
        reached[commit] |= 4
      }
      for case .some(let parent) in parents[commit] { reached[parent] |= reached[commit] }
    }
    return found
  }
}
