import ReviewCore
import Testing

/// Tool calls as each agent describes them.
@Suite struct GuardEventTests {
  struct Sample: CustomTestStringConvertible, Sendable {
    let name: String
    let json: String
    let rule: GuardRule?
    var testDescription: String { name }
  }

  static let samples: [Sample] = [
    Sample(
      name: "Claude Code, Bash",
      json:
        #"{"hook_event_name":"PreToolUse","cwd":"/w","tool_name":"Bash","tool_input":{"command":"git commit -n","description":"x"}}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "Claude Code, Edit",
      json:
        #"{"tool_name":"Edit","cwd":"/w","tool_input":{"file_path":"/w/.reviewgate/policy.yml","old_string":"a","new_string":"b"}}"#,
      rule: .files
    ),
    Sample(
      name: "Claude Code, Read",
      json:
        #"{"tool_name":"Read","cwd":"/w","tool_input":{"file_path":"/w/.reviewgate/policy.yml"}}"#,
      rule: nil
    ),
    Sample(
      name: "Claude Code, content that talks about it",
      json:
        #"{"tool_name":"Write","cwd":"/w","tool_input":{"file_path":"/w/a.md","content":"git commit --no-verify; reviewgate approve"}}"#,
      rule: nil
    ),
    Sample(
      name: "Claude Code, relative path upward",
      json:
        #"{"tool_name":"Write","cwd":"/w/sub","tool_input":{"file_path":"../.git/hooks/pre-commit","content":""}}"#,
      rule: .files
    ),
    Sample(
      name: "Codex, apply_patch",
      json:
        #"{"tool_name":"apply_patch","cwd":"/w","tool_input":{"command":"*** Begin Patch\n*** Update File: .claude/settings.json\n@@\n-a\n+b\n*** End Patch"}}"#,
      rule: .files
    ),
    Sample(
      name: "Codex, apply_patch that only talks about it",
      json:
        #"{"tool_name":"apply_patch","cwd":"/w","tool_input":{"command":"*** Begin Patch\n*** Update File: a.md\n@@\n+git commit --no-verify\n*** End Patch"}}"#,
      rule: nil
    ),
    Sample(
      name: "Codex, shell as words",
      json:
        #"{"tool_name":"shell","cwd":"/w","tool_input":{"command":["bash","-lc","git commit -n"]}}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "Codex, several calls in one",
      json:
        #"{"tool_name":"multi_tool_use.parallel","cwd":"/w","tool_input":{"tool_uses":[{"recipient_name":"functions.exec_command","parameters":{"cmd":"git commit -n"}}]}}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "Codex, code around a patch",
      json:
        #"{"tool_name":"exec","cwd":"/w","tool_input":{"code":"await apply(\"*** Begin Patch\\n*** Add File: .git/hooks/x\\n*** End Patch\")"}}"#,
      rule: .files
    ),
    Sample(
      name: "Cursor, Shell",
      json:
        #"{"cursor_version":"3","tool_name":"Shell","cwd":"/w","tool_input":{"command":"reviewgate approve"}}"#,
      rule: .approves
    ),
    Sample(
      name: "Cursor, before a shell command",
      json: #"{"hook_event_name":"beforeShellExecution","cwd":"/w","command":"git commit -n"}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "Gemini CLI, write_file",
      json:
        #"{"tool_name":"write_file","cwd":"/w","tool_input":{"file_path":".gemini/settings.json","content":"{}"}}"#,
      rule: .files
    ),
    Sample(
      name: "Copilot, arguments as a string",
      json:
        #"{"timestamp":1,"cwd":"/w","toolName":"bash","toolArgs":"{\"command\":\"git push --no-verify\"}"}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "VS Code, several files",
      json:
        #"{"tool_name":"editFiles","cwd":"/w","tool_input":{"files":["src/a.ts",".github/hooks/reviewgate.json"]}}"#,
      rule: .files
    ),
    Sample(
      name: "Pi",
      json:
        #"{"hook_event_name":"before_command","cwd":"/w","tool_name":"bash","tool_input":{"command":"git commit -n"}}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "OpenCode",
      json:
        #"{"hook_event_name":"before_edit","cwd":"/w","tool_name":"edit","tool_input":{"filePath":"/w/.opencode/plugins/reviewgate.ts"}}"#,
      rule: .files
    ),
    Sample(name: "nothing in it", json: "{}", rule: nil),
    Sample(
      name: "a byte-order mark",
      json: "\u{feff}" + #"{"tool_name":"Bash","tool_input":{"command":"git commit -n"}}"#,
      rule: .skipsHooks
    ),
    Sample(
      name: "half a character",
      json: #"{"tool_name":"Bash","tool_input":{"command":"git commit -n \ud83d"}}"#,
      rule: .skipsHooks
    ),
  ]

  @Test(arguments: samples)
  func `every agent's payload is read`(sample: Sample) throws {
    let event = try #require(GuardEvent(Array(sample.json.utf8)))
    let scan = event.scan(directory: "/w")
    #expect(scan.findings.map(\.rule) == (sample.rule.map { [$0] } ?? []), "\(scan)")
  }

  static let unreadable: [[UInt8]] = [
    [], Array("null".utf8), Array("[1]".utf8), Array("{".utf8), Array("{\"a\":".utf8),
    Array("not json".utf8), [0xff, 0xfe, 0x7b, 0x00],
    Array(String(repeating: "[", count: 100_000).utf8),
    Array(String(repeating: "{\"a\":", count: 100_000).utf8),
  ]

  @Test(arguments: unreadable)
  func `what is no object is no event`(bytes: [UInt8]) {
    #expect(GuardEvent(bytes) == nil)
  }

  @Test func `a large event is read, an endless one is not`() throws {
    let content = String(repeating: "x", count: 4 << 20)
    let json =
      #"{"tool_name":"Write","cwd":"/w","tool_input":{"file_path":".git/config","content":""#
    let event = try #require(GuardEvent(Array((json + content + "\"}}").utf8)))
    #expect(event.scan(directory: "/").findings.map(\.rule) == [.files])
    #expect(GuardEvent([UInt8](repeating: 0x20, count: JSONText.largest + 1)) == nil)
  }

  @Test(arguments: AgentIntegrations.all.map(\.id))
  func `every agent has a form of denial with the reason in it`(id: String) throws {
    let agent = try #require(AgentIntegrations.named(id))
    let answer = agent.denial("because \"quoted\"")
    #expect(answer.status == 2 || answer.output.contains("\"deny\""))
    #expect((answer.output + answer.error).contains("because"))
    if !answer.output.isEmpty { _ = try JSONText(Array(answer.output.utf8)) }
    #expect(agent.remark("x").status == 0)
    #expect(agent.allowance.status == 0)
  }
}
