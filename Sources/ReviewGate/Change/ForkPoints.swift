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
  init(_ commits: [CommitInfo], of range: CommitRange, _ git: Git) async throws {
    let merges = commits.filter { $0.parents.count > 1 }
    let graph = RangeGraph(
      commits,
      cover: merges.isEmpty ? nil : try await Self.cover(commits, range, git)
    )
    var known: [Pair: [ObjectID]] = [:]
    var open: [RangeGraph.Forks: [Pair]] = [:]
    for merge in merges {
      for parent in merge.parents.dropFirst() {
        let pair = Pair(merge.parents[0], parent)
        switch graph.forks(merge.parents[0], parent) {
        case .known(let points): known[pair] = points
        case .outside(let one, let other, let isCovered):
          open[.outside(one, other, isCovered: isCovered), default: []].append(pair)
        case nil: break
        }
      }
    }
    for (forks, points) in try await Self.ask(Array(open.keys), git) {
      for pair in open[forks] ?? [] { known[pair] = points }
    }
    self.graph = graph
    self.known = Mutex(known)
  }

  /// The start of the range, where all that is outside comes before it: not when the range excludes
  /// another branch too.
  private static func cover(
    _ commits: [CommitInfo],
    _ range: CommitRange,
    _ git: Git
  ) async throws -> ObjectID? {
    if range.isCovered { return range.base }
    let outside = RangeGraph.outside(commits)
    guard let base = range.base, outside.contains(base) else { return nil }
    return try await git.covers([base], outside) ? base : nil
  }

  /// As many questions at a time as keep the cores busy while git reads.
  private static let mostQuestions = 4

  private static func ask(
    _ open: [RangeGraph.Forks],
    _ git: Git
  ) async throws -> [(RangeGraph.Forks, [ObjectID]?)] {
    try await withThrowingTaskGroup(of: (RangeGraph.Forks, [ObjectID]?).self) { group in
      var rest = open[...]
      var answers: [(RangeGraph.Forks, [ObjectID]?)] = []
      func next() {
        guard let forks = rest.popFirst() else { return }
        group.addTask {
          guard case .outside(let one, let other, let isCovered) = forks else {
            return (forks, nil)
          }
          return (forks, try await git.forks(one, other, isCovered: isCovered))
        }
      }
      for _ in 0..<mostQuestions { next() }
      while let answer = try await group.next() {
        answers.append(answer)
        next()
      }
      return answers
    }
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
