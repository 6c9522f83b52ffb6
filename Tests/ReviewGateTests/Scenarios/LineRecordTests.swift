import Foundation
import TestSupport
import Testing

/// Records that name lines, from the repository to the verdict.
@Suite struct LineRecordTests {
  static let json = """
    {"schema_version":"authorship/3.0.0","prompts":{},
     "sessions":{"s_11111111111111":{"agent_id":{"tool":"claude","id":"x","model":"opus"}}},
     "humans":{"h_22222222222222":{"author":"Ada Example <ada@example.com>"}}}
    """

  static func note(
    _ place: Workplace,
    _ lines: String,
    ref: String = "ai",
    on commit: String = "HEAD"
  )
    throws
  {
    try place.repository.write("../note", "\(lines)---\n\(json)\n")
    let file = place.repository.sandbox + "/note"
    try place.repository.git("notes", "--ref=\(ref)", "add", "-f", "-F", file, commit)
  }

  /// `a.swift` with ten lines, then two more hunks in the next commit, by nobody known.
  static func place() throws -> Workplace {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": Workplace.block], message: "start of a")
    let text = "let first = load()\n" + Workplace.block + "let last = store()\nlet more = 1\n"
    try place.land(["a.swift": text], message: "by somebody")
    return place
  }

  @Test func `a note accuses a commit that says nothing itself, for the lines it names`() throws {
    let place = try Self.place()
    #expect(try place.gate("check", "--commit", "HEAD").status == 0)
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 12,400-500\n")
    let output = try place.gate("check", "--commit", "HEAD")
    #expect(output.status == 1)
    #expect(output.stdout.contains("a.swift:12-13") && output.stdout.contains("claude-code"))
    #expect(!output.stdout.contains("a.swift:1 "), "\(output.stdout)")
  }

  @Test func `lines that a note calls a person's are not covered by a trailer, unless ignored`()
    throws
  {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": Workplace.block])
    try Self.note(place, "a.swift\n  h_22222222222222 1-10\n")
    #expect(try place.gate("check", "--commit", "HEAD").status == 0)
    let policy = "version: 1\norigin:\n  line-records: ignore\n"
    try place.land([".reviewgate/policy.yml": policy], message: "policy")
    let output = try place.gate("check", "--range", "HEAD~2..HEAD")
    #expect(output.status == 1 && output.stdout.contains("a.swift:1-10"), "\(output.stdout)")
  }

  @Test func `a note that is none blocks, and says why`() throws {
    let place = try Self.place()
    try place.repository.git("notes", "--ref=ai", "add", "-m", "AI Participation: 100%")
    let output = try place.gate("check", "--commit", "HEAD")
    #expect(output.status == 1)
    #expect(output.stdout.contains("1 record of who wrote what not understood"), "\(output.stdout)")
    let json = try place.gate("check", "--commit", "HEAD", "--format", "json").stdout
    #expect(json.contains("git-ai-notes: refs/notes/ai for "), "\(json)")
  }

  @Test func `removed lines are the agent's where a note names it in the file`() throws {
    let place = try Self.place()
    let text = Workplace.lines(2...10) + "let last = store()\nlet last2 = 1\n"
    try place.land(["a.swift": text], message: "shorter")
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 11\n")
    let output = try place.gate("check", "--commit", "HEAD")
    #expect(output.stdout.contains("a.swift:after 0"), "\(output.stdout)")
  }

  @Test func `a commit that only deletes is accused by a session without lines`() throws {
    let place = try Self.place()
    try place.land(["a.swift": Workplace.lines(3...8)], message: "shorter")
    try Self.note(place, "")
    #expect(try place.gate("check", "--commit", "HEAD").status == 1)
  }

