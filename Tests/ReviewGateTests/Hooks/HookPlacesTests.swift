import Foundation
import TestSupport
import Testing

@testable import ReviewGate

/// Where hooks go: `core.hooksPath`, worktrees, submodules, and other hook managers.
@Suite struct HookPlacesTests {
  @Test func `a hooks path of the repository is used`() throws {
    let hooked = try HookedRepository()
    try hooked.repository.git("config", "core.hooksPath", ".githooks")
    let subdirectory = hooked.repository.path + "/deep/er"
    try hooked.repository.write("deep/er/file", "")
    let report = try hooked.install(at: subdirectory)
    #expect(report.lines[0] == "hooks directory: \(hooked.repository.path)/.githooks")
    #expect(report.lines.last?.hasPrefix("warning: core.hooksPath is relative (.githooks)") == true)
    let log = try hooked.git("commit", "--allow-empty", "-m", "one", at: subdirectory).log
    #expect(log.count == 4)
    try hooked.uninstall()
    #expect(try hooked.snapshot(hooked.repository.path + "/.githooks") == [])
  }

  @Test func `an absolute hooks path of the repository is used without a warning`() throws {
    let hooked = try HookedRepository()
    let directory = hooked.repository.sandbox + "/team hooks"
    try hooked.repository.git("config", "core.hooksPath", directory)
    let report = try hooked.install()
    #expect(!report.lines.contains { $0.hasPrefix("warning") })
    #expect(try hooked.git("commit", "--allow-empty", "-m", "one").log.count == 4)
  }

  @Test(arguments: ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"])
  func `a hooks path of the machine is refused by name`(variable: String) throws {
    let hooked = try HookedRepository()
    let shared = hooked.repository.sandbox + "/shared"
    let file = hooked.repository.sandbox + "/machine config"
    try hooked.file(file, "[core]\n\thooksPath = \(shared)\n", mode: 0o644)
    let error = #expect(throws: HookRefusal.self) {
      try hooked.installer(env: [variable: file]).plan()
    }
    let text = try #require(error?.description)
    let scope = variable == "GIT_CONFIG_GLOBAL" ? "global" : "system"
    #expect(text.hasPrefix("core.hooksPath is \(shared), set in \(file) (\(scope))."))
    #expect(text.contains("git config --local core.hooksPath '\(hooked.hooks)'"))
    #expect(text.contains("reviewgate hook \"${0##*/}\" \"$@\" || exit"))
    #expect(HookRefusal.exitStatus == 2)
    #expect(!FileManager.default.fileExists(atPath: shared))
  }

  @Test func `the way out of a shared hooks path works`() throws {
    let hooked = try HookedRepository()
    let file = hooked.repository.sandbox + "/config"
    try hooked.file(file, "[core]\n\thooksPath = /nowhere\n", mode: 0o644)
    let env = ["GIT_CONFIG_GLOBAL": file]
    try hooked.repository.git("config", "--local", "core.hooksPath", hooked.hooks)
    try HookInstaller.apply(try hooked.installer(env: env).plan())
    #expect(try hooked.git("commit", "--allow-empty", "-m", "one", env: env).log.count == 4)
  }

  @Test func `a shared hooks path that is this repository's own directory is no obstacle`() throws {
    let hooked = try HookedRepository()
    let file = hooked.repository.sandbox + "/config"
    try hooked.file(file, "[core]\n\thooksPath = \(hooked.hooks)\n", mode: 0o644)
    #expect(try hooked.installer(env: ["GIT_CONFIG_GLOBAL": file]).plan().changesFiles)
  }

