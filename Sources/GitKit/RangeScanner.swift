import CGit2
import FoundationEssentials
package import ReviewCore
import Synchronization

/// Reads what the commits of a range did, on all cores.
///
/// The one place that uses more than one thread: every worker opens its own repository, takes a run
/// of neighbouring commits (whose trees share most objects) and returns plain values.
package struct RangeScanner: Sendable {
  private let gitDirectory: String
  private let fromEnvironment: Bool
  private let sizeCap: Int
  private let pool: RepositoryPool

  /// How many neighbouring commits one worker takes at a time.
  package static let chunk = 64

  /// Bytes that a worker has at hand for what it finds; its heap has 64 MiB at most.
  private static let heap = 56 << 20

  /// More workers than this only wait for each other's caches.
  private static let mostWorkers = 8

  /// Scans the repository at `gitDirectory`, opened as `Repository` opens it.
  ///
  /// Workers take what they read with from `pool` and leave it there: the next scan goes on with the
  /// trees that this one has unpacked.
  package init(
    gitDirectory: String,
    fromEnvironment: Bool,
    sizeCap: Int,
    pool: RepositoryPool = RepositoryPool()
  ) {
    self.gitDirectory = gitDirectory
    self.fromEnvironment = fromEnvironment
    self.sizeCap = sizeCap
    self.pool = pool
  }

  /// Reads commits, and turns each into a value on the core that read it.
  package func commits<Value: Sendable>(
    _ ids: [ObjectID],
    _ value: @escaping @Sendable (CommitInfo) -> Value
  ) async throws -> [Value] {
    try await map(ids) { repository, id in value(try repository.commit(id)) }
  }

  /// The full change of each transition.
  package func fileChanges(of transitions: [FileTransition]) async throws -> [FileChange] {
    let sizeCap = sizeCap
    return try await map(transitions) { repository, transition in
      try repository.fileChange(of: transition, sizeCap: sizeCap)
    }
  }

  /// For each commit with at most one parent, the paths it changed, of those in `wanted`.
  ///
  /// A commit without parents is compared with the empty tree. `trees` knows the trees of commits.
  package func changes(
    of commits: [CommitInfo],
    trees: [ObjectID: ObjectID],
    only wanted: Set<RepositoryPath>
  ) async throws -> [[ScannedPath]] {
    try await map(commits) { repository, commit in
      let parent = try commit.parents.first.map { try trees[$0] ?? repository.commit($0).tree }
      return try repository.transitions(from: parent ?? .emptyTree, to: commit.tree)
        .filter { wanted.contains($0.path) }.map { ScannedPath(transitions: [$0]) }
    }
  }

  /// For each merge, the paths it changed, of those in `wanted`.
  ///
  /// A merge has those that differ from its first parent, and those that another parent brought and
  /// the merge did not take. What a side has as `forks` says that both had it before is neither:
  /// without an answer, all that differs counts. `line` knows what commits with one parent changed.
  package func changes(
    ofMerges commits: [CommitInfo],
    line: ScannedLine,
    trees: [ObjectID: ObjectID],
    only wanted: Set<RepositoryPath>,
    forks: @escaping @Sendable (ObjectID, ObjectID, Repository) throws -> [ObjectID]
  ) async throws -> [[ScannedPath]] {
    try await map(commits) { repository, commit in
      let parents = try commit.parents.map { try trees[$0] ?? repository.commit($0).tree }
      var merge = try MergeScan(repository, parents: parents, result: commit.tree, wanted: wanted)
      for (place, parent) in commit.parents.enumerated().dropFirst() {
        let points = try forks(commit.parents[0], parent, repository)
        if points.count == 1, let changes = line.changes(from: points[0], to: parent) {
          merge.add(place, changes)
        } else {
          try merge.add(
            place,
            since: points.map { try trees[$0] ?? repository.commit($0).tree }
          )
        }
      }
      return try merge.paths()
    }
  }

  /// What was found in merges and in all others, in the order of all commits.
  package static func inOrder(
    _ commits: [CommitInfo],
    others: [[ScannedPath]],
    merges: [[ScannedPath]]
  ) -> [[ScannedPath]] {
    var (other, merge) = (others.makeIterator(), merges.makeIterator())
    return commits.map { ($0.parents.count > 1 ? merge.next() : other.next()) ?? [] }
  }

  /// The changed lines of many transitions; nil for each one without a line view.
  package func spans(of work: [[FileTransition]]) async throws -> [[[HunkSpan]?]] {
    let sizeCap = sizeCap
    return try await map(work) { repository, transitions in
      var result: [[HunkSpan]?] = []
      for transition in transitions {
        switch try repository.lineView(of: transition, sizeCap: sizeCap) {
        case .spans(let spans): result.append(spans)
        case .opaque: result.append(nil)
        }
      }
      return result
    }
  }

  /// Turns each item into a value, `chunk` neighbouring ones at a time on one core.
  package func map<Item: Sendable, Value: Sendable>(
    _ items: [Item],
    chunk: Int = Self.chunk,
    _ body: @escaping @Sendable (Repository, Item) throws -> Value
  ) async throws -> [Value] {
    try await map(items, chunk: chunk, worker: { $0 }, body)
  }

  /// The same with what `worker` makes of each core's repository: it keeps what it has read.
  ///
  /// The values stand in the order of the items; every worker takes the next chunk until none is left.
  package func map<Worker, Item: Sendable, Value: Sendable>(
    _ items: [Item],
    chunk: Int,
    worker: @escaping @Sendable (Repository) throws -> Worker,
    _ body: @escaping @Sendable (Worker, Item) throws -> Value
  ) async throws -> [Value] {
    let queue = ChunkQueue(count: items.count, chunk: chunk)
    let workers = min(ProcessInfo.processInfo.activeProcessorCount, queue.chunks, Self.mostWorkers)
    return try await withThrowingTaskGroup(of: [(Int, [Value])].self) { group in
      for _ in 0..<workers {
        group.addTask {
          cgit2_grow_heap(Self.heap)
          let repository =
            try pool.take()
            ?? Repository(gitDirectory: gitDirectory, fromEnvironment: fromEnvironment)
          defer { pool.leave(repository) }
          let worker = try worker(repository)
          var done: [(Int, [Value])] = []
          while let range = queue.next() {
            done.append((range.lowerBound, try items[range].map { try body(worker, $0) }))
          }
          return done
        }
      }
      var runs: [(start: Int, values: [Value])] = []
      for try await done in group { runs += done }
      runs.sort { $0.start < $1.start }
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for run in runs { values += run.values }
      return values
    }
  }
}