  @Test func `explain lists every added line with its origin and source`() throws {
    let place = try Self.place()
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 1,3\n  h_22222222222222 13\n")
    try place.repository.git(
      "notes",
      "--ref=origin",
      "add",
      "-m",
      "{\"origin\":{\"model\":\"pi\"}}",
      "HEAD~1"
    )
    let output = try place.gate("explain", "HEAD", "--format", "json")
    let data = try #require(output.stdout.data(using: .utf8))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let lines = try #require(json["lines"] as? [[String: Any]])
    let words = lines.map { line in
      ["line", "origin", "agent", "source"].compactMap { line[$0].map { "\($0)" } }
        .joined(separator: " ")
    }
    #expect(
      words == ["1 agent claude-code git-ai-notes", "12 unknown", "13 human git-ai-notes"]
    )
    let sources = try #require(json["sources"] as? [[String: Any]])
    let states = Dictionary(
      sources.map { ($0["source"] as? String ?? "", $0["state"] as? String ?? "") },
      uniquingKeysWith: { $1 }
    )
    #expect(states["git-ai-notes"] == "says" && states["whogitit"] == "not-here")
    #expect(states["origin-cli"] == "silent")
  }

  @Test func `explain names every source in words`() throws {
    let place = try Self.place()
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 1-3\n")
    let text = try place.gate("explain", "HEAD").stdout
    #expect(text.contains("git-ai-notes: a.swift: claude-code 1-3"), "\(text)")
    #expect(text.contains("entire: not here"))
  }

  @Test func `log names what notes say about lines of the commit, and nothing else`() throws {
    let place = try Self.place()
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 5\n")
    #expect(try place.gate("log", "HEAD~1..HEAD", "--format", "json").stdout.contains("\"human\""))
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 1\n")
    let line = try place.gate("log", "HEAD~1..HEAD", "--format", "json").stdout
    #expect(line.contains("\"agents\":[\"claude-code\"]") && line.contains("\"kind\":\"lines\""))
    #expect(line.contains("\"origin\":\"agent\""))
  }

  @Test func `lines keep their note's origin through the commits of a range`() throws {
    let place = try Self.place()
    try Self.note(place, "a.swift\n  s_11111111111111::t_1 12\n")
    let text = try place.read("a.swift").replacing("let first", with: "let zero = 0\nlet first")
    try place.land(["a.swift": text], message: "above")
    let output = try place.gate("check", "--range", "HEAD~2..HEAD")
    #expect(output.stdout.contains("a.swift:13-14"), "\(output.stdout)")
  }

  // MARK: - Not committed yet

  @Test func `a trace file in the worktree accuses staged lines in the hook`() throws {
    let place = try Workplace()
    let head = try place.repository.head
    let trace = """
      {"version":"0.1.0","vcs":{"type":"git","revision":"\(head)"},"tool":{"name":"cursor"},\
      "files":[{"path":"a.swift","conversations":[{"contributor":{"type":"ai"},\
      "ranges":[{"start_line":3,"end_line":4}]}]}]}
      """
    try place.repository.write(".agent-trace/traces.jsonl", trace + "\n")
    try place.stage(["b.swift": Workplace.block])
    try place.passes("commit", "--quiet", "-m", "b is not named")
    // HEAD has moved on: the record is about the commit before.
    try place.stage(["a.swift": Workplace.block])
    try place.passes("commit", "--quiet", "-m", "a is not named either")
    let next = trace.replacing(head, with: try place.repository.head)
    try place.repository.write(".agent-trace/traces.jsonl", next + "\n")
    try place.stage(["a.swift": Workplace.lines(1...10, "other")])
    let said = try place.blocks("commit", "--quiet", "-m", "a again")
    #expect(said.contains("a.swift:1-10") && said.contains("cursor"), "\(said)")
  }

  @Test func `git-ai's working log accuses staged lines in the hook`() throws {
    let place = try Workplace()
    let head = try place.repository.head
    let text = Workplace.block
    let script = "printf '%s' \"$1\" | sha256sum | cut -d' ' -f1"
    let name = try place.repository.run(["/bin/sh", "-c", script, "sh", text]).stdout
      .filter { !$0.isWhitespace }
    let checkpoint = """
      {"kind":"AiAgent","api_version":"checkpoint/1.0.0","agent_id":{"tool":"pi","id":"c","model":"m"},\
      "entries":[{"file":"a.swift","blob_sha":"\(name)","attributions":[],\
      "line_attributions":[{"start_line":2,"end_line":3,"author_id":"s_00000000000000::t_1"}]}]}
      """
    let log = ".git/ai/working_logs/\(head)"
    try place.repository.write(log + "/checkpoints.jsonl", checkpoint + "\n{\"kind\":\"Ai")
    try place.repository.write(log + "/blobs/\(name)", text)
    try place.stage(["a.swift": "// by hand\n" + text])
    let said = try place.blocks("commit", "--quiet", "-m", "work")
    #expect(said.contains("a.swift:1-11"), "\(said)")
    try place.stage(["a.swift": "// by hand\n" + Workplace.lines(1...1) + Workplace.lines(4...10)])
    try place.passes("commit", "--quiet", "-m", "only by hand")
  }
}