  @Test func `hooks left from before a shared hooks path can be removed`() throws {
    let hooked = try HookedRepository()
    try hooked.install()
    let file = hooked.repository.sandbox + "/config"
    let shared = hooked.repository.sandbox + "/shared"
    try hooked.file(shared + "/pre-commit", HookScripts.template(.preCommit))
    try hooked.file(file, "[core]\n\thooksPath = \(shared)\n", mode: 0o644)
    let plans = try hooked.installer(env: ["GIT_CONFIG_GLOBAL": file]).uninstallPlans()
    #expect(plans.map(\.directory) == [hooked.hooks])
    #expect(plans[0].steps.filter { $0.action == .remove }.count == HookName.local.count)
  }

  @Test func `hooks switched off by configuration are refused`() throws {
    let hooked = try HookedRepository()
    try hooked.repository.git("config", "core.hooksPath", "/dev/null")
    #expect(throws: HookRefusal.notADirectory("/dev/null")) { try hooked.install() }
    #expect(try hooked.uninstall().status == 0)
  }

  @Test func `a linked worktree and its repository share one installation`() throws {
    let hooked = try HookedRepository()
    try hooked.repository.commit("one")
    let linked = hooked.repository.sandbox + "/linked tree"
    try hooked.repository.git("worktree", "add", "--quiet", "--detach", linked)
    try hooked.install(at: linked)
    #expect(try hooked.git("commit", "--allow-empty", "-m", "two").log.count == 4)
    #expect(try hooked.git("commit", "--allow-empty", "-m", "two", at: linked).log.count == 4)
    try hooked.uninstall()
    #expect(try hooked.git("commit", "--allow-empty", "-m", "two", at: linked).log == [])
  }

  @Test func `a submodule gets its own hooks`() throws {
    let hooked = try HookedRepository()
    let library = try TempRepository()
    try library.commit("one")
    try hooked.repository.git(
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      library.path,
      "library"
    )
    let submodule = hooked.repository.path + "/library"
    let report = try hooked.install(at: submodule)
    #expect(report.lines[0].hasSuffix("/repository/.git/modules/library/hooks"))
    #expect(try hooked.git("commit", "--allow-empty", "-m", "two", at: submodule).log.count == 4)
    #expect(try hooked.git("commit", "--allow-empty", "-m", "two").log == [])
  }

  static let managed: [(HookManager, String)] = [
    (.preCommit, "#!/usr/bin/env bash\n# File generated by pre-commit: https://example.org\n"),
    (.prek, "#!/bin/sh\n# File generated by prek: https://example.org\nexec prek hook-impl\n"),
    (
      .lefthook,
      "#!/bin/sh\n\ncall_lefthook()\n{\n  :\n}\ncall_lefthook run \"pre-commit\" \"$@\"\n"
    ),
    (.husky, "#!/usr/bin/env sh\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n\nnpm test\n"),
  ]

  @Test(arguments: managed)
  func `hooks of another manager are left, with a snippet`(
    manager: HookManager,
    text: String
  ) throws {
    let hooked = try HookedRepository()
    try hooked.file(hooked.hooks + "/pre-commit", text)
    let before = try hooked.snapshot()
    let report = try hooked.install([.preCommit])
    #expect(try hooked.snapshot() == before)
    #expect(report.status == 1)
    #expect(report.lines[1].hasSuffix("left to \(manager.rawValue)"))
    #expect(report.lines.contains { $0.contains("reviewgate hook pre-commit") })
    #expect(try hooked.install().status == 0, "the other hooks can still be installed")
  }

  @Test(arguments: [(".legacy", 0), (".old", 1)] as [(String, Int32)])
  func `a shim that another manager renamed is found again`(suffix: String, status: Int32) throws {
    let hooked = try HookedRepository()
    let hook = hooked.hooks + "/pre-commit"
    try hooked.file(hook, Self.managed[0].1)
    let before = try hooked.snapshot()
    try hooked.file(hook + suffix, HookScripts.template(.preCommit))
    #expect(try hooked.install([.preCommit]).status == status)
    let report = try hooked.uninstall()
    #expect(report.lines.count == 2)
    #expect(report.lines[1].hasSuffix("removed from where another manager had put it"))
    #expect(try hooked.snapshot() == before)
  }

