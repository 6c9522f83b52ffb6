import Foundation
import TestSupport
import Testing

@testable import ReviewGate

/// What installing does to the files of a repository.
@Suite struct HookInstallerTests {
  @Test func `shims are plain executable files and never links`() throws {
    let hooked = try HookedRepository()
    try hooked.install(HookName.strictLocal)
    let entries = try hooked.snapshot().filter { $0.contains(" ./") }
    #expect(entries.count == HookName.strictLocal.count)
    #expect(entries.allSatisfy { $0.hasPrefix("f 755 ./") })
  }

  @Test func `a hook directory that is missing is made`() throws {
    let hooked = try HookedRepository()
    try FileManager.default.removeItem(atPath: hooked.hooks)
    try hooked.install()
    #expect(try hooked.git("commit", "--allow-empty", "-m", "one").log.count == 4)
  }

  @Test func `a second installation changes nothing`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-push", says: "theirs")
    try hooked.install()
    let before = try hooked.snapshot()
    let report = try hooked.install()
    #expect(try hooked.snapshot() == before)
    #expect(report.status == 0)
    #expect(report.lines.last == "already installed; nothing changed.")
    #expect(
      report.lines.contains {
        $0.hasSuffix("git will run: pre-push.pre-reviewgate, then reviewgate")
      }
    )
  }

  @Test func `a shim of ours is brought up to date in place`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-commit", says: "theirs")
    try hooked.install()
    let before = try hooked.snapshot().map { $0.split(separator: " ").prefix(3) }
    try hooked.file(hooked.hooks + "/pre-commit", "#!/bin/sh\n# reviewgate-hook v0\nexit 0\n")
    try hooked.file(hooked.hooks + "/commit-msg", HookScripts.template(.commitMsg), mode: 0o644)
    try hooked.install()
    #expect(try hooked.snapshot().map { $0.split(separator: " ").prefix(3) } == before)
    #expect(try hooked.git("commit", "--allow-empty", "-m", "one").log.first == "theirs")
  }

  @Test func `uninstalling restores everything bit for bit`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-commit", says: "theirs", mode: 0o750)
    try hooked.file(hooked.hooks + "/commit-msg", "not\0executable\r\n", mode: 0o640)
    try hooked.script(hooked.repository.path + "/tools/check", says: "linked")
    for (hook, target) in [("post-commit", "../../tools/check"), ("pre-push", "nowhere")] {
      try FileManager.default.createSymbolicLink(
        atPath: hooked.hooks + "/" + hook,
        withDestinationPath: target
      )
    }
    let before = try hooked.snapshot()
    try hooked.install(HookName.strictLocal)
    #expect(try hooked.snapshot() != before)
    let report = try hooked.uninstall()
    #expect(try hooked.snapshot() == before)
    #expect(report.lines.filter { $0.hasSuffix("restored what was there before") }.count == 4)
    #expect(try hooked.uninstall().lines == [])
  }

  @Test func `a hook git does not run is kept and still not run`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-commit", says: "theirs", mode: 0o644)
    let report = try hooked.install([.preCommit])
    #expect(report.lines[1].hasSuffix("(the kept hook is not executable: not run)"))
    #expect(
      try hooked.git("commit", "--allow-empty", "-m", "one").log == ["ours [hook] [pre-commit]"]
    )
  }

  @Test func `two hooks to keep are refused before anything changes`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-push", says: "new")
    try hooked.script(hooked.hooks + "/pre-push.pre-reviewgate", says: "old")
    let before = try hooked.snapshot()
    #expect(throws: HookRefusal.keptAlreadyThere(hook: hooked.hooks + "/pre-push")) {
      try hooked.install()
    }
    #expect(try hooked.snapshot() == before)
    let report = try hooked.uninstall()
    #expect(report.lines[1].hasSuffix("an older hook is kept as pre-push.pre-reviewgate"))
    #expect(try hooked.snapshot() == before)
  }

  @Test func `a shim removed by hand still brings the kept hook back`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-commit", says: "theirs")
    let before = try hooked.snapshot()
    try hooked.install([.preCommit])
    try FileManager.default.removeItem(atPath: hooked.hooks + "/pre-commit")
    try hooked.uninstall()
    #expect(try hooked.snapshot() == before)
  }

  @Test func `a shim that cannot be written leaves the hook that was there`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-commit", says: "theirs")
    let obstacle = "\(hooked.hooks)/.pre-commit.reviewgate-\(getpid())"
    try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: false)
    let before = try hooked.snapshot()
    #expect(throws: (any Error).self) { try hooked.install([.preCommit]) }
    #expect(try hooked.snapshot() == before)
    #expect(try hooked.git("commit", "--allow-empty", "-m", "one").log == ["theirs"])
  }

  @Test func `a directory in place of a hook is refused`() throws {
    let hooked = try HookedRepository()
    let path = hooked.hooks + "/pre-commit"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(throws: HookRefusal.obstacle(path)) { try hooked.install() }
  }

  @Test func `a hook that asks reviewgate itself is left alone`() throws {
    let hooked = try HookedRepository()
    try hooked.file(hooked.hooks + "/pre-commit", "#!/bin/sh\n  reviewgate hook pre-commit\n")
    let before = try hooked.snapshot()
    #expect(try hooked.install([.preCommit]).status == 0)
    #expect(try hooked.snapshot() == before)
  }

  @Test func `a program without an absolute path is refused`() throws {
    let location = try HookedRepository().location()
    #expect(throws: HookRefusal.relativeProgram("reviewgate")) {
      try HookInstaller(location: location, program: "reviewgate").plan()
    }
  }
}
