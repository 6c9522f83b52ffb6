import GitKit
import ReviewCore

/// A part of a change that may be a replay.
struct ReplayPart {
  /// The commit it stands on.
  let base: ObjectID
  let baseTree: ObjectID
  let tree: ObjectID
  /// The commit whose history says what has landed before it.
  let landing: ObjectID
  /// Its commits; nil for what is not committed yet.
  let commits: [ObjectID?]
}

/// Takes a change apart into what may be replays.
struct ReplayParts {
  let change: EvaluatedChange
  let repository: Repository
  /// The commit that everything lands on in the end.
  let target: ObjectID
  /// The approvals of files of the change.
  let reviewed: [StoredRecord]

  /// The most parts of each kind that are tried.
  private static let most = 128

  /// The whole change, then what some of its commits made of where they started, then single commits.
  func all(
    _ base: ObjectID,
    _ open: [Finding],
    _ forks: inout BranchPoints
  ) throws -> [ReplayPart] {
    let commits = change.commits.map(\.info)
    let whole = ReplayPart(
      base: base,
      baseTree: change.baseTree,
      tree: change.headTree,
      landing: target,
      commits: change.head == nil ? [nil] : commits.map(\.id)
    )
    var parts = [whole]
    let wanted = Set(open.flatMap { $0.item.contributions.compactMap(\.commit) })
    let isOnBase = change.isOnBase
    if isOnBase {
      for end in commits.indices.dropLast().reversed().prefix(Self.most) {
        let ids = commits[...end].map(\.id)
        guard ids.contains(where: wanted.contains) else { break }
        parts.append(
          ReplayPart(
            base: base,
            baseTree: change.baseTree,
            tree: commits[end].tree,
            landing: target,
            commits: ids
          )
        )
      }
    } else {
      parts += try reviewedParts(base, commits, wanted, &forks).prefix(Self.most)
    }
    let single = commits.filter { wanted.contains($0.id) && $0.parents.count == 1 }
    for commit in single.prefix(Self.most) {
      let parent = commit.parents[0]
      let tree = try repository.commit(parent).tree
      parts.append(
        ReplayPart(
          base: parent,
          baseTree: tree,
          tree: commit.tree,
          // What the commits before it did counts where they stand on the target.
          landing: isOnBase && base == target ? parent : target,
          commits: [commit.id]
        )
      )
    }
    return parts
  }

  /// What stood when somebody reviewed it, before it was merged with something, newest first.
  ///
  /// Such a commit answers for those before it that come into the change only through it: what it has
  /// not, they did not bring.
  private func reviewedParts(
    _ base: ObjectID,
    _ commits: [CommitInfo],
    _ wanted: Set<ObjectID>,
    _ forks: inout BranchPoints
  ) throws -> [ReplayPart] {
    guard commits.count > 1 else { return [] }
    let heads = Set(reviewed.compactMap(\.record.head.commit))
    let trees = Set(reviewed.map(\.record.head.tree))
    let graph = RangeGraph(commits, cover: nil)
    var parts: [ReplayPart] = []
    for end in commits.dropLast().reversed()
    where heads.contains(end.id) || trees.contains(end.tree) {
      let ids = graph.commits(onlyThrough: end.id)
      guard ids.contains(where: wanted.contains), let fork = try forks.point(base, end.id) else {
        continue
      }
      let tree = try repository.commit(fork).tree
      parts.append(
        ReplayPart(base: fork, baseTree: tree, tree: end.tree, landing: target, commits: ids)
      )
    }
    return parts
  }
}

/// Two branches.
struct BranchPair: Hashable {
  let base: ObjectID
  let head: ObjectID
}

/// Where branches went apart.
struct BranchPoints {
  private let repository: Repository
  /// What was looked up; nil for no such point, or several.
  private var known: [BranchPair: ObjectID?] = [:]

  /// The most points that are looked up; each may walk long histories.
  private static let most = 256

  init(_ repository: Repository) { self.repository = repository }

  /// The one point where two branches went apart.
  mutating func point(_ base: ObjectID, _ head: ObjectID) throws -> ObjectID? {
    let pair = BranchPair(base: base, head: head)
    if let known = known[pair] { return known }
    guard known.count < Self.most else { return nil }
    let bases = try repository.mergeBases(base, head)
    let point = bases.count == 1 ? bases[0] : nil
    known[pair] = .some(point)
    return point
  }
}
