import FoundationEssentials
import GitCommand
import ReviewCore

/// The hooks that git will really run.
extension Doctor {
  private static let area = "hooks"

  /// Examines where hooks come from, and each one of ours.
  mutating func hooks(_ layout: RepositoryLayout) async throws {
    let location = try await HookInstaller(git: git).location
    let configured = try await ConfiguredHooks(git)
    let runsConfigured = location.version?.hasConfiguredHooks ?? false
    if !configured.isEmpty, !runsConfigured {
      report.add(
        Self.area,
        .problem,
        "hooks are named in the configuration, which this git does not run (2.54 does)",
        fix: ["reviewgate install"]
      )
    }
    try await hooksPath(location, layout)
    if location.setting?.isHusky == true {
      for name in HookName.local {
        managed(name, .husky, HookFacts(), { "\(name): git will run " + $0.joined() }, layout)
      }
      return
    }
    let directory = HookDirectory(path: location.directory)
    let names = layout.worktree == nil ? HookName.server : HookName.local
    var missing: [HookName] = []
    for name in HookName.allCases {
      let facts = directory.facts(name)
      let isExpected = names.contains(name)
      guard isExpected || facts.file != .absent || facts.kept != nil else { continue }
      let before = runsConfigured ? configured.commands(name) : []
      if facts == HookFacts(), before.isEmpty {
        missing.append(name)
        continue
      }
      await examine(
        name,
        facts,
        directory,
        before,
        isExpected: isExpected,
        isSwitchedOff: runsConfigured && configured.switchesOff(name),
        layout
      )
    }
    guard !missing.isEmpty else { return }
    report.add(
      Self.area,
      layout.worktree == nil ? .note : .problem,
      "not there: \(missing.map(\.rawValue).joined(separator: ", "))",
      fix: [layout.worktree == nil ? "see docs/server.md" : "reviewgate install"]
    )
  }

  // MARK: - Where hooks come from

  private mutating func hooksPath(_ location: HookLocation, _ layout: RepositoryLayout) async throws
  {
    report.add(Self.area, .good, "git takes hooks from \(location.directory)")
    guard let setting = location.setting else { return }
    if !location.isOwn {
      let own = HookScripts.shellQuoted(location.ownDirectory)
      report.add(
        Self.area,
        .problem,
        "core.hooksPath is \(setting.value), set in \(setting.origin) (\(setting.scope.rawValue)): "
          + "hooks there run for other repositories too, and those of this one do not run",
        fix: ["git config --local core.hooksPath \(own)", "reviewgate install"]
      )
    }
    guard setting.isRelative, location.directory != location.ownDirectory else { return }
    for worktree in try await otherWorktrees(layout)
    where !FileManager.default.fileExists(atPath: worktree + "/" + setting.value) {
      report.add(
        Self.area,
        .problem,
        "core.hooksPath is relative, and the worktree \(worktree) has no \(setting.value): "
          + "git runs no hooks there and does not say so",
        fix: [
          "git config --local core.hooksPath \(HookScripts.shellQuoted(location.directory))"
        ]
      )
    }
    report.add(
      Self.area,
      .note,
      "core.hooksPath is relative (\(setting.value)): a branch or worktree without that folder runs "
        + "no hooks, and git does not say so"
    )
  }

  private func otherWorktrees(_ layout: RepositoryLayout) async throws -> [String] {
    let answer = try await git.answer(["worktree", "list", "--porcelain", "-z"])
    return answer.output.split(separator: 0).compactMap { field in
      let text = String(decoding: field, as: UTF8.self)
      guard text.hasPrefix("worktree ") else { return nil }
      let path = String(text.dropFirst("worktree ".count))
      return path == layout.gitDirectory ? nil : path
    }
  }

  // MARK: - One hook

