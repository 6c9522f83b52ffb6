import Foundation
import TestSupport
import Testing

@testable import ReviewGate

/// What `doctor` finds, and that what it advises mends it.
@Suite struct DoctorTests {
  private func doctor(
    _ place: Workplace,
    env: [String: String] = [:],
    at directory: String? = nil
  ) throws -> CommandOutput {
    try place.gate("doctor", "--no-agents", env: env, at: directory)
  }

  private func problems(_ output: CommandOutput) -> [String] {
    output.stdout.split(separator: "\n").filter { $0.hasPrefix("  PROBLEM") }.map(String.init)
  }

  @Test func `a repository with the hooks has nothing to mend`() throws {
    let place = try Workplace()
    let before = try place.snapshot()
    let output = try doctor(place)
    #expect(output.status == 0, "\(output.stdout)")
    #expect(problems(output) == [])
    for hook in HookName.local {
      #expect(output.stdout.contains("ok       \(hook): git will run reviewgate"))
    }
    #expect(output.stdout.contains("there is no .reviewgate/policy.yml"))
    #expect(output.stdout.contains("fix: reviewgate init"))
    #expect(try place.snapshot() == before)
  }

  @Test func `without hooks it says which and how`() throws {
    let place = try Workplace(hooks: false)
    let output = try doctor(place)
    #expect(output.status == 1)
    #expect(problems(output).count == 1)
    #expect(output.stdout.contains("PROBLEM  not there: pre-commit, commit-msg, "))
    #expect(output.stdout.contains("fix: reviewgate install"))
  }

  // Case 5, as doctor sees it.
  @Test func `the order of what git runs is named`() throws {
    let place = try Workplace(hooks: false)
    let hook = "#!/bin/sh\necho ran >>ran\n"
    try place.repository.write(".git/hooks/pre-commit", hook, executable: true)
    try place.install()
    let output = try doctor(place)
    let order = "pre-commit: git will run pre-commit.pre-reviewgate, then reviewgate"
    #expect(output.stdout.contains(order), "\(output.stdout)")
    // The self test starts nothing but our program.
    #expect(!place.exists("ran"))
  }

  // Case 11.
  @Test func `a hook that was switched off is found, and the advice mends it`() throws {
    let place = try Workplace()
    let path = place.path + "/.git/hooks/commit-msg"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let output = try doctor(place)
    #expect(problems(output) == ["  PROBLEM  commit-msg is not executable, so git passes over it"])
    let fix = try #require(output.stdout.firstRange(of: "fix: chmod")?.lowerBound)
    let command = output.stdout[fix...].prefix { $0 != "\n" }.dropFirst(5)
    _ = try place.repository.run(["/bin/sh", "-c", String(command)])
    #expect(try doctor(place).status == 0)
  }

  // Case 11.
  @Test(arguments: ["replaced", "changed", "dangling", "older"])
  func `a hook that was replaced is found and not run`(kind: String) throws {
    let place = try Workplace()
    let path = place.path + "/.git/hooks/pre-push"
    let text = try place.read(".git/hooks/pre-push")
    switch kind {
    case "replaced":
      try place.repository.write(".git/hooks/pre-push", "#!/bin/sh\ntouch ran\n", executable: true)
    case "changed":
      let changed = text.replacing("recorded=", with: "touch ran\nrecorded=")
      try place.repository.write(".git/hooks/pre-push", changed, executable: true)
    case "older":
      let older = text.replacing("reviewgate-hook v1", with: "reviewgate-hook v0")
      try place.repository.write(".git/hooks/pre-push", older, executable: true)
    default:
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/nowhere/x")
    }
    let output = try doctor(place)
    #expect(output.status == 1)
    #expect(problems(output).count == 1 && problems(output)[0].contains("pre-push"))
    #expect(!place.exists("ran"))
    try place.install()
    #expect(try doctor(place).status == 0)
  }

