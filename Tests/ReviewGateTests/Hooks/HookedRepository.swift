import Foundation
import TestSupport

@testable import ReviewGate

/// A real repository, a program that writes down how it was called, and an installer for both.
struct HookedRepository {
  let repository: TempRepository
  let program: String

  init(named name: String = "repository", bare: Bool = false) throws {
    repository = try TempRepository(named: name, bare: bare)
    program = repository.sandbox + "/a program's \"home\" $x/reviewgate"
    try script(program, says: "ours")
  }

  /// Writes a hook or program that logs its name, arguments and standard input.
  func script(_ path: String, says name: String, status: Int = 0, mode: Int = 0o755) throws {
    let text = """
      #!/bin/sh
      { printf '%s' '\(name)'; [ $# = 0 ] || printf ' [%s]' "$@"; echo; sed 's/^/\(name)< /'; } >>"$LOG"
      exit "${STATUS_\(name)-\(status)}"

      """
    try file(path, text, mode: mode)
  }

  func file(_ path: String, _ text: String, mode: Int = 0o755) throws {
    let directory = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try TempRepository.whileNothingStarts {
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  func location(at directory: String? = nil, env: [String: String] = [:]) throws -> HookLocation {
    let absolute = ["rev-parse", "--path-format=absolute"]
    let setting = try repository.tryGit(
      "config",
      "-z",
      "--show-origin",
      "--show-scope",
      "--get",
      "core.hooksPath",
      env: env,
      at: directory
    )
    return HookLocation(
      directory: try repository.git(absolute + ["--git-path", "hooks"], env: env, at: directory),
      setting: HooksPathSetting(answer: Array(setting.stdout.utf8)),
      commonDirectory: try repository.git(absolute + ["--git-common-dir"], at: directory),
      version: GitVersion(answer: try repository.git("version")),
      worktree: directory ?? repository.path
    )
  }

  func installer(at directory: String? = nil, env: [String: String] = [:]) throws -> HookInstaller {
    HookInstaller(location: try location(at: directory, env: env), program: program)
  }

  @discardableResult
  func install(
    _ hooks: [HookName] = HookName.local,
    at directory: String? = nil
  ) throws -> InstallReport {
    let plan = try installer(at: directory).plan(hooks)
    try TempRepository.whileNothingStarts { try HookInstaller.apply(plan) }
    return InstallReport(installed: plan)
  }

  @discardableResult
  func uninstall(at directory: String? = nil) throws -> InstallReport {
    let plans = try installer(at: directory).uninstallPlans()
    for plan in plans { try HookInstaller.apply(plan) }
    return InstallReport(uninstalled: plans)
  }

  /// Runs git with the log of hooks emptied, and returns what came of it and the log.
  func git(
    _ arguments: String...,
    env: [String: String] = [:],
    at directory: String? = nil
  ) throws -> (output: CommandOutput, log: [String]) {
    let log = repository.sandbox + "/log"
    try Data().write(to: URL(filePath: log))
    let output = try repository.tryGit(
      arguments,
      env: env.merging(["LOG": log]) { given, _ in given },
      at: directory
    )
    let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    return (output, text.split(separator: "\n").map(String.init))
  }

  var hooks: String { repository.path + "/.git/hooks" }

  /// Every entry of a directory with its kind, mode and content.
  func snapshot(_ directory: String? = nil) throws -> [String] {
    let script = """
      find . -mindepth 1 ! -name '*.sample' -printf '%y %m %p %l %T@\\n' -type f -exec cat {} \\; 
      """
    let output = try repository.run(["/bin/sh", "-c", script], at: directory ?? hooks)
    return output.stdout.split(separator: "\n").map(String.init).sorted()
  }
}
