import Foundation
import TestSupport
import Testing

/// `Agent-Lines` from recorded edits, and where they stay right.
@Suite struct RecordedTrailerTests {
  static let policy = """
    version: 1
    gate:
      commit: warn
    trailers:
      write: [assisted-by, agent-lines]

    """

  static func place() throws -> Workplace {
    let place = try Workplace()
    try place.land(
      [".reviewgate/policy.yml": policy, "a.swift": Workplace.lines(1...10)],
      message: "start"
    )
    return place
  }

  /// An agent writes a file, and says so.
  static func edit(_ place: Workplace, _ file: String, _ text: String) throws {
    let call = UUID().uuidString
    func event(_ name: String) throws -> String {
      let object: [String: Any] = [
        "hook_event_name": name, "session_id": "s", "cwd": place.path, "tool_name": "Write",
        "tool_use_id": call, "model": "gpt-5",
        "tool_input": ["file_path": place.path + "/" + file, "content": text],
      ]
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
    _ = try place.gate("agent-event", "codex", stdin: event("PreToolUse"))
    try place.repository.write(file, text)
    _ = try place.gate("agent-event", "codex", stdin: event("PostToolUse"))
  }

  static func message(_ place: Workplace) throws -> String {
    try place.repository.git("log", "-1", "--format=%B")
  }

  @Test func `the lines an agent wrote are named, with its model`() throws {
    let place = try Self.place()
    try Self.edit(
      place,
      "a.swift",
      Workplace.lines(1...4) + "let added = true\n" + Workplace.lines(5...10)
    )
    try place.passes("commit", "-am", "work")
    #expect(
      try Self.message(place) == "work\n\nAssisted-by: codex:gpt-5\nAgent-Lines: codex; a.swift:5\n"
    )
  }

  @Test func `an amend moves the numbers with the lines`() throws {
    let place = try Self.place()
    try Self.edit(place, "a.swift", Workplace.lines(1...10) + "let added = true\n")
    try place.passes("commit", "-am", "work")
    #expect(try Self.message(place).contains("Agent-Lines: codex; a.swift:11\n"))
    let text = try String(contentsOfFile: place.path + "/a.swift", encoding: .utf8)
    try place.repository.write("a.swift", "// by hand\n// two\n" + text)
    try place.passes("commit", "-a", "--amend", "--no-edit")
    let message = try Self.message(place)
    #expect(message.contains("Agent-Lines: codex; a.swift:13\n"), "\(message)")
    #expect(message.components(separatedBy: "Agent-Lines").count == 2, "\(message)")
  }

  @Test func `a rebase moves the numbers with the lines`() throws {
    let place = try Self.place()
    try place.passes("checkout", "-q", "-b", "topic")
    try Self.edit(place, "a.swift", Workplace.lines(1...10) + "let added = true\n")
    try place.passes("commit", "-am", "work")
    try place.passes("checkout", "-q", "main")
    try place.land(["a.swift": "// by hand\n" + Workplace.lines(1...10)], message: "above")
    try place.passes("rebase", "-q", "main", "topic")
    let message = try Self.message(place)
    #expect(message.contains("Agent-Lines: codex; a.swift:12\n"), "\(message)")
  }

  @Test func `an agent's own statement is kept where nothing else is known`() throws {
    let place = try Self.place()
    try place.stage(["b.swift": Workplace.block])
    let own = "work\n\nAgent-Lines: pi; b.swift:1-2\n"
    try place.passes("commit", "-m", own)
    #expect(try Self.message(place).contains("Agent-Lines: pi; b.swift:1-2"))
  }
}
