import Foundation
import TestSupport
import Testing

/// `reviewgate agents` as people use it.
@Suite struct AgentsCommandTests {
  static let agents = [
    "claude-code", "codex", "pi", "cursor", "gemini-cli", "opencode", "copilot",
  ]

  /// The program under its own name in `PATH`, with an empty home.
  static func tools(_ place: Workplace) throws -> [String: String] {
    let folder = place.repository.sandbox + "/bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let link = folder + "/reviewgate"
    if !FileManager.default.fileExists(atPath: link) {
      try FileManager.default.createSymbolicLink(
        atPath: link,
        withDestinationPath: Workplace.program
      )
    }
    return ["PATH": folder + ":" + (place.repository.environment["PATH"] ?? "/usr/bin:/bin")]
  }

  static func home(_ place: Workplace) -> String { place.repository.sandbox + "/home" }

  static func listing(_ folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return names.filter { !$0.hasPrefix(".local") && !$0.hasPrefix(".git/") }.sorted()
  }

  @Test(arguments: agents, ["--project", "--user"])
  func `an installation is listed, repeated without effect, and gone afterwards`(
    agent: String,
    scope: String
  ) throws {
    let place = try Workplace(hooks: false)
    let tools = try Self.tools(place)
    let before = [Self.listing(place.path), Self.listing(Self.home(place))]
    let install = try place.gate("agents", "install", agent, scope, "--yes", env: tools)
    #expect(install.status == 0, "\(install)")
    #expect(install.stdout.contains("+++ "))
    let list = try place.gate("agents", "list", env: tools)
    let row = list.stdout.split(separator: "\n").first { $0.contains("  \(agent) ") } ?? ""
    #expect(row.contains("yes") && row.contains("installed") && !row.contains("stale"), "\(list)")
    let again = try place.gate("agents", "install", agent, scope, "--yes", env: tools)
    #expect(again.stdout.contains("already installed; nothing changed."), "\(again)")
    let removal = try place.gate("agents", "uninstall", agent, scope, "--yes", env: tools)
    #expect(removal.status == 0, "\(removal)")
    #expect([Self.listing(place.path), Self.listing(Self.home(place))] == before)
    let last = try place.gate("agents", "uninstall", agent, scope, "--yes", env: tools)
    #expect(last.stdout.contains("nothing of reviewgate here."))
  }

