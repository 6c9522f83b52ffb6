import Foundation
import TestSupport
import Testing

/// Adversarial cases that need a whole repository: 11, 19, 20, 21, 70, and the roster at the place
/// that decides.
@Suite struct TrustCases {
  /// Lands the agent's change as it is staged.
  private func land(
    _ desk: SigningDesk,
    _ message: String = Workplace.message("work"),
    env: [String: String] = [:],
    options: [String] = []
  ) throws {
    let unhooked = ["-c", "core.hooksPath=/dev/null"] + options
    try desk.work.repository.git(unhooked + ["commit", "--quiet", "-m", message], env: env)
  }

  private func require(_ text: String, _ desk: SigningDesk) throws {
    try desk.work.repository.write(".reviewgate/policy.yml", "version: 1\nreview:\n\(text)")
    try landOwnFiles(desk)
  }

  /// Commits what is in `.reviewgate/` alone; the agent's change stays staged.
  private func landOwnFiles(_ desk: SigningDesk) throws {
    try desk.work.repository.git("add", ".reviewgate")
    let unhooked = ["-c", "core.hooksPath=/dev/null", "commit", "--quiet"]
    try desk.work.repository.git(unhooked + ["-m", "policy", "--", ".reviewgate"])
  }

  private func ci(_ desk: SigningDesk, env: [String: String] = [:]) throws -> CommandOutput {
    try desk.work.gate(
      "ci",
      "--no-fetch",
      "--no-require-records",
      "--range",
      "HEAD~1..HEAD",
      env: env
    )
  }

  // Attack 11.
  @Test func `approving needs a terminal, whatever is written to it`() throws {
    let desk = try SigningDesk()
    let output = try desk.work.gate("approve", "--staged", stdin: "10\n")
    #expect(output.status == 4)
    #expect(output.stderr.contains("A human must run"), "\(output)")
    #expect(try desk.records().isEmpty)
  }

  // Attack 19.
  /// Nothing in a message grants anything, so the line is not even looked for, and no warning is
  /// made of it: it would be one for every project whose people write such lines by habit.
  @Test func `a Reviewed-by line reviews nothing`() throws {
    let desk = try SigningDesk()
    try land(desk, Workplace.message("work") + "Reviewed-by: Ada Example <ada@example.com>\n")
    let check = try ci(desk)
    #expect(check.status == 1 && check.stdout.contains("not reviewed"), "\(check)")
  }

  // Attack 20.
  @Test func `the key that signed a commit tells who made it, whatever its author says`() throws {
    let desk = try SigningDesk()
    try require("  independence: second-person\n", desk)
    let other = [
      "GIT_AUTHOR_EMAIL": "grace@example.com", "GIT_COMMITTER_EMAIL": "grace@example.com",
    ]
    let sign = [
      "-c", "gpg.format=ssh", "-c", "user.signingkey=\(desk.home)/.ssh/id_ed25519.pub",
      "-c", "commit.gpgsign=true",
    ]
    try land(desk, env: other, options: sign)
    try desk.work.approve("--commit", "HEAD")
    let check = try ci(desk)
    #expect(check.status == 1 && check.stdout.contains("second person"), "\(check)")

    // The same without a signature: an address is all there is, and it is somebody else's.
    try desk.work.repository.git("reset", "--quiet", "--soft", "HEAD~1")
    try land(desk, env: other)
    #expect(try ci(desk).status == 0)
    let request = [
      "GITHUB_EVENT_NAME": "pull_request", "GITHUB_ACTOR": "ada", "GITHUB_ACTOR_ID": "7",
    ]
    #expect(try ci(desk, env: request).status == 0)
  }

  // Attack 21.
  @Test func `an author stays one when somebody else commits the work again`() throws {
    let desk = try SigningDesk()
    try require("  independence: second-person\n", desk)
    try land(desk, env: ["GIT_COMMITTER_EMAIL": "rebase-service@example.com"])
    try desk.work.approve("--commit", "HEAD")
    let check = try ci(desk)
    #expect(check.status == 1 && check.stdout.contains("second person"), "\(check)")
  }

  // Attack 70.
  @Test func `a key taken off the list on the target branch lets nothing more land`() throws {
    let desk = try SigningDesk()
    let key = TestKey(seed: 9).line
    #expect(try desk.work.gate("reviewers", "add", "grace@example.com", "--key", key).status == 0)
    #expect(try desk.work.gate("reviewers", "remove", "ada@example.com").status == 0)
    let without = try desk.work.read(".reviewgate/reviewers")
    try desk.work.repository.git("checkout", "--quiet", "--", ".reviewgate")
    try land(desk)
    try desk.work.approve("--commit", "HEAD")
    #expect(try ci(desk).status == 0)

    let change = try desk.work.repository.head
    try desk.work.repository.git("checkout", "--quiet", "-b", "target", "HEAD~1")
    try desk.work.repository.write(".reviewgate/reviewers", without)
    try desk.work.repository.commit("take Ada off the list")
    try desk.work.repository.git("-c", "core.hooksPath=/dev/null", "cherry-pick", change)
    let check = try ci(desk)
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains("is not in .reviewgate/reviewers"), "\(check)")
  }

  @Test func `a change cannot list the key that reviews it`() throws {
    let desk = try SigningDesk(isListed: false)
    let key = TestKey(seed: 9).line
    #expect(try desk.work.gate("reviewers", "add", "grace@example.com", "--key", key).status == 0)
    try landOwnFiles(desk)
    #expect(try desk.work.gate("reviewers", "add").status == 0)
    try desk.work.repository.git("add", ".reviewgate")
    try land(desk)
    // Here, where the change's own list holds, Ada's review counts.
    try desk.work.approve("--commit", "HEAD")
    #expect(try desk.work.gate("check", "--commit", "HEAD").status == 0)
    let check = try ci(desk)
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains("is not in .reviewgate/reviewers"), "\(check)")
  }

  @Test func `with a list on the target branch, promises no longer pass`() throws {
    let desk = try SigningDesk(isListed: false)
    try land(desk)
    try FileManager.default.removeItem(atPath: desk.home + "/.ssh")
    try desk.work.approve("--commit", "HEAD")
    #expect(try ci(desk).status == 0)
    let change = try desk.work.repository.head
    try desk.work.repository.git("checkout", "--quiet", "-b", "target", "HEAD~1")
    let key = TestKey(seed: 9).line
    #expect(try desk.work.gate("reviewers", "add", "grace@example.com", "--key", key).status == 0)
    try desk.work.repository.commit("list the reviewers")
    try desk.work.repository.git("-c", "core.hooksPath=/dev/null", "cherry-pick", change)
    let check = try ci(desk)
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains("record too weak: recorded, signed is required"), "\(check)")
  }
}
