import Foundation
import TestSupport
import Testing

/// The ways git has of making a commit, each blocked and then let through by one review.
@Suite struct CommitFormTests {
  /// A clone with hooks and an agent's work in the worktree, not staged.
  private func worked() throws -> Clone {
    let ada = try Clone()
    try ada.install()
    try ada.writeAgentWork(first: "The agent says good morning to everybody")
    return ada
  }

  @Test(arguments: [
    (["-a"], 3), (["Sources/Parting.txt"], 1),
    (["Sources/Greeting.txt", "Sources/Parting.txt"], 3),
    (["--include", "Sources/Greeting.txt"], 2),
  ])
  func `a commit of what is not staged can be reviewed after it was refused`(
    what: [String],
    hunks: Int
  ) throws {
    let ada = try worked()
    let blocked = try ada.tryGit(["commit", "-F", "-"] + what, stdin: Clone.agentMessage)
    #expect(blocked.status == 1, "\(blocked)")
    #expect(blocked.stderr.contains("the same git commit with -eF .git/COMMIT_EDITMSG"))
    #expect(try ada.git("diff", "--cached", "--name-only") == "")

    #expect(try ada.gate("check", "--staged").status == 1)
    try ada.approveAll("--staged", hunks: hunks)
    let again = try ada.tryGit(["commit", "-eF", ".git/COMMIT_EDITMSG"] + what)
    #expect(again.status == 0, "\(again)")
    #expect(try ada.check("--commit", "HEAD").outcomes.allSatisfy { $0 == "reviewed" })
  }

  @Test func `what was staged since a refusal is what a review is about`() throws {
    let ada = try worked()
    #expect(try ada.tryGit(["commit", "-a", "-F", "-"], stdin: Clone.agentMessage).status == 1)
    try ada.git("add", "Sources/Parting.txt")
    #expect(try ada.check("--staged").hunks.count == 1)
  }

  @Test func `a refused commit that was reviewed lets no other one pass`() throws {
    let ada = try worked()
    #expect(try ada.tryGit(["commit", "-a", "-F", "-"], stdin: Clone.agentMessage).status == 1)
    try ada.approveAll("--staged", hunks: 3)
    try ada.writeAgentWork(first: "Nobody has read this line of the agent")
    let other = try ada.tryGit(["commit", "-a", "-F", "-"], stdin: Clone.agentMessage)
    #expect(other.status == 1, "\(other)")
    #expect(other.stderr.contains("(1 of 3 hunks)"), "\(other.stderr)")
  }

  @Test func `a linked worktree has its own refused commit and the same records`() throws {
    let ada = try Clone()
    try ada.install()
    let path = ada.temp.sandbox + "/linked"
    try ada.git("worktree", "add", "--quiet", "-b", "topic", path)
    let linked = Clone(at: path, temp: ada.temp)
    try linked.stageAgentWork()
    let blocked = try linked.tryGit("commit", "-F", "-", stdin: Clone.agentMessage)
    #expect(blocked.status == 1, "\(blocked)")
    #expect(try ada.check("--staged").hunks.isEmpty)
    try linked.approveAll("--staged", hunks: 3)
    let message = try linked.git("rev-parse", "--git-path", "COMMIT_EDITMSG")
    try linked.git("commit", "--quiet", "-eF", message)
    #expect(try ada.check("--range", "main..topic").verdict == "pass")
  }

  @Test func `a commit past the hooks is noticed, and stopped when it is pushed`() throws {
    let ada = try worked()
    let remote = try ada.makeRemote()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.git("add", "--all")
    let made = try ada.tryGit("commit", "--no-verify", "-F", "-", stdin: Clone.agentMessage)
    #expect(made.status == 0)
    #expect(made.stderr.contains("hooks were skipped"), "\(made.stderr)")
    let push = try ada.tryGit("push", "origin", "topic")
    #expect(push.status == 1)
    #expect(try ada.git("ls-remote", remote, "topic") == "")
  }

  @Test func `an agent is told one sentence and may not skip`() throws {
    let ada = try worked()
    try ada.git("add", "--all")
    let agent = ["CLAUDECODE": "1", "REVIEWGATE_SKIP": "no time"]
    let plain = try ada.tryGit("commit", "-m", "Say more", env: agent)
    #expect(plain.status == 1, "\(plain)")
    #expect(plain.stderr.hasSuffix(PresenceTests.sentence), "\(plain.stderr)")
    #expect(try ada.git("rev-list", "--count", "HEAD") == "1")
  }

  @Test func `a person in an editor's terminal commits without being asked`() throws {
    let ada = try worked()
    let terminal = try ada.atTerminal(
      "/usr/bin/git",
      ["commit", "-a", "-m", "Say more"],
      env: ["CLAUDECODE": "1"]
    )
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
  }
}
