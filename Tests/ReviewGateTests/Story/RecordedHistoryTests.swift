import Foundation
import TestSupport
import Testing

/// A review holds for what it was about, however the commits around it are arranged.
@Suite struct RecordedHistoryTests {
  /// A clone whose branch `topic` has a reviewed agent's commit, while `main` moved on.
  private func reviewed() throws -> Clone {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "-c", "topic")
    try ada.commitAgentWork()
    try ada.approveAll("--base", "main", hunks: 3)
    try ada.git("switch", "--quiet", "main")
    try ada.write("Sources/Other.txt", "Somebody else's work\n")
    try ada.git("add", "--all")
    try ada.git("commit", "--quiet", "-m", "Add other work")
    try ada.git("switch", "--quiet", "topic")
    return ada
  }

  private let reviewed3 = ["reviewed", "reviewed", "reviewed"]

  @Test func `a target branch that moved on is no part of the change`() throws {
    let ada = try reviewed()
    let event = try ada.pullRequest(
      base: try ada.git("rev-parse", "main"),
      head: try ada.git("rev-parse", "topic")
    )
    #expect(try ada.check("--ci", "--no-fetch", env: event).outcomes == reviewed3)
    #expect(try ada.check("--base", "main").outcomes == reviewed3)
  }

  @Test func `a rebase keeps the review`() throws {
    let ada = try reviewed()
    try ada.git("rebase", "--quiet", "main")
    #expect(try ada.check("--base", "main").outcomes == reviewed3)
  }

  @Test func `a merge of the target keeps the review`() throws {
    let ada = try reviewed()
    try ada.git("merge", "--quiet", "--no-edit", "main")
    #expect(try ada.check("--base", "main").outcomes == reviewed3)
  }

  @Test func `a squash keeps the review`() throws {
    let ada = try reviewed()
    try ada.git("switch", "--quiet", "-c", "squashed", "main")
    try ada.git("merge", "--quiet", "--squash", "topic")
    try ada.commitAsAgent()
    #expect(try ada.check("--base", "main").outcomes == reviewed3)
  }

  @Test func `a second agent's commit on top is open by itself`() throws {
    let ada = try reviewed()
    var parting = Clone.parting
    parting[5] = "The agent says farewell to everybody here"
    parting[9] = "The agent adds a line that nobody has read"
    try ada.write("Sources/Parting.txt", lines: parting)
    try ada.git("add", "--all")
    try ada.commitAsAgent()
    let document = try ada.check("--base", "main")
    #expect(document.outcomes(of: "Sources/Greeting.txt") == ["reviewed", "reviewed"])
    #expect(document.outcomes(of: "Sources/Parting.txt") == ["reviewed", "unreviewed"])
  }

  @Test func `the review of a first commit counts once the commit is made`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "--orphan", "fresh")
    try ada.git("branch", "--quiet", "-D", "main")
    try ada.install()
    try ada.write("Sources/First.txt", lines: Clone.parting)
    try ada.git("add", "--all")
    let blocked = try ada.tryGit("commit", "-F", "-", stdin: Clone.agentMessage)
    #expect(blocked.status == 1)
    try ada.approveAll("--staged", hunks: 1)
    try ada.git("commit", "--quiet", "-eF", ".git/COMMIT_EDITMSG")
    #expect(try ada.check("--commit", "HEAD").outcomes == ["reviewed"])
    let remote = ada.temp.sandbox + "/remote.git"
    try ada.git("init", "--quiet", "--bare", "--initial-branch=fresh", remote)
    let whole = "4b825dc642cb6eb9a060e54bf8d69288fbee4904..HEAD"
    #expect(try ada.check("--range", whole).outcomes == ["reviewed"])
    let push = try ada.tryGit("push", "--quiet", remote, "fresh")
    #expect(push.status == 0, "\(push)")
  }

  @Test func `a policy may allow longer ranges than the default`() throws {
    let ada = try Clone()
    try ada.write(".reviewgate/policy.yml", "version: 1\nlimits:\n  max-commits: 2\n")
    try ada.git("add", "--all")
    try ada.git("commit", "--quiet", "-m", "Add a policy")
    try ada.git("switch", "--quiet", "-c", "topic")
    for number in 1...3 { try ada.git("commit", "--quiet", "--allow-empty", "-m", "\(number)") }
    let output = try ada.gate("check", "--base", "main")
    #expect(output.status == 2)
    #expect(output.stderr.contains("The range has 3 commits; the policy lets 2 be judged."))
  }
}