  @Test func `files of the project name the program, a person's own name its place`() throws {
    let place = try Workplace(hooks: false)
    for scope in ["--project", "--user"] {
      _ = try place.gate("agents", "install", "claude", "pi", scope, "--yes")
    }
    func text(_ file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }
    #expect(
      try text(place.path + "/.claude/settings.json").contains("\"reviewgate guard claude-code\"")
    )
    #expect(
      try text(Self.home(place) + "/.claude/settings.json").contains(
        "/reviewgate guard claude-code\""
      )
    )
    #expect(
      try text(place.path + "/.pi/extensions/reviewgate.ts").contains(
        "const program = \"reviewgate\";"
      )
    )
    #expect(
      try text(Self.home(place) + "/.pi/agent/extensions/reviewgate.ts").contains(
        "const program = \"/"
      )
    )
  }

  @Test func `two repositories do not share what is remembered`() throws {
    let place = try Workplace(hooks: false)
    let other = place.repository.sandbox + "/other"
    try place.repository.git("init", "--quiet", other)
    try FileManager.default.createDirectory(
      atPath: other + "/.claude",
      withIntermediateDirectories: true
    )
    try Data("{ }".utf8).write(to: URL(filePath: other + "/.claude/settings.json"))
    for directory in [place.path, other] {
      let output = try place.gate("agents", "install", "claude", "--yes", at: directory)
      #expect(output.status == 0, "\(output)")
    }
    _ = try place.gate("agents", "uninstall", "--yes", at: other)
    #expect(try String(contentsOfFile: other + "/.claude/settings.json", encoding: .utf8) == "{ }")
    _ = try place.gate("agents", "uninstall", "--yes")
    #expect(!FileManager.default.fileExists(atPath: place.path + "/.claude"))
  }

  @Test func `the change is shown and asked for, and a dry run makes none`() throws {
    let place = try Workplace(hooks: false)
    let dry = try place.gate("agents", "install", "claude", "--dry-run")
    #expect(dry.status == 0 && dry.stdout.contains("+  \"hooks\": {"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/.claude"))
    let nobody = try place.gate("agents", "install", "claude")
    #expect(nobody.status == 4 && nobody.stderr.contains("--yes"), "\(nobody)")
    for (answer, exists) in [("n", false), ("y", true)] {
      let terminal = try PseudoTerminal(
        Workplace.program,
        ["agents", "install", "claude"],
        environment: place.repository.environment,
        directory: place.path
      )
      try terminal.waitFor("Change this file? [y/N]")
      terminal.send(answer + "\r")
      #expect(try terminal.waitForExit() == (exists ? 0 : 1))
      #expect(
        FileManager.default.fileExists(atPath: place.path + "/.claude/settings.json") == exists
      )
    }
  }

  @Test func `settings of the person survive byte for byte, mode and link included`() throws {
    let place = try Workplace(hooks: false)
    let settings = "{\r\n\t\"env\": {\"TOKEN\": \"secret\"}, // mine\r\n\t\"model\": \"x\"\r\n}\r\n"
    try place.repository.write("shared/settings.json", settings)
    try place.repository.write(".claude/keep", "")
    let link = place.path + "/.claude/settings.json"
    let target = place.path + "/shared/settings.json"
    try FileManager.default.createSymbolicLink(
      atPath: link,
      withDestinationPath: "../shared/settings.json"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target)
    #expect(try place.gate("agents", "install", "claude", "--yes").status == 0)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link) == "../shared/settings.json"
    )
    let mode = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let installed = try String(contentsOfFile: target, encoding: .utf8)
    #expect(installed.contains("guard claude-code") && installed.contains("// mine\r\n"))
    let state = Self.home(place) + "/.local/state/reviewgate/agents"
    for name in try FileManager.default.contentsOfDirectory(atPath: state) {
      #expect(try !String(contentsOfFile: state + "/" + name, encoding: .utf8).contains("secret"))
    }
    #expect(try place.gate("agents", "uninstall", "claude", "--yes").status == 0)
    #expect(try String(contentsOfFile: target, encoding: .utf8) == settings)
  }

  @Test(arguments: ["{", "[]", "{\"hooks\": 3}", "// only a comment", "\u{0}"])
  func `a file that cannot be read is left alone, and a snippet is shown`(content: String) throws {
    let place = try Workplace(hooks: false)
    try place.repository.write(".claude/settings.json", content)
    let output = try place.gate("agents", "install", "claude", "--yes")
    #expect(output.status == 2)
    #expect(output.stderr.contains("is left alone") && output.stderr.contains("guard claude-code"))
    let left = try String(contentsOfFile: place.path + "/.claude/settings.json", encoding: .utf8)
    #expect(left == content)
  }

  @Test func `read-only files, folders and dangling links are left alone`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.write(".claude/settings.json", "{}")
    let file = place.path + "/.claude/settings.json"
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
    try FileManager.default.createDirectory(
      atPath: place.path + "/.codex/hooks.json",
      withIntermediateDirectories: true
    )
    try FileManager.default.createDirectory(
      atPath: place.path + "/.cursor",
      withIntermediateDirectories: true
    )
    try FileManager.default.createSymbolicLink(
      atPath: place.path + "/.cursor/hooks.json",
      withDestinationPath: "nowhere"
    )
    try place.repository.write(".pi/extensions/reviewgate.ts", "export default 1\n")
    let output = try place.gate("agents", "install", "claude", "codex", "cursor", "pi", "--yes")
    #expect(output.status == 2)
    for reason in ["read-only", "not a file", "leads nowhere", "another file is there"] {
      #expect(output.stderr.contains(reason), "\(output.stderr)")
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "{}")
  }

  @Test func `hooks in Codex's config.toml are left to a person`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.write(".codex/config.toml", "[[hooks.Stop]]\n")
    let output = try place.gate("agents", "install", "codex", "--yes")
    #expect(output.status == 2 && output.stderr.contains("one form for each folder"), "\(output)")
    #expect(!FileManager.default.fileExists(atPath: place.path + "/.codex/hooks.json"))
  }

  @Test func `trust is left to the person`() throws {
    let place = try Workplace(hooks: false)
    let output = try place.gate("agents", "install", "codex", "--user", "--yes")
    #expect(output.stdout.contains("open /hooks in Codex and trust them"))
    #expect(
      Self.listing(Self.home(place)).filter { $0.hasPrefix(".codex/") } == [".codex/hooks.json"]
    )
  }

  @Test func `without names the agents of this machine are meant`() throws {
    let place = try Workplace(hooks: false)
    let none = try place.gate("agents", "install", "--yes", env: ["PATH": "/usr/bin:/bin"])
    #expect(none.status == 64 && none.stderr.contains("claude-code"), "\(none)")
    try place.repository.write(".cursor/rules", "")
    let some = try place.gate("agents", "install", "--yes", env: ["PATH": "/usr/bin:/bin"])
    #expect(some.status == 0 && some.stdout.contains("cursor: registered"))
    #expect(!some.stdout.contains("claude-code: registered"))
  }

  @Test func `mistakes are named`() throws {
    let place = try Workplace(hooks: false)
    #expect(try place.gate("agents", "install", "nobody", "--yes").status == 64)
    let outside = try place.gate("agents", "install", "claude", "--yes", at: "/")
    #expect(outside.status == 64 && outside.stderr.contains("--user"), "\(outside)")
  }

  @Test func `the doctor sees what does not work`() throws {
    let place = try Workplace(hooks: false)
    let tools = try Self.tools(place)
    _ = try place.gate("agents", "install", "claude", "--user", "--yes", env: tools)
    let settings = Self.home(place) + "/.claude/settings.json"
    let text = try String(contentsOfFile: settings, encoding: .utf8)
    let broken = text.replacing(Workplace.program, with: "/no/such/reviewgate")
    try broken.write(toFile: settings, atomically: true, encoding: .utf8)
    let stale = try place.gate("agents", "doctor", "claude", env: tools)
    #expect(stale.status == 1, "\(stale)")
    #expect(stale.stdout.contains("FAILED /no/such/reviewgate is not there"), "\(stale.stdout)")
    let off = text.replacing("{\n  \"hooks\"", with: "{\n  \"disableAllHooks\": true,\n  \"hooks\"")
    try off.write(toFile: settings, atomically: true, encoding: .utf8)
    let disabled = try place.gate("agents", "doctor", "claude", env: tools)
    #expect(
      disabled.status == 1 && disabled.stdout.contains("disableAllHooks"),
      "\(disabled.stdout)"
    )
  }

  @Test(
    arguments: [
      ("claude-code", "CLAUDE_CONFIG_DIR"), ("codex", "CODEX_HOME"), ("copilot", "COPILOT_HOME"),
    ]
  )
  func `the doctor sees hooks in a file that the agent does not read`(
    agent: String,
    name: String
  )
    throws
  {
    let place = try Workplace(hooks: false)
    let tools = try Self.tools(place)
    _ = try place.gate("agents", "install", agent, "--user", "--yes", env: tools)
    let elsewhere = tools.merging([name: place.repository.sandbox + "/elsewhere"]) { $1 }
    let output = try place.gate("agents", "doctor", agent, env: elsewhere)
    #expect(output.status == 1 && output.stdout.contains("passed over"), "\(output)")
    let well = try place.gate("agents", "doctor", agent, env: tools)
    #expect(!well.stdout.contains("passed over"))
  }

  @Test func `the doctor names agents that are here without hooks`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.write(".gemini/settings.json", "{}")
    let output = try place.gate("agents", "doctor", "gemini")
    #expect(output.status == 0 && output.stdout.contains("gemini-cli: blind."), "\(output)")
    #expect(try place.gate("agents", "doctor", "opencode").stdout.contains("opencode: not here."))
  }

  @Test(arguments: agents)
  func `the doctor proves that events arrive and the guard answers`(agent: String) throws {
    let place = try Workplace(hooks: false)
    let tools = try Self.tools(place)
    _ = try place.gate("agents", "install", agent, "--yes", env: tools)
    let output = try place.gate("agents", "doctor", agent, env: tools)
    #expect(output.status == 0, "\(output.stdout)")
    #expect(output.stdout.contains("ok     `git commit --no-verify` is denied"), "\(output.stdout)")
    #expect(output.stdout.contains("ok     an edit arrives in the record"), "\(output.stdout)")
  }
}
