/// Claude Code: `settings.json`.
struct ClaudeIntegration: AgentIntegration {
  let id = "claude-code"
  let name = "Claude Code"
  let programs = ["claude"]
  let blindFor = [
    "files that MCP tools write (found when the turn ends)",
    "sessions in the cloud, which ignore ~/.claude (use --project)",
  ]
  let guardedEndings = [
    [".claude", "settings.json"], [".claude", "settings.local.json"],
  ]

  /// Prompts are not asked for: an event that carries one never reaches this program.
  var configuration: AgentConfiguration {
    let tools = "Edit|Write|MultiEdit|NotebookEdit|Bash|PowerShell"
    return .hooks(
      HookSettings(
        agent: id,
        form: .grouped,
        events: [
          .init("SessionStart"),
          .init("PreToolUse", matcher: tools, [.event, .guardian]),
          .init("PostToolUse", matcher: tools),
          .init("PostToolUseFailure", matcher: "Bash|PowerShell"),
          .init("Stop"),
        ],
        lead: [.init("type", .string("command"))],
        tail: [.init("timeout", .integer(5))]
      )
    )
  }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    scope == .user ? places.claude : places.project.map { $0 + "/.claude" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map { $0 + "/settings.json" }
  }

  func steps(_ scope: AgentScope) -> [String] {
    scope == .project
      ? ["Claude Code asks once whether this folder is trusted; until then no hook runs."] : []
  }

  func conflicts(
    _ scope: AgentScope,
    _ places: AgentPlaces,
    read: (String) -> [UInt8]?
  ) -> [AgentConflict] {
    let folders = [places.claude, places.project.map { $0 + "/.claude" }].compactMap { $0 }
    let files = folders.flatMap { [$0 + "/settings.json", $0 + "/settings.local.json"] }
    return files.compactMap { file in
      guard let bytes = read(file), let root = try? JSONText(bytes).root,
        root["disableAllHooks"]?.isTrue == true
      else { return nil }
      return AgentConflict(file, "\"disableAllHooks\": true keeps every hook from running")
    }
  }

  func denial(_ reason: String) -> GuardAnswer { .permissionDenied(reason) }

  func remark(_ text: String) -> GuardAnswer { .systemMessage(text) }
}
