/// Gemini CLI: `settings.json`.
struct GeminiIntegration: AgentIntegration {
  let id = "gemini-cli"
  let name = "Gemini CLI"
  let programs = ["gemini"]
  let blindFor = ["files that MCP tools write (found when the turn ends)"]
  let guardedEndings = [[".gemini", "settings.json"]]

  var configuration: AgentConfiguration {
    let tools = "write_file|replace|run_shell_command"
    return .hooks(
      HookSettings(
        agent: id,
        form: .grouped,
        events: [
          .init("SessionStart"), .init("BeforeTool", matcher: tools, [.event, .guardian]),
          .init("AfterTool", matcher: tools), .init("AfterAgent"),
        ],
        lead: [.init("name", .string("reviewgate")), .init("type", .string("command"))],
        // Milliseconds, unlike everywhere else.
        tail: [.init("timeout", .integer(5_000))]
      )
    )
  }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    (scope == .user ? places.home : places.project).map { $0 + "/.gemini" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map { $0 + "/settings.json" }
  }

  func steps(_ scope: AgentScope) -> [String] {
    scope == .project
      ? ["Gemini CLI asks once whether the new hooks of the project are trusted."] : []
  }

  func conflicts(
    _ scope: AgentScope,
    _ places: AgentPlaces,
    read: (String) -> [UInt8]?
  ) -> [AgentConflict] {
    AgentScope.allCases.compactMap { file($0, places) }.compactMap { file in
      guard let bytes = read(file), let root = try? JSONText(bytes).root,
        root["hooksConfig"]?["enabled"]?.value == .bool(false)
      else { return nil }
      return AgentConflict(file, "\"hooksConfig.enabled\": false keeps every hook from running")
    }
  }

  func denial(_ reason: String) -> GuardAnswer { .geminiDenied(reason) }

  func remark(_ text: String) -> GuardAnswer { .systemMessage(text) }
}
