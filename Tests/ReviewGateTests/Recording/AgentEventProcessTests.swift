import Foundation
import TestSupport
import Testing

/// The program that agents call: quick, quiet, and never in the way.
@Suite struct AgentEventProcessTests {
  static func edit(_ desk: AgentDesk, _ file: String) throws -> String {
    let input = ["file_path": desk.place.path + "/" + file]
    return try desk.payload("PreToolUse", tool: "Edit", input: input, call: "t-" + file)
  }

  @Test(
    arguments: [
      ("cursor", "stop", "{}\n"), ("cursor", "preToolUse", "{}\n"), ("codex", "Stop", "{}\n"),
      ("codex", "PreToolUse", ""), ("claude-code", "Stop", ""), ("gemini", "AfterTool", ""),
      ("copilot", "sessionEnd", ""), ("pi", "agent_end", ""), ("opencode", "session.idle", ""),
    ]
  )
  func `each agent hears what it waits for`(agent: String, event: String, answer: String) throws {
    let desk = try AgentDesk()
    #expect(try desk.send(desk.payload(event, tool: "Bash"), to: agent).stdout == answer)
  }

  @Test func `the end of an answer ends calls in every root of a workspace`() throws {
    let desks = try [RecordedCommitTests.desk(), RecordedCommitTests.desk()]
    let text = RecordedCommitTests.start + "let agent = compute(10)\n"
    let roots: [String: Any] = ["workspace_roots": desks.map(\.place.path)]
    for desk in desks {
      let input = ["file_path": desk.place.path + "/a.swift"]
      try desk.send(
        desk.payload("preToolUse", tool: "Write", input: input, call: "c", more: roots),
        to: "cursor"
      )
      try desk.type("a.swift", text)
    }
    let end = try Self.withoutDirectory(desks[0].payload("stop", more: roots))
    try desks[0].send(end, to: "cursor")
    for desk in desks {
      let state = try String(contentsOfFile: desk.events + "/state", encoding: .utf8)
      #expect(!state.contains("call\t"))
      // What comes now is a person's.
      try desk.type("a.swift", text + "let person = compute(11)\n")
      try desk.place.git("add", ".")
      #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
      try desk.place.passes("commit", "--no-verify", "-m", "work")
      let note = try #require(try desk.note())
      #expect(note.contains(" 4\n") && !note.contains("4-5"), "\(note)")
    }
  }

  /// An event of Cursor, which says `cwd` of calls alone.
  static func withoutDirectory(_ payload: String) throws -> String {
    var json = try JSONSerialization.jsonObject(with: Data(payload.utf8)) as? [String: Any] ?? [:]
    json["cwd"] = nil
    return String(decoding: try JSONSerialization.data(withJSONObject: json), as: UTF8.self)
  }

