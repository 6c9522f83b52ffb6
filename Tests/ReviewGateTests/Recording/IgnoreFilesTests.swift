import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@testable import ReviewGate

/// Which new files a scan passes over, with git as the oracle.
@Suite struct IgnoreFilesTests {
  static let files = [
    "a.log", "keep.log", "sub/a.log", "build/x", "sub/build/x", "root-only", "sub/root-only",
    "docs/one/x", "docs/one/two/x", "docs/x", "secret.txt", "sub/secret", "important.log",
    "out", "other/out/y", "sub/local.cfg", "local.cfg", "plain.txt", "sub/plain.txt", "x.tmp",
    "[odd].txt", "sub/deep/er/z.bak",
  ]

  static func scan(_ root: String, _ gitDirectory: String) throws -> Set<String> {
    let worktree = Worktree(root: root, gitDirectory: gitDirectory)
    let bytes = try Data(contentsOf: URL(filePath: gitDirectory + "/index"))
    let index = try IndexEntries(Array(bytes), limit: 1_000)
    let repository = try Repository(gitDirectory: gitDirectory)
    let rules = IgnoreFiles(worktree: worktree).rules(repository, tracked: index.entries)
    let scan = WorktreeScan(worktree, index: index, indexTime: 0, rules: rules, before: nil)
    return Set(scan.cache.files.map { String(decoding: $0, as: UTF8.self) })
  }

  static func others(_ place: Workplace, at root: String) throws -> Set<String> {
    let arguments = ["ls-files", "-z", "--others", "--exclude-standard"]
    let output = try place.repository.runDetached(["git"] + arguments, at: root)
    return Set(output.stdout.split(separator: "\0").map(String.init))
  }

  static func fill(_ root: String) throws {
    for file in files {
      let url = URL(filePath: root).appending(path: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data("x\n".utf8).write(to: url)
    }
  }

  @Test(arguments: [false, true])
  func `the same new files are left out as by git`(isLinked: Bool) throws {
    let place = try Workplace(hooks: false)
    let sandbox = place.repository.sandbox
    try "# mine\n*.log\n!keep.log\nbuild/\n/root-only\ndocs/**/x\n*.bak\n".write(
      toFile: sandbox + "/excludes",
      atomically: true,
      encoding: .utf8
    )
    try place.git("config", "core.excludesFile", sandbox + "/excludes")
    try "secret*\n*.tmp\n".write(
      toFile: place.path + "/.git/info/exclude",
      atomically: true,
      encoding: .utf8
    )
    try place.land([
      ".gitignore": "!important.log\nout\n", "sub/.gitignore": "local.*\n!build\n",
      "sub/tracked": "x\n",
    ])
    var (root, git) = (place.path, place.path + "/.git")
    if isLinked {
      root = sandbox + "/linked"
      git = place.path + "/.git/worktrees/linked"
      try place.git("worktree", "add", "-q", root)
    }
    try Self.fill(root)
    let expected = try Self.others(place, at: root)
    let scanned = try Self.scan(root, git)
    #expect(scanned == expected)
    #expect(expected.contains("important.log") && !expected.contains("a.log"))
  }
}
