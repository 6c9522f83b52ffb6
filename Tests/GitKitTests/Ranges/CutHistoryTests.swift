import Foundation
import GitCommand
import ReviewCore
import TestSupport
import Testing

/// History that is cut off or bent must never make a range look short.
@Suite struct CutHistoryTests {
  /// Ten commits on `main` with a side branch from the fourth, merged into the ninth.
  private func origin() throws -> (repository: TempRepository, ids: [ObjectID]) {
    let repository = try TempRepository()
    var stream = FastImport()
    for (number, parents) in [[], [1], [2], [3], [4], [4], [5], [7], [8, 6], [9]].enumerated() {
      let file = FastImport.File(path: Array("file".utf8), content: "\(number)\n")
      stream.commit(number == 9 ? "main" : "c\(number + 1)", parents: parents, files: [file])
    }
    return (repository, try stream.run(in: repository))
  }

  private func clone(_ repository: TempRepository, depth: Int) throws -> String {
    let path = "\(repository.sandbox)/shallow-\(depth)"
    try repository.git(
      "clone",
      "--quiet",
      "--depth=\(depth)",
      "--branch=main",
      "file://\(repository.path)",
      path
    )
    return path
  }

  @Test(arguments: [1, 2, 3, 4, 5, 50])
  func `a shallow clone never gives a short range`(depth: Int) async throws {
    let (repository, ids) = try origin()
    let full = repository.gitCommand()
    let whole = try await full.range(of: ids[10], excluding: [], limit: 99)
    let git = repository.gitCommand(at: try clone(repository, depth: depth))
    let isShallow = try await RepositoryLayout(git).isShallow
    #expect(isShallow == (depth < 50))
    for excluded in [[], [ids[9]], [ids[8]], [ids[7]], [ids[3]], [ids[6]], [ids[10]]] {
      let expected = try await full.range(of: ids[10], excluding: excluded, limit: 99)
      do {
        let range = try await git.range(of: ids[10], excluding: excluded, limit: 99)
        #expect(range.commits == expected.commits, "\(excluded)")
        #expect(range.base == expected.base, "\(excluded)")
        #expect(excluded.isEmpty ? range.commits == whole.commits : true)
      } catch is RangeProblem {
        #expect(isShallow)
      } catch let failure as GitFailure {
        // The excluded commit itself is not here.
        #expect(isShallow && failure.complaint.contains("bad object"), "\(failure)")
      }
    }
  }

  @Test func `without any excluded commit a shallow clone is a problem`() async throws {
    let (repository, ids) = try origin()
    let path = try clone(repository, depth: 1)
    let git = repository.gitCommand(at: path)
    await #expect(throws: RangeProblem.shallow(boundary: ids[10])) {
      _ = try await git.range(of: ids[10], excluding: [], limit: 99)
    }
    let linked = repository.sandbox + "/linked"
    try repository.git("worktree", "add", "--quiet", "--detach", linked, at: path)
    let atLinked = repository.gitCommand(at: linked)
    #expect(try await RepositoryLayout(atLinked).isShallow)
    await #expect(throws: RangeProblem.shallow(boundary: ids[10])) {
      _ = try await atLinked.range(of: ids[10], excluding: [], limit: 99)
    }
  }

  @Test func `unrelated branches of a shallow clone have no base to trust`() async throws {
    let repository = try TempRepository()
    var stream = FastImport()
    stream.commit("old", parents: [], files: [])
    stream.commit("main", parents: [1], files: [])
    stream.commit("orphan", parents: [], files: [])
    let ids = try stream.run(in: repository)
    try TestFiles.write(ids[2].hex + "\n", to: repository.gitDirectory + "/shallow")
    await #expect(throws: RangeProblem.shallowWithoutBase) {
      _ = try await repository.gitCommand().range(of: ids[3], excluding: [ids[2]], limit: 9)
    }
  }

  /// Spellings of a line that git reads as a boundary.
  static let spellings: [@Sendable (String) -> String] = [
    { $0 + "\n" }, { $0 }, { $0 + "\r\n" }, { $0 + " by hand\n" }, { $0.uppercased() + "\n" },
    { $0 + "junk\n" },
  ]

  @Test(arguments: spellings.indices)
  func `a shallow file written by hand does not hide commits`(index: Int) async throws {
    let (repository, ids) = try origin()
    let line = Self.spellings[index](ids[8].hex)
    try TestFiles.write(line, to: repository.gitDirectory + "/shallow")
    let listed = try repository.git("rev-list", "--count", "\(ids[10].hex)", "^\(ids[6].hex)")
    #expect(listed == "3", "git itself must be taken in, or this shows nothing")
    await #expect(throws: RangeProblem.shallow(boundary: ids[8])) {
      _ = try await repository.gitCommand().range(of: ids[10], excluding: [ids[6]], limit: 99)
    }
  }

  @Test func `a removed shallow file is an error`() async throws {
    let (repository, ids) = try origin()
    let path = try clone(repository, depth: 2)
    try FileManager.default.removeItem(atPath: path + "/.git/shallow")
    await #expect(throws: GitFailure.self) {
      _ = try await repository.gitCommand(at: path).range(of: ids[10], excluding: [], limit: 99)
    }
  }

  @Test func `replace refs and grafts are ignored`() async throws {
    let (repository, ids) = try origin()
    let git = repository.gitCommand()
    let expected = try await git.range(of: ids[10], excluding: [ids[2]], limit: 99)
    try repository.git("replace", "--graft", ids[10].hex, ids[2].hex)
    #expect(
      try await git.range(of: ids[10], excluding: [ids[2]], limit: 99).commits == expected.commits
    )
    try repository.git("replace", "--delete", ids[10].hex)
    try TestFiles.write(
      "\(ids[10].hex) \(ids[2].hex)\n",
      to: repository.gitDirectory + "/info/grafts"
    )
    #expect(try repository.git("rev-list", "--count", "^\(ids[2].hex)", ids[10].hex) == "1")
    let range = try await git.range(of: ids[10], excluding: [ids[2]], limit: 99)
    #expect(range.commits == expected.commits)
    #expect(range.base == expected.base)
    // A base that is not there is no failure to ask about, whatever git has to say of grafts.
    let orphan = try repository.git("commit-tree", ObjectID.emptyTree.hex, "-m", "orphan")
    let other = try #require(ObjectID(hex: orphan))
    #expect(try await git.range(of: other, excluding: [ids[2]], limit: 99).base == nil)
  }

  @Test func `a commit graph that lies is ignored`() async throws {
    let (repository, ids) = try origin()
    try repository.git("replace", "--graft", ids[10].hex, ids[2].hex)
    try repository.git("config", "core.commitGraph", "true")
    try repository.git("commit-graph", "write", "--reachable")
    let range = try await repository.gitCommand().range(of: ids[10], excluding: [ids[9]], limit: 9)
    #expect(range.commits == [ids[10]])
  }
}
