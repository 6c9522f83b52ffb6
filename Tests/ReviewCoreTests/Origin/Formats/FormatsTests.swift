import Testing

@testable import ReviewCore

/// Every other format, from a repository made of values.
@Suite struct FormatsTests {
  static let commit = MadeStore.commit.id.hex
  static let parent = MadeStore.commit.parents[0].hex

  static func store(_ paths: String...) -> MadeStore {
    let store = MadeStore()
    store.paths = paths.map { RepositoryPath($0) }
    return store
  }

  // MARK: - Agent Trace

  static func trace(
    _ path: String,
    _ ranges: String,
    type: String = "ai",
    revision: String = parent,
    tool: String = "cursor"
  ) -> String {
    """
    {"version":"0.1.0","id":"x","timestamp":"t","vcs":{"type":"git","revision":"\(revision)"},\
    "tool":{"name":"\(tool)"},"files":[{"path":"\(path)","conversations":[{"contributor":\
    {"type":"\(type)","model_id":"a/b"},"ranges":[\(ranges)]}]}]}
    """
  }

  static let hashed = #"{"start_line":2,"end_line":4,"content_hash":"murmur3:1"}"#

  @Test(
    arguments: [
      (trace("a.txt", hashed), ["a.txt: cursor 2-4"]),
      (trace("a.txt", hashed, revision: commit), ["a.txt: cursor 2-4"]),
      (trace("a.txt", hashed, revision: String(repeating: "9", count: 40)), []),
      (trace("a.txt", hashed, type: "mixed"), ["a.txt: mixed cursor 2-4"]),
      (trace("a.txt", hashed, type: "human"), ["a.txt: human 2-4"]),
      (trace("a.txt", hashed, type: "unknown"), ["a.txt: unknown 2-4"]),
      (trace("a.txt", hashed, type: "machine"), ["a.txt: cursor 2-4"]),
      (trace("a.txt", hashed, tool: "unknown"), ["a.txt: agent 2-4"]),
      (trace("src\\\\b.txt", hashed), ["src/b.txt: cursor 2-4"]),
      (trace("./a.txt", hashed), ["a.txt: cursor 2-4"]),
      (trace("other.txt", hashed), []),
      (trace(".sessions", hashed), []),
      (
        trace("a.txt", #"{"start_line":1,"end_line":1,"content_hash":"x"}"#),
        ["a.txt: the rest cursor"]
      ),
      (trace("a.txt", #"{"start_line":1,"end_line":9}"#), ["a.txt: the rest cursor"]),
      (trace("a.txt", #"{"start_line":1,"end_line":9}"#, type: "human"), ["a.txt: "]),
      (trace("a.txt", #"{"start_line":1,"end_line":9,"content_hash":"x"}"#), ["a.txt: cursor 1-9"]),
      (trace("a.txt", #"{"start_line":5,"end_line":9}"#), ["a.txt: cursor 5-9"]),
      (trace("a.txt", #"{"start_line":9,"end_line":5}"#), ["a.txt: cursor 5-9"]),
      (
        trace("a.txt", #"{"start_line":5,"end_line":5,"contributor":{"type":"human"}}"#),
        ["a.txt: human 5"]
      ),
      (trace("a.txt", "{}"), ["a.txt: the rest cursor"]),
      (trace("a.txt", hashed).replacing("0.1.0", with: "1.0"), ["a.txt: cursor 2-4"]),
      (
        trace("a.txt", hashed).replacing("0.1.0", with: "7.0.0"),
        ["all agent", "warning not in a form that is known, so an agent may have taken part"]
      ),
      (
        trace("a.txt", hashed) + "\r\n\n" + trace("a.txt", hashed),
        ["a.txt: cursor 2-4; cursor 2-4"]
      ),
      (
        trace("a.txt", hashed) + "\n{\"version\":\"0.1",
        ["a.txt: cursor 2-4", "warning ends in the middle; what stands before it counts"]
      ),
    ] as [(String, [String])]
  )
  func `reads trace files`(text: String, expected: [String]) throws {
    let store = Self.store("a.txt", "src/b.txt")
    store.files["\(Self.commit):.agent-trace/traces.jsonl"] = text
    #expect(try store.said(AgentTraceFormat()) == expected)
  }

  @Test func `lines that are no records are counted`() throws {
    let store = Self.store("a.txt")
    store.files["\(Self.commit):.agent-trace/traces.jsonl"] = "{\"x\":1}\n{\n"
    let expected = "warning 2 of its records not in a form that is known; the others count"
    #expect(try store.said(AgentTraceFormat()) == [expected])
  }

  @Test func `reads the file of a sub-package, from its directory or the root`() throws {
    let store = Self.store("pkg/a.txt", "pkg/b.txt")
    let text = Self.trace("a.txt", Self.hashed) + "\n" + Self.trace("pkg/b.txt", Self.hashed)
    store.files["\(Self.commit):pkg/.agent-trace/traces.jsonl"] = text
    let expected = ["pkg/a.txt: cursor 2-4", "pkg/b.txt: cursor 2-4"]
    #expect(try store.said(AgentTraceFormat()) == expected)
  }

  @Test func `reads the flat dialect by the end of its paths`() throws {
    let flat = """
      {"schema":"agent-trace/v0.1.0","session_id":"s","file_path":"/home/jo/x/src/a.txt",\
      "start_line":3,"end_line":4,"content_hash":"murmur3:1","revision":"\(Self.commit)"}
      """
    let store = Self.store("a.txt", "src/a.txt")
    store.noteTexts["refs/notes/agent-trace"] = [.bytes(Array(flat.utf8))]
    #expect(try store.said(AgentTraceFormat()) == ["src/a.txt: agent 3-4"])
  }

  @Test(arguments: [
    (trace("a.txt", hashed), "a.txt: cursor 2-4"),
    ("[" + trace("a.txt", hashed, revision: "x") + "]", "a.txt: cursor 2-4"),
    (trace("a.txt", hashed).replacing(",", with: ",\n"), "a.txt: cursor 2-4"),
    ("free text", "all agent"),
  ])
  func `reads trace notes in every layout`(text: String, expected: String) throws {
    let store = Self.store("a.txt")
    store.noteTexts["refs/notes/agent-trace"] = [.bytes(Array(text.utf8))]
    #expect(try store.said(AgentTraceFormat()).first == expected)
  }

  @Test func `reads what the worktree says of the next commit`() {
    let head = MadeStore.commit.parents.first
    let stale = Self.trace("a.txt", Self.hashed, revision: String(repeating: "9", count: 40))
    let text = stale + "\n" + Self.trace("p/b.txt", Self.hashed)
    let paths = [RepositoryPath("a.txt"), RepositoryPath("p/b.txt")]
    let report = AgentTraceFormat().report(onPaths: paths, head: head) {
      $0 == ".agent-trace/traces.jsonl" ? .bytes(Array(text.utf8)) : nil
    }
    #expect(report.claims.flatMap(MadeStore.words) == ["p/b.txt: cursor 2-4"])
  }

  // MARK: - agentdiff, agentblame, origin-cli

  @Test func `reads agentdiff's references by commit`() throws {
    let store = Self.store("a.txt")
    let own = Self.trace("a.txt", Self.hashed, revision: Self.commit, tool: "claude-code")
    store.files["refs/agentdiff/traces/feat%2Fx:traces.jsonl"] = own
    store.files["refs/agentdiff/meta:traces.jsonl"] = Self.trace("a.txt", Self.hashed)
    #expect(try store.said(AgentdiffFormat()) == ["a.txt: claude-code 2-4"])
  }

  @Test(
    arguments: [
      (
        #"{"version":1,"attributions":[{"path":"a","start_line":3,"end_line":4,"category":"ai_generated","provider":"claude_code"}]}"#,
        ["a: claude-code 3-4"]
      ),
      (
        #"{"version":2,"attributions":[{"path":"a","startLine":3,"endLine":3,"category":"ai_generated","provider":"claudeCode"}]}"#,
        ["a: claude-code 3"]
      ),
      (
        #"{"version":2,"attributions":[{"path":"a","startLine":4,"endLine":3,"category":"new","provider":"x"},{"path":"b"}]}"#,
        ["a: x 3-4"]
      ),
      (
        #"{"version":3,"attributions":[]}"#,
        ["all agent", "warning version 3 is not known, so an agent may have taken part"]
      ),
      (
        "{}", ["all agent", "warning not in a form that is known, so an agent may have taken part"]
      ),
    ] as [(String, [String])]
  )
  func `reads agentblame's notes`(text: String, expected: [String]) {
    let claims = AgentblameFormat().claims(Array(text.utf8), at: "x", commit: nil)
    #expect(MadeStore.words(claims) == expected)
  }

  @Test(arguments: [
    (#"{"origin":{"version":1,"sessionId":"s","model":"claude"}}"#, "all claude-code"),
    (#"{"origin":{"version":1,"sessionId":"s","model":"claude-opus-4"}}"#, "all claude-code"),
    (#"{"origin":{"version":1,"sessionId":"s","model":"gpt-5"}}"#, "all agent"),
    (#"{"origin":{"version":1,"sessionId":"s","agent":"gemini"}}"#, "all gemini-cli"),
    (#"{"origin":{"version":2,"sessionId":"s"}}"#, "all agent"),
    ("x", "all agent"),
  ])
  func `origin-cli's notes are about the whole commit`(text: String, expected: String) {
    let claims = OriginCLIFormat().claims(Array(text.utf8), at: "x", commit: nil)
    #expect(MadeStore.words(claims).first == expected)
  }

  @Test func `agentdiff's ranges are real, and a person's name is no agent`() throws {
    let store = Self.store("a.txt", "b.txt")
    let whole = #"{"start_line":1,"end_line":9}"#
    let records = [
      Self.trace("a.txt", whole, type: "human", revision: Self.commit, tool: "Jo Example"),
      Self.trace("b.txt", whole, revision: Self.commit, tool: "Jo Example"),
    ]
    store.files["refs/agentdiff/meta:traces.jsonl"] = records.joined(separator: "\n")
    #expect(try store.said(AgentdiffFormat()) == ["a.txt: human 1-9", "b.txt: agent 1-9"])
  }

  // MARK: - whogitit

  @Test func `whogitit's lines count where the commit has their text`() throws {
    let store = Self.store("a.txt")
    store.files["\(Self.commit):a.txt"] = "one\ntwo\r\nthree\nfour\n"
    let lines = [
      (1, "one", "AI"), (2, "two", "AIModified"), (3, "else", "AI"), (4, "four", "Human"),
      (9, "far", "AI"), (1, "one", "Original"),
    ].map { number, text, kind in
      #"{"line_number":\#(number),"content":"\#(text)","source":{"type":"\#(kind)"}}"#
    }.joined(separator: ",")
    let note = """
      {"version":3,"session":{"model":{"id":"m","provider":"anthropic"}},"prompts":[],
       "files":[{"path":"a.txt","lines":[\(lines)]},{"path":"gone.txt","lines":[]}]}
      """
    store.noteTexts["refs/notes/whogitit"] = [.bytes(Array(note.utf8))]
    let expected = "a.txt: claude-code 1; mixed claude-code 2; human 4; unknown 1"
    #expect(try store.said(WhogititFormat()) == [expected])
  }

  // MARK: - Entire

  static func entire() -> MadeStore {
    let store = store("a.txt")
    store.files["refs/heads/entire/checkpoints/v1:a0/471fb973c3/metadata.json"] =
      #"{"files_touched":["a.txt"],"sessions":[{}],"has_review":true}"#
    store.files["refs/heads/entire/checkpoints/v1:a0/471fb973c3/0/metadata.json"] =
      #"{"files_touched":["b.txt"],"agent":"Claude Code","kind":"agent_review"}"#
    store.files["refs/entire/checkpoints/ZZ/01HZXY0000000000000000ZZZZ:metadata.json"] =
      #"{"files_touched":["c.txt"]}"#
    return store
  }

  @Test func `a checkpoint names the files of its sessions`() throws {
    let store = Self.entire()
    let said = try store.said(EntireFormat(), message: "x\n\nEntire-Checkpoint: a0471fb973c3\n")
    #expect(said == ["a.txt: the rest claude-code", "b.txt: the rest claude-code"])
    let other = try store.said(
      EntireFormat(),
      message: "glued Entire-Checkpoint: 01HZXY0000000000000000ZZZZ"
    )
    #expect(other == ["c.txt: the rest agent"])
  }

  @Test func `a session counts that the checkpoint does not list`() throws {
    let store = Self.entire()
    store.files["refs/heads/entire/checkpoints/v1:a0/471fb973c3/3/metadata.json"] =
      #"{"files_touched":["d.txt"]}"#
    let message = "x\n\nEntire-Checkpoint: a0471fb973c3\n"
    let said = try store.said(EntireFormat(), message: message)
    #expect(said.contains("d.txt: the rest claude-code"))
    store.files["refs/heads/entire/checkpoints/v1:a0/471fb973c3/5/metadata.json"] = "torn {"
    #expect(try store.said(EntireFormat(), message: message).contains("all agent"))
  }

  @Test func `a checkpoint that is not here still means an agent, for everything`() throws {
    let message = "x\n\nEntire-Checkpoint: a0471fb973c3\nEntire-Checkpoint: 000000000000\n"
    let said = try Self.entire().said(EntireFormat(), message: message)
    #expect(said.contains("all agent") && said.last == "warning named and not here")
  }

  @Test func `a message without a checkpoint says nothing`() throws {
    for message in ["x", "Entire-Checkpoint: A0471FB973C3", "Entire-Checkpoint: a0471fb973c3x"] {
      #expect(try Self.entire().said(EntireFormat(), message: message).isEmpty)
    }
  }

  // MARK: - What holds for all

  @Test func `a repository without any of it is silent, and says that it looked`() throws {
    let store = Self.store("a.txt")
    store.hasTraceFiles = false
    for format in AttributionFormats.all {
      let commit = AttributedCommit(MadeStore.commit, evidence: [])
      let report = try format.report(on: commit, store)
      #expect(report.state == .notHere && report.source == format.source)
    }
    // What a message names may be anywhere.
    #expect(try AttributionFormats.used(in: store).map(\.source) == [.entire])
    store.noteTexts["refs/notes/ai"] = []
    let commit = AttributedCommit(MadeStore.commit, evidence: [])
    #expect(try GitAINotes.gitAI.report(on: commit, store).state == .silent)
    #expect(try AttributionFormats.used(in: store).map(\.source) == [.gitAINotes, .entire])
  }

  @Test func `notes of remotes and the first layout are read too`() throws {
    let store = Self.store("a.txt")
    let note = "a.txt\n  ai_agent 1\n---\n{}"
    store.noteTexts["refs/notes/ai-remote/origin"] = [.bytes(Array(note.utf8)), .tooLarge]
    store.blobTexts["refs/ai/authorship/\(Self.commit)"] = note
    let said = try store.said(GitAINotes.gitAI)
    #expect(said.filter { $0 == "a.txt: agent 1" }.count == 2 && said.contains("all agent"))
  }

  @Test(arguments: [
    "claude": "claude-code", "claude-code": "claude-code", "claudeCode": "claude-code",
    "Claude Code": "claude-code", "codex": "codex", "cursor": "cursor", "pi": "pi",
    "github-copilot": "copilot", "gemini": "gemini-cli", "opencode": "opencode", "devin": "devin",
    "amp": "amp", "junie": "junie", "mock_ai": "mock_ai",
  ])
  func `knows agents by the names of other tools`(name: String, id: String) {
    #expect(AgentName.canonical(Array(name.utf8)) == id)
  }

  @Test func `random damage crashes no reader`() throws {
    let samples = [
      Self.trace("a.txt", Self.hashed),
      #"{"version":2,"attributions":[{"path":"a","startLine":3,"endLine":3}]}"#,
      #"{"origin":{"version":1,"sessionId":"s","model":"claude"}}"#,
      #"{"files":[{"path":"a.txt","lines":[{"line_number":1,"content":"x","source":{"type":"AI"}}]}]}"#,
      #"{"api_version":"checkpoint/1.0.0","entries":[{"file":"a","blob_sha":"x","line_attributions":[{"start_line":1,"end_line":2,"author_id":"s_1"}]}]}"#,
    ].map { Array($0.utf8) }
    var random = SmallRandom(state: 99)
    for round in 0..<4000 {
      var bytes = samples[round % samples.count]
      for _ in 0...random.below(4) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: "99999999999999999999".utf8, at: place)
        default: bytes = Array(bytes.prefix(place))
        }
      }
      let store = Self.store("a.txt")
      for reference in ["agent-trace", "agentblame", "origin", "whogitit", "ai"] {
        store.noteTexts["refs/notes/\(reference)"] = [.bytes(bytes)]
      }
      let commit = AttributedCommit(MadeStore.commit, evidence: [])
      let reports = try AttributionFormats.all.map { try $0.report(on: commit, store) }
      let origins = LineOrigins(
        reports.flatMap(\.claims),
        commit: CommitStatement(evidence: [])
      )
      // Five tools' notes hang on the commit: damage must not make all of them silent.
      #expect(origins.accuses)
      _ = WorkingLogRecords(initial: bytes, checkpoints: bytes)
    }
  }
}
