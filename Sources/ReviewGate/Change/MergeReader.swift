import GitKit
import ReviewCore

/// Looks at the sides of merges that took one where the other may have had changes too.
final class MergeReader {
  private let repository: Repository
  private let policy: Policy
  private let commits: [CommitInfo]
  private let forks: ForkPoints
  /// What was compared already: many merges meet the same versions of a path.
  private var known: [FileTransition: [HunkSpan]?] = [:]

  /// More comparisons than this are not kept.
  private static let mostKnown = 4_096

  init(
    repository: Repository,
    policy: Policy,
    commits: [CommitInfo],
    forks: ForkPoints
  ) {
    self.forks = forks
    self.repository = repository
    self.policy = policy
    self.commits = commits
  }

  /// What a flow asks.
  var lookup: MergeLookup {
    MergeLookup(
      spans: { try self.spans($0) },
      isUnchanged: { try self.isUnchanged($0) }
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

  /// Whether the parent has the path as a point has where both histories went apart.
  ///
  /// Of several points one is enough: what that one has, the other parent knew and went on from.
  /// Where no point is known, as in a shallow clone, the merge answers for what it took.
  private func isUnchanged(_ side: MergeSide) throws -> Bool {
    let parents = commits[side.commit].parents
    let transition = side.transition
    return try forks.between(parents[side.parent], parents[side.taken], repository)
      .contains { base in
        let entry = try repository.entry(at: transition.path, in: try repository.commit(base).tree)
        return (entry?.id ?? .zero) == transition.oldID
          && (entry?.mode ?? .absent) == transition.oldMode
      }
  }
}
