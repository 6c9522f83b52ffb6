import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// Attacks by somebody who can push, and nothing else.
@Suite struct PusherAttackTests {
  private static let unread = "10 AI-written lines in 1 file have no human review"

  /// A server with a roster, and Ada's unread change that an agent wrote.
  private func withWork(policy: String? = nil) throws -> PushServer {
    let server = try PushServer(policy: policy, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block])
    return server
  }

  @Test func `a branch that is another name of a protected one is protected`() throws {
    let server = try withWork()
    // As a server has it whose default branch was renamed.
    try server.place.repository.git(
      "symbolic-ref",
      "refs/heads/master",
      "refs/heads/main",
      at: server.path
    )
    #expect(try server.refuses("main:master").contains(Self.unread))
    #expect(try server.refuses(":master").contains("it is protected"))
    #expect(try server.refuses("--force", "main~2:refs/heads/master").contains("it is protected"))
  }

  @Test func `a protected branch with a looser policy vouches for nothing on another`() throws {
    let policy = "version: 1\ngate: {protected: [\"release/*\"]}\nreview: {require: signed}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    let place = server.place
    try server.accepts("main:release/1")
    // Somebody loosens the branch, and a listed person agrees.
    try place.repository.git("switch", "--quiet", "-c", "release/1")
    let loose = policy.replacing("require: signed", with: "require: recorded")
    try place.land(
      [".reviewgate/policy.yml": loose + "paths: {exempt: [\"*.swift\"]}\n"],
      message: "p"
    )
    try place.approve("--range", "main..HEAD")
    try server.accepts("--atomic", "release/1", try server.log())
    try place.land(["a.swift": Workplace.block])
    try server.accepts("release/1")
    // What lands on the default branch needs what that one asks for.
    try place.repository.git("switch", "--quiet", "main")
    try place.repository.git("cherry-pick", "release/1")
    #expect(try server.refuses("main").contains(Self.unread))
    try place.repository.git("reset", "--quiet", "--hard", "origin/main")
    try place.repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "release/1")
    #expect(try server.refuses("main").contains("a.swift:1-10"))
  }

  @Test func `where case does not count, another spelling is the protected branch`() throws {
    let server = try withWork()
    for name in ["refs/Replace/x", "refs/ReviewGate/v1/log/a/b"] {
      #expect(try server.refuses("main:\(name)").contains("push blocked"), "\(name)")
    }
    try server.accepts("main:refs/heads/MAIN")
    try server.place.repository.git("config", "core.ignorecase", "true", at: server.path)
    for name in ["refs/heads/Main", "refs/HEADS/main"] {
      #expect(try server.refuses("main:\(name)").contains(Self.unread), "\(name)")
    }
  }

  @Test func `where case does not count, no spelling of a protected branch to come is free`() throws
  {
    let policy = "version: 1\ngate: {protected: [\"release/*\"]}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block])
    try server.place.repository.git("config", "core.ignorecase", "true", at: server.path)
    #expect(try server.refuses("main:refs/heads/Release/1").contains(Self.unread))
  }

  /// Ways to name a co-author that an exact comparison of the last address would miss.
  @Test(arguments: [
    "Co-authored-by: Ada <ADA@Example.com >", "Co-authored-by : Ada <ada@example.com>",
    "Co-authored-by: ada@example.com", "Signed-off-by: <ada@example.com> and <x@example.com>",
    "Co-authored-by: Ada (ada@example.com)",
  ])
  func `somebody who takes part is no second person, however that is written`(line: String) throws {
    let policy = "version: 1\nreview: {independence: second-person}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    let git = server.place.repository
    try server.place.stage(["a.swift": Workplace.block])
    let bob = [
      "GIT_AUTHOR_EMAIL": "bob@example.com", "GIT_COMMITTER_EMAIL": "bob@example.com",
    ]
    let message = "work\n\n\(Workplace.trailer)\n\(line)\n"
    try git.git("commit", "--quiet", "-m", message, env: bob)
    try server.place.approve("--range", "origin/main..main")
    let said = try server.refuses("--atomic", try server.log(), "main")
    #expect(said.contains("reviewed by a participant"), "\(said)")
  }

  @Test func `a branch that foresaw the policy that protects it vouches for nothing`() throws {
    let server = try PushServer(policy: "version: 1\n", hasRoster: true)
    let place = server.place
    let next = "version: 1\ngate: {protected: [\"release/*\"]}\n"
    // Nobody judges the branch yet, and it has what the default branch is going to have.
    try place.repository.git("switch", "--quiet", "-c", "release/9")
    try place.land(["a.swift": Workplace.block, ".reviewgate/policy.yml": next])
    try server.accepts("release/9")
    try place.repository.git("switch", "--quiet", "main")
    try place.land([".reviewgate/policy.yml": next], message: "release branches")
    try place.approve("--range", "origin/main..main")
    try server.accepts("--atomic", try server.log(), "main")
    try place.repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "release/9")
    #expect(try server.refuses("main").contains("a.swift:1-10"))
    // Nor for a new branch of the kind.
    #expect(try server.refuses("release/9:release/10").contains("a.swift:1-10"))
  }

  @Test
  func `notes that call an agent's lines a person's clear nothing where silence is distrusted`()
    throws
  {
    let policy = "version: 1\norigin: {unattributed: agent}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    let place = server.place
    try place.land(["a.swift": Workplace.block], message: "by hand")
    let note =
      "a.swift\n  h_0123456789abcd 1-10\n---\n"
      + "{\"schema_version\":\"authorship/3.0.0\",\"base_commit_sha\":\"\(try place.repository.head)\","
      + "\"prompts\":{},\"humans\":{\"h_0123456789abcd\":{\"author\":\"Ada <ada@example.com>\"}}}\n"
    try place.repository.git("notes", "--ref=ai", "add", "-F", "-", "HEAD", stdin: note)
    try server.accepts("refs/notes/ai")
    let said = try server.refuses("main")
    #expect(said.contains("10 AI-written or unattributed lines in 1 file"), "\(said)")
  }

  @Test(arguments: ["link", "file in its place", "submodule", "gone"])
  func `settings that are no files, or away, are judged and the old ones hold`(form: String) throws
  {
    let server = try withWork()
    let place = server.place
    let git = place.repository
    try git.git("rm", "--quiet", "-r", "--cached", ".reviewgate")
    try FileManager.default.removeItem(atPath: place.path + "/.reviewgate")
    switch form {
    case "link":
      try git.write("cfg/policy.yml", "version: 1\nreview: {require: recorded}\n")
      try FileManager.default.createSymbolicLink(
        atPath: place.path + "/.reviewgate",
        withDestinationPath: "cfg"
      )
    case "file in its place": try git.write(".reviewgate", "version: 1\n")
    case "submodule":
      try git.git("update-index", "--add", "--cacheinfo", "160000,\(try git.head),.reviewgate")
    default: break
    }
    try git.git("add", "--all", ":!.reviewgate", env: [:])
    if form == "link" || form == "file in its place" { try git.git("add", ".reviewgate") }
    try git.git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "by hand")
    let said = try server.refuses("main")
    #expect(said.contains("a.swift:1-10"), "\(said)")
    #expect(said.contains(".reviewgate/reviewers") || said.contains(".reviewgate"), "\(said)")
    // The weaker settings are not those that judge the next push either.
    #expect(try server.refuses("main~1:main").contains(Self.unread))
  }

  @Test func `two pushes at once do not let a key in that one of them takes away`() throws {
    let server = try withWork()
    let place = server.place
    try place.approve("--range", "origin/main..main")
    try server.accepts(try server.log())
    // The slow push is judged while the roster still has Ada's key.
    let slow = try place.script(
      "slow",
      "if [ -e \(server.path)/slow ]; then sleep 4; fi\nexec \"$@\"\n"
    )
    try server.install(before: slow)
    try place.repository.write("../server.git/slow", "")
    let push = try DetachedCommand(
      ["git", "push", "origin", "main"],
      environment: place.repository.environment,
      directory: place.path,
      stdin: ""
    )
    Thread.sleep(forTimeInterval: 1)
    try FileManager.default.removeItem(atPath: server.path + "/slow")
    let other = Workplace(copying: place, at: place.repository.sandbox + "/other")
    try place.repository.git("clone", "--quiet", server.path, other.path)
    try place.repository.write(
      "../other/.reviewgate/reviewers",
      "grace@example.com \(PushServer.grace.line)\n"
    )
    try place.repository.git("commit", "--quiet", "-am", "Ada lost her laptop", at: other.path)
    // The administrator's own push, past the hook.
    try place.repository.git(
      "fetch",
      "--quiet",
      other.path,
      "+main:main",
      "--update-head-ok",
      at: server.path
    )
    let outcome = try push.wait()
    #expect(outcome.status != 0, "\(outcome)")
    let tree = try place.repository.git("ls-tree", "--name-only", "main", at: server.path)
    #expect(!tree.contains("a.swift"))
  }

  /// Names that look like Ada's, or are the same to somebody who compares text.
  @Test(arguments: [
    "ada@example.com ", "Ada@example.com", "ada@example.com\u{200b}", "\u{430}da@example.com",
    "ada@example.com\u{0}", "ada@e\u{301}xample.com", "ada@example.com,grace@example.com",
    "grace@example.com\nada@example.com",
  ])
  func `a name that looks like a listed one is nobody's`(name: String) throws {
    let server = try withWork()
    try server.place.approve("--range", "origin/main..main")
    let log = try server.sign(with: TestKey(seed: 77), as: name)
    let sent = try server.place.repository.runDetached(["git", "push", "origin", log])
    #expect(sent.status == 0 || sent.stderr.contains("does not belong into this log"), "\(sent)")
    let said = try server.refuses("main", log)
    #expect(said.contains("a.swift:1-10") || said.contains("does not belong into this log"))
  }

  @Test func `a listed key speaks in no other listed name`() throws {
    let server = try withWork()
    try server.place.approve("--range", "origin/main..main")
    let log = try server.sign(with: PushServer.grace, as: "ada@example.com")
    #expect(try server.refuses(log).contains("its key is grace@example.com's"))
    #expect(try server.refuses("--atomic", log, "main").contains("push blocked"))
  }

  @Test func `a huge record, many of them, and one beside other files stop nobody`() throws {
    let server = try withWork()
    let place = server.place
    try place.approve("--range", "origin/main..main")
    let own = try server.log()
    let log = RecordLogName.signed(principal: "x@example.com", publicKey: TestKey(seed: 5).blob)
    try server.append([UInt8](repeating: UInt8(ascii: "x"), count: 2 << 20), to: log.reference)
    #expect(try server.refuses(log.reference).contains("something other than one record"))
    try place.repository.git("update-ref", "-d", log.reference)
    let good = try place.repository.git("cat-file", "blob", "\(own):record.dsse.json")
    let padded = good.dropLast() + String(repeating: " ", count: 1 << 20) + "}"
    try server.append(Array(padded.utf8), to: log.reference)
    #expect(try server.refuses(log.reference).contains("does not belong into this log"))
    // Nobody is stopped by what came in some other way.
    try place.repository.git(
      "push",
      "--quiet",
      "--receive-pack=git -c core.hooksPath=/dev/null receive-pack",
      server.path,
      log.reference
    )
    let said = try server.accepts("--atomic", own, "main")
    #expect(said.contains("all reviewed"), "\(said)")
  }

  @Test func `variables that a push can set reach no decision`() throws {
    let server = try withWork()
    let git = server.place.repository
    try git.git("config", "receive.advertisePushOptions", "true", at: server.path)
    for option in ["CLAUDECODE=0", "gate.receive=off", "reviewgate.skip"] {
      let sent = try git.runDetached(["git", "push", "-o", option, "origin", "main"])
      #expect(sent.status != 0 && sent.stderr.contains(Self.unread), "\(sent)")
    }
    // What a careless server lets in from the other side.
    let env = [
      "GIT_NAMESPACE": "x", "GIT_REPLACE_REF_BASE": "refs/heads/", "GIT_SHALLOW_FILE": "/dev/null",
      "GIT_GRAFT_FILE": "/dev/null", "REVIEWGATE_BASE": "main", "GIT_CEILING_DIRECTORIES": "/",
    ]
    for (name, value) in env.sorted(by: { $0.key < $1.key }) where name != "GIT_NAMESPACE" {
      let sent = try git.runDetached(["git", "push", "origin", "main"], env: [name: value])
      #expect(sent.status != 0, "\(name): \(sent)")
    }
    #expect(try server.references().contains("refs/heads/main"))
  }
}
