import Glibc
import ReviewCore

/// How far an agent is set up in one scope.
enum AgentState {
  case absent
  /// Some of our commands, and the events that have none.
  case installed([InstalledHook], missing: [String])
  case unreadable(String)

  /// Looks at the agent's file.
  init(_ agent: any AgentIntegration, _ scope: AgentScope, _ places: AgentPlaces) {
    guard let path = agent.file(scope, places) else {
      self = .absent
      return
    }
    switch AgentFile(path: path).state {
    case .absent: self = .absent
    case .unusable(let reason): self = .unreadable(reason)
    case .file(let bytes, _, _): self = Self.state(agent, bytes)
    }
  }

  private static func state(_ agent: any AgentIntegration, _ bytes: [UInt8]) -> AgentState {
    switch agent.configuration {
    case .script(let script):
      guard let program = script.program(of: bytes) else { return .absent }
      let hooks = script.commands(program).map {
        InstalledHook(event: "", command: $0, line: $0.text)
      }
      return .installed(hooks, missing: script.isUnchanged(bytes) ? [] : ["its own text"])
    case .hooks(let settings):
      guard !JSONText.isBlank(bytes) else { return .absent }
      do {
        let hooks = try settings.installed(in: bytes)
        return hooks.isEmpty ? .absent : .installed(hooks, missing: settings.missing(in: hooks))
      } catch {
        return .unreadable(AgentInstaller.words(error))
      }
    }
  }

  /// In a few words.
  func summary(_ installer: AgentInstaller) -> String {
    switch self {
    case .absent: "-"
    case .unreadable(let reason): "unreadable: \(VisibleText.line(reason))"
    case .installed(let hooks, let missing):
      if let stale = hooks.first(where: { !installer.canRun($0.command.program) }) {
        "stale: \(VisibleText.line(stale.command.program)) is not there"
      } else {
        missing.isEmpty ? "installed" : "incomplete (reviewgate agents install)"
      }
    }
  }
}

extension AgentInstaller {
  /// Whether a program of a configuration can be started.
  func canRun(_ program: String) -> Bool {
    program.hasPrefix("/") ? unsafe access(program, X_OK) == 0 : finds(program)
  }
}
