import Foundation
import GitCommand
import ReviewCore
import TestSupport
import Testing

@Suite struct IndexTreeTests {
  /// A repository with one commit, and more than that staged.
  private func repository() throws -> TempRepository {
    let repository = try TempRepository()
    try repository.write("kept.txt", "kept\n")
    try repository.write("outside/far.txt", "far\n")
    try repository.write("inside/near.txt", "near\n")
    try repository.commit("first")
    try repository.write("inside/new.txt", "new\n")
    try repository.write("run.sh", "true\n", executable: true)
    try repository.git("add", "--all")
    return repository
  }

  private func tree(
    _ repository: TempRepository,
    index: String? = nil
  ) async throws -> ObjectID {
    let index = index ?? repository.gitDirectory + "/index"
    let scratch = repository.gitDirectory + "/reviewgate/scratch"
    return try await repository.gitCommand().tree(ofIndex: index, scratch: scratch)
  }

  /// What git says, asked about a copy so that the index itself stays as it is.
  private func oracle(_ repository: TempRepository, index: String? = nil) throws -> ObjectID {
    let copy = repository.sandbox + "/oracle-index"
    try? FileManager.default.removeItem(atPath: copy)
    let bytes = try TestFiles.bytes(index ?? repository.gitDirectory + "/index")
    try Data(bytes).write(to: URL(filePath: copy))
    let hex = try repository.git("write-tree", env: ["GIT_INDEX_FILE": copy])
    return try #require(ObjectID(hex: hex))
  }

  private struct FileState: Equatable {
    var bytes: [UInt8]
    var modified: Date?
    var links: Int?

    init(_ path: String) throws {
      bytes = try TestFiles.bytes(path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      modified = attributes[.modificationDate] as? Date
      links = attributes[.referenceCount] as? Int
    }
  }

  static let formats: [[[String]]] = [
    [],
    [["update-index", "--split-index"]],
    [["update-index", "--split-index"], ["add", "--all"]],
    [["update-index", "--index-version", "4"]],
    [["sparse-checkout", "set", "--cone", "--sparse-index", "inside"]],
    [["config", "index.skipHash", "true"], ["update-index", "--force-write-index"]],
    [["config", "core.untrackedCache", "true"], ["status"]],
    [["add", "--intent-to-add", "later.txt"]],
    [["update-index", "--assume-unchanged", "kept.txt"], ["rm", "--cached", "run.sh"]],
    [["rm", "-r", "--cached", "--quiet", "."]],
  ]

  @Test(arguments: formats)
  func `is the tree git writes and leaves the index alone`(commands: [[String]]) async throws {
    let repository = try repository()
    try repository.write("later.txt", "later\n")
    for command in commands { _ = try repository.tryGit(command) }
    let index = repository.gitDirectory + "/index"
    let before = try FileState(index)
    let shared = TestFiles.list(repository.gitDirectory)
    let actual = try await tree(repository)
    #expect(try FileState(index) == before)
    #expect(TestFiles.list(repository.gitDirectory) == (shared + ["reviewgate"]).sorted())
    #expect(TestFiles.list(repository.gitDirectory + "/reviewgate/scratch").isEmpty)
    #expect(try actual == oracle(repository))
  }

  @Test func `an index that is a link to a file is read and not replaced`() async throws {
    let repository = try repository()
    let index = repository.gitDirectory + "/index"
    let target = repository.sandbox + "/elsewhere"
    try FileManager.default.moveItem(atPath: index, toPath: target)
    try FileManager.default.createSymbolicLink(atPath: index, withDestinationPath: target)
    let before = try FileState(target)
    let actual = try await tree(repository)
    #expect(try actual == oracle(repository, index: target))
    #expect(try FileState(target) == before)
  }

