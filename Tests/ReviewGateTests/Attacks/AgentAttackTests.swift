import Foundation
import TestSupport
import Testing

/// Attacks of an agent with the developer's own shell, as they look where it is decided.
@Suite struct AgentAttackTests {
  @Test func `a branch from before the roster brings no settings of its own`() throws {
    let desk = try SigningDesk()
    let git = desk.work.repository
    try git.git("stash", "--quiet")
    try git.git("switch", "--quiet", "-c", "topic", "main~1")
    // Nothing conflicts: the target has a roster and no policy.
    try git.write(".reviewgate/policy.yml", "version: 1\npaths: {exempt: [\"**\"]}\n")
    try git.git("add", "--all")
    try desk.work.commitUnhooked(message: "by hand")
    let check = try desk.work.sealedCI("main..HEAD")
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains(".reviewgate/policy.yml:1-2"), "\(check)")
  }

  @Test func `files that the gate keeps for itself prove nothing elsewhere`() throws {
    let desk = try SigningDesk()
    let git = desk.work.repository
    try git.git("switch", "--quiet", "-c", "topic")
    try desk.work.commitUnhooked()
    let tree = try git.git("rev-parse", "HEAD^{tree}")
    for name in ["gate-passed", "pending", "bypassed"] {
      try git.write(".git/reviewgate/" + name, "\(tree)\npassed\n")
    }
    #expect(try desk.work.sealedCI("main..HEAD").status == 1)
    #expect(try desk.work.gate("check", "--range", "main..topic").status == 1)
  }

  @Test func `records of another repository with the same files do not count`() throws {
    let desk = try SigningDesk()
    let git = desk.work.repository
    try git.git("switch", "--quiet", "-c", "topic")
    try desk.work.commitUnhooked()
    // The same key, the same roster, the same bytes: only the first commit is another one.
    let other = Workplace(copying: desk.work, at: git.sandbox + "/other")
    try git.git("clone", "--quiet", desk.work.path, other.path)
    try git.git("config", "user.email", "ada@example.com", at: other.path)
    let root = try git.git("commit-tree", "origin/main^{tree}", "-m", "x", at: other.path)
    let copy = try git.git(
      "commit-tree",
      "origin/topic^{tree}",
      "-p",
      root,
      "-m",
      Workplace.message("x"),
      at: other.path
    )
    try git.git("reset", "--quiet", "--hard", copy, at: other.path)
    // A clone would be called what the remote's default branch says.
    try git.git("remote", "remove", "origin", at: other.path)
    try desk.work.approve("--commit", "HEAD", at: other.path)
    let there = try desk.work.gate("check", "--commit", "HEAD", at: other.path)
    #expect(there.status == 0, "\(there)")
    let bundle = git.sandbox + "/records.jsonl"
    #expect(try desk.work.gate("records", "export", bundle, at: other.path).status == 0)
    #expect(try desk.work.gate("records", "import", bundle).status == 0)
    let check = try desk.work.sealedCI("main..HEAD")
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains("about another repository"), "\(check)")
  }

  /// A key's approval of the same change in a repository that has nothing else in common.
  ///
  /// Returns the records, and the head of that repository.
  private func approvedElsewhere(_ desk: SigningDesk) throws -> (bundle: String, head: String) {
    let git = desk.work.repository
    let other = Workplace(copying: desk.work, at: git.sandbox + "/other")
    try git.git("init", "--quiet", other.path)
    for (name, value) in [("name", "Ada"), ("email", "ada@example.com")] {
      try git.git("config", "user." + name, value, at: other.path)
    }
    try git.git("fetch", "--quiet", desk.work.path, "main", "topic", at: other.path)
    let trees = try ["main", "topic"].map { try git.git("rev-parse", "\($0)^{tree}") }
    let root = try git.git("commit-tree", trees[0], "-m", "x", at: other.path)
    let message = Workplace.message("x")
    let head = try git.git("commit-tree", trees[1], "-p", root, "-m", message, at: other.path)
    try git.git("reset", "--quiet", "--hard", head, at: other.path)
    try desk.work.approve("--commit", "HEAD", at: other.path)
    let bundle = git.sandbox + "/records.jsonl"
    #expect(try desk.work.gate("records", "export", bundle, at: other.path).status == 0)
    try git.git("fetch", "--quiet", other.path, "HEAD:refs/heads/foreign")
    return (bundle, head)
  }

  // A job that has a stranger's head checked out: its history must not say which repository this is.
  @Test func `a head on top of another repository does not make its records count`() throws {
    let desk = try SigningDesk()
    let git = desk.work.repository
    try git.git("switch", "--quiet", "-c", "topic")
    try desk.work.commitUnhooked()
    let (bundle, foreign) = try approvedElsewhere(desk)
    let tree = try git.git("rev-parse", "topic^{tree}")
    let message = Workplace.message("work")
    let head = try git.git("commit-tree", tree, "-p", foreign, "-p", "topic", "-m", message)
    let job = git.sandbox + "/job"
    try git.git("branch", "change", head)
    try git.git("clone", "--quiet", "--branch", "change", desk.work.path, job)
    #expect(try desk.work.gate("records", "import", bundle, at: job).status == 0)
    let check = try desk.work.sealedCI("origin/main..HEAD", at: job)
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains("about another repository"), "\(check)")
  }

  @Test func `an approval that is imported here is not in the clone that decides`() throws {
    let desk = try SigningDesk()
    let git = desk.work.repository
    try git.write(
      ".reviewgate/policy.yml",
      "version: 1\nreview: {require: forge}\nforge: {github: [7 ada@example.com]}\n"
    )
    try git.git("add", ".reviewgate")
    try desk.work.commitUnhooked(message: "p", ".reviewgate")
    try git.git("switch", "--quiet", "-c", "topic")
    try desk.work.commitUnhooked()
    let head = try git.head
    let review = """
      [{"id": 1, "state": "APPROVED", "commit_id": "\(head)", "submitted_at": "2026-11-20T00:00:00Z",
        "user": {"id": 7, "login": "ada", "type": "User"}}]
      """
    let taken = try desk.work.gate("import", "github-reviews", "--head", head, "-", stdin: review)
    #expect(taken.status == 0, "\(taken)")
    #expect(try desk.work.sealedCI("main..HEAD").status == 0)
    let clone = git.sandbox + "/job"
    try git.git("clone", "--quiet", desk.work.path, clone)
    try git.git("fetch", "--quiet", desk.work.path, "+refs/*:refs/copy/*", at: clone)
    let range = "origin/main..origin/topic"
    let job = try desk.work.sealedCI(range, at: clone)
    #expect(job.status == 1, "\(job)")
  }

  @Test func `a pseudo-terminal makes a promise or a signature, never a touch`() throws {
    let desk = try SigningDesk()
    let git = desk.work.repository
    try git.write(".reviewgate/policy.yml", "version: 1\nreview: {require: touched}\n")
    try git.git("add", ".reviewgate")
    try desk.work.commitUnhooked(message: "p", ".reviewgate")
    try git.git("switch", "--quiet", "-c", "topic")
    try desk.work.commitUnhooked()
    let terminal = try desk.atTerminal("approve", "--range", "main..HEAD")
    #expect(try terminal.waitForExit() == 4, "\(terminal.output)")
    #expect(terminal.output.contains("hardware key"))
    #expect(try desk.work.sealedCI("main..HEAD").status == 1)
  }
}
