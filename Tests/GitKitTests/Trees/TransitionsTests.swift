import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct TransitionsTests {
  /// What `git diff-tree` says about two trees.
  static func oracle(
    _ repository: TempRepository,
    _ pairs: [(ObjectID, ObjectID)]
  ) throws -> [[FileTransition]] {
    let commands = pairs.map { old, new in
      "git diff-tree -r --no-renames --raw -z --no-abbrev \(old.hex) \(new.hex) && printf '\\0'"
    }
    let bytes = try repository.bytes(ofShell: commands.joined(separator: "\n"))
    var result: [[FileTransition]] = [[]]
    var header: [Substring]?
    for field in bytes.split(separator: 0, omittingEmptySubsequences: false) {
      if let words = header {
        result[result.count - 1].append(try transition(words, path: Array(field)))
        header = nil
      } else if field.isEmpty {
        result.append([])
      } else {
        header = String(decoding: field.dropFirst(), as: UTF8.self).split(separator: " ")
      }
    }
    return Array(result.prefix(pairs.count))
  }

  private static func transition(_ words: [Substring], path: [UInt8]) throws -> FileTransition {
    FileTransition(
      path: RepositoryPath(path),
      oldMode: try #require(FileMode(octal: String(words[0]))),
      newMode: try #require(FileMode(octal: String(words[1]))),
      oldID: try #require(ObjectID(hex: words[2])),
      newID: try #require(ObjectID(hex: words[3]))
    )
  }

  @Test(arguments: 1...6)
  func `lists the paths git lists, in git's order`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let temporary = try TempRepository()
    var stream = FastImport()
    var tree = RandomTree()
    for number in 0..<60 {
      tree.change(&random)
      stream.commit("trees", parents: number == 0 ? [] : [number], files: tree.files)
    }
    let commits = try stream.run(in: temporary).dropFirst()
    let repository = try temporary.open()
    let trees = try commits.map { try repository.commit($0).tree } + [.emptyTree]
    let pairs = (0..<100).map { index in
      index < 60 ? (trees[index], trees[index + 1]) : (random.pick(trees), random.pick(trees))
    }
    let expected = try Self.oracle(temporary, pairs)
    #expect(expected.contains { !$0.isEmpty })
    for (pair, expected) in zip(pairs, expected) {
      let actual = try repository.transitions(from: pair.0, to: pair.1)
      #expect(actual == expected, "\(pair.0) \(pair.1)")
    }
  }

  @Test(arguments: 1...3)
  func `a line of commits adds up to what its ends differ in`(seed: Int) async throws {
    var random = SeededRandom(seed: UInt64(seed))
    let temporary = try TempRepository()
    var stream = FastImport()
    var tree = RandomTree()
    for number in 0..<80 {
      tree.change(&random)
      stream.commit("trees", parents: number == 0 ? [] : [number], files: tree.files)
    }
    let repository = try temporary.open()
    let commits = try stream.run(in: temporary).dropFirst().map { try repository.commit($0) }
    let trees = Dictionary(uniqueKeysWithValues: commits.map { ($0.id, $0.tree) })
    let paths = try repository.transitions(from: .emptyTree, to: commits[40].tree).map(\.path)
    let wanted = Set(paths.filter { _ in random.once(in: 2) })
    let scanner = RangeScanner(
      gitDirectory: try temporary.git("rev-parse", "--absolute-git-dir"),
      fromEnvironment: false,
      sizeCap: Repository.defaultSizeCap
    )
    let found = try await scanner.changes(of: commits, trees: trees, only: wanted)
    let line = ScannedLine(commits, found)
    for _ in 0..<60 {
      let start = 1 + random.below(commits.count - 1)
      let end = start + random.below(commits.count - start)
      let expected = try repository.transitions(from: commits[start].tree, to: commits[end].tree)
        .filter { wanted.contains($0.path) }
      let added = try #require(line.changes(from: commits[start].id, to: commits[end].id))
      #expect(added.sorted { $0.path < $1.path } == expected.sorted { $0.path < $1.path })
    }
    // A root has no parent to come from, and nothing comes from what is newer.
    #expect(line.changes(from: .zero, to: commits[5].id) == nil)
    #expect(line.changes(from: commits[9].id, to: commits[5].id) == nil)
  }

  /// Writes a tree as `git mktree` would not: `entries` are "mode name id".
  private func tree(_ repository: TempRepository, _ entries: [String]) throws -> ObjectID {
    let parts = entries.map { entry in
      let words = entry.split(separator: " ")
      let id = words[2].enumerated().map {
        $0.offset % 2 == 0 ? "\\x\($0.element)" : "\($0.element)"
      }
      return "printf '%s %s\\0' \(words[0]) '\(words[1])'; printf '\(id.joined())'"
    }
    let script =
      "{ \(parts.joined(separator: "; ")); } | git hash-object -t tree -w --literally --stdin"
    let output = try repository.run(["/bin/bash", "-c", script])
    return try #require(ObjectID(hex: output.stdout.prefix(40)), "\(output)")
  }

  @Test func `empty subtrees and modes no longer written are read as git reads them`() throws {
    let temporary = try TempRepository()
    let blob = try temporary.git("hash-object", "-w", "--stdin", stdin: "text\n")
    let other = try temporary.git("hash-object", "-w", "--stdin", stdin: "other\n")
    let empty = ObjectID.emptyTree.hex
    try temporary.git("mktree", stdin: "")
    let trees = try [
      ["100644 a \(blob)"], ["100664 a \(blob)"], ["100755 a \(blob)"], ["100775 a \(blob)"],
      ["100664 a \(other)"], ["40000 a \(empty)"], ["40000 a \(empty)", "100644 b \(blob)"],
    ].map { try tree(temporary, $0) }
    let pairs = trees.flatMap { old in trees.map { (old, $0) } }
    let expected = try Self.oracle(temporary, pairs)
    let repository = try temporary.open()
    for (pair, expected) in zip(pairs, expected) {
      #expect(try repository.transitions(from: pair.0, to: pair.1) == expected)
    }
    let entry = try repository.entry(at: RepositoryPath("a"), in: trees[1])
    #expect(entry?.mode == .regular)
  }

  @Test func `trees nested beyond reason are refused and do not overflow the stack`() throws {
    let temporary = try TempRepository()
    var stream = FastImport()
    let path = Array(String(repeating: "d/", count: 2_100).utf8) + Array("file".utf8)
    stream.commit("deep", parents: [], files: [.init(path: path, content: "text\n")])
    _ = try stream.run(in: temporary)
    let deep = try temporary.id("deep^{tree}")
    let repository = try temporary.open()
    #expect(throws: GitError.self) { try repository.transitions(from: .emptyTree, to: deep) }
  }

  @Test func `a missing tree is an error and never an empty difference`() throws {
    let temporary = try TempRepository()
    try temporary.write("directory/file", "one\n")
    let first = try temporary.commit("first")
    try temporary.write("directory/file", "two\n")
    let second = try temporary.commit("second")
    let inner = try temporary.git("rev-parse", "\(second):directory")
    let object = "\(temporary.gitDirectory)/objects/\(inner.prefix(2))/\(inner.dropFirst(2))"
    try FileManager.default.removeItem(atPath: object)
    let old = try temporary.id("\(first)^{tree}")
    let new = try temporary.id("\(second)^{tree}")
    let repository = try temporary.open()
    let error = #expect(throws: GitError.self) {
      try repository.transitions(from: old, to: new)
    }
    #expect(error?.isNotFound == true)
    #expect(error?.object?.hex == inner)
  }

  /// Git writes no such trees; by hand anybody can.
  @Test(arguments: [
    (["a own", "z other"], false), (["z other", "a own"], true), (["a other", "a own"], true),
    (["a own", "a other"], false),
  ])
  func `a path that a tree names twice is found or refused`(
    entries: [String],
    isRefused: Bool
  ) throws {
    let temporary = try TempRepository()
    try temporary.write("a", "one\n")
    let commit = try temporary.commit("x")
    try temporary.write("b", "two\n")
    let blobs = [
      "own": try temporary.git("rev-parse", "HEAD:a"),
      "other": try temporary.git("hash-object", "-w", "b"),
    ]
    let bytes = try entries.flatMap { entry in
      let words = entry.split(separator: " ").map(String.init)
      let id = try #require(Hex.decode(blobs[words[1]] ?? ""))
      return Array("100644 \(words[0])\0".utf8) + id
    }
    try temporary.write("tree", bytes: bytes)
    let text = try temporary.git("hash-object", "--literally", "-t", "tree", "-w", "tree")
    let new = try #require(ObjectID(hex: text))
    let repository = try temporary.open()
    let old = try repository.commit(try #require(ObjectID(hex: commit))).tree
    if isRefused {
      #expect(throws: GitError.self) { try repository.transitions(from: old, to: new) }
    } else {
      #expect(try repository.transitions(from: old, to: new).count == 1)
    }
  }

  /// Git takes no such names into an index, and other programs put the file somewhere else.
  @Test(arguments: ["vendor/x.swift", "vendor/../x.swift", "..", ".", ".git", ".GiT", "a/", "/"])
  func `a name that is no name of a file is refused`(name: String) throws {
    let temporary = try TempRepository()
    try temporary.write("vendor/a", "one\n")
    let commit = try temporary.commit("x")
    let blob = try temporary.git("rev-parse", "HEAD:vendor/a")
    let bytes = try Array("100644 \(name)\0".utf8) + #require(Hex.decode(blob))
    try temporary.write("tree", bytes: bytes)
    let text = try temporary.git("hash-object", "--literally", "-t", "tree", "-w", "tree")
    let new = try #require(ObjectID(hex: text))
    let repository = try temporary.open()
    let old = try repository.commit(try #require(ObjectID(hex: commit))).tree
    #expect(throws: GitError.self) { try repository.transitions(from: old, to: new) }
    #expect(throws: GitError.self) { try repository.transitions(from: .emptyTree, to: new) }
  }
}
