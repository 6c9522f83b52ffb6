import ReviewCore

/// What the user reads after `install` or `uninstall`; a pure function of the plan.
struct InstallReport: Equatable, Sendable {
  /// Lines without line ends, safe to print.
  let lines: [String]

  /// 0 when git asks ReviewGate at one hook at least, or when uninstalling; 1 otherwise.
  let status: Int32

  /// Reports an installation.
  init(installed plan: HookPlan) {
    let managers = HookManager.allCases.compactMap { manager -> (HookManager, [HookName])? in
      let hooks = plan.steps.filter { $0.action == .leave(manager) }.map(\.hook)
      return hooks.isEmpty ? nil : (manager, hooks)
    }
    var lines = ["hooks directory: \(VisibleText.line(plan.directory))"]
    lines += plan.steps.map { Self.padded($0.hook) + Self.installed($0) }
    if managers.isEmpty && !plan.changesFiles {
      lines.append("already installed; nothing changed.")
    }
    lines += plan.warnings.map { "warning: " + VisibleText.line($0) }
    for (manager, hooks) in managers {
      lines.append("\(manager.rawValue) manages these hooks; add to its configuration:")
      lines += manager.snippet(for: hooks).map { "  " + $0 }
    }
    self.lines = lines
    status = plan.steps.contains { $0.action.asksReviewGate } ? 0 : 1
  }

  /// Reports lines that were made elsewhere.
  init(lines: [String], status: Int32) {
    (self.lines, self.status) = (lines, status)
  }

  /// Reports what was taken away.
  init(uninstalled plans: [HookPlan]) {
    lines = plans.flatMap { plan -> [String] in
      let steps = plan.steps.filter { $0.action != .notInstalled || !$0.displaced.isEmpty }
      guard !steps.isEmpty else { return [] }
      return ["hooks directory: \(VisibleText.line(plan.directory))"]
        + steps.map { Self.padded($0.hook) + Self.uninstalled($0) }
    }
    status = 0
  }

  private static func installed(_ step: HookPlan.Step) -> String {
    switch step.action {
    case .leave(let manager): "left to \(manager.rawValue)"
    case .named(let manager): "git will run: \(manager.rawValue), whose configuration names it"
    case .alreadyCalled: "git will run: the hook that is there, which calls reviewgate"
    default:
      switch step.earlier {
      case .runs?: "git will run: \(step.hook)\(HookScripts.keptSuffix), then reviewgate"
      case .isUnused?: "git will run: reviewgate (the kept hook is not executable: not run)"
      case nil: "git will run: reviewgate"
      }
    }
  }

  private static func uninstalled(_ step: HookPlan.Step) -> String {
    switch step.action {
    case .remove: "removed"
    case .notInstalled: "removed from where another manager had put it"
    case .restore: "restored what was there before"
    default: "not ours, left alone; an older hook is kept as \(step.hook)\(HookScripts.keptSuffix)"
    }
  }

  static func padded(_ hook: HookName) -> String {
    "  \(hook)" + String(repeating: " ", count: max(1, 22 - hook.rawValue.count))
  }
}
