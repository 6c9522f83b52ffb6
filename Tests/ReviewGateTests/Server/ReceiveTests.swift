import Foundation
import ReviewCore
import TestSupport
import Testing

/// What a server lets in.
///
/// A case number is that of the attack in the list the design started from.
@Suite struct ReceiveTests {
  private static let unread = "10 AI-written lines in 1 file have no human review"

  // Attacks 1, 2, 3 and 5: however the commit came about and whatever was skipped, it is the same.
  @Test(arguments: ["--no-verify", "core.hooksPath", "plumbing", "environment"])
  func `what local hooks missed is refused`(way: String) throws {
    let server = try PushServer()
    let place = server.place
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    let message = Workplace.message("work")
    switch way {
    case "--no-verify": try place.passes("commit", "--quiet", "--no-verify", "-m", message)
    case "core.hooksPath":
      try place.passes("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", message)
    case "environment":
      let env = [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": "/dev/null",
      ]
      try place.passes("commit", "--quiet", "-m", message, env: env)
    default:
      let tree = try place.repository.git("write-tree")
      let commit = try place.repository.git("commit-tree", tree, "-p", "HEAD", "-m", message)
      try place.repository.git("update-ref", "refs/heads/main", commit)
      let sent = try place.repository.runDetached(["git", "send-pack", server.path, "main"])
      #expect(sent.status != 0)
      #expect(sent.stderr.contains(Self.unread), "\(sent.stderr)")
    }
    let said = try server.refuses("--no-verify", "main")
    #expect(said.contains("push blocked. refs/heads/main"), "\(said)")
    #expect(said.contains(Self.unread))
    #expect(said.contains("a.swift:1-10"))
  }

  // Attack 4.
  @Test func `a cherry-pick of unread code is refused`() throws {
    let server = try PushServer()
    let place = server.place
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.swift": Workplace.block])
    try place.repository.git("switch", "--quiet", "main")
    try place.land(["b": "by hand\n"], message: "b")
    try place.repository.git("cherry-pick", "topic")
    #expect(try server.refuses("main").contains(Self.unread))
  }

  // Attack 6.
  @Test func `an unprotected branch takes anything and launders nothing`() throws {
    let server = try PushServer()
    try server.place.land(["a.swift": Workplace.block])
    try server.accepts("main:tmp")
    #expect(try server.refuses("main").contains(Self.unread))
    #expect(try server.refuses("origin/tmp:refs/heads/main", "main:other").contains(Self.unread))
  }

  // Attack 7, and a change that an approved one carries in (CVE-2026-2725).
  @Test func `one bad reference refuses the whole push and is named`() throws {
    let policy = "version: 1\ngate: {protected: [\"release/*\"]}\n"
    let server = try PushServer(policy: policy)
    let place = server.place
    try place.repository.git("branch", "clean")
    try place.repository.git("switch", "--quiet", "-c", "release/1")
    try place.land(["a.swift": Workplace.block])
    try place.repository.git("switch", "--quiet", "-c", "more", "main")
    try place.land(["b": "by hand\n"], message: "b")
    let said = try server.refuses("clean", "release/1", "more:main")
    #expect(said.contains("push blocked. refs/heads/release/1"), "\(said)")
    #expect(said.contains("passed. refs/heads/main"))
  }

  @Test func `what one reference brings is new to every other of the same push`() throws {
    let policy = "version: 1\ngate: {protected: [\"release/*\"]}\n"
    let server = try PushServer(policy: policy)
    try server.place.land(["a.swift": Workplace.block])
    let said = try server.refuses("main:refs/heads/first", "main", "main:release/1")
    #expect(said.contains("blocked. refs/heads/main"))
    #expect(said.contains("blocked. refs/heads/release/1"), "\(said)")
  }

