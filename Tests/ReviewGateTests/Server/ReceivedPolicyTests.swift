import Foundation
import TestSupport
import Testing

/// The policy and the roster that judge a push are those of the branch before it.
@Suite struct ReceivedPolicyTests {
  private static let strict = "version: 1\n"
  private static let path = ".reviewgate/policy.yml"

  // Attack 68.
  @Test func `a weaker policy does not judge the push that brings it`() throws {
    let server = try PushServer(policy: Self.strict, hasRoster: true)
    try server.place.land([
      Self.path: "version: 1\ngate: {receive: off}\n", "a.swift": Workplace.block,
    ])
    let said = try server.refuses("main")
    #expect(said.contains("a.swift:1-10"), "\(said)")
    #expect(said.contains(".reviewgate/policy.yml:"))
  }

  // Attack 69: where a roster stands, settings are read whoever changed them.
  @Test(arguments: ["deleted", "weaker", "link", "other key", "folder"])
  func `nobody changes the gate's settings without a review`(way: String) throws {
    let server = try PushServer(policy: Self.strict, hasRoster: true)
    let git = server.place.repository
    switch way {
    case "deleted": try git.git("rm", "--quiet", Self.path)
    case "weaker": try git.write(Self.path, "version: 1\nreview: {require: recorded}\n")
    case "other key":
      try git.write(".reviewgate/reviewers", "ada@example.com \(TestKey(seed: 9).line)\n")
    case "link":
      try git.git("rm", "--quiet", Self.path)
      try git.write(".reviewgate/here.yml", Self.strict)
      try FileManager.default.createSymbolicLink(
        atPath: git.path + "/" + Self.path,
        withDestinationPath: "here.yml"
      )
    default:
      try git.git("rm", "--quiet", "-r", ".reviewgate")
      try git.write("elsewhere/policy.yml", Self.strict)
      try FileManager.default.createSymbolicLink(
        atPath: git.path + "/.reviewgate",
        withDestinationPath: "elsewhere"
      )
    }
    try git.commit("settings, by hand")
    let said = try server.refuses("main")
    if way == "link" {
      #expect(said.contains("is not a regular file"), "\(said)")
    } else {
      #expect(said.contains("no human review"), "\(said)")
      #expect(said.contains(".reviewgate/"))
    }
    #expect(!said.contains("passed"))
  }

  @Test func `settings that were reviewed with a key of the old roster pass, and judge the next`()
    throws
  {
    let server = try PushServer(policy: Self.strict, hasRoster: true)
    let git = server.place.repository
    try git.write(Self.path, Self.touched)
    try git.commit("stricter")
    try server.place.approve("--range", "origin/main..main")
    try server.accepts("--atomic", try server.log(), "main")
    // Attacks 13 and 40: a key in software is too weak now.
    try server.place.land(["a.swift": Workplace.block, "b.txt": Workplace.block])
    try server.place.approve("--range", "origin/main..main")
    let weak = try server.refuses("--atomic", try server.log(), "main")
    #expect(weak.contains("record too weak: signed, touched is required"), "\(weak)")
    #expect(!weak.contains("b.txt"))
  }

  /// Asks for a touch for some files; others are there so that a key in software can approve at all.
  private static let touched =
    "version: 1\nrules:\n  - paths: [\"**/*.swift\"]\n    require: touched\n"

