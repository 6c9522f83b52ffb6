import Foundation
import TestSupport
import Testing

/// What a policy would have done to the past.
@Suite struct SimulateTests {
  /// Two merged branches, one with an agent's lines, and a commit by hand.
  private func place() throws -> Workplace {
    let place = try Workplace(hooks: false)
    for (name, message) in [("ai", Workplace.message("ai work")), ("hand", "by hand")] {
      try place.repository.git("switch", "--quiet", "--create", name, "main")
      try place.land(["\(name)-1.swift": Workplace.block], message: message)
      try place.land(["\(name)-2.swift": Workplace.lines(1...3)], message: message)
      try place.repository.git("switch", "--quiet", "main")
      try place.repository.git("merge", "--quiet", "--no-ff", "-m", "merge \(name)", name)
    }
    try place.land(["last.swift": "x\n"], message: "last")
    return place
  }

  @Test func `every landing is one change, and the table says why`() throws {
    let place = try place()
    let before = try place.snapshot()
    let output = try place.gate("simulate", "--since", "HEAD~3")
    #expect(output.status == 0, "\(output)")
    let lines = output.stdout.split(separator: "\n").map(String.init)
    #expect(
      lines.first
        == "reviewgate: simulation. HEAD since HEAD~3: 3 changes with 7 commits: "
        + "1 would have been blocked, 2 would have passed, 0 could not be looked at."
    )
    let row = lines.first { $0.contains("merge ai") } ?? ""
    #expect(row.contains("blocked"), "\(output.stdout)")
    #expect(row.contains("13   2 files unreviewed (claude-code)"), "\(row)")
    #expect(!output.stdout.contains("merge hand"))
    #expect(output.stdout.contains("policy: the defaults, without .reviewgate/policy.yml"))
    #expect(try place.snapshot() == before)
    let all = try place.gate("simulate", "--since", "HEAD~3", "--all")
    #expect(all.stdout.contains("no AI-written lines"))
  }

  @Test func `days count back from now`() throws {
    let place = try place()
    // The clock of these repositories stands at the start of 2026.
    #expect(try place.gate("simulate", "--since", "2025-12-01").stdout.contains("4 changes"))
    let none = try place.gate("simulate", "--since", "1d").stdout
    #expect(none.contains("nothing to simulate"))
    #expect(none.contains("The last change landed on 2026-01-01: name an earlier day"), "\(none)")
    let day = try #require(none.split(separator: " ").last).trimmingCharacters(in: .newlines)
    #expect(try place.gate("simulate", "--since", day).stdout.contains("4 changes"))
    #expect(try place.gate("simulate", "--since", "5000w").stdout.contains("4 changes"))
    let wrong = try place.gate("simulate", "--since", "3months")
    #expect(wrong.status == 2)
    #expect(wrong.stderr.contains("--since takes days (30d), weeks (8w), a day (2026-01-31)"))
  }

  @Test func `the policy of the worktree counts, its baseline and modes do not`() throws {
    let place = try place()
    let policy =
      "version: 1\ngate:\n  ci: off\n  baseline: HEAD\npaths:\n  exempt: [\"ai-*\"]\n"
    try place.repository.write(".reviewgate/policy.yml", policy)
    let output = try place.gate("simulate", "--since", "HEAD~3")
    #expect(output.stdout.contains("0 would have been blocked, 3 would have passed"))
    #expect(output.stdout.contains("its baseline HEAD was left out of account"))
    try place.repository.write("../other.yml", "version: 1\n")
    let other = place.repository.sandbox + "/other.yml"
    let named = try place.gate("simulate", "--since", "HEAD~3", "--policy", other)
    #expect(named.stdout.contains("1 would have been blocked"))
    #expect(named.stdout.contains("policy: \(other)"))
    try place.repository.write(".reviewgate/policy.yml", "version: 1\nfoo: 1\n")
    #expect(try place.gate("simulate").status == 3)
  }

  @Test func `json has every change`() throws {
    let place = try place()
    let output = try place.gate("simulate", "--since", "HEAD~3", "--format", "json")
    let data = Data(output.stdout.utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["schema"] as? String == "reviewgate.simulation/1")
    let changes = try #require(json["changes"] as? [[String: Any]])
    #expect(changes.map { $0["verdict"] as? String } == ["blocked", "pass", "pass"])
    #expect(changes[0]["agents"] as? [String] == ["claude-code"])
    #expect(changes[0]["files"] as? [String] == ["ai-1.swift", "ai-2.swift"])
    let again = try place.gate("simulate", "--since", "HEAD~3", "--format", "json")
    #expect(again.stdout == output.stdout)
  }

  // Case 43, for what has landed: what is not here is said, and is no pass.
  @Test(arguments: ["1", "2"])
  func `what a shallow clone cut off could not be looked at`(depth: String) throws {
    let place = try place()
    let clone = place.repository.sandbox + "/shallow"
    let from = "file://" + place.path
    try place.repository.git("clone", "--quiet", "--depth", depth, from, clone)
    let output = try place.gate("simulate", "--since", "2025-01-01", at: clone)
    #expect(output.status == 2)
    #expect(output.stdout.contains("1 could not be looked at"), "\(output.stdout)")
    #expect(output.stdout.contains("undecided"))
  }

  @Test func `a review that is here counts`() throws {
    let place = try place()
    try place.approve("--range", "HEAD~3..HEAD~2")
    let output = try place.gate("simulate", "--since", "HEAD~3")
    #expect(output.stdout.contains("0 would have been blocked"), "\(output.stdout)")
  }
}