  // Attack 10: the index changes between one hook and the next, so the commit holds more.
  @Test func `what another hook adds behind the gate is refused`() throws {
    let server = try PushServer()
    let place = server.place
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("a"))
    try place.approve("--staged")
    try place.repository.write("b.swift", Workplace.lines(1...9, "late"))
    try place.repository.git("add", "b.swift")
    let unhooked = ["-c", "core.hooksPath=/dev/null", "commit", "--quiet"]
    try place.repository.git(unhooked + ["-m", Workplace.message("a")])
    let log = try #require(try server.logs().first)
    let said = try server.refuses("--no-verify", "main", log)
    #expect(said.contains("b.swift:1-9"), "\(said)")
    #expect(!said.contains("a.swift:1-10"))
  }

  // Attack 77: each kind of update has one answer.
  @Test func `a deletion, a rewind and a rewrite of a protected branch are refused`() throws {
    let server = try PushServer()
    try server.place.land(["b": "by hand\n"], message: "b")
    #expect(try server.accepts("main").contains("passed. refs/heads/main"))
    let back = try server.refuses("--force", "main~1:main")
    #expect(back.contains("would take commits away from it"), "\(back)")
    try server.place.land(["c": "by hand\n"], message: "c")
    try server.place.repository.git("reset", "--quiet", "--hard", "main~2")
    try server.place.land(["d": "by hand\n"], message: "d")
    #expect(try server.refuses("--force", "main").contains("would take commits away"))
    try server.place.repository.git(
      "config",
      "receive.denyDeleteCurrent",
      "ignore",
      at: server.path
    )
    #expect(try server.refuses(":main").contains("deleting it"))
  }

  @Test func `gate.rewrite allows both, and what comes is judged`() throws {
    let server = try PushServer(policy: "version: 1\ngate: {rewrite: allow, protected: [old]}\n")
    try server.place.land(["b": "by hand\n"], message: "b")
    try server.accepts("main", "main:old")
    let back = try server.accepts("--force", "main~1:main", ":old")
    #expect(back.contains("nothing to judge. refs/heads/main"), "\(back)")
    try server.place.repository.git("reset", "--quiet", "--hard", "main~1")
    try server.place.land(["a.swift": Workplace.block])
    #expect(try server.refuses("--force", "main").contains(Self.unread))
  }

  @Test func `deleting and rewriting an unprotected branch is nobody's business`() throws {
    let server = try PushServer()
    try server.place.land(["a.swift": Workplace.block])
    try server.accepts("main:tmp")
    #expect(!(try server.accepts("--force", "main~1:tmp")).contains("remote: reviewgate"))
    #expect(!(try server.accepts(":tmp")).contains("remote: reviewgate"))
  }

  @Test func `a new protected branch is judged from where protected branches end`() throws {
    let server = try PushServer(policy: "version: 1\ngate: {protected: [\"release/*\"]}\n")
    #expect(try server.accepts("main:release/1").contains("nothing to judge"))
    try server.place.land(["b": "by hand\n"], message: "b")
    #expect(try server.accepts("main:release/2").contains("passed. refs/heads/release/2"))
    try server.place.land(["a.swift": Workplace.block])
    #expect(try server.refuses("main:release/3").contains(Self.unread))
    try server.accepts("main:refs/heads/other/release")
  }

  @Test(arguments: [false, true])
  func `tags are judged where the policy protects them`(annotated: Bool) throws {
    let server = try PushServer(policy: "version: 1\ngate: {protected: [\"refs/tags/v*\"]}\n")
    try server.place.land(["a.swift": Workplace.block])
    let form = annotated ? ["-a", "-m", "one"] : []
    for name in ["v1", "other"] { try server.place.repository.git(["tag"] + form + [name]) }
    #expect(try server.refuses("v1").contains(Self.unread))
    try server.accepts("other")
    #expect(try server.refuses("main").contains(Self.unread))
    try server.place.approve("--range", "origin/main..main")
    try server.accepts("v1", try #require(try server.logs().first))
    try server.place.repository.git("tag", "--force", "v1", "main~1")
    #expect(try server.refuses("--force", "v1").contains("would take commits away"))
  }

  // A server whose HEAD names a branch that nobody uses would judge nothing, for ever.
  @Test func `as long as the default branch is missing every branch is judged`() throws {
    let server = try PushServer(isEmpty: true)
    try server.place.repository.git("symbolic-ref", "HEAD", "refs/heads/trunk", at: server.path)
    try server.place.land(["a.swift": Workplace.block])
    #expect(try server.refuses("main").contains(Self.unread))
    #expect(try server.refuses("main:trunk").contains(Self.unread))
    let range = "\(ObjectID.emptyTree.hex)..main"
    try server.place.approve("--range", range)
    try server.accepts("--atomic", "main", try #require(try server.logs().first))
  }

  // Attack 76.
  @Test(arguments: [
    "GIT_QUARANTINE_PATH",
    "GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY -u GIT_ALTERNATE_OBJECT_DIRECTORIES",
  ])
  func `objects that cannot be seen are no empty push`(variables: String) throws {
    let server = try PushServer()
    try server.install(before: "env -u \(variables)")
    try server.place.land(["b": "by hand\n"], message: "b")
    let said = try server.refuses("main")
    #expect(said.contains("The pushed objects cannot be seen, so nothing was judged."), "\(said)")
    #expect(!said.contains("passed"))
    try server.install()
    try server.accepts("main")
  }

  @Test func `no input at all is no pass`() throws {
    let server = try PushServer()
    let output = try server.place.gate("hook", "pre-receive", at: server.path)
    #expect(output.status == 2)
    #expect(output.stderr.contains("git named no reference"))
  }

  @Test func `a log and the branch that needs it come in one push`() throws {
    let server = try PushServer()
    try server.place.land(["a.swift": Workplace.block])
    try server.place.approve("--range", "origin/main..main")
    let log = try #require(try server.logs().first)
    #expect(try server.refuses("main").contains(Self.unread))
    let said = try server.accepts("--atomic", log, "main")
    #expect(said.contains("all reviewed (recorded: a promise, not a proof)"), "\(said)")
    try server.place.land(["b.swift": Workplace.block])
    try server.place.approve("--range", "origin/main..main")
    try server.place.gate("sync")
    try server.accepts("main")
  }
}