  private mutating func examine(
    _ name: HookName,
    _ facts: HookFacts,
    _ directory: HookDirectory,
    _ configured: [String],
    isExpected: Bool,
    isSwitchedOff: Bool,
    _ layout: RepositoryLayout
  ) async {
    let path = "\(directory.path)/\(name)"
    if isSwitchedOff {
      return report.add(
        Self.area,
        .problem,
        "hook.\(name).enabled is false: git runs no \(name) hook at all",
        fix: ["git config --unset hook.\(name).enabled"]
      )
    }
    let isConfigured = configured.contains { HookSelfTest.isOurs($0, name) }
    let install = [name == .preReceive ? "see docs/server.md" : "reviewgate install"]
    func runs(_ last: [String]) -> String {
      let earlier = facts.kept == .runs ? [name.rawValue + HookScripts.keptSuffix] : []
      return "\(name): git will run "
        + (configured.map { "`\($0)`" } + earlier + last).joined(separator: ", then ")
    }
    switch facts.file {
    case .ours(let text, let isExecutable):
      guard isExecutable else {
        let fix = ["chmod +x \(HookScripts.shellQuoted(path))"]
        return report.add(
          Self.area,
          .problem,
          "\(name) is not executable, so git passes over it",
          fix: fix
        )
      }
      guard HookScripts.isGenuine(text, of: name) else {
        return report.add(
          Self.area,
          .problem,
          "\(name) is a shim of reviewgate that is older or was changed; it was not run",
          fix: install
        )
      }
      await selfTest(path, name, runs(["reviewgate"]), install)
    case .calling:
      report.add(Self.area, .good, runs(["the hook that is there, which calls reviewgate"]))
    case .managed(let manager):
      managed(name, manager, facts, runs, layout)
    case .absent where isConfigured, .foreign where isConfigured:
      let last: [String] =
        facts.file == .foreign(isExecutable: true) ? ["the hook that is there"] : []
      let own = configured.first { HookSelfTest.isOurs($0, name) } ?? ""
      switch await HookSelfTest.run(command: own, name) {
      case .failed(let why):
        report.add(Self.area, .problem, "\(name) does not start reviewgate: \(why)", fix: install)
      case .answered, nil: report.add(Self.area, .good, runs(last))
      }
    case .absent where !isExpected: break
    case .absent:
      report.add(
        Self.area,
        layout.worktree == nil ? .note : .problem,
        runs([]) + ", and not reviewgate",
        fix: install
      )
    case .foreign(true) where isExpected:
      report.add(Self.area, .problem, runs(["a hook that is not reviewgate's"]), fix: install)
    case .foreign(false) where isExpected:
      report.add(
        Self.area,
        .problem,
        "\(name) is not executable or leads nowhere, so git passes over it, and it is not "
          + "reviewgate's",
        fix: install
      )
    case .foreign: break
    case .obstacle:
      report.add(
        Self.area,
        .problem,
        "\(path) is no file",
        fix: ["mv \(HookScripts.shellQuoted(path)) elsewhere"] + install
      )
    }
    if facts.kept == .isUnused {
      report.add(
        Self.area,
        .note,
        "\(name)\(HookScripts.keptSuffix) is not executable and does not run"
      )
    }
  }

  private mutating func selfTest(
    _ path: String,
    _ name: HookName,
    _ order: String,
    _ fix: [String]
  ) async {
    switch await HookSelfTest.run(path) {
    case .answered(let version) where version == ToolVersion.current:
      report.add(Self.area, .good, order)
    case .answered(let version):
      report.add(
        Self.area,
        .note,
        "\(order); it starts version \(version), this is \(ToolVersion.current)",
        fix: fix
      )
    case .failed(let why):
      report.add(Self.area, .problem, "\(name) does not start reviewgate: \(why)", fix: fix)
    }
  }

  private mutating func managed(
    _ name: HookName,
    _ manager: HookManager,
    _ facts: HookFacts,
    _ runs: ([String]) -> String,
    _ layout: RepositoryLayout
  ) {
    if facts.displaced.contains(.legacy) {
      return report.add(
        Self.area,
        .good,
        runs(["\(name).legacy, which is reviewgate's, and \(manager.rawValue)"])
      )
    }
    let root = layout.worktree ?? "."
    if manager.names(name, below: root) {
      return report.add(
        Self.area,
        .good,
        runs([manager.rawValue + ", whose configuration names it"])
      )
    }
    report.add(
      Self.area,
      .problem,
      "\(name) belongs to \(manager.rawValue), whose configuration does not name reviewgate",
      fix: manager.snippet(for: [name])
    )
  }
}
