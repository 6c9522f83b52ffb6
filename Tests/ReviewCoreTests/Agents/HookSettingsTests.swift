import ReviewCore
import Testing

@Suite struct HookSettingsTests {
  static let program = "reviewgate"

  static func settings(_ id: String) throws -> HookSettings {
    let agent = try #require(AgentIntegrations.named(id))
    guard case .hooks(let settings) = agent.configuration else {
      throw TestProblem.noSettings(id)
    }
    return settings
  }

  enum TestProblem: Error { case noSettings(String) }

  static let jsonAgents = AgentIntegrations.all.compactMap { agent -> String? in
    if case .hooks = agent.configuration { agent.id } else { nil }
  }

  /// Files as people have them.
  static let files: [String] = [
    "{}",
    "{}\n",
    "{ }\n",
    "{\n}\n",
    "{\n  \"model\": \"x\"\n}\n",
    "{\r\n\t\"model\": \"x\",\r\n\t\"hooks\": {}\r\n}\r\n",
    "{\"model\":\"x\",\"hooks\":{}}",
    "{\"a\":1}\n",
    "\u{feff}{\n    \"a\": 1\n}",
    "// mine\n{\n  \"a\": 1, // one\n  \"b\": 2 // two\n  // the end\n}\n",
    "{\n  \"a\": [1, 2],\n  \"hooks\": {\n    \"Stop\": [],\n    \"PreToolUse\": [\n      // other\n    ],\n  },\n}\n",
    """
    {
      "hooks": {
        "PreToolUse": [
          {
            "matcher": "Bash",
            "hooks": [
              { "type": "command", "command": "my-linter --fix" } // keep
            ]
          }
        ],
        "Notification": [{"hooks": [{"type": "command", "command": "beep"}]}]
      },
      "permissions": {"deny": ["Read(.env)"]},
      "unknown": {"x": [1, 2, {"y": null}]}
    }

    """,
    "{\"version\": 1, \"hooks\": {\"preToolUse\": [{\"command\": \"a\"}], \"stop\": []}}",
    "{\n  \"hooks\": {\n    \"BeforeTool\": [\n      {\"hooks\": []},\n    ]\n  }\n}\n",
  ]

  static let cases = jsonAgents.flatMap { agent in files.map { (agent, $0) } }

  @Test(arguments: cases)
  func `an installation is complete, repeatable, and undone byte for byte`(
    agent: String,
    file: String
  ) throws {
    let settings = try Self.settings(agent)
    let before = Array(file.utf8)
    let change = try settings.install(into: before, program: Self.program)
    let after = try #require(change.after)
    #expect(try settings.missing(in: settings.installed(in: after)).isEmpty)
    #expect(try settings.install(into: after, program: Self.program).isEmpty)
    let receipt = try #require(InstallReceipt(encoded: InstallReceipt(change).encoded))
    #expect(receipt == InstallReceipt(change))
    #expect(receipt.undo(after)?.after == before)
  }

  @Test(arguments: cases)
  func `without a receipt our commands go and everything else stays`(
    agent: String,
    file: String
  ) throws {
    let settings = try Self.settings(agent)
    let before = Array(file.utf8)
    let after = try #require(try settings.install(into: before, program: Self.program).after)
    let change = try settings.uninstall(from: after)
    guard let rest = change.after else { return }
    #expect(try settings.installed(in: rest).isEmpty)
    let left = String(decoding: rest, as: UTF8.self)
    for part in Self.kept where file.contains(part) { #expect(left.contains(part), "\(left)") }
  }

  /// What must not get lost.
  static let kept = [
    "\"command\": \"my-linter --fix\" } // keep", "\"command\": \"beep\"", "\"command\": \"a\"",
    "// mine", "// one", "// two", "// the end", "// other",
    "\"unknown\": {\"x\": [1, 2, {\"y\": null}]}",
  ]

  static let exact = [
    "{\n  \"model\": \"x\"\n}\n",
    "{\r\n\t\"model\": \"x\"\r\n}\r\n",
    "// mine\n{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}\n",
    "{\n  \"a\": [1, 2],\n  \"hooks\": {\n    \"Stop\": [\n      {\"hooks\": []},\n    ],\n  },\n}\n",
    files[11],
  ]

  @Test(arguments: exact)
  func `usual files come back byte for byte even without a receipt`(file: String) throws {
    let settings = try Self.settings("claude-code")
    let after = try #require(
      try settings.install(into: Array(file.utf8), program: Self.program).after
    )
    let rest = try #require(try settings.uninstall(from: after).after)
    #expect(String(decoding: rest, as: UTF8.self) == file)
  }

