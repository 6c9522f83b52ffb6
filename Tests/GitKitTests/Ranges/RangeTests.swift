import Foundation
import GitCommand
import ReviewCore
import TestSupport
import Testing

@Suite struct RangeTests {
  /// A history of random merges; every commit has a branch of its own.
  static func history(
    _ count: Int,
    seed: UInt64
  ) throws -> (repository: TempRepository, commits: [ObjectID]) {
    var random = SeededRandom(seed: seed)
    let repository = try TempRepository()
    var stream = FastImport()
    for number in 1...count {
      var parents: [Int] = []
      if number > 1, !random.once(in: 15) {
        parents = [max(1, number - 1 - random.below(4))]
        if random.once(in: 3) { parents.append(1 + random.below(number - 1)) }
        if parents.count == 2, parents[0] == parents[1] { parents.removeLast() }
      }
      let file = FastImport.File(path: Array("file".utf8), content: "\(number)\n")
      stream.commit("c\(number)", parents: parents, files: [file])
    }
    return (repository, Array(try stream.run(in: repository).dropFirst()))
  }

  @Test(arguments: 2...3)
  func `holds what git lists, and starts at git's merge base`(seed: Int) async throws {
    let (repository, commits) = try Self.history(50, seed: UInt64(seed))
    let git = repository.gitCommand()
    var random = SeededRandom(seed: UInt64(seed) + 100)
    var kinds: Set<String> = []
    for _ in 0..<30 {
      let head = random.pick(commits)
      let excluded = (0..<random.below(4)).map { _ in random.pick(commits) }
      let range = try await git.range(of: head, excluding: excluded, limit: 1_000)
      let listed = try repository.git(
        ["rev-list", "--topo-order", "--reverse", head.hex] + excluded.map { "^" + $0.hex }
      )
      #expect(range.commits.map(\.hex) == listed.split(separator: "\n").map(String.init))
      #expect(range.head == head)
      guard !excluded.isEmpty else {
        #expect(range.base == nil)
        continue
      }
      let bases = try repository.tryGit(
        ["merge-base", "--all", head.hex] + excluded.map(\.hex)
      ).stdout.split(separator: "\n").compactMap { ObjectID(hex: $0) }
      #expect(range.base.map { bases.contains($0) } ?? bases.isEmpty)
      kinds.insert(bases.count > 1 ? "several" : bases.isEmpty ? "none" : "one")
      if range.commits.isEmpty { kinds.insert("nothing new") }
    }
    #expect(kinds.isSuperset(of: ["one", "nothing new"]), "\(kinds)")
  }

  @Test func `a criss-cross starts at one of its merge bases`() async throws {
    let repository = try TempRepository()
    var stream = FastImport()
    for parents in [[], [1], [1], [2, 3], [3, 2], [4], [5]] {
      stream.commit("c", parents: parents, files: [])
    }
    let ids = try stream.run(in: repository)
    let range = try await repository.gitCommand().range(of: ids[6], excluding: [ids[7]], limit: 9)
    #expect(range.commits == [ids[4], ids[6]])
    let base = try #require(range.base)
    #expect([ids[2], ids[3]].contains(base))
  }

  @Test func `unrelated histories share no base`() async throws {
    let repository = try TempRepository()
    var stream = FastImport()
    stream.commit("one", parents: [], files: [])
    stream.commit("two", parents: [], files: [])
    let ids = try stream.run(in: repository)
    let range = try await repository.gitCommand().range(of: ids[1], excluding: [ids[2]], limit: 9)
    #expect(range.commits == [ids[1]])
    #expect(range.base == nil)
  }

  @Test func `excluding more than a command line holds works`() async throws {
    let (repository, commits) = try Self.history(30, seed: 5)
    let git = repository.gitCommand()
    let few = try await git.range(of: commits[29], excluding: [commits[20]], limit: 99)
    let many = Array(repeating: commits[20], count: 60_000)
    let range = try await git.range(of: commits[29], excluding: many, limit: 99)
    #expect(range.commits == few.commits)
    #expect(range.base == few.base)
  }

  @Test func `more commits than the limit are a problem`() async throws {
    let repository = try TempRepository()
    for number in 1...4 { try repository.commit("\(number)") }
    let head = try repository.id("HEAD")
    await #expect(throws: RangeProblem.tooManyCommits(count: 4, limit: 3)) {
      _ = try await repository.gitCommand().range(of: head, excluding: [], limit: 3)
    }
  }

  @Test(arguments: ["no-such-branch", "--all", "-n1", "HEAD..", "", "HEAD^{blob}", "@{-1}"])
  func `a name git does not know is a problem`(name: String) async throws {
    let repository = try TempRepository()
    try repository.commit("first")
    await #expect(throws: RangeProblem.unknownRevision(name)) {
      _ = try await repository.gitCommand().commit(named: name)
    }
  }

  @Test func `an excluded commit that is not here is an error`() async throws {
    let repository = try TempRepository()
    try repository.commit("first")
    let head = try repository.id("HEAD")
    let missing = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    await #expect(throws: GitFailure.self) {
      _ = try await repository.gitCommand().range(of: head, excluding: [missing], limit: 9)
    }
  }
}
