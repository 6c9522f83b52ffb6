import Foundation
import ReviewCore
import TestSupport
import Testing

/// The first settings of a repository.
@Suite struct InitTests {
  private static let key = TestKey(.ed25519, seed: 7)

  private func place() throws -> Workplace {
    let place = try Workplace(hooks: false)
    try place.repository.write("../home/.ssh/id_ed25519.pub", Self.key.line + " ada@laptop\n")
    return place
  }

  private func policy(_ place: Workplace) throws -> Policy {
    try PolicyFile.parse(Array(place.read(".reviewgate/policy.yml").utf8))
  }

  @Test func `options alone write both files, and show them first`() throws {
    let place = try place()
    let output = try place.gate("init", "--yes", "--mode", "block")
    #expect(output.status == 0, "\(output.stderr)")
    #expect(output.stdout.contains("+++ .reviewgate/policy.yml"))
    #expect(output.stdout.contains("+  commit: block"))
    let policy = try policy(place)
    #expect(policy.gate.ci == .block && policy.gate.receive == .block)
    #expect(try policy.gate.baseline == place.repository.head)
    #expect(policy.gate.protected.texts == ["main"])
    let roster = try RosterFile.parse(Array(place.read(".reviewgate/reviewers").utf8))
    #expect(roster.entries.map(\.person) == ["ada@example.com"])
    #expect(roster.entries.first?.key.blob == Self.key.blob)
    #expect(output.stdout.contains("git add .reviewgate/policy.yml .reviewgate/reviewers"))
  }

  @Test func `what it wrote is a policy that judges`() throws {
    let place = try Workplace(hooks: false)
    try place.land(["old.swift": Workplace.block])
    try #require(try place.gate("init", "--yes", "--mode", "block").status == 0)
    try place.repository.commit("settings")
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("a"))
    #expect(try place.gate("check", "--range", "HEAD~2..HEAD").status == 0)
  }

  @Test func `warn is what one begins with`() throws {
    let place = try place()
    try #require(try place.gate("init", "--yes").status == 0)
    #expect(try policy(place).gate.commit == .warn)
  }

  @Test func `nothing is overwritten`() throws {
    for file in [".reviewgate/policy.yml", ".reviewgate/reviewers"] {
      let place = try place()
      try place.repository.write(file, "mine\n")
      let output = try place.gate("init", "--yes")
      #expect(output.status == 64)
      #expect(output.stderr.contains("\(file) is there already"))
      #expect(try place.read(file) == "mine\n")
      #expect(try place.repository.git("status", "--porcelain", "-uall") == "?? \(file)")
    }
  }

  @Test func `what only HEAD has is there too`() throws {
    let place = try place()
    try place.land([".reviewgate/policy.yml": "version: 1\n"])
    try FileManager.default.removeItem(atPath: place.path + "/.reviewgate")
    #expect(try place.gate("init", "--yes").status == 64)
  }

  @Test func `without a terminal and without a yes nothing is written`() throws {
    let place = try place()
    let output = try place.gate("init")
    #expect(output.status == 4)
    #expect(output.stdout.contains("+version: 1"))
    #expect(output.stderr.contains("--yes makes the change without asking"))
    #expect(!place.exists(".reviewgate"))
    #expect(try place.gate("init", "--dry-run").status == 0)
    #expect(!place.exists(".reviewgate"))
  }

  @Test func `at a terminal three questions are asked`() throws {
    let place = try place()
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["init"],
      environment: place.repository.environment,
      directory: place.path,
      columns: 120
    )
    try terminal.waitFor("Who reviews, by address? [ada@example.com]")
    terminal.send("\r")
    try terminal.waitFor("Which branch is protected? [main]")
    terminal.send("release\r")
    try terminal.waitFor("(observe, warn, block)? [warn]")
    terminal.send("observe\r")
    try terminal.waitFor("Write these 2 files? [y/N]")
    terminal.send("y\r")
    #expect(try terminal.waitForExit() == 0)
    let policy = try policy(place)
    #expect(policy.gate.push == .observe)
    #expect(policy.gate.protected.texts == ["release"])
  }

  @Test func `a no writes nothing`() throws {
    let place = try place()
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["init", "--branch", "main", "--mode", "warn", "--reviewer", "ada@example.com"],
      environment: place.repository.environment,
      directory: place.path
    )
    try terminal.waitFor("[y/N]")
    terminal.send("\r")
    #expect(try terminal.waitForExit() == 1)
    #expect(!place.exists(".reviewgate"))
  }

  @Test(arguments: [
    ["--mode", "of"], ["--key", "/none"], ["--no-reviewers", "--key", "x"], ["--branch", "a b*["],
  ])
  func `a wrong option writes nothing`(arguments: [String]) throws {
    let place = try place()
    let output = try place.repository.runDetached(
      [Workplace.program, "init", "--yes"] + arguments
    )
    #expect(output.status != 0, "\(output)")
    #expect(!place.exists(".reviewgate"))
  }

  @Test func `without a key reviews are promises, and it says so`() throws {
    let place = try Workplace(hooks: false)
    let output = try place.gate("init", "--yes", "--baseline", "none")
    #expect(output.status == 0)
    #expect(output.stderr.contains("reviews are promises"))
    #expect(!place.exists(".reviewgate/reviewers"))
    #expect(try policy(place).gate.baseline == nil)
  }

  @Test func `an empty repository has no baseline yet`() throws {
    let place = try Workplace(isEmpty: true, hooks: false)
    #expect(try place.gate("init", "--yes").status == 0)
    #expect(try policy(place).gate.baseline == nil)
  }

  @Test func `a bare repository has no worktree to write to`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("init", "--quiet", "--bare", "../bare.git")
    let output = try place.gate("init", "--yes", at: place.repository.sandbox + "/bare.git")
    #expect(output.status == 64)
  }
}
