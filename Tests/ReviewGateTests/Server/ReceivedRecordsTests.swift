import Foundation
import ReviewCore
import TestSupport
import Testing

/// What a server lets into `refs/reviewgate/`: git's own settings protect `refs/heads/` alone.
@Suite struct ReceivedRecordsTests {
  /// A server whose roster has Ada and Grace, and a commit that Ada has read.
  private func reviewed() throws -> PushServer {
    let server = try PushServer(hasRoster: true)
    try server.place.land(["a.swift": Workplace.block])
    try server.place.approve("--range", "origin/main..main")
    return server
  }

  @Test func `a log signed by the key it is named for is taken`() throws {
    let server = try reviewed()
    let log = try server.log()
    let said = try server.accepts("--atomic", log, "main")
    #expect(said.contains("(signed: made with a key of the roster)"), "\(said)")
  }

  // Attacks 25 and 84.
  @Test(arguments: ["another's key", "another's log", "unlisted key", "no signature"])
  func `a log with something in it that its key did not sign is refused`(way: String) throws {
    let server = try reviewed()
    let adas = try server.log()
    let expected: String
    let log: String
    switch way {
    case "another's key":
      // Grace's key, in Ada's name.
      log = try server.sign(with: PushServer.grace)
      expected = "but its key is grace@example.com's"
    case "another's log":
      log = try server.sign(with: PushServer.grace, as: "grace@example.com", into: adas)
      expected = "is not by the key that the log is named for"
    case "unlisted key":
      log = try server.sign(with: TestKey(seed: 9))
      expected = "is not in .reviewgate/reviewers"
    default:
      let bytes = try server.place.repository.git("cat-file", "blob", "\(adas):record.dsse.json")
      let bare = Envelope(payload: try Envelope.decode(Array(bytes.utf8)).payload)
      try server.append(bare.encode(), to: adas)
      log = adas
      expected = "has no signature"
    }
    let said = try server.refuses(log)
    #expect(said.contains("does not belong into this log"), "\(said)")
    #expect(said.contains(expected), "\(said)")
  }

  @Test func `a changed record is refused`() throws {
    let server = try reviewed()
    let log = try server.log()
    let bytes = try server.place.repository.git("cat-file", "blob", "\(log):record.dsse.json")
    var envelope = try Envelope.decode(Array(bytes.utf8))
    let payload = String(decoding: envelope.payload, as: UTF8.self)
    let changed = payload.replacing("\"seq\":0", with: "\"seq\":1")
    try #require(changed != payload)
    envelope = Envelope(payload: Array(changed.utf8), signatures: envelope.signatures)
    try server.append(envelope.encode(), to: log)
    #expect(try server.refuses(log).contains("record or signature were changed"))
  }

  @Test(arguments: ["garbage", "", "code", "tag", "executable"])
  func `what is no record is refused`(what: String) throws {
    let server = try reviewed()
    let log = try server.log()
    let git = server.place.repository
    switch what {
    case "code": try git.git("update-ref", log, "main")
    case "tag":
      try git.git("tag", "-a", "-m", "x", "t", log)
      try git.git("update-ref", log, "t")
    case "executable":
      let blob = try git.git("rev-parse", "\(log):record.dsse.json")
      let tree = try git.git("mktree", stdin: "100755 blob \(blob)\trecord.dsse.json\n")
      try git.git("update-ref", log, try git.git("commit-tree", tree, "-p", log, "-m", "x"))
    default: try server.append(Array(what.utf8), to: log)
    }
    #expect(try server.refuses(log).contains("does not belong into this log"))
  }

  @Test func `a record of another repository is refused`() throws {
    let server = try reviewed()
    let other = RepositoryIdentity.ofHistory(since: .zero)
    let log = try server.sign(with: TestKey(seed: 9), as: "linus@example.com") {
      $0.repositoryID = other
    }
    #expect(try server.refuses(log).contains("is about another repository"))
  }

  @Test func `a record in an agent's name is refused`() throws {
    let server = try reviewed()
    let log = try server.sign(with: TestKey(seed: 9), as: "noreply@anthropic.com")
    #expect(try server.refuses(log).contains("in the name of an agent or a bot"))
  }