  @Test(arguments: ["relative", "absolute"])
  func `the file that GIT_INDEX_FILE names is the index`(kind: String) async throws {
    let repository = try repository()
    let absolute = repository.gitDirectory + "/next-index.lock"
    let variable = ["GIT_INDEX_FILE": kind == "relative" ? ".git/next-index.lock" : absolute]
    try repository.git("read-tree", "HEAD", env: variable)
    try repository.git("rm", "--cached", "--quiet", "kept.txt", env: variable)
    let git = repository.gitCommand(variable)
    let layout = try await RepositoryLayout(git)
    #expect(layout.indexFile == absolute)
    let scratch = repository.gitDirectory + "/reviewgate"
    let actual = try await git.tree(ofIndex: layout.indexFile, scratch: scratch)
    #expect(try actual == oracle(repository, index: absolute))
    #expect(try await tree(repository) != actual)
  }

  @Test func `before the first add the tree is empty`() async throws {
    let repository = try TempRepository()
    #expect(try await tree(repository) == .emptyTree)
    #expect(!TestFiles.exists(repository.gitDirectory + "/index"))
  }

  @Test func `conflicts are told apart from damage`() async throws {
    let repository = try repository()
    let blob = try repository.git("rev-parse", "HEAD:kept.txt")
    let stages = (1...3).map { "100644 \(blob) \($0)\tkept.txt\n" }.joined()
    try repository.git("rm", "--cached", "--quiet", "kept.txt")
    try repository.git("update-index", "--index-info", stdin: stages)
    let error = await #expect(throws: IndexProblem.self) { _ = try await tree(repository) }
    guard case .unmerged(let said) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(said.contains("kept.txt"))
  }

  @Test func `a staged object that is missing is damage`() async throws {
    let repository = try repository()
    let entry = "100644 \(String(repeating: "1", count: 40))\tgone.txt\n"
    try repository.git("update-index", "--index-info", stdin: entry)
    let error = await #expect(throws: IndexProblem.self) { _ = try await tree(repository) }
    guard case .unreadable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["DIRC", "", "not an index at all, though long enough to be taken for one"])
  func `a broken index is damage`(content: String) async throws {
    let repository = try repository()
    let index = repository.gitDirectory + "/index"
    try Data(content.utf8).write(to: URL(filePath: index))
    let error = await #expect(throws: IndexProblem.self) { _ = try await tree(repository) }
    guard case .unreadable? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a lock beside the index does not matter and stays`() async throws {
    let repository = try repository()
    let expected = try oracle(repository)
    let lock = repository.gitDirectory + "/index.lock"
    try TestFiles.write("somebody's", to: lock)
    #expect(try await tree(repository) == expected)
    #expect(try TestFiles.text(lock) == "somebody's")
  }

  @Test func `what a killed run left behind is cleared after a day and not before`() async throws {
    let repository = try repository()
    let scratch = repository.gitDirectory + "/reviewgate/scratch"
    for (name, age) in [("index-old", -90_000.0), ("index-young", -60), ("other-old", -90_000)] {
      try TestFiles.write("", to: "\(scratch)/\(name)/index")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: age)],
        ofItemAtPath: "\(scratch)/\(name)"
      )
    }
    _ = try await tree(repository)
    #expect(TestFiles.list(scratch) == ["index-young", "other-old"])
  }

  @Test func `many readers at once get the same answer`() async throws {
    let repository = try repository()
    let expected = try oracle(repository)
    let git = repository.gitCommand()
    let index = repository.gitDirectory + "/index"
    let scratch = repository.gitDirectory + "/reviewgate/scratch"
    try await withThrowingTaskGroup(of: ObjectID.self) { group in
      for _ in 0..<12 {
        group.addTask { try await git.tree(ofIndex: index, scratch: scratch) }
      }
      for try await tree in group { #expect(tree == expected) }
    }
  }

  @Test func `an index on another file system is copied`() async throws {
    let repository = try repository()
    let other = "/dev/shm/reviewgate-test-\(UUID().uuidString)"
    guard (try? TestFiles.write("", to: other + "/probe")) != nil else { return }
    defer { try? FileManager.default.removeItem(atPath: other) }
    let git = repository.gitCommand()
    let index = repository.gitDirectory + "/index"
    let before = try FileState(index)
    let actual = try await git.tree(ofIndex: index, scratch: other)
    #expect(try actual == oracle(repository))
    #expect(try FileState(index) == before)
  }
}
