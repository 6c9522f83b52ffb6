import GitCommand
import ReviewCore

/// Hooks of ReviewGate as names in the repository's configuration (git 2.54).
///
/// Git runs them beside whatever is in the folder of hooks, whoever manages that.
struct HookConfiguration {
  let git: Git
  let installer: HookInstaller

  private static let section = "hook.reviewgate-"

  /// Names the hooks; shims of ours go, so that nothing is judged twice.
  func install(_ hooks: [HookName]) async throws -> InstallReport {
    guard installer.location.version?.hasConfiguredHooks == true else {
      throw HookRefusal.gitWithoutConfiguredHooks(installer.location.version)
    }
    guard installer.program.hasPrefix("/") else {
      throw HookRefusal.relativeProgram(installer.program)
    }
    for plan in try installer.uninstallPlans() { try HookInstaller.apply(plan) }
    let program = HookScripts.shellQuoted(installer.program)
    for hook in hooks {
      try await set(hook, "command", "\(program) hook \(hook)")
      try await set(hook, "event", hook.rawValue)
    }
    var lines = ["named in the configuration of this repository:"]
    for hook in hooks {
      // Git says itself what it will run, in its order.
      let listed = try await git.ask(["hook", "list", hook.rawValue]).lines
      let order = listed.isEmpty ? "nothing" : listed.joined(separator: ", then ")
      lines.append(InstallReport.padded(hook) + "git will run: " + VisibleText.line(order))
    }
    return InstallReport(lines: lines, status: 0)
  }

  /// Takes the names away and says which.
  func uninstall() async throws -> [String] {
    var lines: [String] = []
    for hook in HookName.allCases {
      let name = Self.section + hook.rawValue
      let answer = try await git.ask(["config", "--local", "--remove-section", name])
      if answer.status == 0 {
        lines.append(InstallReport.padded(hook) + "removed from the configuration")
      }
    }
    return lines
  }

  private func set(_ hook: HookName, _ key: String, _ value: String) async throws {
    let name = Self.section + hook.rawValue + "." + key
    _ = try await git.answer(["config", "--local", "--replace-all", name, value])
  }
}