  // Attacks 14 and 15 at the server: the flags of a hardware key decide.
  @Test(arguments: [(0, false), (1, true), (4, false), (5, true)])
  func `a hardware key counts as far as its flags say`(flags: UInt8, passes: Bool) throws {
    let server = try PushServer(policy: Self.touched, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block, "b.txt": Workplace.block])
    try server.place.approve("--range", "origin/main..main")
    let log = try server.sign(with: PushServer.grace, as: "grace@example.com", flags: flags)
    if passes {
      try server.accepts("--atomic", log, "main")
    } else {
      #expect(try server.refuses("--atomic", log, "main").contains("too weak: signed"))
    }
  }

  // Attack 20: with a second person, nobody reviews what they took part in.
  @Test func `the author's own key is no second person`() throws {
    let policy = "version: 1\nreview: {independence: second-person}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block])
    try server.place.approve("--range", "origin/main..main")
    let own = try server.refuses("--atomic", try server.log(), "main")
    #expect(own.contains("reviewed by a participant"), "\(own)")
  }

  // Attack 70: a key that the branch lost no longer lets anything new in.
  @Test func `a key that was taken out of the roster counts no more`() throws {
    let server = try PushServer(hasRoster: true)
    let place = server.place
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.swift": Workplace.block])
    try place.approve("--range", "origin/main..topic")
    // Ada agrees to her own removal: the roster before it judges.
    try place.repository.git("switch", "--quiet", "main")
    let roster = "grace@example.com \(PushServer.grace.line)\n"
    try place.land([".reviewgate/reviewers": roster])
    try place.approve("--range", "origin/main..main")
    try server.accepts("--atomic", try server.log(), "main")
    try place.repository.git("rebase", "--quiet", "main", "topic")
    let said = try server.refuses("--atomic", try server.log(), "topic:main")
    #expect(said.contains("is not in .reviewgate/reviewers"), "\(said)")
    #expect(said.contains("a.swift:1-10"))
  }

  @Test func `the first settings are said to be trusted`() throws {
    let server = try PushServer()
    let git = server.place.repository
    try git.write(Self.path, Self.strict)
    try git.write(".reviewgate/reviewers", "grace@example.com \(PushServer.grace.line)\n")
    try git.commit("adopt")
    let said = try server.accepts("main")
    #expect(said.contains("trust on first use. refs/heads/main"), "\(said)")
    try server.place.land(["b": "by hand\n"], message: "b")
    #expect(!(try server.accepts("main")).contains("trust on first use"))
  }

  @Test func `settings that nobody can read are not let in`() throws {
    let server = try PushServer()
    try server.place.repository.write(Self.path, "version: 1\ngate: {recieve: off}\n")
    try server.place.repository.commit("typo")
    #expect(try server.refuses("main").contains("unknown key 'recieve'"))
  }

  @Test func `a sensitive path is judged though it is exempt`() throws {
    let policy = "version: 1\npaths: {exempt: [\"**\"], sensitive: [\"deploy/**\"]}\n"
    let server = try PushServer(policy: policy)
    try server.place.land([
      "deploy/run.txt": Workplace.block, ".github/workflows/ci.yml": Workplace.block,
      "docs/a.md": Workplace.block,
    ])
    let said = try server.refuses("main")
    #expect(said.contains("deploy/run.txt:1-10"), "\(said)")
    #expect(said.contains(".github/workflows/ci.yml:1-10"))
    #expect(!said.contains("docs/a.md"))
  }

  @Test(arguments: ["off", "observe", "warn"])
  func `a branch whose own policy blocks nothing vouches for nothing elsewhere`(mode: String) throws
  {
    let policy = "version: 1\ngate: {protected: [\"free/*\"], rewrite: allow}\n"
    let server = try PushServer(policy: policy)
    let git = server.place.repository
    try server.accepts("main:free/1")
    try git.git("switch", "--quiet", "-c", "free/1")
    try git.write(Self.path, "version: 1\ngate: {receive: \(mode)}\n")
    try git.commit("free")
    try server.accepts("free/1")
    try server.place.land(["a.swift": Workplace.block])
    try server.accepts("free/1")
    try git.git("switch", "--quiet", "main")
    try git.git("checkout", "--quiet", "free/1", "--", "a.swift")
    try git.git("reset", "--quiet", "--hard")
    try git.git("switch", "--quiet", "-c", "back", "free/1")
    #expect(try server.refuses("back:main").contains("a.swift:1-10"))
  }
}
