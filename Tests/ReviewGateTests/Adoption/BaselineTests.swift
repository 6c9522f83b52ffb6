import Foundation
import TestSupport
import Testing

/// Nothing that is reachable from the baseline is judged, wherever one asks.
@Suite struct BaselineTests {
  /// An old agent's commit, the baseline on it, and `topic` with one commit more.
  private func place(later: String = Workplace.message("later")) throws -> Workplace {
    let place = try Workplace(hooks: false)
    try place.repository.git("branch", "start")
    try place.land(["old.swift": Workplace.block])
    try place.repository.git("tag", "adopted")
    let policy = "version: 1\ngate:\n  baseline: adopted\n"
    try place.land([".reviewgate/policy.yml": policy], message: "settings")
    try place.repository.git("switch", "--quiet", "--create", "topic")
    try place.land(["new.swift": Workplace.lines(1...4)], message: later)
    return place
  }

  static let selections: [[String]] = [
    ["check", "--range", "start..topic"], ["check", "--base", "start"],
    ["check", "--ci", "--no-fetch", "--no-require-records", "--range", "start..topic"],
    ["status", "--range", "start..topic"],
    ["check", "--every-commit", "--range", "start..topic"],
  ]

  @Test(arguments: selections)
  func `only what came later is judged`(arguments: [String]) throws {
    let place = try place()
    // Where it decides, the policy comes from the start of the range.
    if arguments.contains("--ci") { try place.repository.git("branch", "--force", "start", "main") }
    let output = try place.repository.runDetached([Workplace.program] + arguments)
    #expect(output.stdout.contains("new.swift"), "\(output)")
    #expect(!output.stdout.contains("old.swift"), "\(output)")
  }

  @Test(arguments: selections)
  func `without later agents everything passes`(arguments: [String]) throws {
    let place = try place(later: "by hand")
    if arguments.contains("--ci") { try place.repository.git("branch", "--force", "start", "main") }
    #expect(try place.repository.runDetached([Workplace.program] + arguments).status == 0)
  }

  @Test func `a commit before it is not judged by itself`() throws {
    let place = try place()
    let output = try place.gate("check", "--commit", "adopted")
    // Its own policy is the one of that time, which has no baseline yet.
    #expect(output.status == 1)
    try place.repository.git("tag", "--force", "adopted", "topic")
    #expect(try place.gate("check", "--commit", "topic").status == 0)
  }

  @Test func `pushes respect it`() throws {
    let place = try place()
    try place.install()
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    let said = try place.blocks("push", "../remote", "topic")
    #expect(said.contains("new.swift") && !said.contains("old.swift"), "\(said)")
    try place.passes("push", "--quiet", "../remote", "main")
    let head = try place.repository.head
    let line = "refs/heads/topic \(head) refs/heads/topic \(String(repeating: "0", count: 40))\n"
    let listed = try place.gate("check", "--stdin", stdin: line)
    #expect(listed.status == 1)
    #expect(!listed.stdout.contains("old.swift"))
  }

  @Test func `a baseline that git does not know decides nothing`() throws {
    let place = try place(later: "by hand")
    try place.repository.git("tag", "--delete", "adopted")
    let output = try place.gate("check", "--base", "start")
    #expect(output.status == 2)
    #expect(output.stderr.contains("'adopted'"), "\(output.stderr)")
  }

  @Test func `the server respects it and lets nobody move it`() throws {
    let server = try PushServer(policy: "version: 1\ngate:\n  baseline: adopted\n")
    let place = server.place
    try place.repository.git("tag", "adopted")
    try server.accepts("refs/tags/adopted")
    try place.land(["a.swift": Workplace.block])
    let said = try server.refuses("main")
    #expect(said.contains("a.swift:1-10"))
    // Whoever could move the name could let everything pass.
    try place.repository.git("tag", "--force", "adopted")
    let moved = try server.refuses("--force", "refs/tags/adopted")
    #expect(moved.contains("it is the baseline of the policy"), "\(moved)")
    try server.refuses("main:refs/adopted")
    try server.refuses("main:refs/heads/adopted")
    try server.refuses(":refs/tags/adopted")
    try server.accepts("main:refs/heads/adopted2")
  }
}
