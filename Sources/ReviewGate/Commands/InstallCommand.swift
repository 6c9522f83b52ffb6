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

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let installer = try await HookInstaller(project)
      do {
        let plan = try installer.plan(HookName.installed(isStrict: strictLocal))
        try HookInstaller.apply(plan)
        let report = InstallReport(installed: plan)
        Output.answer(report.lines.joined(separator: "\n"))
        if project.layout.worktree.flatMap({ FileBytes.read($0 + "/" + PolicyFile.path) }) == nil {
          Output.answer("no \(PolicyFile.path): the defaults of docs/policy.md hold.")
        }
        return report.status
      } catch let refusal as HookRefusal {
        Output.talk("reviewgate: \(refusal.description)")
        return HookRefusal.exitStatus
      }
    }
  }
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
      let plans = try await HookInstaller(git: Git(directory: nil)).uninstallPlans()
      for plan in plans { try HookInstaller.apply(plan) }
      let report = InstallReport(uninstalled: plans)
      Output.answer(
        report.lines.isEmpty ? "no hooks of reviewgate here." : report.lines.joined(separator: "\n")
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
        version: version.lines.first.flatMap { GitVersion(answer: $0) }
      ),
      program: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    )
  }
}
