/// What happens to one hook.
enum HookAction: Equatable, Sendable {
  /// Nothing is there: write the shim.
  case install
  /// Keep aside what is there, then write the shim.
  case keepAndInstall
  /// Rewrite a shim of ours that is not what it should be.
  case update
  case alreadyInstalled
  /// Leave a hook that asks ReviewGate by itself.
  case alreadyCalled
  /// Leave a hook of another manager.
  case leave(HookManager)
  /// Leave a hook of another manager, whose configuration names ReviewGate.
  case named(HookManager)

  case remove
  /// Put back what was kept aside, in place of the shim if there is one.
  case restore
  /// Leave a hook that is not ours although something is kept aside.
  case leaveReplaced
  case notInstalled
}

/// What `install` or `uninstall` is going to do in one hook directory.
struct HookPlan: Equatable, Sendable {
  /// One hook, what happens to it, and the hook that runs or returns with it.
  struct Step: Equatable, Sendable {
    var hook: HookName
    var action: HookAction
    var earlier: EarlierHook?

    /// Renamed shims of ours that go away too.
    var displaced: [DisplacedShim] = []
  }

  /// The absolute path of the directory git takes hooks from.
  var directory: String

  /// The program that the shims start.
  var program: String

  var steps: [Step]

  /// What the user should know although it stops nothing.
  var warnings: [String] = []

  /// Whether applying the plan changes any file.
  var changesFiles: Bool { steps.contains { $0.action.changesFiles || !$0.displaced.isEmpty } }

  /// Whether other managers have every hook, so that git would never ask ReviewGate.
  var leavesAll: Bool {
    steps.allSatisfy { step in if case .leave = step.action { true } else { false } }
  }

  /// The plan where managers that name ReviewGate in a worktree are left as they are.
  func knowing(worktree: String?) -> HookPlan {
    guard let worktree else { return self }
    var plan = self
    plan.steps = steps.map { step in
      guard case .leave(let manager) = step.action, manager.names(step.hook, below: worktree)
      else { return step }
      var step = step
      step.action = .named(manager)
      return step
    }
    return plan
  }

  /// Plans to install; throws before anything is changed when one hook cannot be.
  static func install(
    _ hooks: [HookName],
    into directory: String,
    program: String,
    facts: (HookName) throws -> HookFacts
  ) throws -> HookPlan {
    let steps = try hooks.map { hook in
      let facts = try facts(hook)
      let text = HookScripts.text(of: hook, program: program)
      let action = try installAction(facts, text: text, path: "\(directory)/\(hook)")
      return Step(hook: hook, action: action, earlier: earlier(facts, action))
    }
    return HookPlan(directory: directory, program: program, steps: steps)
  }

  /// Plans to take away every shim and put back what was there before.
  static func uninstall(
    from directory: String,
    facts: (HookName) throws -> HookFacts
  ) throws -> HookPlan {
    let steps = try HookName.allCases.map { hook in
      let facts = try facts(hook)
      return Step(
        hook: hook,
        action: uninstallAction(facts),
        earlier: facts.kept,
        displaced: facts.displaced
      )
    }
    return HookPlan(directory: directory, program: "", steps: steps)
  }

  private static func installAction(
    _ facts: HookFacts,
    text: String,
    path: String
  ) throws -> HookAction {
    switch facts.file {
    case .absent: .install
    case .ours(text, isExecutable: true): .alreadyInstalled
    case .ours: .update
    case .calling: .alreadyCalled
    case .managed where facts.displaced.contains(.legacy): .alreadyCalled
    case .managed(let manager): .leave(manager)
    case .foreign where facts.kept != nil: throw HookRefusal.keptAlreadyThere(hook: path)
    case .foreign: .keepAndInstall
    case .obstacle: throw HookRefusal.obstacle(path)
    }
  }

  private static func uninstallAction(_ facts: HookFacts) -> HookAction {
    switch (facts.file, facts.kept) {
    case (.ours, nil): .remove
    case (.ours, _?), (.absent, _?): .restore
    case (.absent, nil): .notInstalled
    case (_, nil): .notInstalled
    case (_, _?): .leaveReplaced
    }
  }

  private static func earlier(_ facts: HookFacts, _ action: HookAction) -> EarlierHook? {
    guard case .foreign(let isExecutable) = facts.file else { return facts.kept }
    return isExecutable ? .runs : .isUnused
  }
}

extension HookAction {
  /// Whether the action writes, renames or removes anything.
  var changesFiles: Bool {
    switch self {
    case .install, .keepAndInstall, .update, .remove, .restore: true
    case .alreadyInstalled, .alreadyCalled, .leave, .named, .leaveReplaced, .notInstalled: false
    }
  }

  /// Whether git asks ReviewGate at this hook afterwards.
  var asksReviewGate: Bool {
    switch self {
    case .install, .keepAndInstall, .update, .alreadyInstalled, .alreadyCalled, .named: true
    case .leave, .remove, .restore, .leaveReplaced, .notInstalled: false
    }
  }
}
