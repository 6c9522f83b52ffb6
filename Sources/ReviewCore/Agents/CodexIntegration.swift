/// OpenAI Codex: `hooks.json`.
struct CodexIntegration: AgentIntegration {
  let id = "codex"
  let name = "OpenAI Codex"
  let programs = ["codex"]
  let blindFor = [
    "everything until a person trusts the hooks in /hooks",
    "calls that fail, and versions before 0.124 for apply_patch (found when the turn ends)",
  ]
  let guardedEndings = [[".codex", "hooks.json"], [".codex", "config.toml"]]

  /// Without matchers: which names they compare with changed between versions.
  var configuration: AgentConfiguration {
    .hooks(
      HookSettings(
        agent: id,
        form: .grouped,
        events: [
          .init("SessionStart"), .init("PreToolUse", [.event, .guardian]), .init("PostToolUse"),
          .init("Stop"),
        ],
        lead: [.init("type", .string("command"))],
        tail: [.init("timeout", .integer(10))]
      )
    )
  }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    scope == .user ? places.codex : places.project.map { $0 + "/.codex" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map { $0 + "/hooks.json" }
  }

  func steps(_ scope: AgentScope) -> [String] {
    ["open /hooks in Codex and trust them: until then Codex passes over them without a word."]
      + (scope == .project ? ["Codex reads .codex/ of this project only if it is trusted."] : [])
  }

  func conflicts(
    _ scope: AgentScope,
    _ places: AgentPlaces,
    read: (String) -> [UInt8]?
  ) -> [AgentConflict] {
    guard let file = folder(scope, places).map({ $0 + "/config.toml" }), let bytes = read(file)
    else { return [] }
    var conflicts: [AgentConflict] = []
    var table = ""
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = line.filter { $0 != " " && $0 != "\t" }
      if text.hasPrefix("[") { table = text }
      let isHooks =
        text.hasPrefix("[hooks.") || text.hasPrefix("[hooks]") || text.hasPrefix("[[hooks.")
        || (table.isEmpty && (text.hasPrefix("hooks.") || text.hasPrefix("hooks=")))
      if isHooks, !conflicts.contains(where: \.preventsInstall) {
        let text = "hooks stand here, and Codex wants one form for each folder"
        conflicts.append(AgentConflict(file, text, preventsInstall: true))
      }
      let isOff = text.hasPrefix("hooks=false") || text.hasPrefix("codex_hooks=false")
      if isOff, table == "[features]" {
        conflicts.append(AgentConflict(file, "[features] switches hooks off"))
      }
    }
    return conflicts
  }

  func remark(_ text: String) -> GuardAnswer { .systemMessage(text) }
}
