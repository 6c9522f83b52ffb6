import Foundation
import TestSupport
import Testing

/// Trailers that a policy asks for or forbids.
@Suite struct TrailerTests {
  /// What an agent's shell has.
  static let agent = ["CODEX_THREAD_ID": "1"]

  static func place(_ trailers: String, gate: String = "warn") throws -> Workplace {
    let place = try Workplace()
    let policy = "version: 1\ngate:\n  commit: \(gate)\ntrailers:\n  \(trailers)\n"
    try place.land([".reviewgate/policy.yml": policy], message: "policy")
    return place
  }

  static func message(_ place: Workplace) throws -> String {
    try place.repository.git("log", "-1", "--format=%B")
  }

  @Test func `an agent's commit says so, once, also after an amend`() throws {
    let place = try Self.place("write: [assisted-by]")
    try place.stage(["a.swift": Workplace.block])
    try place.passes(
      "commit",
      "-m",
      "work",
      "-m",
      "Signed-off-by: Ada Example <ada@example.com>",
      env: Self.agent
    )
    let expected = "work\n\nSigned-off-by: Ada Example <ada@example.com>\nAssisted-by: codex"
    #expect(try Self.message(place).hasPrefix(expected))
    try place.passes("commit", "--amend", "--no-edit", env: Self.agent)
    #expect(try Self.message(place).components(separatedBy: "Assisted-by").count == 2)
    try place.stage(["b.swift": Workplace.block])
    try place.passes("commit", "-n", "-F", "-", env: Self.agent)
    #expect(try Self.message(place).contains("Assisted-by: codex"))
  }

  @Test
  func `an editor shows it below a free first line, and nothing written is nothing committed`()
    throws
  {
    let place = try Self.place("write: [assisted-by]")
    try place.stage(["a.swift": Workplace.block])
    let untouched = try place.git("commit", env: Self.agent)
    #expect(
      untouched.status != 0 && untouched.stderr.contains("empty commit message"),
      "\(untouched)"
    )
    let editor = ["GIT_EDITOR": "sed -i '1s/^/typed/'"].merging(Self.agent) { $1 }
    try place.passes("commit", env: editor)
    #expect(try Self.message(place) == "typed\n\nAssisted-by: codex\n")
  }

  @Test func `people's commits, merges and replayed commits are left as they are`() throws {
    let place = try Self.place("write: [assisted-by, agent-lines]")
    try place.stage(["a.swift": Workplace.block])
    try place.passes("commit", "-m", "by hand")
    #expect(try Self.message(place) == "by hand\n")
    try place.passes("checkout", "-q", "-b", "topic", "HEAD^")
    try place.stage(["c.swift": Workplace.block])
    try place.passes("commit", "-m", "on topic")
    try place.passes("rebase", "main", env: Self.agent)
    #expect(try Self.message(place) == "on topic\n")
    try place.passes("cherry-pick", "--no-commit", "HEAD", env: Self.agent)
    try place.passes("checkout", "-q", "main")
    try place.passes("merge", "--no-ff", "-m", "merged", "topic", env: Self.agent)
    #expect(try Self.message(place) == "merged\n")
  }

  @Test func `a forbidden line blocks, and the message names it and the way on`() throws {
    let place = try Self.place("forbid: [agent-signed-off-by, generated-footer]", gate: "block")
    try place.stage(["README": "A project.\n"])
    let signed = "work\n\nSigned-off-by: Codex <codex@openai.com>\n"
    let text = try place.blocks("commit", "--allow-empty", "-m", signed)
    #expect(text.contains("1 line of a commit message is forbidden by the policy"), "\(text)")
    #expect(text.contains("Signed-off-by: Codex <codex@openai.com>"))
    #expect(text.contains("lets an agent sign off (trailers.forbid: agent-signed-off-by)"))
    #expect(text.contains("git commit -eF .git/COMMIT_EDITMSG"))
    #expect(!text.contains("review them"))
    try place.passes(
      "commit",
      "--allow-empty",
      "-m",
      "work",
      "-m",
      "Signed-off-by: Ada Example <ada@example.com>"
    )
    let other = try place.git("commit", "--allow-empty", "-m", Workplace.message("co-author"))
    #expect(other.status == 0, "\(other)")
  }

  @Test func `a forbidden line among unread hunks is named beside them`() throws {
    let place = try Self.place("forbid: [agent-co-author]", gate: "block")
    try place.stage(["a.swift": Workplace.block])
    let text = try place.blocks("commit", "-m", Workplace.message("work"))
    #expect(text.contains("have no human review"))
    #expect(text.contains("Also, 1 line of a commit message is forbidden"), "\(text)")
    #expect(text.contains("review them"))
  }

  @Test func `a range with a forbidden line is blocked, in text and JSON`() throws {
    let place = try Self.place("forbid: [agent-co-author]")
    let base = try place.repository.head
    try place.land(["README": "A project.\n"], message: Workplace.message("nothing changes"))
    let id = try place.repository.head
    let check = try place.check(since: base)
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains(String(id.prefix(10))) && check.stdout.contains("git rebase -i"))
    let json = try place.gate("check", "--range", "\(base)..HEAD", "--format", "json")
    #expect(json.status == 1)
    #expect(
      json.stdout.contains(
        "\"forbiddenTrailers\":[{\"commit\":\"\(id)\",\"rule\":\"agent-co-author\""
      )
    )
    #expect(json.stdout.contains("\"verdict\":\"blocked\""))
  }

  @Test func `a place that only warns lets a forbidden line pass`() throws {
    let place = try Self.place("forbid: [agent-co-author]", gate: "warn")
    try place.stage(["README": "A project.\n"])
    let output = try place.git("commit", "--allow-empty", "-m", Workplace.message("work"))
    #expect(output.status == 0 && output.stderr.contains("would be blocked"), "\(output)")
  }
}
