/// GitHub Copilot on the command line, in the cloud and in VS Code: a file of its own.
struct CopilotIntegration: AgentIntegration {
  let id = "copilot"
  let name = "GitHub Copilot"
  let programs = ["copilot"]
  let blindFor = [
    "VS Code may report an edit before it is written (found with the next event)",
    "the cloud agent runs only hooks of the default branch, and only where reviewgate is installed",
  ]
  let guardedEndings = [[".github", "hooks", "*"], [".copilot", "hooks", "*"]]

  var configuration: AgentConfiguration {
    .hooks(
      HookSettings(
        agent: id,
        form: .flat,
        events: [
          .init("sessionStart"), .init("preToolUse", [.event, .guardian]), .init("postToolUse"),
          .init("postToolUseFailure"), .init("agentStop"), .init("sessionEnd"),
        ],
        lead: [.init("type", .string("command"))],
        commandKey: "bash",
        tail: [.init("timeoutSec", .integer(10))],
        skeleton: [.init("version", .integer(1))],
        isOwnFile: true
      )
    )
  }

  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    scope == .user ? places.copilot : places.project.map { $0 + "/.github/hooks" }
  }

  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String? {
    folder(scope, places).map { $0 + (scope == .user ? "/hooks" : "") + "/reviewgate.json" }
  }

  func conflicts(
    _ scope: AgentScope,
    _ places: AgentPlaces,
    read: (String) -> [UInt8]?
  ) -> [AgentConflict] {
    let shared = places.project.map { $0 + "/.github/copilot" }
    let files = [places.copilot, shared].compactMap { $0 }.flatMap {
      [$0 + "/settings.json", $0 + "/settings.local.json"]
    }
    return files.compactMap { file in
      guard let bytes = read(file), let root = try? JSONText(bytes).root,
        root["disableAllHooks"]?.isTrue == true
      else { return nil }
      return AgentConflict(file, "\"disableAllHooks\": true keeps every hook from running")
    }
  }

  func denial(_ reason: String) -> GuardAnswer { .copilotDenied(reason) }
}
