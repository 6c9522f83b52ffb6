import GitCommand
import GitKit
import ReviewCore
import Synchronization

/// The points where the histories of two commits went apart, looked up once for all paths.
final class ForkPoints: Sendable {
  private struct Pair: Hashable {
    let left: ObjectID
    let right: ObjectID

    /// Both orders are one question.
    init(_ one: ObjectID, _ other: ObjectID) {
      (left, right) = one < other ? (one, other) : (other, one)
    }
  }

  private let graph: RangeGraph
  private let known: Mutex<[Pair: [ObjectID]]>

  /// Knows a range whose parents come before their children.
  ///
  /// Git is asked for the few points that lie before the range and do not follow from how it begins:
  /// it walks the history many times faster than libgit2.
  init(_ commits: [CommitInfo], after base: ObjectID?, _ git: Git) async throws {
    let merges = commits.filter { $0.parents.count > 1 }
    let graph = RangeGraph(commits, cover: try await Self.cover(commits, merges, base, git))
    var known: [Pair: [ObjectID]] = [:]
    var answers: [RangeGraph.Forks: [ObjectID]] = [:]
    for merge in merges {
      for parent in merge.parents.dropFirst() {
        guard let forks = graph.forks(merge.parents[0], parent) else { continue }
        let pair = Pair(merge.parents[0], parent)
        switch forks {
        case .known(let points): known[pair] = points
        case .outside(let mine, let theirs, let isCovered):
          if answers[forks] == nil {
            answers[forks] = try await git.forks(mine, theirs, isCovered: isCovered)
          }
          known[pair] = answers[forks]
        }
      }
    }
    self.graph = graph
    self.known = Mutex(known)
  }

  /// The start of the range, where all that is outside comes before it: not when the range excludes
  /// another branch too.
  private static func cover(
    _ commits: [CommitInfo],
    _ merges: [CommitInfo],
    _ base: ObjectID?,
    _ git: Git
  ) async throws -> ObjectID? {
    guard let base, !merges.isEmpty else { return nil }
    let outside = RangeGraph.outside(commits)
    guard outside.contains(base) else { return nil }
    return try await git.covers(base, outside) ? base : nil
  }

  /// The points; none where they cannot be found.
  func between(
    _ left: ObjectID,
    _ right: ObjectID,
    _ repository: Repository
  ) -> [ObjectID] {
    let pair = Pair(left, right)
    if let found = known.withLock({ $0[pair] }) { return found }
    let found: [ObjectID]
    if case .known(let points) = graph.forks(left, right) {
      found = points
    } else {
      found = (try? repository.mergeBases(left, right)) ?? []
    }
    known.withLock { $0[pair] = found }
    return found
  }
}
