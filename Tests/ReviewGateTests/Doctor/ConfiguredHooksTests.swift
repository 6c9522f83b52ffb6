import Foundation
import TestSupport
import Testing

@testable import ReviewGate

/// Hooks that are named in git's configuration; a git that runs them is faked where none is here.
@Suite struct ConfiguredHooksTests {
  /// A git of 2.54 as far as these tests ask it: its version, `hook list`, and the rest from git.
  private func newGit(_ place: Workplace) throws -> [String: String] {
    let real = try place.repository.run(["/bin/sh", "-c", "command -v git"]).stdout
      .split(separator: "\n")[0]
    let text = """
      case " $* " in
      *" --version ") echo 'git version 2.54.0'; exit 0 ;;
      *" hook list "*)
        for event; do :; done
        '\(real)' config --get-regexp '^hook\\..*\\.event$' " *" | sed -n "s/^hook\\.\\(.*\\)\\.event $event\\$/\\1/p"
        exit 0 ;;
      esac
      exec '\(real)' "$@"

      """
    let path = try place.script("git", text)
    return ["PATH": URL(filePath: path).deletingLastPathComponent().path + ":/usr/bin:/bin"]
  }

  private func settings(_ place: Workplace) throws -> [String] {
    try place.repository.tryGit("config", "--local", "--get-regexp", "^hook\\.").stdout
      .split(separator: "\n").map(String.init)
  }

  @Test func `names are written and taken away, and files are left alone`() throws {
    let place = try Workplace(hooks: false)
    let env = try newGit(place)
    let hook = "#!/bin/sh\nexit 0\n"
    try place.repository.write(".git/hooks/pre-commit", hook, executable: true)
    let output = try place.gate("install", "--method", "config", env: env)
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("git will run: reviewgate-pre-commit"), "\(output.stdout)")
    let program = HookScripts.shellQuoted(Workplace.program)
    let written = try settings(place)
    #expect(written.contains("hook.reviewgate-pre-push.command \(program) hook pre-push"))
    #expect(written.contains("hook.reviewgate-pre-push.event pre-push"))
    #expect(written.count == 2 * HookName.local.count)
    #expect(try place.read(".git/hooks/pre-commit") == hook)
    #expect(try place.gate("install", "--method", "config", env: env).status == 0)
    #expect(try settings(place) == written)
    #expect(try place.gate("uninstall", env: env).status == 0)
    #expect(try settings(place) == [])
    #expect(try place.read(".git/hooks/pre-commit") == hook)
  }

  @Test func `the commands work as git runs them`() throws {
    let place = try Workplace(hooks: false)
    let env = try newGit(place)
    try #require(try place.gate("install", "--method", "config", env: env).status == 0)
    try place.stage(["a.swift": Workplace.block])
    try place.repository.write(".git/MESSAGE", Workplace.message("a"))
    let key = "hook.reviewgate-commit-msg.command"
    let command = try place.repository.git("config", "--get", key)
    // Git appends `"$@"` and gives the words after it (`run-command.c`).
    let output = try place.repository.runDetached([
      "/bin/sh", "-c", command + " \"$@\"", command, ".git/MESSAGE",
    ])
    #expect(output.status == 1)
    #expect(output.stderr.contains("commit blocked"), "\(output)")
  }

  @Test func `shims of ours go when names come, so that nothing is judged twice`() throws {
    let place = try Workplace()
    let env = try newGit(place)
    try #require(try place.gate("install", "--method", "config", env: env).status == 0)
    #expect(!place.exists(".git/hooks/commit-msg"))
    let doctor = try place.gate("doctor", "--no-agents", env: env)
    #expect(doctor.status == 0, "\(doctor.stdout)")
    #expect(doctor.stdout.contains("commit-msg: git will run `"), "\(doctor.stdout)")
  }

  // Case 9.
  @Test func `where files cannot be, names are used by themselves`() throws {
    let place = try Workplace(hooks: false)
    let file = place.repository.sandbox + "/global"
    try Data("[core]\n\thooksPath = /shared/hooks\n".utf8).write(to: URL(filePath: file))
    let env = try newGit(place).merging(["GIT_CONFIG_GLOBAL": file]) { first, _ in first }
    #expect(try place.gate("install", env: env).status == 0)
    #expect(try settings(place).count == 2 * HookName.local.count)
    _ = try place.gate("uninstall", env: env)
    let files = try place.gate("install", "--method", "shim", env: env)
    #expect(files.status == 2)
    #expect(files.stderr.contains("reviewgate install --method config"))
  }

  @Test func `an older git is refused, and doctor sees names that do not run`() throws {
    let place = try Workplace()
    let version = try place.repository.git("--version")
    guard let known = GitVersion(answer: version), !known.hasConfiguredHooks else { return }
    let output = try place.gate("install", "--method", "config")
    #expect(output.status == 2)
    #expect(output.stderr.contains("need git 2.54"), "\(output.stderr)")
    try place.repository.git("config", "hook.x.event", "pre-commit")
    let doctor = try place.gate("doctor", "--no-agents")
    #expect(doctor.status == 1)
    #expect(doctor.stdout.contains("which this git does not run"))
  }

  @Test func `an event that is switched off is a problem`() throws {
    let place = try Workplace()
    let env = try newGit(place)
    try place.repository.git("config", "hook.commit-msg.enabled", "false")
    let doctor = try place.gate("doctor", "--no-agents", env: env)
    #expect(doctor.status == 1)
    #expect(doctor.stdout.contains("git runs no commit-msg hook at all"), "\(doctor.stdout)")
  }

  @Test func `the listing of the configuration is read in order`() {
    let fields = [
      "hook.a.command\none", "hook.a.event\npre-commit", "hook.b.c.command\ntwo",
      "hook.b.c.event\npre-commit", "hook.a.event\npre-push", "hook.d.event\npre-commit",
      "hook.e.command\nfive", "hook.e.event\npre-commit", "hook.e.enabled\nfalse",
      "hook.f.event\npre-commit", "hook.f.command\nsix", "hook.f.event\n", "hook.x", "nothing",
    ]
    let listing: [UInt8] = fields.flatMap { field -> [UInt8] in Array(field.utf8) + [0] }
    let hooks = ConfiguredHooks(listing: listing)
    #expect(hooks.commands(.preCommit) == ["one", "two"])
    #expect(hooks.commands(.prePush) == ["one"])
    #expect(!hooks.switchesOff(.preCommit))
    let off = ConfiguredHooks(listing: Array("hook.pre-push.enabled\noff\u{0}".utf8))
    #expect(off.switchesOff(.prePush))
  }
}
