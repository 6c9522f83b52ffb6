import Testing

@testable import ReviewCore

/// git-ai's private state: the last word about a file, carried over to what is staged.
@Suite struct WorkingLogTests {
  static func checkpoint(
    _ file: String,
    _ lines: String,
    version: String = "checkpoint/1.0.0"
  ) -> String {
    """
    {"kind":"AiAgent","api_version":"\(version)","agent_id":{"tool":"claude","id":"c1","model":"m"},\
    "entries":[{"file":"\(file)","blob_sha":"ab","attributions":[],"line_attributions":[\(lines)]}]}
    """
  }

  static func line(_ start: Int, _ end: Int, _ author: String) -> String {
    #"{"start_line":\#(start),"end_line":\#(end),"author_id":"\#(author)"}"#
  }

  /// The session key of `claude:c1`.
  static let key =
    "s_" + Hex.encode(Digest.sha256(Array("claude:c1".utf8))).prefix(14) + "::t_00000000000000"

  static func words(_ entry: WorkingLogRecords.Entry?) -> [String] {
    (entry?.lines ?? []).map { "\($0.origin.agent ?? $0.origin.name) \($0.lines)" }
  }

  @Test func `a later entry replaces an earlier one, an empty one carries nothing`() {
    let text = [
      Self.checkpoint("a", Self.line(1, 2, Self.key)),
      Self.checkpoint("b", Self.line(1, 1, "human")),
      Self.checkpoint("a", Self.line(3, 4, Self.key) + "," + Self.line(5, 5, "h_12345678901234")),
      Self.checkpoint("c", Self.line(1, 1, "x")), Self.checkpoint("c", ""),
    ].joined(separator: "\n")
    let records = WorkingLogRecords(initial: nil, checkpoints: Array(text.utf8))
    #expect(Self.words(records.files[RepositoryPath("a")]) == ["claude-code 3-4", "human 5"])
    #expect(Self.words(records.files[RepositoryPath("b")]) == ["unknown 1"])
    #expect(records.files[RepositoryPath("c")] == nil)
    #expect(records.warnings.isEmpty)
  }

  @Test func `a torn last line and another version are named and passed over`() {
    let good = Self.checkpoint("a", Self.line(1, 2, Self.key))
    let other = Self.checkpoint("a", Self.line(9, 9, Self.key), version: "checkpoint/2.0.0")
    let text = good + "\n" + other + "\n" + good.prefix(60)
    let records = WorkingLogRecords(initial: nil, checkpoints: Array(text.utf8))
    #expect(Self.words(records.files[RepositoryPath("a")]) == ["claude-code 1-2"])
    #expect(Set(records.warnings) == [.unknownVersion("checkpoint/2.0.0"), .torn])
  }

  @Test func `reads what was carried over from a reset`() {
    let initial = """
      {"files":{"a":[\(Self.line(1, 1, "abcdefabcdefabcd"))]},"file_blobs":{"a":"ff"},
       "prompts":{"abcdefabcdefabcd":{"agent_id":{"tool":"codex"}}}}
      """
    let records = WorkingLogRecords(initial: Array(initial.utf8), checkpoints: nil)
    #expect(Self.words(records.files[RepositoryPath("a")]) == ["codex 1"])
    #expect(records.files[RepositoryPath("a")]?.content == "ff")
  }

  static func carried(_ lines: String, _ old: String?, _ new: String) -> [String] {
    let text = checkpoint("a", lines)
    let records = WorkingLogRecords(initial: nil, checkpoints: Array(text.utf8))
    let entry = records.files[RepositoryPath("a")]
    let claims = entry?.claims(from: old.map { Array($0.utf8) }, to: Array(new.utf8))
    let rest = claims?.rest.map { ["rest \($0.origin.name)"] } ?? []
    return (claims?.lines ?? []).map { "\($0.origin.name) \($0.lines)" } + rest
  }

  @Test func `equal lines keep their keys, an agent's changed line is mixed`() {
    let lines = Self.line(2, 3, Self.key) + "," + Self.line(4, 4, "h_12345678901234")
    #expect(Self.carried(lines, "1\n2\n3\n4\n", "1\n2\n3\n4\n") == ["agent 2-3", "human 4"])
    #expect(
      Self.carried(lines, "1\n2\n3\n4\n", "0\n1\n2\nx\n3\n4\n") == [
        "agent 3", "agent 5", "human 6",
      ]
    )
    #expect(
      Self.carried(lines, "1\n2\n3\n4\n", "1\n2\nthree\n4\n") == ["agent 2", "human 4", "mixed 3"]
    )
    #expect(Self.carried(lines, "1\n2\n3\n4\n", "1\n") == [])
  }

  @Test func `without the content the whole file is meant`() {
    #expect(Self.carried(Self.line(2, 3, Self.key), nil, "x\n") == ["rest agent"])
    #expect(Self.carried(Self.line(2, 3, "h_1"), nil, "x\n") == [])
  }

  @Test func `lines that are equal are found, whatever changed around them`() {
    var random = SmallRandom(state: 3)
    for _ in 0..<500 {
      let old = (0..<random.below(8)).map { _ in "\(random.below(4))\n" }
      let new = (0..<random.below(8)).map { _ in "\(random.below(4))\n" }
      guard let match = LineMatch(Array(old.joined().utf8), Array(new.joined().utf8)) else {
        Issue.record("not compared")
        continue
      }
      let whole = match.kept(LineRange(start: 1, count: old.count)).flatMap { Array($0.lines) }
      let alone = (0..<old.count).flatMap { line -> [(Int, Int)] in
        match.kept(LineRange(start: line + 1, count: 1)).map { (line, $0.start - 1) }
      }
      #expect(alone.map { $0.1 + 1 } == whole)
      #expect(alone.allSatisfy { old[$0.0] == new[$0.1] })
      // What is neither kept nor added does not exist.
      let added = match.changed.reduce(0) { $0 + $1.new.count }
      #expect(added + whole.count == new.count)
    }
  }
}