  // Attack 73.
  @Test func `a log is never rewound, rewritten or deleted`() throws {
    let server = try reviewed()
    let log = try server.log()
    try server.accepts(log)
    try server.place.land(["b.swift": Workplace.block])
    try server.place.approve("--range", "main~1..main")
    try server.accepts(log)
    for push in [["--force", "\(log)~1:\(log)"], [":" + log]] {
      let said = try server.place.repository.runDetached(["git", "push", "origin"] + push).stderr
      #expect(said.contains("push blocked. \(log)"), "\(said)")
    }
    try server.place.repository.git("update-ref", log, "\(log)~1")
    let other = try server.place.repository.git("commit-tree", "\(log)^{tree}", "-m", "x")
    try server.place.repository.git("update-ref", log, other)
    #expect(try server.refuses("--force", log).contains("only grows"))
  }

  @Test(arguments: [
    "refs/reviewgate/v2/log/a/b", "refs/reviewgate/remotes/origin/log/x/y",
    "refs/reviewgate/v1/log/ada/short", "refs/reviewgate/v1/other", "refs/reviewgate/\u{301}x",
    "refs/reviewgate/v1/log/Ada/0123456789abcdef0123456789abcdef",
    "refs/reviewgate/v1/log/ada/0123456789abcdef0123456789abcdef/x",
  ])
  func `no other name below refs/reviewgate is taken`(name: String) throws {
    let server = try reviewed()
    let log = try server.log()
    #expect(try server.refuses("\(log):\(name)").contains("no log of review records"))
  }

  // Attack 84.
  @Test func `replacements are refused, and those of the server change nothing`() throws {
    let server = try PushServer()
    let git = server.place.repository
    try server.place.land(["a.swift": Workplace.block])
    try git.git("replace", "HEAD", "HEAD~1")
    let replaced = try git.git("for-each-ref", "--format=%(refname)", "refs/replace")
    #expect(try server.refuses(replaced).contains("replacements show people other code"))
    try git.git("update-ref", "-d", replaced)
    // Attack 56.
    try git.git("push", "--quiet", server.path, "main:tmp")
    let commit = try git.git("rev-parse", "tmp", at: server.path)
    try git.git("replace", commit, "main", at: server.path)
    #expect(try server.refuses("main").contains("10 AI-written lines"))
  }

  @Test func `a new reviewer's records are taken before the roster has the key, and count later`()
    throws
  {
    let server = try reviewed()
    let key = TestKey(seed: 5)
    let log = try server.sign(with: key, as: "linus@example.com")
    try server.accepts(log)
    let said = try server.refuses("main")
    #expect(said.contains("is not in .reviewgate/reviewers"), "\(said)")
  }

  // Attack 74, at a server: two clones of one person send in any order, and nothing is lost.
  @Test(arguments: [1, 2, 3])
  func `two clones of one person send their records in any order`(seed: UInt64) throws {
    var random = Numbers(seed)
    let server = try PushServer()
    let git = server.place.repository
    let other = Workplace(copying: server.place, at: git.sandbox + "/other")
    try git.git("clone", "--quiet", server.path, other.path)
    try git.git("config", "user.email", "ada@example.com", at: other.path)
    var made = 0
    for step in 0..<8 {
      let here = random.next(2) == 0 ? server.place.path : other.path
      if random.next(3) > 0 {
        try git.write("\(here == other.path ? "../other/" : "")\(step).swift", Workplace.block)
        try git.git("add", "--all", at: here)
        let unhooked = ["-c", "core.hooksPath=/dev/null", "commit", "--quiet"]
        try git.git(unhooked + ["-m", Workplace.message("\(step)")], at: here)
        try server.place.approve("--commit", "HEAD", at: here)
        made += 1
      } else {
        let sync = try server.place.gate("sync", at: here)
        #expect(sync.status == 0, "\(sync.stderr)")
      }
    }
    for here in [server.place.path, other.path, server.place.path] {
      #expect(try server.place.gate("sync", at: here).status == 0)
    }
    for here in [server.place.path, other.path] {
      let list = try server.place.gate("records", "list", at: here)
      #expect(list.stdout.split(separator: "\n").count == made, "\(list.stderr)")
    }
  }
}

/// Small numbers that are the same in every run.
struct Numbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
