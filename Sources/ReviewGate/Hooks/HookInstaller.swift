/// Where hooks go in one repository, in git's own words.
struct HookLocation: Sendable {
  /// What `git rev-parse --path-format=absolute --git-path hooks` says.
  var directory: String

  /// What `core.hooksPath` says, if anything does.
  var setting: HooksPathSetting?

  /// What `git rev-parse --path-format=absolute --git-common-dir` says.
  var commonDirectory: String

  /// The version of git, if it could be read.
  var version: GitVersion?

  /// The files that are checked out, where managers keep their configuration; nil in a bare repository.
  var worktree: String?

  /// The directory that is the repository's own whatever is configured.
  var ownDirectory: String { commonDirectory + "/hooks" }

  /// Whether what is written to `directory` runs for this repository only.
  var isOwn: Bool {
    guard let setting else { return true }
    return setting.belongsToRepository || directory == ownDirectory
  }
}

/// Installs the shims of `hooks/` into a repository and takes them away again.
struct HookInstaller: Sendable {
  /// Where the hooks go.
  let location: HookLocation

  /// The absolute path of the program that the shims start.
  let program: String

  /// Plans an installation; throws a `HookRefusal` when it cannot be done as a whole.
  func plan(_ hooks: [HookName] = HookName.local) throws -> HookPlan {
    guard program.hasPrefix("/") else { throw HookRefusal.relativeProgram(program) }
    if let setting = location.setting, !location.isOwn {
      throw HookRefusal.sharedHooksPath(
        setting,
        own: location.ownDirectory,
        version: location.version
      )
    }
    if location.setting?.isHusky == true {
      let steps = hooks.map { HookPlan.Step(hook: $0, action: .leave(.husky)) }
      return HookPlan(directory: location.directory, program: program, steps: steps)
        .knowing(worktree: location.worktree)
    }
    let directory = HookDirectory(path: location.directory)
    guard !directory.isBlocked else { throw HookRefusal.notADirectory(directory.path) }
    var plan = try HookPlan.install(
      hooks,
      into: directory.path,
      program: program,
      facts: directory.facts
    )
    plan.warnings = warnings
    return plan.knowing(worktree: location.worktree)
  }

  /// Plans to remove all shims of this repository, also those an earlier setting left behind.
  func uninstallPlans() throws -> [HookPlan] {
    var directories = [location.ownDirectory]
    if location.isOwn && location.directory != location.ownDirectory {
      directories.insert(location.directory, at: 0)
    }
    return try directories.map { HookDirectory(path: $0) }.filter { !$0.isBlocked }.map {
      try HookPlan.uninstall(from: $0.path, facts: $0.facts)
    }
  }

  /// Carries out a plan; a plan that changes nothing touches nothing.
  static func apply(_ plan: HookPlan) throws {
    let directory = HookDirectory(path: plan.directory)
    for step in plan.steps { try directory.apply(step, program: plan.program) }
  }

  private var warnings: [String] {
    guard let setting = location.setting, setting.isRelative,
      location.directory != location.ownDirectory
    else { return [] }
    return [
      "core.hooksPath is relative (\(setting.value)): a worktree or branch without that directory"
        + " runs no hooks, and git does not say so."
    ]
  }
}