  @Test func `a shim whose program is gone does not start`() throws {
    let place = try Workplace(hooks: false)
    let copy = place.repository.sandbox + "/bin/reviewgate"
    try place.repository.write("../bin/x", "")
    _ = try place.repository.run(["/bin/cp", Workplace.program, copy])
    try #require(try place.repository.runDetached([copy, "install"]).status == 0)
    try FileManager.default.removeItem(atPath: copy)
    let output = try doctor(place, env: ["PATH": "/usr/bin:/bin"])
    #expect(output.status == 1)
    #expect(output.stdout.contains("does not start reviewgate: reviewgate: cannot find"))
  }

  // Case 8.
  @Test func `a relative hooks path is a trap for other worktrees`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("config", "core.hooksPath", ".githooks")
    try place.install()
    #expect(try doctor(place).status == 0)
    try place.repository.git("worktree", "add", "--quiet", "--detach", "../other")
    let output = try doctor(place)
    #expect(output.status == 1)
    #expect(problems(output).contains { $0.contains("/other has no .githooks") })
    let fixed = place.path + "/.githooks"
    #expect(output.stdout.contains("git config --local core.hooksPath '\(fixed)'"))
    try place.repository.git("config", "--local", "core.hooksPath", fixed)
    #expect(try doctor(place).status == 0)
  }

  // Case 9.
  @Test func `a hooks path of the machine is named with its file`() throws {
    let place = try Workplace()
    let file = place.repository.sandbox + "/global"
    try Data("[core]\n\thooksPath = /shared/hooks\n".utf8).write(to: URL(filePath: file))
    let output = try doctor(place, env: ["GIT_CONFIG_GLOBAL": file])
    #expect(output.status == 1)
    #expect(output.stdout.contains("core.hooksPath is /shared/hooks, set in \(file) (global)"))
  }

  // Case 7.
  @Test(arguments: ["id: reviewgate-commit-msg", "entry: reviewgate hook commit-msg", "# none"])
  func `hooks of another manager are looked up in its configuration`(line: String) throws {
    let place = try Workplace(hooks: false)
    try place.install()
    let hook = "#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\nexec true\n"
    try place.repository.write(".git/hooks/commit-msg", hook, executable: true)
    try place.repository.write(".pre-commit-config.yaml", "repos:\n  - \(line)\n")
    let output = try doctor(place)
    #expect(output.status == (line == "# none" ? 1 : 0), "\(output.stdout)")
    #expect(output.stdout.contains("pre-commit, whose configuration"))
  }

  // Case 43, apart from CI.
  @Test func `a shallow clone is named with its remedy`() throws {
    let place = try Workplace(hooks: false)
    try place.land(["a": "1\n"], message: "more")
    let clone = place.repository.sandbox + "/shallow"
    try place.repository.git("clone", "--quiet", "--depth", "1", "file://" + place.path, clone)
    let output = try doctor(place, at: clone)
    #expect(output.status == 1)
    #expect(output.stdout.contains("history is cut off"))
    #expect(output.stdout.contains("fix: git fetch --unshallow"))
  }

  // Case 46.
  @Test(arguments: ["sha256", "reftable"])
  func `what cannot be read is refused up front with what helps`(format: String) throws {
    let place = try Workplace(hooks: false)
    let path = place.repository.sandbox + "/other"
    try place.repository.git(
      ["init", "--quiet", "--initial-branch=main"]
        + (format == "sha256" ? ["--object-format=sha256"] : []) + [path]
    )
    if format == "reftable" {
      // As a newer git writes it; this one may not know the extension.
      for (key, value) in [
        ("core.repositoryFormatVersion", "1"), ("extensions.refStorage", "reftable"),
      ] {
        let file = path + "/.git/config"
        try place.repository.git("config", "--file", file, key, value)
      }
    }
    for command in ["install", "doctor", "check", "init"] {
      let output = try place.gate(command, at: path)
      #expect(output.status == 2, "\(command): \(output)")
      let text = output.stdout + output.stderr
      let known = format == "sha256" ? "sha256 objects" : "refstorage"
      #expect(text.lowercased().contains(known), "\(command): \(text)")
      let migrates = text.contains("git refs migrate --ref-format=files")
      #expect(migrates == (format == "reftable"), "\(command): \(text)")
      #expect(text.contains("to keep working without the hooks: reviewgate uninstall"))
      // CI has the same objects, and references of its own.
      #expect(text.contains("CI still enforces the policy") == (format == "reftable"))
    }
    #expect(!FileManager.default.fileExists(atPath: path + "/.git/hooks/commit-msg"))
  }

  @Test func `refspecs that replace records are a problem`() throws {
    let place = try Workplace()
    try place.repository.git("init", "--quiet", "--bare", "../server.git")
    try place.repository.git("remote", "add", "far", "https://example.com/x.git")
    let key = "remote.far.fetch"
    try place.repository.git("config", "--add", key, "+refs/reviewgate/*:refs/reviewgate/*")
    let output = try doctor(place)
    #expect(output.status == 1)
    #expect(problems(output).contains { $0.contains("each fetch replaces the records") })
    #expect(output.stdout.contains("cannot be seen from here"))
    try place.repository.git("config", "--unset", key, "refs/reviewgate")
    #expect(try doctor(place).status == 0)
  }

  @Test func `a mirror would delete records of others`() throws {
    let place = try Workplace()
    try place.repository.git("remote", "add", "--mirror=push", "far", "https://example.com/x.git")
    let output = try doctor(place)
    #expect(problems(output).contains { $0.contains("remote.far.mirror is set") })
  }

  @Test func `a remote on this machine is asked for its own hook`() throws {
    let place = try Workplace()
    let server = place.repository.sandbox + "/server.git"
    try place.repository.git("init", "--quiet", "--bare", server)
    try place.repository.git("remote", "add", "origin", server)
    let bare = try doctor(place)
    #expect(bare.status == 1)
    #expect(bare.stdout.contains("(\(server)) has no pre-receive hook of reviewgate"))
    let text = HookScripts.text(of: .preReceive, program: Workplace.program)
    try place.repository.write("../server.git/hooks/pre-receive", text, executable: true)
    let guarded = try doctor(place)
    #expect(guarded.status == 0, "\(guarded.stdout)")
    #expect(guarded.stdout.contains("origin decides by its own pre-receive hook"))
    #expect(try doctor(place, at: server).status == 0)
  }

  @Test(arguments: ["/other", "/other/.git", "/linked"])
  func `a remote with files beside it is found as git finds it`(address: String) throws {
    let place = try Workplace()
    let sandbox = place.repository.sandbox
    try place.repository.git("clone", "--quiet", place.path, sandbox + "/other")
    try place.repository.write("../linked/.git", "gitdir: \(sandbox)/other/.git\n")
    try place.repository.git("remote", "add", "origin", sandbox + address)
    let output = try doctor(place)
    #expect(output.stdout.contains(") has no pre-receive hook of reviewgate"), "\(output.stdout)")
    #expect(!output.stdout.contains("cannot be looked at"), "\(output.stdout)")
  }

  @Test func `a policy with a mistake is shown with its place`() throws {
    let place = try Workplace()
    try place.land([".reviewgate/policy.yml": "version: 1\ngate:\n  comit: warn\n"], message: "x")
    let output = try doctor(place)
    #expect(output.status == 1)
    #expect(output.stdout.contains(".reviewgate/policy.yml:3:3: unknown key 'comit'"))
  }

  @Test func `a baseline is best a commit`() throws {
    let place = try Workplace()
    let policy = "version: 1\ngate:\n  baseline: v1\n"
    try place.land([".reviewgate/policy.yml": policy], message: "x")
    #expect(problems(try doctor(place)).contains { $0.contains("does not know the baseline v1") })
    try place.repository.git("tag", "v1")
    let output = try doctor(place)
    #expect(output.status == 0)
    let head = try place.repository.head
    #expect(output.stdout.contains("fix: gate.baseline: \(head)"))
  }

  @Test func `the roster and the own key are looked at`() throws {
    let place = try Workplace()
    let own = TestKey(.ed25519, seed: 7)
    let other = TestKey(.ed25519, seed: 8)
    let policy = "version: 1\nreview:\n  require: touched\n"
    try place.land(
      [
        ".reviewgate/reviewers": "grace@example.com \(other.line)\n",
        ".reviewgate/policy.yml": policy,
      ],
      message: "x"
    )
    #expect(try doctor(place).stdout.contains("no key of yours is listed"))
    try place.land(
      [".reviewgate/reviewers": "ada@example.com \(own.line)\n"],
      message: "x"
    )
    try place.repository.write("../home/.ssh/id_ed25519.pub", own.line + "\n")
    let weak = try doctor(place)
    #expect(weak.status == 1)
    #expect(weak.stdout.contains("reaches signed; the policy asks for touched"), "\(weak.stdout)")
    let expired = "ada@example.com valid-before=\"20200101\" \(own.line)\n"
    try place.land([".reviewgate/reviewers": expired], message: "x")
    #expect(try doctor(place).stdout.contains("nobody can review"))
  }

  @Test func `outside a repository git's words are the finding`() throws {
    let place = try Workplace(hooks: false)
    let output = try doctor(place, at: place.repository.sandbox)
    #expect(output.status == 2)
    #expect(output.stdout.contains("not a git repository"))
  }

  @Test func `json names every finding with its fix`() throws {
    let place = try Workplace(hooks: false)
    let output = try place.gate("doctor", "--no-agents", "--format", "json")
    let data = Data(output.stdout.utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["schema"] as? String == "reviewgate.doctor/1")
    #expect(json["problems"] as? Int == 1)
    let findings = try #require(json["findings"] as? [[String: Any]])
    let hook = try #require(
      findings.first { ($0["text"] as? String)?.contains("pre-push") == true }
    )
    #expect(hook["fix"] as? [String] == ["reviewgate install"])
    #expect(hook["level"] as? String == "problem")
  }

  @Test func `agents that are here without hooks are blind`() throws {
    let place = try Workplace()
    try place.repository.write("../home/.claude/settings.json", "{}\n")
    let output = try place.gate("doctor")
    #expect(output.status == 0, "\(output.stdout)")
    #expect(output.stdout.contains("claude-code: blind"))
    try #require(try place.gate("agents", "install", "claude-code", "--user", "--yes").status == 0)
    let proven = try place.gate("doctor")
    #expect(proven.stdout.contains("ok       claude-code: an edit arrives in the record"))
  }

  // Case 47: another uid owns the files, as in a container.
  @Test func `git's advice about ownership is the fix`() throws {
    guard geteuid() == 0 else { return }
    let place = try Workplace()
    _ = try place.repository.run(["/bin/chown", "-R", "12345:12345", place.path])
    for command in ["doctor", "check", "install"] {
      let output = try place.gate(command)
      #expect(output.status == 2, "\(command): \(output)")
      let text = output.stdout + output.stderr
      #expect(text.contains("dubious ownership"), "\(text)")
      #expect(text.contains("git config --global --add safe.directory \(place.path)"), "\(text)")
    }
    let file = place.repository.sandbox + "/global"
    try Data("[safe]\n\tdirectory = *\n".utf8).write(to: URL(filePath: file))
    let safe = ["GIT_CONFIG_GLOBAL": file]
    #expect(try doctor(place, env: safe).status == 0)
    try place.repository.git("config", "--file", file, "safe.directory", place.path)
    try place.repository.git("add", "-A", env: safe)
    #expect(try place.gate("check", "--staged", env: safe).status == 0)
  }
}
