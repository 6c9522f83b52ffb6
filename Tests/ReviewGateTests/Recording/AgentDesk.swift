import Foundation
import TestSupport
import Testing

/// A workplace where an agent works too, and its hooks report what it does.
struct AgentDesk {
  let place: Workplace
  /// The session's name.
  var session = "6f0d3f52-session"

  init(_ place: Workplace? = nil) throws { self.place = try place ?? Workplace() }

  /// What an agent's hook sends, in the form of Claude Code.
  func payload(
    _ event: String,
    tool: String? = nil,
    input: [String: Any] = [:],
    call: String? = nil,
    more: [String: Any] = [:]
  ) throws -> String {
    var json: [String: Any] = [
      "session_id": session, "hook_event_name": event, "cwd": place.path,
      "transcript_path": "/home/ada/.claude/projects/x/transcript.jsonl",
      "permission_mode": "default",
    ]
    if let tool {
      json["tool_name"] = tool
      json["tool_input"] = input
    }
    if let call { json["tool_use_id"] = call }
    json.merge(more) { $1 }
    let data = try JSONSerialization.data(withJSONObject: json, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }

  /// Sends an event; the agent must never be held up.
  @discardableResult
  func send(_ payload: String, to agent: String = "claude-code") throws -> CommandOutput {
    let output = try place.repository.run(
      [Workplace.program, "agent-event", agent],
      stdin: payload
    )
    #expect(output.status == 0, "\(output)")
    return output
  }

  func event(
    _ event: String,
    tool: String? = nil,
    input: [String: Any] = [:],
    call: String? = nil,
    more: [String: Any] = [:]
  ) throws {
    let output = try send(payload(event, tool: tool, input: input, call: call, more: more))
    #expect(output.stdout.isEmpty, "\(output)")
  }

  /// The agent edits a file with its editing tool.
  func edit(_ file: String, _ text: String) throws {
    let input: [String: Any] = ["file_path": place.path + "/" + file, "content": text]
    let call = "toolu_" + UUID().uuidString
    try event("PreToolUse", tool: "Write", input: input, call: call)
    try place.repository.write(file, text)
    try event("PostToolUse", tool: "Write", input: input, call: call)
  }

  /// The agent runs a shell that does `work`.
  func shell(_ command: String, _ work: () throws -> Void = {}) throws {
    let call = "toolu_" + UUID().uuidString
    try event("PreToolUse", tool: "Bash", input: ["command": command], call: call)
    try work()
    _ = try place.repository.run(["/bin/sh", "-c", command])
    try event("PostToolUse", tool: "Bash", input: ["command": command], call: call)
  }

  /// A person writes a file, of which nobody reports anything.
  func type(_ file: String, _ text: String) throws { try place.repository.write(file, text) }

  /// The note of a commit, as git shows it; nil when there is none.
  func note(_ commit: String = "HEAD") throws -> String? {
    let output = try place.repository.tryGit("notes", "--ref=reviewgate-ai", "show", commit)
    return output.status == 0 ? output.stdout : nil
  }

  var events: String { place.path + "/.git/reviewgate/events" }
}
