import Foundation
import ReviewCore
import TestSupport
import Testing

/// Events that are killed, have no place to write, or come all at once.
@Suite struct RecorderStressTests {
  private static func payload(_ desk: AgentDesk, _ event: String, _ file: String) throws -> String {
    let input = ["file_path": desk.place.path + "/" + file]
    return try desk.payload(event, tool: "Edit", input: input, call: "t-" + file)
  }

  private static func command(
    _ desk: AgentDesk,
    _ payload: String,
    _ agent: String = "claude"
  )
    throws -> DetachedCommand
  {
    try DetachedCommand(
      [Workplace.program, "agent-event", agent],
      environment: desk.place.repository.environment,
      directory: desk.place.path,
      stdin: payload
    )
  }

  /// The keys of each file's claims in the note of HEAD.
  private static func claims(
    _ desk: AgentDesk,
    _ commit: String = "HEAD"
  ) throws -> [String: [String]] {
    let note = AttributionNote(reading: Array((try desk.note(commit) ?? "").utf8))
    return Dictionary(
      uniqueKeysWithValues: note.files.map { path, claims in
        (String(decoding: path.bytes, as: UTF8.self), claims.map(\.key))
      }
    )
  }

  @Test(arguments: ["PreToolUse", "PostToolUse"])
  func `an event that is killed at any moment makes no agent's line a person's`(
    killed: String
  )
    throws
  {
    let desk = try RecordedCommitTests.desk()
    for number in 0..<16 {
      let file = "file\(number).swift"
      for event in ["PreToolUse", "PostToolUse"] {
        let command = try Self.command(desk, Self.payload(desk, event, file))
        if event == killed {
          usleep(UInt32(number) * 1_500)
          command.kill()
        }
        _ = try command.wait()
        if event == "PreToolUse" { try desk.type(file, "let agent\(number) = compute(1)\n") }
      }
    }
    try desk.event("Stop")
    try desk.place.git("add", ".")
    try desk.place.passes("commit", "--no-verify", "-qm", "work")
    let claims = try Self.claims(desk)
    #expect(claims.count == 16)
    #expect(claims.values.joined().allSatisfy { $0.hasPrefix("s_") })
  }

  @Test func `an event that was killed in its turn leaves a gap, which status shows`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", RecordedCommitTests.start + "let agent = compute(10)\n")
    // What a killed event leaves behind.
    try Data().write(to: URL(filePath: desk.events + "/turn"))
    let status = try desk.place.gate("status", "--staged")
    #expect(status.stdout.contains("1 gap in the record of edits") && status.status == 0)
    #expect(status.stdout.contains("event cut off"))
    try desk.event("Stop")
    #expect(!FileManager.default.fileExists(atPath: desk.events + "/turn"))
    #expect(try desk.place.gate("status", "--staged").stdout.contains("event cut off"))
    try desk.place.passes("commit", "--no-verify", "-qam", "work")
    let after = try desk.place.gate("status", "--staged").stdout
    #expect(!after.contains("gap") && after.contains("1 bypass on record"))
  }

  @Test func `several agents at work in several worktrees at once lose nothing`() throws {
    let desk = try RecordedCommitTests.desk()
    let other = desk.place.repository.sandbox + "/other"
    try desk.place.git("worktree", "add", "-q", other, "-b", "other")
    let places = [desk.place.path, other]
    let agents = ["claude-code", "codex", "cursor"]
    func together(_ event: String) throws {
      var commands: [DetachedCommand] = []
      for place in places {
        for (number, agent) in agents.enumerated() {
          let input = ["file_path": place + "/\(agent).swift"]
          let payload = try desk.payload(event, tool: "Edit", input: input, call: "t\(number)")
          let text = payload.replacing("/.claude/", with: "/.\(agent)/")
          commands.append(try Self.command(desk, text, agent))
        }
      }
      for command in commands { #expect(try command.wait().status == 0) }
    }
    try together("PreToolUse")
    for place in places {
      for agent in agents {
        let name = agent.filter(\.isLetter)
        try "let \(name) = compute(1)\n".write(
          toFile: place + "/\(agent).swift",
          atomically: false,
          encoding: .utf8
        )
      }
    }
    try together("PostToolUse")
    for (place, branch) in zip(places, ["main", "other"]) {
      try desk.place.git("add", ".", at: place)
      try desk.place.passes("commit", "--no-verify", "-qm", "work", at: place)
      #expect(try Set(Self.claims(desk, branch).keys) == Set(agents.map { $0 + ".swift" }))
      let note = try #require(try desk.note(branch))
      for agent in agents { #expect(note.contains("\"tool\":\"\(agent)\"")) }
      #expect(!note.contains("  h_"))
    }
  }

  @Test func `a disk without room leaves a gap, and the agent goes on`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.event("PreToolUse", tool: "Bash", input: ["command": "x"], call: "c")
    let payload = try Self.payload(desk, "PreToolUse", "a.swift")
    let output = try desk.place.repository.run(
      ["/bin/sh", "-c", "ulimit -f 0; exec \"$0\" agent-event claude", Workplace.program],
      stdin: payload
    )
    #expect(output.status == 0, "\(output)")
    #expect(try desk.place.gate("status", "--staged").stdout.contains("(any file)"))
  }

  @Test func `no place for a record, and the agent goes on`() throws {
    let desk = try RecordedCommitTests.desk()
    let folder = desk.place.path + "/.git/reviewgate"
    try? FileManager.default.removeItem(atPath: folder)
    try "in the way\n".write(toFile: folder, atomically: true, encoding: .utf8)
    try desk.send(Self.payload(desk, "PreToolUse", "a.swift"))
    try desk.event("Stop")
  }

  @Test func `an event whose input never ends is a gap`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.event("PreToolUse", tool: "Bash", input: ["command": "x"], call: "c")
    let pipe = desk.place.repository.sandbox + "/pipe"
    let script = "mkfifo \"$1\"; exec 3<>\"$1\"; exec \"$0\" agent-event claude <&3"
    let start = Date()
    let output = try desk.place.repository.run(
      ["/bin/sh", "-c", script, Workplace.program, pipe]
    )
    #expect(output.status == 0 && Date().timeIntervalSince(start) < 30)
    #expect(try desk.place.gate("status", "--staged").stdout.contains("(any file)"))
  }
}
