import Foundation
import TestSupport
import Testing

@testable import ReviewGate

/// Other hook managers, run for real with what `docs/hooks.md` tells to write.
@Suite(.enabled(if: ManagerProgram.missing.isEmpty, ManagerProgram.reason))
struct HookManagerTests {
  /// A repository that is managed, and the environment with our program in `PATH`.
  private struct Managed {
    let place: Workplace
    let env: [String: String]

    init(_ manager: ManagerProgram) throws {
      place = try Workplace(hooks: false)
      let program = try #require(manager.path)
      let folders = [program, Workplace.program].map {
        URL(filePath: $0).deletingLastPathComponent().path
      }
      env = ["PATH": (folders + ["/usr/bin", "/bin"]).joined(separator: ":")]
      let hooks = try Self.hooksRepository(place)
      for (file, text) in try HookChapters().files(manager.chapter) {
        let address = text.replacing("https://git.example.com/reviewgate", with: hooks.path)
        let revision = String(repeating: "0123456789abcdef", count: 3).prefix(40)
        try place.repository.write(file, address.replacing(revision, with: hooks.commit))
      }
      try place.repository.commit("managed")
      try place.repository.git("init", "--quiet", "--bare", "../remote.git")
      try place.repository.git("remote", "add", "origin", "../remote.git")
      let installed = try place.repository.runDetached([program, "install"], env: env)
      try #require(installed.status == 0, "\(installed)")
    }

    /// A clone of this project, as far as managers look at it.
    private static func hooksRepository(
      _ place: Workplace
    ) throws -> (path: String, commit: String) {
      let path = place.repository.sandbox + "/reviewgate"
      let file = HookChapters.root.appending(path: ".pre-commit-hooks.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      try place.repository.write("../reviewgate/.pre-commit-hooks.yaml", text)
      try place.repository.git("init", "--quiet", at: path)
      try place.repository.git("add", "-A", at: path)
      try place.repository.git("commit", "--quiet", "-m", "hooks", at: path)
      return (path, try place.repository.git("rev-parse", "HEAD", at: path))
    }

    /// Runs git with the manager's hooks, and returns everything that was said.
    func git(_ arguments: String...) throws -> (status: Int32, text: String) {
      let output = try place.repository.runDetached(["git"] + arguments, env: env)
      return (output.status, output.stdout + output.stderr)
    }
  }

  // Case 7.
  @Test(arguments: ManagerProgram.allCases)
  func `commits of agents are refused, and those of people pass`(manager: ManagerProgram) throws {
    let managed = try Managed(manager)
    let place = managed.place
    try place.stage(["a.swift": Workplace.block])
    let refused = try managed.git("commit", "-m", Workplace.message("a"))
    #expect(refused.status != 0)
    #expect(refused.text.contains("10 AI-written lines in 1 file"), "\(refused.text)")
    #expect(refused.text.contains("a.swift:1-10"))
    let passed = try managed.git("commit", "-m", "by hand")
    #expect(passed.status == 0, "\(passed.text)")
    // The receipt of commit-msg reached post-commit: nobody went past the hooks.
    #expect(!passed.text.contains("hooks were skipped"), "\(passed.text)")
    let status = try place.gate("status", "--range", "HEAD~1..HEAD")
    #expect(!status.stdout.contains("bypass"), "\(status.stdout)")
  }

  @Test(arguments: ManagerProgram.allCases)
  func `a commit of everything is judged by its own index`(manager: ManagerProgram) throws {
    let managed = try Managed(manager)
    try managed.place.stage(["a.swift": "x\n"])
    #expect(try managed.git("commit", "--quiet", "-m", "by hand").status == 0)
    try managed.place.repository.write("a.swift", Workplace.block)
    let refused = try managed.git("commit", "-a", "-m", Workplace.message("a"))
    #expect(refused.status != 0)
    #expect(refused.text.contains("a.swift:1-10"), "\(refused.text)")
  }

  // Case 52.
  @Test(arguments: ManagerProgram.allCases)
  func `pushes are judged, from the first one on`(manager: ManagerProgram) throws {
    let managed = try Managed(manager)
    let place = managed.place
    try place.land(["a.swift": Workplace.block])
    let first = try managed.git("push", "origin", "main")
    #expect(first.status != 0)
    #expect(first.text.contains("a.swift:1-10"), "\(first.text)")
    #expect(try managed.git("push", "--quiet", "--no-verify", "origin", "main").status == 0)
    try place.land(["b.swift": Workplace.lines(1...4)])
    let second = try managed.git("push", "origin", "main")
    #expect(second.status != 0)
    #expect(second.text.contains("b.swift:1-4") && !second.text.contains("a.swift"), "\(second)")
    try place.repository.git("switch", "--quiet", "--create", "topic")
    let branch = try managed.git("push", "origin", "topic")
    #expect(branch.status != 0)
    #expect(branch.text.contains("b.swift:1-4") && !branch.text.contains("a.swift"), "\(branch)")
    try place.repository.git("switch", "--quiet", "--create", "clean", "HEAD~1")
    try place.land(["c.swift": "x\n"], message: "by hand")
    let clean = try managed.git("push", "origin", "clean")
    #expect(clean.status == 0, "\(clean.text)")
  }

  @Test(arguments: ManagerProgram.allCases)
  func `install leaves the manager's hooks, and doctor finds us in them`(
    manager: ManagerProgram
  ) throws {
    let managed = try Managed(manager)
    let doctor = try managed.place.gate("doctor", "--no-agents", env: managed.env)
    #expect(doctor.stdout.contains("commit-msg: git will run "), "\(doctor.stdout)")
    #expect(doctor.stdout.contains("\(manager.rawValue), whose configuration names it"))
    #expect(!doctor.stdout.contains("PROBLEM  commit-msg"), "\(doctor.stdout)")
    let install = try managed.place.gate("install", env: managed.env)
    let named = "git will run: \(manager.rawValue), whose configuration names it"
    #expect(install.stdout.contains(named), "\(install)")
    #expect(!install.stdout.contains("add to its configuration"), "\(install)")
  }
}

/// husky is no package of PyPI; its runner is a line of shell.
@Suite struct HuskyTests {
  // Case 7.
  @Test func `the files of the chapter make the gate run`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("config", "core.hooksPath", ".husky/_")
    let runner =
      "#!/bin/sh\n[ -f \".husky/${0##*/}\" ] || exit 0\nexec sh -e \".husky/${0##*/}\" \"$@\"\n"
    for hook in HookName.local {
      try place.repository.write(".husky/_/\(hook)", runner, executable: true)
    }
    let script = try #require(HookChapters().blocks("husky").first)
    #expect(try place.repository.run(["/bin/sh", "-euc", script]).status == 0)
    let folder = URL(filePath: Workplace.program).deletingLastPathComponent().path
    let env = ["PATH": folder + ":/usr/bin:/bin"]
    try place.stage(["a.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("a"), env: env)
    try place.passes("commit", "--quiet", "-m", "by hand", env: env)
    try place.land(["b.swift": Workplace.block])
    try place.repository.git("init", "--quiet", "--bare", "../remote.git")
    let said = try place.blocks("push", "../remote.git", "main", env: env)
    #expect(said.contains("b.swift:1-10"))
    let doctor = try place.gate("doctor", "--no-agents")
    #expect(!doctor.stdout.contains("PROBLEM  commit-msg"), "\(doctor.stdout)")
    for hook in HookName.local {
      let line = "ok       \(hook): git will run husky, whose configuration names it"
      #expect(doctor.stdout.contains(line), "\(doctor.stdout)")
    }
  }
}
