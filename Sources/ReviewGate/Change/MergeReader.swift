import GitKit
import ReviewCore

/// Looks at the sides of merges that took one where the other may have had changes too.
final class MergeReader {
  private let repository: Repository
  private let policy: Policy
  private let commits: [CommitInfo]
  /// The points where the histories of two commits went apart.
  private var bases: [Pair: [ObjectID]] = [:]

  private struct Pair: Hashable {
    let left: ObjectID
    let right: ObjectID
  }

  init(repository: Repository, policy: Policy, commits: [CommitInfo]) {
    self.repository = repository
    self.policy = policy
    self.commits = commits
  }

  /// What a flow asks.
  var lookup: MergeLookup {
    MergeLookup(
      spans: { [repository, policy] transition in
        let view = try repository.lineView(of: transition, sizeCap: policy.limits.maxFileBytes)
        return if case .spans(let spans) = view { spans } else { nil }
      },
      isUnchanged: { try self.isUnchanged($0) }
    )
  }

  /// Whether the parent has the path as every point has where both histories went apart.
  ///
  /// Where that point is not known, as in a shallow clone, the merge answers for what it took.
  private func isUnchanged(_ side: MergeSide) throws -> Bool {
    let parents = commits[side.commit].parents
    let bases = mergeBases(parents[side.parent], parents[side.taken])
    guard !bases.isEmpty else { return false }
    let transition = side.transition
    return try bases.allSatisfy { base in
      let entry = try repository.entry(at: transition.path, in: try repository.commit(base).tree)
      return (entry?.id ?? .zero) == transition.oldID
        && (entry?.mode ?? .absent) == transition.oldMode
    }
  }

  private func mergeBases(_ left: ObjectID, _ right: ObjectID) -> [ObjectID] {
    let pair = Pair(left: left, right: right)
    if let known = bases[pair] { return known }
    let found = (try? repository.mergeBases(left, right)) ?? []
    bases[pair] = found
    return found
  }
}
