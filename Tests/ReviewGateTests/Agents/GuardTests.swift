import Foundation
import TestSupport
import Testing

/// The guard as agents start it.
@Suite struct GuardTests {
  static func event(_ command: String, at directory: String) -> String {
    let object: [String: Any] = [
      "hook_event_name": "PreToolUse", "cwd": directory, "tool_name": "Bash",
      "tool_input": ["command": command],
    ]
    let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  @Test(arguments: ["claude", "codex", "pi", "cursor", "gemini", "opencode", "copilot"])
  func `a commit past the hooks is denied, an ordinary one is not`(agent: String) throws {
    let place = try Workplace()
    let bad = Self.event("git commit --no-verify -m x", at: place.path)
    let denied = try place.gate("guard", agent, stdin: bad)
    #expect(denied.status == 2 || denied.stdout.contains("\"deny\""), "\(denied)")
    #expect((denied.stdout + denied.stderr).contains("ask a person to run `reviewgate review`"))
    let good = Self.event("git commit -m 'no --no-verify here'", at: place.path)
    let allowed = try place.gate("guard", agent, stdin: good)
    #expect(allowed.status == 0)
    #expect(allowed.stderr.isEmpty)
    #expect(["", "{}\n"].contains(allowed.stdout))
  }

  @Test func `elsewhere only reviews and records are guarded`() throws {
    let place = try Workplace(hooks: false)
    let skip = Self.event("git commit -n -m x", at: place.path)
    #expect(try place.gate("guard", "codex", stdin: skip).status == 0)
    let approve = Self.event("reviewgate approve", at: place.path)
    #expect(try place.gate("guard", "codex", stdin: approve).status == 2)
    try place.install()
    #expect(try place.gate("guard", "codex", stdin: skip).status == 2)
  }

  @Test func `the repository that a command goes to counts, also a linked worktree`() throws {
    let place = try Workplace()
    try place.repository.git("worktree", "add", "--quiet", "../linked")
    let linked = place.repository.sandbox + "/linked"
    for command in ["git -C \(linked) commit -n", "cd \(linked)/sub && git commit -n"] {
      let event = Self.event(command, at: "/")
      #expect(try place.gate("guard", "codex", stdin: event, at: "/").status == 2, "\(command)")
    }
  }

  @Test(arguments: ["", "no json", "[", "{\"tool_input\": {\"command\": \"git commit -m 'x\"}}"])
  func `what cannot be read passes and is mentioned`(event: String) throws {
    let place = try Workplace()
    let output = try place.gate("guard", "claude", stdin: event)
    #expect(output.status == 0)
    #expect(output.stdout.contains("systemMessage"))
    #expect(output.stderr.contains("lets it pass"))
  }

  @Test func `an unknown agent is a mistake of the caller`() throws {
    let place = try Workplace()
    let output = try place.gate("guard", "nobody", stdin: "{}")
    #expect(output.status == 64)
    #expect(output.stderr.contains("claude-code, codex, pi"))
  }
}
