/// Cursor: `hooks.json`.
struct CursorIntegration: AgentIntegration {
  let id = "cursor"
  let name = "Cursor"
  let programs = ["cursor", "cursor-agent"]
  let blindFor = ["Tab completions, which are not registered"]
  let guardedEndings = [[".cursor", "hooks.json"]]

  var configuration: AgentConfiguration {
    .hooks(
      HookSettings(
        agent: id,
        form: .flat,
        events: [
          .init("sessionStart"), .init("preToolUse", [.event, .guardian]), .init("postToolUse"),
          .init("postToolUseFailure"), .init("afterFileEdit"), .init("stop"), .init("sessionEnd"),
        ],
        tail: [.init("timeout", .integer(10))],
        skeleton: [.init("version", .integer(1))]
      )
    )
  }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    (scope == .user ? places.home : places.project).map { $0 + "/.cursor" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map { $0 + "/hooks.json" }
  }

  func steps(_ scope: AgentScope) -> [String] {
    scope == .project ? ["Cursor runs hooks of a project only in a trusted workspace."] : []
  }

  func denial(_ reason: String) -> GuardAnswer { .cursorDenied(reason) }

  /// An answer of its own would approve the call in the person's place.
  var allowance: GuardAnswer { GuardAnswer(output: "{}") }

  func remark(_ text: String) -> GuardAnswer { GuardAnswer(output: "{}", error: text) }
}
