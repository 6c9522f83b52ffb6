import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@testable import GitCommand

/// One git process says what two processes and a walk over two trees say.
@Suite struct StagedListingTests {
  private func repository(_ name: String = "repository") throws -> TempRepository {
    let repository = try TempRepository(named: name)
    try repository.write("kept.txt", "kept\n")
    try repository.write("gone.txt", "gone\n")
    try repository.write("turns", "file\n")
    try repository.write("deep/er/file.txt", "one\n")
    try repository.write("script.sh", "true\n")
    try repository.commit("first")
    try repository.write("deep/er/file.txt", "two\n")
    try repository.write("new\tfile.txt", "new\n")
    try repository.write("script.sh", "true\n", executable: true)
    try FileManager.default.removeItem(atPath: repository.path + "/gone.txt")
    try FileManager.default.removeItem(atPath: repository.path + "/turns")
    try repository.write("turns/around", "directory\n")
    try repository.git("add", "--all")
    try repository.write("promised.txt", "later\n")
    try repository.git("add", "--intent-to-add", "promised.txt")
    return repository
  }

  private func expectSame(_ repository: TempRepository, at directory: String) async throws {
    let git = Git(directory: directory, variables: repository.environment)
    let listing = try #require(try git.stagedListing())
    let layout = try await RepositoryLayout(git)
    #expect(listing.gitDirectory == layout.gitDirectory)
    #expect(listing.commonDirectory == layout.commonDirectory)
    let top = try repository.git("rev-parse", "--show-toplevel", at: directory)
    #expect(listing.worktree == top)
    let tree = try await git.tree(
      ofIndex: layout.indexFile,
      scratch: layout.gitDirectory + "/reviewgate/scratch"
    )
    let objects = try Repository(gitDirectory: layout.gitDirectory)
    let head = try #require(try objects.target(of: "HEAD"))
    let expected = try objects.transitions(from: try objects.commit(head).tree, to: tree)
    #expect(Set(listing.transitions) == Set(expected))
    #expect(listing.transitions.count == expected.count)
  }

  @Test func `it is what the trees say`() async throws {
    let repository = try repository()
    try await expectSame(repository, at: repository.path)
    try await expectSame(repository, at: repository.path + "/deep/er")
  }

  @Test func `it is what the trees say in every form of index`() async throws {
    for form in [
      ["update-index", "--index-version", "4"], ["update-index", "--split-index"],
      ["config", "diff.renames", "copies"], ["config", "diff.ignoreSubmodules", "all"],
      ["config", "diff.noprefix", "true"], ["config", "core.quotePath", "false"],
    ] {
      let repository = try repository()
      try repository.git(form)
      try await expectSame(repository, at: repository.path)
    }
  }

  @Test func `a linked worktree has two directories`() async throws {
    let repository = try repository()
    let other = repository.sandbox + "/other tree"
    try repository.git("worktree", "add", "--quiet", "--detach", other)
    try Data("changed\n".utf8).write(to: URL(filePath: other + "/kept.txt"))
    try repository.git("add", "--all", at: other)
    try await expectSame(repository, at: other)
  }

  @Test func `what is out of the ordinary is not listed`() throws {
    let unborn = try TempRepository()
    #expect(try Git(directory: unborn.path, variables: unborn.environment).stagedListing() == nil)
    let bare = try TempRepository(bare: true)
    #expect(try Git(directory: bare.path, variables: bare.environment).stagedListing() == nil)
    let odd = try repository("back\\slash")
    #expect(try Git(directory: odd.path, variables: odd.environment).stagedListing() == nil)
    let conflict = try repository()
    let id = try conflict.id(":kept.txt").hex
    let lines = (1...3).map { "100644 \(id) \($0)\tkept.txt\n" }.joined()
    try conflict.git("update-index", "--index-info", stdin: "0 \(id)\tkept.txt\n" + lines)
    #expect(
      try Git(directory: conflict.path, variables: conflict.environment).stagedListing() == nil
    )
  }

  static let good =
    ":100644 100755 " + String(repeating: "a", count: 40) + " "
    + String(repeating: "b", count: 40) + " M|path|"

  /// Reads what is written with `|` for a zero byte.
  private func read(_ text: String) -> [FileTransition]? {
    RawDifferences.read(text.utf8.map { $0 == UInt8(ascii: "|") ? 0 : $0 })
  }

  @Test(arguments: [
    "x", "|", "||", ":|path|", good + "|", good + good, String(good.dropLast()),
    good + good.dropLast(5),
    good.replacing(" M", with: " U"), good.replacing(" M", with: " R100"),
    good.replacing("aaaaaaaa", with: "aaaaaaa"), good.replacing("100644", with: "100648"),
  ])
  func `raw differences that are not exactly that are refused`(text: String) {
    #expect(read(Self.good)?.count == 1)
    #expect(read(text) == nil)
  }

  static let trace = [
    "git_dir: .git", "git_common_dir: .git", "worktree: /w", "cwd: /w", "prefix: a/",
  ]
  .map { "12:00:00.000000 trace.c:1             setup: \($0)" }

  @Test func `a trace that is not complete says nothing`() {
    #expect(SetupTrace(Self.trace.joined(separator: "\n"))?.gitDirectory == "/w/.git")
    for index in Self.trace.indices {
      var lines = Self.trace
      lines.remove(at: index)
      #expect(SetupTrace(lines.joined(separator: "\n")) == nil)
    }
    #expect(SetupTrace((Self.trace + ["warning: other"]).joined(separator: "\n")) == nil)
    #expect(SetupTrace(Self.trace.joined(separator: "\n").replacing("/w", with: "(null)")) == nil)
  }
}