  @Test func `what a person changes afterwards stays when the hooks go`() throws {
    let settings = try Self.settings("claude-code")
    let change = try settings.install(into: Array("{\n  \"a\": 1\n}\n".utf8), program: "reviewgate")
    let edited = String(decoding: try #require(change.after), as: UTF8.self)
      .replacing("\"a\": 1,", with: "\"a\": 2,\n  \"b\": \"new\",")
    #expect(InstallReceipt(change).undo(Array(edited.utf8)) == nil)
    let rest = try settings.uninstall(from: Array(edited.utf8))
    #expect(
      String(decoding: try #require(rest.after), as: UTF8.self)
        == "{\n  \"a\": 2,\n  \"b\": \"new\"\n}\n"
    )
  }

  @Test func `a path of an earlier installation is replaced where it stands`() throws {
    let settings = try Self.settings("claude-code")
    let old = try settings.install(into: Array("{}".utf8), program: "/old/reviewgate").after
    let change = try settings.install(into: old, program: "/new place/reviewgate")
    let new = try #require(change.after)
    let hooks = try settings.installed(in: new)
    #expect(hooks.count == 6)
    #expect(Set(hooks.map(\.command.program)) == ["/new place/reviewgate"])
    #expect(hooks[0].line == "'/new place/reviewgate' agent-event claude-code")
    #expect(InstallReceipt(change).undo(new)?.after == old)
  }

  @Test func `two installations in a row are undone together`() throws {
    let settings = try Self.settings("claude-code")
    let file = Array("{ }".utf8)
    let first = try settings.install(into: file, program: "/a/reviewgate")
    let second = try settings.install(into: first.after, program: "/b/reviewgate")
    let receipt = InstallReceipt(second).after(InstallReceipt(first), on: first.after)
    #expect(receipt.undo(try #require(second.after))?.after == file)
  }

  @Test(arguments: jsonAgents)
  func `a file that was not there is made and goes away`(agent: String) throws {
    let settings = try Self.settings(agent)
    let change = try settings.install(into: nil, program: Self.program)
    let made = try #require(change.after)
    #expect(try settings.missing(in: settings.installed(in: made)).isEmpty)
    #expect(InstallReceipt(change).undo(made) == HookChange(before: made, after: nil))
  }

  @Test(arguments: ["", " ", "\n\n"])
  func `an empty file is filled and emptied again`(file: String) throws {
    let settings = try Self.settings("claude-code")
    let change = try settings.install(into: Array(file.utf8), program: Self.program)
    let receipt = try #require(InstallReceipt(encoded: InstallReceipt(change).encoded))
    #expect(receipt.undo(try #require(change.after))?.after == Array(file.utf8))
  }

  static let refused = [
    "{", "[1]", "null", "\"x\"", "{\"hooks\": 1}", "{\"hooks\": []}", "{\"hooks\": {\"Stop\": {}}}",
    "{\"hooks\": {}, \"hooks\": {}}", "{\"hooks\": {\"Stop\": [], \"Stop\": []}}", "{'a': 1}",
    "hooks: {}", String(repeating: "[", count: 5_000),
  ]

  @Test(arguments: refused)
  func `a file that is not understood is not changed`(file: String) throws {
    let settings = try Self.settings("claude-code")
    #expect(throws: HookSettingsProblem.self) {
      try settings.install(into: Array(file.utf8), program: Self.program)
    }
  }

  @Test func `another agent's commands and look-alikes are not ours`() throws {
    let settings = try Self.settings("claude-code")
    let file = """
      {"hooks": {"Stop": [{"hooks": [{"command": "reviewgate agent-event codex"},
      {"command": "reviewgate check"}, {"command": "echo reviewgate agent-event claude-code"}]}]}}
      """
    #expect(try settings.installed(in: Array(file.utf8)).isEmpty)
    #expect(try settings.uninstall(from: Array(file.utf8)).isEmpty)
  }

  @Test func `commands are recognised by what they start`() {
    let written = AgentCommand(program: "/x/reviewgate", role: .guardian, agent: "claude-code")
    #expect(AgentCommand(written.text) == written)
    #expect(AgentCommand("'/a b/reviewgate' guard claude")?.program == "/a b/reviewgate")
    #expect(AgentCommand("reviewgate agent-event nobody") == nil)
    #expect(AgentCommand("reviewgated; rm -rf /") == nil)
    #expect(AgentCommand("") == nil)
  }

  @Test func `scripts name their program and know when they were changed`() throws {
    for agent in AgentIntegrations.all {
      guard case .script(let script) = agent.configuration else { continue }
      let text = script.text("/a \"b\"/reviewgate")
      #expect(script.program(of: text) == "/a \"b\"/reviewgate")
      #expect(script.isUnchanged(text))
      #expect(!script.isUnchanged(text + Array("// mine\n".utf8)))
      #expect(script.program(of: Array("export default 1\n".utf8)) == nil)
    }
  }
}
