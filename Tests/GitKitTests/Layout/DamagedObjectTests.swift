import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// What is missing or broken is an error; nothing is ever taken for empty.
@Suite struct DamagedObjectTests {
  private struct Sample {
    var temporary: TempRepository
    var commit: ObjectID
    var tree: ObjectID
    var blob: ObjectID
    var transition: FileTransition
  }

  private func sample() throws -> Sample {
    let temporary = try TempRepository()
    try temporary.write("file.txt", "text of some length\n")
    try temporary.commit("first")
    let blob = try temporary.id("HEAD:file.txt")
    return Sample(
      temporary: temporary,
      commit: try temporary.id("HEAD"),
      tree: try temporary.id("HEAD^{tree}"),
      blob: blob,
      transition: FileTransition(
        path: RepositoryPath("file.txt"),
        oldMode: .absent,
        newMode: .regular,
        oldID: .zero,
        newID: blob
      )
    )
  }

  private func file(_ id: ObjectID, _ temporary: TempRepository) -> String {
    "\(temporary.gitDirectory)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
  }

  /// Ways to break the file of an object; nil removes it.
  static let damages: [[UInt8]?] = [nil, [], [0], Array("not zlib".utf8), [0x78, 0x01, 0xff]]

  @Test(arguments: damages)
  func `a broken object of any kind is an error`(damage: [UInt8]?) throws {
    let sample = try sample()
    for id in [sample.commit, sample.tree, sample.blob] {
      let path = file(id, sample.temporary)
      let intact = try TestFiles.bytes(path)
      try FileManager.default.removeItem(atPath: path)
      if let damage { try Data(damage).write(to: URL(filePath: path)) }
      let repository = try sample.temporary.open()
      #expect(throws: GitError.self) {
        let tree = try repository.commit(sample.commit).tree
        for transition in try repository.transitions(from: .emptyTree, to: tree) {
          _ = try repository.lineView(of: transition)
        }
      }
      if id == sample.blob {
        #expect(throws: GitError.self) { try repository.fileChange(of: sample.transition) }
        #expect(throws: GitError.self) { try repository.blob(id) }
        #expect(throws: GitError.self) { try repository.size(of: id) }
      }
      try? FileManager.default.removeItem(atPath: path)
      try Data(intact).write(to: URL(filePath: path))
    }
  }

  @Test func `an object of another kind is an error`() throws {
    let sample = try sample()
    let repository = try sample.temporary.open()
    #expect(throws: GitError.self) { try repository.commit(sample.tree) }
    #expect(throws: GitError.self) { try repository.commit(sample.blob) }
    #expect(throws: GitError.self) { try repository.blob(sample.tree) }
    #expect(throws: GitError.self) { try repository.transitions(from: .emptyTree, to: sample.blob) }
    #expect(throws: GitError.self) { try repository.transitions(from: .zero, to: sample.tree) }
  }

  @Test func `a shallow clone lacks what it lacks`() throws {
    let temporary = try TempRepository()
    try temporary.commit("first")
    let first = try temporary.id("HEAD")
    try temporary.commit("second")
    let path = temporary.sandbox + "/shallow"
    try temporary.git("clone", "--quiet", "--depth=1", "file://\(temporary.path)", path)
    let repository = try Repository(gitDirectory: path + "/.git")
    let head = try repository.commit(try temporary.id("HEAD"))
    // The object names its parent, whatever git makes of it.
    #expect(head.parents == [first])
    #expect(!repository.contains(first))
    let error = #expect(throws: GitError.self) { try repository.commit(first) }
    #expect(error?.isNotFound == true && error?.object == first)
  }

  @Test func `a treeless clone does not pass for one without files`() throws {
    let sample = try sample()
    try sample.temporary.git("config", "uploadpack.allowFilter", "true")
    let path = sample.temporary.sandbox + "/treeless"
    try sample.temporary.git(
      "clone",
      "--quiet",
      "--bare",
      "--filter=tree:0",
      "file://\(sample.temporary.path)",
      path
    )
    let repository = try Repository(gitDirectory: path)
    let tree = try repository.commit(sample.commit).tree
    #expect(throws: GitError.self) { try repository.transitions(from: .emptyTree, to: tree) }
    #expect(throws: GitError.self) {
      try repository.entry(at: RepositoryPath("file.txt"), in: tree)
    }
  }

  @Test(arguments: ["", "/nowhere", "/"])
  func `a directory that is no repository is an error`(path: String) throws {
    let temporary = try TempRepository()
    #expect(throws: GitError.self) {
      try Repository(gitDirectory: temporary.sandbox + "/home" + path)
    }
  }
}
