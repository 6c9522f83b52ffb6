import Foundation
import Testing

@testable import ReviewCore

/// Real records kept beside the package, with the facts that were measured on them.
@Suite struct AttributionFixtureTests {
  struct Entry: Decodable, Sendable {
    struct Facts: Decodable, Sendable {
      var files: Int
      var entries: Int
      var orphanKeys: Int
      var prompts: Int
      var sessions: Int
      var humans: Int
      var claimedLines: Int?
      var claimedLinesThatTheCommitAdded: Int?
    }
    struct Added: Decodable, Sendable {
      var lineCount: Int
      var added: [[Int]]
    }
    struct CommitFacts: Decodable, Sendable { var filesInNote: [String: Added] }

    var file: String
    var kind: String
    var parse: String?
    var expect: Facts?
    var commitFacts: CommitFacts?
  }

  static let folder = CorpusTests.fixtures.appending(path: "attribution")

  /// The entries whose files are here; keys are read by hand, as some of them are paths.
  static let entries: [Entry] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "MANIFEST.json")),
      let list = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    else { return [] }
    return list.compactMap(entry)
  }()

  private static func entry(_ json: [String: Any]) -> Entry? {
    guard let file = json["file"] as? String, let kind = json["kind"] as? String,
      FileManager.default.fileExists(atPath: folder.appending(path: file).path)
    else { return nil }
    var entry = Entry(file: file, kind: kind, parse: json["parse"] as? String)
    if let facts = json["expect"] as? [String: Any] {
      let number = { (key: String) in facts[key] as? Int ?? 0 }
      entry.expect = Entry.Facts(
        files: number("files"),
        entries: number("entries"),
        orphanKeys: number("orphan_keys"),
        prompts: number("prompts"),
        sessions: number("sessions"),
        humans: number("humans"),
        claimedLines: facts["claimed_lines"] as? Int,
        claimedLinesThatTheCommitAdded: facts["claimed_lines_that_the_commit_added"] as? Int
      )
    }
    if let commit = json["commit_facts"] as? [String: Any],
      let files = commit["files_in_note"] as? [String: [String: Any]]
    {
      entry.commitFacts = Entry.CommitFacts(
        filesInNote: files.mapValues {
          Entry.Added(
            lineCount: $0["line_count"] as? Int ?? 0,
            added: $0["added"] as? [[Int]] ?? []
          )
        }
      )
    }
    return entry
  }

  static func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: file)))
  }

  static let notes = entries.filter { $0.file.hasPrefix("git-ai/") && $0.file.hasSuffix(".note") }

  @Test(.enabled(if: !notes.isEmpty), arguments: notes)
  func `reads a note as it was measured`(entry: Entry) throws {
    let bytes = try Self.bytes(entry.file)
    let claims = GitAINotes.claims(bytes, at: "refs/notes/ai", commit: nil)
    if entry.parse?.hasPrefix("error") == true {
      #expect(claims.wholeChange?.accuses == true && claims.warnings.count == 1)
      return
    }
    #expect(claims.wholeChange == nil && claims.warnings.isEmpty)
    guard let facts = entry.expect else { return }
    let note = try #require(GitAINote(bytes))
    #expect(claims.files.count == facts.files)
    #expect(note.entries.count == facts.entries)
    let claimed = claims.files.mapValues { file in
      Set(file.lines.flatMap { Array($0.lines.lines.prefix(1_000_000)) })
    }
    if let lines = facts.claimedLines {
      #expect(claimed.values.reduce(0) { $0 + $1.count } == lines)
    }
    guard let lines = facts.claimedLinesThatTheCommitAdded else { return }
    let added = (entry.commitFacts?.filesInNote ?? [:]).map { path, file in
      let numbers = file.added.flatMap { Array($0[0]...$0[1]) }
      return claimed[RepositoryPath(path)]?.intersection(numbers).count ?? 0
    }
    #expect(added.reduce(0, +) == lines)
  }

  @Test(.enabled(if: !entries.isEmpty)) func `reads agentdiff's records`() throws {
    for entry in Self.entries where entry.file.hasPrefix("agent-trace/") {
      let traces = AgentTraces(try Self.bytes(entry.file))
      #expect(!traces.records.isEmpty && traces.unreadable == 0, "\(entry.file)")
      #expect(traces.records.contains { !$0.parts.isEmpty }, "\(entry.file)")
    }
  }

  @Test(.enabled(if: !entries.isEmpty)) func `reads agentblame's notes`() throws {
    for entry in Self.entries where entry.file.hasPrefix("agentblame/") {
      let bytes = try Self.bytes(entry.file)
      let claims = AgentblameFormat().claims(bytes, at: "x", commit: nil)
      let origins = claims.files.values.flatMap(\.lines).map(\.origin)
      #expect(!origins.isEmpty && claims.wholeChange == nil, "\(entry.file)")
      #expect(origins.allSatisfy { AgentCatalogue.entry($0.agent ?? "") != nil }, "\(origins)")
    }
  }

  @Test(.enabled(if: !entries.isEmpty)) func `reads whogitit's notes`() throws {
    for entry in Self.entries where entry.file.hasPrefix("whogitit/") {
      let note = try #require(WhogititNote(try Self.bytes(entry.file)), "\(entry.file)")
      #expect(note.agent == "claude-code" && !note.files.isEmpty, "\(entry.file)")
      #expect(note.files.allSatisfy { file in file.lines.allSatisfy { $0.number != nil } })
    }
  }

  @Test(.enabled(if: !entries.isEmpty)) func `finds the checkpoints of messages`() throws {
    for (name, count) in [
      ("entire-simple", 1), ("entire-squash", 5), ("entire-no-blank-line", 1), ("crlf-body", 0),
    ] {
      guard let bytes = try? Self.bytes("messages/\(name).txt") else { continue }
      #expect(EntireIDs.all(in: bytes).count == count, "\(name)")
    }
  }
}