  @Test func `an event of Cursor that cannot be read is a gap of the project it works in`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.event("SessionStart")
    let output = try desk.place.repository.run(
      [Workplace.program, "agent-event", "cursor"],
      env: ["CURSOR_PROJECT_DIR": desk.place.path],
      stdin: "nonsense",
      at: "/"
    )
    #expect(output.status == 0)
    let state = try String(contentsOfFile: desk.events + "/state", encoding: .utf8)
    #expect(state.contains("not%20understood"))
  }

  @Test(arguments: ["", "nonsense", "{", "\u{0}\u{1}", #"{"hook_event_name":7}"#, "[[[["])
  func `what cannot be read leaves a gap and holds nobody up`(text: String) throws {
    let desk = try RecordedCommitTests.desk()
    try desk.send(text)
    try desk.event("Stop")
    if !text.hasSuffix("7}") {
      let state = try String(contentsOfFile: desk.events + "/state", encoding: .utf8)
      #expect(state.contains("gap\t"))
    }
    try desk.send("{}", to: "nobody-knows")
  }

  @Test func `a hundred megabytes are read to the end and named in part`() throws {
    let desk = try RecordedCommitTests.desk()
    let start = try Self.edit(desk, "a.swift").dropLast()
    let huge = start + #","content":""# + String(repeating: "x", count: 100 << 20) + #""}"#
    try desk.send(huge)
    let state = try String(contentsOfFile: desk.events + "/state", encoding: .utf8)
    #expect(state.contains("call\t") && state.contains("gap\t"))
  }

  @Test func `nothing that a person said or is called is stored`() throws {
    let desk = try RecordedCommitTests.desk()
    let secrets = ["my secret prompt", "ada.secret@example.com", "transcript-secret"]
    try desk.event(
      "UserPromptSubmit",
      more: ["prompt": secrets[0], "user_email": secrets[1], "transcript_path": secrets[2]]
    )
    try desk.shell("echo 'let shell = compute(1)' >>a.swift # \(secrets[0])")
    try desk.event("PreToolUse", tool: "Bash", input: ["command": secrets[0]], call: "x")
    let found = try desk.place.repository.run(
      ["/bin/grep", "-rlE", (secrets + [desk.session]).joined(separator: "|"), desk.events]
    )
    #expect(found.stdout.isEmpty)
  }

  @Test func `a link out of the worktree is not followed`() throws {
    let desk = try RecordedCommitTests.desk()
    let outside = desk.place.repository.sandbox + "/outside"
    try "let outside = secret(1)\n".write(toFile: outside, atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: desk.place.path + "/link",
      withDestinationPath: outside
    )
    try desk.edit("../outside", "let outside = secret(2)\n")
    let input = ["file_path": desk.place.path + "/link"]
    try desk.event("PreToolUse", tool: "Edit", input: input, call: "l")
    let found = try desk.place.repository.run(["/bin/grep", "-rl", "secret", desk.events])
    #expect(found.stdout.isEmpty)
  }

  @Test func `events at the same time lose nothing`() throws {
    let desk = try RecordedCommitTests.desk()
    let files = (0..<12).map { "file\($0).swift" }
    func together(_ event: String) throws {
      let commands = try files.map { file in
        let payload = try Self.edit(desk, file).replacing("PreToolUse", with: event)
        return try DetachedCommand(
          [Workplace.program, "agent-event", "claude"],
          environment: desk.place.repository.environment,
          directory: desk.place.path,
          stdin: payload
        )
      }
      for command in commands { #expect(try command.wait().status == 0) }
    }
    try together("PreToolUse")
    for file in files { try desk.type(file, "let \(file.prefix(5)) = compute(1)\n") }
    try together("PostToolUse")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("12 hunks"))
    let state = try String(contentsOfFile: desk.events + "/state", encoding: .utf8)
    #expect(!state.contains("gap\t") && !state.contains("call\t"))
  }

  @Test func `a killed event leaves the older state, which still knows of the call`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.send(Self.edit(desk, "a.swift"))
    try desk.type("a.swift", RecordedCommitTests.start + "let agent = compute(10)\n")
    let command = try DetachedCommand(
      [Workplace.program, "agent-event", "claude"],
      environment: desk.place.repository.environment,
      directory: desk.place.path,
      stdin: try Self.edit(desk, "a.swift").replacing("PreToolUse", with: "PostToolUse")
    )
    command.kill()
    _ = try? command.wait(seconds: 5)
    try desk.place.git("add", ".")
    #expect(try desk.place.blocks("commit", "-m", "work").contains("a.swift:4"))
  }

  @Test func `a torn record is a gap: nobody's lines, and no person's`() throws {
    let desk = try RecordedCommitTests.desk()
    try desk.edit("a.swift", RecordedCommitTests.start + "let agent = compute(10)\n")
    let file = desk.events + "/state"
    let state = try Data(contentsOf: URL(filePath: file))
    try state.prefix(state.count / 2).write(to: URL(filePath: file))
    try desk.type("a.swift", RecordedCommitTests.start + "let other = compute(11)\n")
    try desk.edit("b.swift", "let second = compute(12)\n")
    try desk.place.git("add", ".")
    let said = try desk.place.blocks("commit", "-m", "work")
    #expect(said.contains("b.swift:1") && !said.contains("a.swift"))
    try desk.place.passes("commit", "--no-verify", "-m", "work")
    #expect(!(try #require(try desk.note()).contains("a.swift")))
  }

  @Test func `forty writers of notes lose none`() throws {
    let desk = try RecordedCommitTests.desk()
    let repository = desk.place.repository
    var commits: [String] = []
    for number in 0..<40 {
      commits.append(try desk.place.land(["n\(number)": "x\n"], message: "c\(number)"))
    }
    try desk.edit("a.swift", RecordedCommitTests.start + "let agent = compute(10)\n")
    try desk.place.passes("commit", "--no-verify", "-am", "noted")
    let noted = try repository.head
    let writers = try commits.map { commit in
      // Each carries the note to a commit that shows the file in the same state.
      let tree = try repository.git("rev-parse", "\(noted)^{tree}")
      let copy = try repository.git("commit-tree", tree, "-p", commit, "-m", "copy of \(commit)")
      return try (
        copy,
        DetachedCommand(
          [Workplace.program, "hook", "post-rewrite", "rebase"],
          environment: repository.environment,
          directory: desk.place.path,
          stdin: "\(noted) \(copy)\n"
        )
      )
    }
    for (copy, writer) in writers {
      #expect(try writer.wait().status == 0)
      #expect(try desk.note(copy) != nil)
    }
  }
}
