import Foundation
import TestSupport
import Testing

/// What each mode does at each place with code that nobody read.
@Suite struct ModeTests {
  static let modes = ["off", "observe", "warn", "block"]

  private func policy(_ mode: String) -> String {
    let places = ["commit", "push", "receive", "ci", "manual"]
    return "version: 1\ngate:\n" + places.map { "  \($0): \(mode)\n" }.joined()
  }

  /// Whether the text says what was found, which only a mode that looks can.
  private func expect(
    _ mode: String,
    _ output: CommandOutput,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = output.stdout + output.stderr
    #expect((output.status == 0) == (mode != "block"), "\(output)", sourceLocation: sourceLocation)
    let found = text.contains("10 AI-written lines in 1 file have no human review")
    #expect(found == (mode != "off"), "\(text)", sourceLocation: sourceLocation)
    let isSoft = text.contains("would be blocked (mode \(mode))")
    let hasSoft = ["observe", "warn"].contains(mode)
    #expect(isSoft == hasSoft, "\(text)", sourceLocation: sourceLocation)
  }

  @Test(arguments: modes)
  func `before a commit and before a push`(mode: String) throws {
    let place = try Workplace()
    try place.land([".reviewgate/policy.yml": policy(mode)], message: "settings")
    try place.repository.git("init", "--quiet", "--bare", "../remote.git")
    try place.repository.git("push", "--quiet", "--no-verify", "../remote.git", "main")
    try place.stage(["a.swift": Workplace.block])
    expect(mode, try place.git("commit", "-m", Workplace.message("a")))
    try place.land([:])
    expect(mode, try place.git("push", "../remote.git", "main:topic"))
  }

  @Test(arguments: modes)
  func `in continuous integration`(mode: String) throws {
    let place = try Workplace(hooks: false)
    try place.land([".reviewgate/policy.yml": policy(mode)], message: "settings")
    try place.land(["a.swift": Workplace.block])
    let here = ["check", "--ci", "--no-fetch", "--no-require-records", "--range", "HEAD~1..HEAD"]
    let output = try place.repository.runDetached([Workplace.program] + here)
    // Whoever runs the command is answered: the job is switched off by not running it.
    expect(mode == "off" ? "observed" : mode, output)
  }

  @Test(arguments: modes)
  func `on a server`(mode: String) throws {
    let server = try PushServer(policy: policy(mode))
    try server.place.land(["a.swift": Workplace.block])
    let output = try server.push("main")
    expect(mode, output)
    if mode == "off" { #expect(output.stderr.contains("not judged"), "\(output.stderr)") }
  }
}
