import Foundation
import TestSupport
import Testing

/// Ways around the local hooks: what they leave behind, and who still asks.
@Suite struct BypassTests {
  // Case 24.
  @Test func `--no-verify is logged, shown, and asked about again at the push`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    try place.repository.git("push", "--quiet", "--no-verify", "../remote", "main:base")
    try place.stage(["a.swift": Workplace.block])
    let said = try place.passes("commit", "--quiet", "--no-verify", "-m", Workplace.message("a"))
    let commit = String(try place.repository.head.prefix(7))
    #expect(said.contains("reviewgate: hooks were skipped for \(commit)"), "\(said)")
    let status = try place.gate("status", "--range", "\(base)..HEAD")
    #expect(status.status == 0)
    #expect(status.stdout.contains("1 bypass on record:"))
    #expect(status.stdout.contains("hooks were skipped (--no-verify)"))
    #expect(status.stdout.contains(try place.repository.head))
    #expect(try place.blocks("push", "../remote", "main").contains("a.swift:1-10"))
    #expect(try place.check(since: base).status == 1)
  }

  @Test func `a refused commit is forgotten once it was made past the hooks`() throws {
    let place = try Workplace()
    let pending = place.repository.path + "/.git/reviewgate/pending"
    try place.stage(["a.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(FileManager.default.fileExists(atPath: pending))
    try place.passes("commit", "--quiet", "--no-verify", "-m", Workplace.message("a"))
    #expect(!FileManager.default.fileExists(atPath: pending))
  }

  @Test func `a push is not judged where the policy switches that place off`() throws {
    let place = try Workplace()
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    let policy = "version: 1\ngate:\n  push: off\n"
    try place.stage([".reviewgate/policy.yml": policy, "a.swift": Workplace.block])
    try place.passes("commit", "--quiet", "--no-verify", "-m", Workplace.message("a"))
    let said = try place.passes("push", "--quiet", "../remote", "main")
    #expect(said == "", "\(said)")
  }

  // Case 24: only a skipped gate is a bypass.
  @Test func `a commit that passed the gate leaves no entry`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    try place.passes("commit", "-m", "by hand")
    try place.passes("commit", "--amend", "-m", "by hand, again")
    try place.land(["b": "b\n"], message: "b")
    try place.passes("revert", "--no-edit", "HEAD")
    try place.passes("cherry-pick", "HEAD~1")
    #expect(!place.exists(".git/reviewgate/bypassed"))
  }

  // Case 25.
  @Test func `strict mode refuses --no-verify and names the hook`() throws {
    let place = try Workplace(hooks: false)
    try place.install("--strict-local")
    try place.stage(["a.swift": Workplace.block])
    let said = try place.blocks("commit", "--no-verify", "-m", Workplace.message("a"))
    #expect(said.contains("reference-transaction"), "\(said)")
    #expect(said.contains("a.swift:1-10"))
    try place.passes("commit", "--no-verify", "-m", "by hand")
  }

  // Case 25.
  @Test func `strict mode stays out of the way of people and of what was pulled`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("clone", "--quiet", "--bare", ".", "../remote")
    let theirs = try Workplace(named: "theirs", hooks: false)
    try theirs.repository.git(
      "pull",
      "--quiet",
      place.repository.sandbox + "/remote",
      "main",
      "--rebase"
    )
    try place.install("--strict-local")
    try place.stage(["a.swift": Workplace.block])
    try place.passes("commit", "--quiet", "-m", "by hand")
    try place.passes("branch", "other")
    try place.passes("reset", "--quiet", "--hard", "HEAD~1")
    try place.passes("merge", "--quiet", "other")
    try place.passes("tag", "v1")
    try place.passes("branch", "-D", "other")
    try place.passes("stash", "list")
  }

  // Case 42.
  @Test(arguments: ["", "  "])
  func `a skip without a reason is refused`(reason: String) throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    let message = Workplace.message("a")
    let said = try place.blocks("commit", "-m", message, env: ["REVIEWGATE_SKIP": reason])
    #expect(said.contains("needs a reason"))
    #expect(!place.exists(".git/reviewgate/bypassed"))
  }

  // Case 42.
  @Test func `a skip with a reason passes, is on record, and ends at CI`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    let skip = ["REVIEWGATE_SKIP": "fire in production"]
    try place.stage(["a.swift": Workplace.block])
    let said = try place.passes("commit", "--quiet", "-m", Workplace.message("a"), env: skip)
    #expect(said.contains("commit let pass on request"))
    try place.blocks("push", "../remote", "main")
    try place.passes("push", "../remote", "main", env: skip)
    let status = try place.gate("status", "--range", "\(base)..HEAD").stdout
    #expect(status.contains("2 bypasses on record:"), "\(status)")
    #expect(status.contains("fire in production"))
    let here = ["--no-fetch", "--no-require-records", "--range", "\(base)..HEAD"]
    let ci = try place.gate("ci", here[0], here[1], here[2], here[3], env: skip)
    #expect(ci.status == 1)
  }

  // Case 42.
  @Test func `an agent cannot ask for a skip`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    let env = ["REVIEWGATE_SKIP": "because", "CLAUDECODE": "1"]
    let said = try place.blocks("commit", "-m", Workplace.message("a"), env: env)
    #expect(said.contains("A human must run `reviewgate review`."))
    #expect(!said.contains("REVIEWGATE_SKIP"))
    #expect(!place.exists(".git/reviewgate/bypassed"))
  }

  @Test func `a gate that is off at commits leaves the push to decide`() throws {
    let place = try Workplace(hooks: false)
    try place.land([".reviewgate/policy.yml": "version: 1\ngate:\n  commit: off\n"], message: "p")
    try place.install()
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    try place.stage(["a.swift": Workplace.block])
    #expect(try place.passes("commit", "--quiet", "-m", Workplace.message("a")) == "")
    try place.blocks("push", "../remote", "main")
  }

  @Test func `warn says the same and lets pass`() throws {
    let place = try Workplace(hooks: false)
    try place.land([".reviewgate/policy.yml": "version: 1\ngate:\n  commit: warn\n"], message: "p")
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    let said = try place.passes("commit", "--quiet", "-m", Workplace.message("a"))
    #expect(said.contains("commit would be blocked (mode warn)"))
    #expect(said.contains("a.swift:1-10"))
  }
}
