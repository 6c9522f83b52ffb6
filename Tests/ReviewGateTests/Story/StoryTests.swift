import Foundation
import TestSupport
import Testing

/// The one story everything else serves, from a blocked commit to a green pull request.
@Suite struct StoryTests {
  @Test func `an agent's change lands once a person has read it, and only as it was read`() throws {
    let ada = try Clone()
    let remote = try ada.makeRemote()
    try ada.install()
    let base = try ada.git("rev-parse", "HEAD")
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.stageAgentWork()
    try blocksTheCommit(ada, base)

    try ada.approveAll("--staged", hunks: 3)
    try ada.tryGit("commit", "-eF", ".git/COMMIT_EDITMSG").expectSuccess("commit")
    let first = try ada.git("rev-parse", "HEAD")
    #expect(try ada.git("log", "-1", "--format=%B").contains("Co-Authored-By: Claude"))
    #expect(try ada.git("status", "--porcelain") == "")

    try ada.gate("sync").expectSuccess("sync")
    try ada.tryGit("push", "--quiet", "-u", "origin", "topic").expectSuccess("push")
    let ci = try ada.gate("check", "--ci", env: ada.pullRequest(base: base, head: first))
    #expect(ci.status == 0, "\(ci)")

    try amendsOneLine(ada, base)
    try ada.approveAll("--branch", hunks: 1)
    let push = try ada.tryGit("push", "--quiet", "--force", "origin", "topic")
    #expect(push.status == 0, "\(push.stderr)")
    try ada.gate("sync").expectSuccess("sync")
    try decidesElsewhere(remote, ada, base: base, head: try ada.git("rev-parse", "HEAD"))
  }

  /// Nothing is committed, nothing is lost.
  private func blocksTheCommit(_ ada: Clone, _ base: String) throws {
    let files = ["Sources/Greeting.txt", "Sources/Parting.txt"]
    let before = try files.map(ada.bytes)
    let staged = try ada.git("ls-files", "--stage", "--debug")
    let blocked = try ada.tryGit("commit", "-F", "-", stdin: Clone.agentMessage)
    #expect(blocked.status == 1, "\(blocked)")
    #expect(blocked.stdout == "")
    #expect(blocked.stderr.hasPrefix("reviewgate: commit blocked. Index against HEAD"))
    #expect(blocked.stderr.contains("reviewgate review --staged"))
    #expect(try ada.git("rev-parse", "HEAD") == base)
    #expect(try files.map(ada.bytes) == before)
    // Git itself rewrites the file of the index when it begins a commit; what it says stays.
    #expect(try ada.git("ls-files", "--stage", "--debug") == staged)
    let kept = String(decoding: try ada.bytes(".git/COMMIT_EDITMSG"), as: UTF8.self)
    #expect(kept == Clone.agentMessage)
  }

  /// The change of one line after the review makes its hunk stale, and no other.
  private func amendsOneLine(_ ada: Clone, _ base: String) throws {
    let head = try ada.git("rev-parse", "HEAD")
    try ada.writeAgentWork(first: "The agent says good morning to nobody")
    try ada.git("add", "--all")
    let blocked = try ada.tryGit("commit", "--amend", "--no-edit")
    #expect(blocked.status == 1, "\(blocked)")
    #expect(try ada.git("rev-parse", "HEAD") == head)

    let skipped = try ada.tryGit(
      "commit",
      "--amend",
      "--no-edit",
      env: ["REVIEWGATE_SKIP": "the build is red"]
    )
    #expect(skipped.status == 0, "\(skipped)")
    #expect(try ada.gate("status").stdout.contains("the build is red"))

    let push = try ada.tryGit("push", "--force", "origin", "topic")
    #expect(push.status == 1, "\(push)")
    let document = try ada.check("--range", "\(base)..HEAD")
    #expect(document.outcomes(of: "Sources/Greeting.txt") == ["stale", "reviewed"])
    #expect(document.outcomes(of: "Sources/Parting.txt") == ["reviewed"])
  }

  /// Another machine knows what was read from the records alone.
  private func decidesElsewhere(
    _ remote: String,
    _ ada: Clone,
    base: String,
    head: String
  ) throws {
    let job = try Clone(of: remote, named: "job", temp: ada.temp)
    let events = [
      try job.pullRequest(base: base, head: head), job.mergeRequest(base: base, head: head),
    ]
    for event in events {
      let here = ["check", "--ci", "--no-fetch", "--no-require-records"]
      let without = try job.startGate(here, env: event).wait()
      #expect(without.status == 1, "\(without)")
    }
    try job.gate("sync").expectSuccess("sync")
    for event in events {
      let with = try job.gate("check", "--ci", env: event)
      #expect(with.status == 0, "\(with)")
      #expect(try job.check("--ci", env: event).outcomes == ["reviewed", "reviewed", "reviewed"])
    }
  }
}