  @Test func `an ordinary hook is nobody's`() {
    #expect(HookManager.recognised(in: "#!/bin/sh\nexec make check\n") == nil)
    #expect(HookManager.recognised(in: HookScripts.template(.prePush)) == nil)
  }

  @Test(arguments: [".husky/_", ".husky", "/home/ada/project/.husky/_"])
  func `a directory made by husky is left to husky`(path: String) throws {
    let hooked = try HookedRepository()
    try hooked.repository.git("config", "core.hooksPath", path)
    let report = try hooked.install()
    #expect(report.status == 1)
    #expect(report.lines.contains("  .husky/pre-push: reviewgate hook pre-push \"$@\""))
    #expect(!FileManager.default.fileExists(atPath: hooked.repository.path + "/.husky"))
  }

  @Test func `a manager whose configuration names us has nothing to add`() throws {
    let hooked = try HookedRepository()
    try hooked.repository.git("config", "core.hooksPath", ".husky/_")
    for hook in HookName.local where hook != .prePush {
      let line = "reviewgate hook \(hook) \"$@\"\n"
      try hooked.repository.write(".husky/\(hook)", line)
    }
    let partly = try hooked.install()
    #expect(partly.status == 0)
    let named = "git will run: husky, whose configuration names it"
    #expect(partly.lines.contains("  commit-msg            " + named))
    #expect(
      partly.lines.suffix(2) == [
        "husky manages these hooks; add to its configuration:",
        "  .husky/pre-push: reviewgate hook pre-push \"$@\"",
      ]
    )
    try hooked.repository.write(".husky/pre-push", "reviewgate hook pre-push \"$@\"\n")
    #expect(try hooked.install().lines.last == "already installed; nothing changed.")
  }
}

/// How git's answers about configuration are read.
@Suite struct HooksPathSettingTests {
  static let answers: [(String, HooksPathSetting?)] = [
    ("", nil),
    (
      "local\0file:.git/config\0.githooks\0",
      HooksPathSetting(scope: .local, origin: ".git/config", value: ".githooks")
    ),
    (
      "command\0command line:\0/x\0",
      HooksPathSetting(scope: .command, origin: "command line:", value: "/x")
    ),
    (
      "global\0file:/h/a\tb\0/x\ny\0",
      HooksPathSetting(scope: .global, origin: "/h/a\tb", value: "/x\ny")
    ),
    ("new\0file:a\0/x\0", HooksPathSetting(scope: .unknown, origin: "a", value: "/x")),
    ("local\0/x\0", HooksPathSetting(scope: .unknown, origin: "", value: "local\0/x\0")),
  ]

  @Test(arguments: answers)
  func `an answer is read or belongs to somebody else`(text: String, setting: HooksPathSetting?) {
    #expect(HooksPathSetting(answer: Array(text.utf8)) == setting)
  }

  @Test(
    arguments: [
      ("git version 2.39.5\n", GitVersion(major: 2, minor: 39)),
      ("git version 2.54.0.rc1 (Vendor Git-1)", GitVersion(major: 2, minor: 54)),
      ("git version 3.0", GitVersion(major: 3, minor: 0)),
      ("git version", nil), ("hit version 2.1", nil), ("git version x.y", nil),
    ] as [(String, GitVersion?)]
  )
  func `a version is read`(text: String, version: GitVersion?) {
    #expect(GitVersion(answer: text) == version)
  }

  @Test func `hooks in the configuration are offered only where git has them`() {
    let setting = HooksPathSetting(scope: .global, origin: "a", value: "/x")
    func text(_ minor: Int) -> String {
      let version = GitVersion(major: 2, minor: minor)
      return HookRefusal.sharedHooksPath(setting, own: "/o", version: version).description
    }
    #expect(text(54).contains("install --method config"))
    #expect(!text(53).contains("install --method config"))
  }
}
