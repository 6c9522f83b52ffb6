import ArgumentParser
import FoundationEssentials
import GitCommand
import ReviewCore

/// `reviewgate install`: puts the hooks where git will run them.
struct InstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install the hooks into this repository, keeping those that are there"
  )

  @Flag(help: "Also refuse `commit --no-verify` on this machine (reference-transaction)")
  var strictLocal = false

  @Option(
    help: """
      shim (files), config (names in git's configuration, git 2.54), or auto: files, and names where \
      files cannot be
      """
  )
  var method = HookMethod.auto

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let installer = try await HookInstaller(project)
      do {
        let report = try await install(installer, project.git)
        Output.answer(report.lines.joined(separator: "\n"))
        if project.layout.worktree.flatMap({ FileBytes.read($0 + "/" + PolicyFile.path) }) == nil {
          Output.answer(
            "no \(PolicyFile.path): the defaults of docs/policy.md hold. Write one: reviewgate init"
          )
        }
        return report.status
      } catch let refusal as HookRefusal {
        Output.talk("reviewgate: \(refusal.description)")
        return HookRefusal.exitStatus
      }
    }
  }

  private func install(_ installer: HookInstaller, _ git: Git) async throws -> InstallReport {
    let hooks = HookName.installed(isStrict: strictLocal)
    let configuration = HookConfiguration(git: git, installer: installer)
    if method == .config { return try await configuration.install(hooks) }
    let canConfigure = installer.location.version?.hasConfiguredHooks ?? false
    let plan: HookPlan
    do {
      plan = try installer.plan(hooks)
    } catch HookRefusal.sharedHooksPath where method == .auto && canConfigure {
      return try await configuration.install(hooks)
    }
    if method == .auto, canConfigure, plan.leavesAll {
      return try await configuration.install(hooks)
    }
    try HookInstaller.apply(plan)
    return InstallReport(installed: plan)
  }
}

/// How git is told to ask ReviewGate.
enum HookMethod: String, ExpressibleByArgument, CaseIterable {
  /// Files, and names in the configuration where files cannot be.
  case auto
  /// Files in the folder that git takes hooks from.
  case shim
  /// Names in git's configuration.
  case config
}

/// `reviewgate uninstall`: takes the hooks away and puts back what was there.
struct UninstallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Remove the hooks and restore what was there before"
  )

  func run() async throws {
    try await reporting {
      // A repository that cannot be judged can still be left: only git is asked.
      let git = Git(directory: nil)
      let installer = try await HookInstaller(git: git)
      let plans = try installer.uninstallPlans()
      for plan in plans { try HookInstaller.apply(plan) }
      let report = InstallReport(uninstalled: plans)
      let named = try await HookConfiguration(git: git, installer: installer).uninstall()
      let lines = report.lines + named
      Output.answer(
        lines.isEmpty ? "no hooks of reviewgate here." : lines.joined(separator: "\n")
      )
      return report.status
    }
  }
}

extension HookInstaller {
  /// An installer for the repository git finds, with this very program in its shims.
  init(_ project: Project) async throws {
    try await self.init(git: project.git)
  }

  init(git: Git) async throws {
    let layout = try await RepositoryLayout(git)
    let setting = try await git.ask([
      "config", "-z", "--show-origin", "--show-scope", "--get", "core.hooksPath",
    ])
    let version = try await git.ask(["--version"])
    self.init(
      location: HookLocation(
        directory: layout.hooksDirectory,
        setting: setting.status == 0 ? HooksPathSetting(answer: setting.output) : nil,
        commonDirectory: layout.commonDirectory,
        version: version.lines.first.flatMap { GitVersion(answer: $0) },
        worktree: layout.worktree
      ),
      program: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    )
  }
}