/// Open repositories that no worker has at the moment.
package final class RepositoryPool: Sendable {
  /// A repository is used by one worker at a time, on whichever thread.
  private struct Idle: @unchecked Sendable {
    let repository: Repository
  }

  private let idle = Mutex<[Idle]>([])

  /// Has none until a worker leaves one.
  package init() {}

  /// Leaves it to the end of the process to give everything back (`Repository.keepUntilExit`).
  package func keepUntilExit() { _ = Unmanaged.passRetained(self) }

  fileprivate func take() -> Repository? { idle.withLock { $0.popLast() }?.repository }

  fileprivate func leave(_ repository: Repository) {
    let idle = Idle(repository: repository)
    self.idle.withLock { $0.append(idle) }
  }
}

/// Hands out runs of neighbouring items, each once, to any number of workers.
private final class ChunkQueue: Sendable {
  private let taken = Atomic<Int>(0)
  private let count: Int
  private let chunk: Int

  init(count: Int, chunk: Int) {
    self.count = count
    self.chunk = chunk
  }

  /// How many runs there are.
  var chunks: Int { (count + chunk - 1) / chunk }

  /// The next run; nil when all are taken.
  func next() -> Range<Int>? {
    let start = taken.add(1, ordering: .relaxed).oldValue * chunk
    return start < count ? start..<min(count, start + chunk) : nil
  }
}

/// One path of one commit, against each parent.
package struct ScannedPath: Sendable {
  /// What differs from each parent; an identity for one that has the path like this.
  package let transitions: [FileTransition]

  /// The path.
  package var path: RepositoryPath { transitions[0].path }

  /// Which parent a merge has the path from, unchanged; nil when it has it from none.
  package var takenFrom: Int? {
    transitions.count > 1 ? transitions.firstIndex(where: \.isIdentity) : nil
  }
}
