/// Whose configuration is changed.
package enum AgentScope: String, Hashable, Sendable, CaseIterable {
  /// Files of the repository, which everybody who clones it gets.
  case project
  /// Files of the person, for all their repositories.
  case user
}

/// Where agents keep their configuration on this machine.
package struct AgentPlaces: Hashable, Sendable {
  /// The person's home.
  package var home: String
  /// The top of the worktree; nil outside of a repository.
  package var project: String?
  /// `CLAUDE_CONFIG_DIR`, or `~/.claude`.
  package var claude: String
  /// `CODEX_HOME`, or `~/.codex`.
  package var codex: String
  /// `COPILOT_HOME`, or `~/.copilot`.
  package var copilot: String
  /// `XDG_CONFIG_HOME`, or `~/.config`.
  package var config: String

  /// The same where no variable names another folder.
  package var withoutVariables: AgentPlaces {
    AgentPlaces(home: home, project: project, variables: [:])
  }

  /// Finds them by the environment.
  package init(home: String, project: String?, variables: [String: String]) {
    func place(_ name: String, _ folder: String) -> String {
      guard let set = variables[name], set.hasPrefix("/") else { return home + "/" + folder }
      return set
    }
    self.home = home
    self.project = project
    claude = place("CLAUDE_CONFIG_DIR", ".claude")
    codex = place("CODEX_HOME", ".codex")
    copilot = place("COPILOT_HOME", ".copilot")
    config = place("XDG_CONFIG_HOME", ".config")
  }
}

/// What a registered command does with an event.
package enum AgentRole: String, Hashable, Sendable, CaseIterable {
  /// Records who writes what.
  case event = "agent-event"
  /// Denies what goes past the gate.
  case guardian = "guard"
}

/// How ReviewGate hooks into one coding agent.
///
/// One type for each agent, all of them in `AgentIntegrations`.
package protocol AgentIntegration: Sendable {
  /// The canonical id of the catalogue.
  var id: String { get }
  /// The name people know it by.
  var name: String { get }
  /// Its programs, as they are called in `PATH`.
  var programs: [String] { get }
  /// What is written, and how it is found again.
  var configuration: AgentConfiguration { get }
  /// Ends of paths, by component, that a guarded agent does not write to; `*` is any name.
  var guardedEndings: [[String]] { get }
  /// What it does not tell, so that its lines may stay unknown.
  var blindFor: [String] { get }

  /// The folder whose presence shows that somebody uses the agent here.
  func folder(_ scope: AgentScope, _ places: AgentPlaces) -> String?
  /// The file that hooks are written to.
  func file(_ scope: AgentScope, _ places: AgentPlaces) -> String?
  /// What a person has to do before the hooks run.
  func steps(_ scope: AgentScope) -> [String]
  /// Settings beside the hooks that keep them from running.
  func conflicts(
    _ scope: AgentScope,
    _ places: AgentPlaces,
    read: (String) -> [UInt8]?
  ) -> [AgentConflict]
  /// How it is told that a call is denied.
  func denial(_ reason: String) -> GuardAnswer
  /// How it is told something without denying the call.
  func remark(_ text: String) -> GuardAnswer
  /// What it expects when there is nothing to say.
  var allowance: GuardAnswer { get }
}

extension AgentIntegration {
  /// Silence, unless the agent expects something.
  package var allowance: GuardAnswer { .silence }

  /// Nothing is known to be in the way.
  package func conflicts(
    _ scope: AgentScope,
    _ places: AgentPlaces,
    read: (String) -> [UInt8]?
  ) -> [AgentConflict] { [] }

  /// Nothing has to be done.
  package func steps(_ scope: AgentScope) -> [String] { [] }

  /// Denied with status 2 and the reason on standard error.
  package func denial(_ reason: String) -> GuardAnswer { .refused(reason) }

  /// Said on standard error.
  package func remark(_ text: String) -> GuardAnswer { GuardAnswer(error: text) }
}

/// A setting that keeps hooks from running, or from being written.
package struct AgentConflict: Hashable, Sendable {
  /// The file that has it.
  package let file: String
  /// What it does.
  package let text: String
  /// Whether nothing may be written as long as it stands.
  package let preventsInstall: Bool

  init(_ file: String, _ text: String, preventsInstall: Bool = false) {
    self.file = file
    self.text = text
    self.preventsInstall = preventsInstall
  }
}

/// What is written for an agent.
package enum AgentConfiguration: Sendable {
  /// Members of a JSON file that others write to as well.
  case hooks(HookSettings)
  /// A file of its own, as a function of the program.
  case script(AgentScript)
}

/// Every agent that ReviewGate hooks into, in the order of reports.
package enum AgentIntegrations {
  /// All of them.
  package static let all: [any AgentIntegration] = [
    ClaudeIntegration(), CodexIntegration(), PiIntegration(), CursorIntegration(),
    GeminiIntegration(), OpenCodeIntegration(), CopilotIntegration(),
  ]

  /// The one a person means by a name; nil when it is none of them.
  package static func named(_ name: String) -> (any AgentIntegration)? {
    let id = AgentCatalogue.canonicalID(name) ?? name.lowercased()
    return all.first { $0.id == id }
  }
}
