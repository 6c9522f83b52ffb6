import ReviewCore
import Testing

@Suite struct AgentConflictTests {
  static let places = AgentPlaces(home: "/h", project: "/p", variables: [:])

  static let codex: [(toml: String, prevents: Bool, isOff: Bool)] = [
    ("model = \"x\"\n", false, false),
    ("# [hooks]\n", false, false),
    ("[[hooks.PostToolUse]]\n[[hooks.PostToolUse.hooks]]\n", true, false),
    ("[ hooks ]\r\n", true, false),
    ("hooks.Stop = []\n", true, false),
    ("[features]\nhooks = false\n", false, true),
    ("[features]\ncodex_hooks=false\n", false, true),
    ("[features]\nhooks = true\n", false, false),
    ("[other]\nhooks = 1\n", false, false),
  ]

  @Test(arguments: codex)
  func `hooks in config.toml are seen`(toml: String, prevents: Bool, isOff: Bool) throws {
    let agent = try #require(AgentIntegrations.named("codex"))
    let found = agent.conflicts(.user, Self.places) { path in
      path == "/h/.codex/config.toml" ? Array(toml.utf8) : nil
    }
    #expect(found.contains(where: \.preventsInstall) == prevents)
    #expect(found.contains { $0.text.contains("off") } == isOff)
  }

  @Test func `switched off hooks of Claude Code and Gemini CLI are seen`() throws {
    let claude = try #require(AgentIntegrations.named("claude"))
    let all = #"{"disableAllHooks": true}"#
    let found = claude.conflicts(.project, Self.places) { path in
      path == "/p/.claude/settings.local.json" ? Array(all.utf8) : nil
    }
    #expect(found.map(\.file) == ["/p/.claude/settings.local.json"])
    let gemini = try #require(AgentIntegrations.named("gemini"))
    let off = #"{"hooksConfig": {"enabled": false}}"#
    #expect(gemini.conflicts(.user, Self.places) { _ in Array(off.utf8) }.count == 2)
  }

  @Test func `places follow the agents' own variables`() {
    let places = AgentPlaces(
      home: "/h",
      project: nil,
      variables: ["CLAUDE_CONFIG_DIR": "/c", "CODEX_HOME": "relative", "XDG_CONFIG_HOME": "/x"]
    )
    #expect([places.claude, places.codex, places.config] == ["/c", "/h/.codex", "/x"])
  }

  @Test func `every agent has a file in both scopes and a catalogue entry`() {
    for agent in AgentIntegrations.all {
      #expect(AgentCatalogue.entry(agent.id) != nil, "\(agent.id)")
      for scope in AgentScope.allCases { #expect(agent.file(scope, Self.places) != nil) }
      #expect(AgentIntegrations.named(agent.name)?.id == agent.id, "\(agent.name)")
    }
  }
}
