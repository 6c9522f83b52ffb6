import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@Suite struct RecordLogTests {
  static let prefix = "refs/reviewgate/v1/log/"
  static let log = prefix + "ada/1"

  /// The records below a prefix as text, sorted.
  static func texts(_ repository: TempRepository, below prefix: String = prefix) throws -> [String]
  {
    try RecordLog(repository.open()).entries(below: prefix)
      .map { String(decoding: $0.envelope, as: UTF8.self) }.sorted()
  }

  @Test func `what is appended is read back, byte for byte`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    let envelopes: [[UInt8]] = [
      [], [0, 255, 10], Array("{}\r\n".utf8), Array(repeating: 7, count: 99_999),
    ]
    for envelope in envelopes {
      try log.append(envelope, to: Self.log, message: "record", time: 1_767_225_600)
    }
    let entries = try log.entries(below: Self.prefix)
    #expect(entries.map(\.envelope).reversed() == envelopes)
    #expect(entries.allSatisfy { $0.reference == Self.log })
    #expect(try temporary.git("rev-list", "--count", Self.log) == "4")
    #expect(try temporary.git("fsck", "--strict") == "")
  }

  @Test func `a record under two logs is found once`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    let commit = try log.append([1], to: Self.log, message: "m", time: 1)
    try log.unite(Self.prefix + "ada/2", with: commit, time: 2)
    #expect(try log.entries(below: Self.prefix).count == 1)
    #expect(try log.entries(below: "refs/reviewgate/other/").isEmpty)
  }

  @Test func `logs are read from packed refs and packed objects`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    for byte: UInt8 in 1...5 { try log.append([byte], to: Self.log, message: "m", time: 1) }
    try temporary.git("gc", "--quiet", "--prune=now")
    #expect(!TestFiles.exists("\(temporary.gitDirectory)/\(Self.log)"))
    #expect(try log.entries(below: Self.prefix).map(\.envelope) == [[5], [4], [3], [2], [1]])
    try log.append([6], to: Self.log, message: "m", time: 1)
    #expect(try log.entries(below: Self.prefix).count == 6)
  }

  @Test func `a writer in a linked worktree writes to the one log`() throws {
    let temporary = try TempRepository()
    try temporary.commit("first")
    let linked = temporary.sandbox + "/linked"
    try temporary.git("worktree", "add", "--quiet", "--detach", linked)
    let repository = try Repository(gitDirectory: temporary.gitDirectory + "/worktrees/linked")
    try RecordLog(repository).append([1], to: Self.log, message: "m", time: 1)
    try RecordLog(temporary.open()).append([2], to: Self.log, message: "m", time: 1)
    #expect(try RecordLog(repository).entries(below: Self.prefix).count == 2)
    #expect(!TestFiles.exists(temporary.gitDirectory + "/worktrees/linked/reviewgate/records.lock"))
  }

  @Test(arguments: 1...5)
  func `logs that went apart are united in any order without loss`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    try log.append(Array("common".utf8), to: Self.log, message: "m", time: 1)
    let names = (0..<5).map { "\(Self.prefix)clone/\($0)" }
    var expected = ["common"]
    for name in names {
      let start = try temporary.id(Self.log)
      try log.unite(name, with: start, time: 1)
      for number in 0..<random.below(4) {
        expected.append("\(name) \(number)")
        try log.append(Array("\(name) \(number)".utf8), to: name, message: "m", time: 1)
      }
    }
    // Gossip: any log takes in any other, again and again, then everybody hears everything.
    for _ in 0..<12 {
      try log.unite(random.pick(names), with: try temporary.id(random.pick(names)), time: 2)
    }
    for name in names { try log.unite(names[0], with: try temporary.id(name), time: 3) }
    for name in names.shuffled(using: &random) {
      try log.unite(name, with: try temporary.id(names[0]), time: 4)
    }
    for name in names { #expect(try Self.texts(temporary, below: name) == expected.sorted()) }
    #expect(Set(try names.map { try temporary.id($0) }).count == 1)
    #expect(try temporary.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test func `two clones that unite separately make the same commit`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    let one = try log.append([1], to: Self.prefix + "a/1", message: "m", time: 1)
    let two = try log.append([2], to: Self.prefix + "a/2", message: "m", time: 1)
    try log.unite(Self.prefix + "a/1", with: two, time: 9)
    try log.unite(Self.prefix + "a/2", with: one, time: 9)
    let tips = try ["a/1", "a/2"].map { try temporary.id(Self.prefix + $0) }
    #expect(tips[0] == tips[1])
  }

  @Test func `a log with a missing object is an error and never a shorter log`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    let first = try log.append([1], to: Self.log, message: "m", time: 1)
    try log.append([2], to: Self.log, message: "m", time: 2)
    let hex = first.hex
    try FileManager.default.removeItem(
      atPath: "\(temporary.gitDirectory)/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    )
    let error = #expect(throws: GitError.self) {
      try RecordLog(temporary.open()).entries(below: Self.prefix)
    }
    #expect(error?.object == first)
  }

  @Test func `a record that is no file or far too large is unreadable and stops nothing`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    try log.append(Array("good".utf8), to: Self.log, message: "m", time: 1)
    let large = String(repeating: "x", count: 5 << 20)
    let blob = try temporary.git("hash-object", "-w", "--stdin", stdin: large)
    let link = try temporary.git("hash-object", "-w", "--stdin", stdin: "/etc/passwd")
    let commit = String(repeating: "1", count: 40)
    let kinds = [
      "100644 blob \(blob)", "120000 blob \(link)", "160000 commit \(commit)",
      "040000 tree \(ObjectID.emptyTree.hex)",
    ]
    try temporary.git("mktree", stdin: "")
    for (number, kind) in kinds.enumerated() {
      let tree = try temporary.git("mktree", stdin: "\(kind)\trecord.dsse.json\n")
      let commit = try temporary.git("commit-tree", tree, "-m", "hostile")
      try temporary.git("update-ref", "\(Self.prefix)hostile/\(number)", commit)
    }
    #expect(try Self.texts(temporary) == ["", "", "", "", "good"])
  }

  @Test func `a lock that a killed writer left is waited for and cleared`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    try log.append(Array("one".utf8), to: Self.log, message: "m", time: 1)
    try TestFiles.write("", to: "\(temporary.gitDirectory)/\(Self.log).lock")
    try log.append(Array("two".utf8), to: Self.log, message: "m", time: 1)
    #expect(try Self.texts(temporary) == ["one", "two"])
    #expect(!TestFiles.exists("\(temporary.gitDirectory)/\(Self.log).lock"))
  }

  @Test func `a name that another log stands in the way of is an error at once`() throws {
    let temporary = try TempRepository()
    let log = RecordLog(try temporary.open())
    try log.append([1], to: Self.log, message: "m", time: 1)
    let start = Date()
    #expect(throws: GitError.self) {
      try log.append([2], to: Self.log + "/below", message: "m", time: 1)
    }
    #expect(Date().timeIntervalSince(start) < 3)
  }
}
