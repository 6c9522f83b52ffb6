import Foundation
import Testing

@testable import ReviewCore

/// Real messages, read from beside the package where they exist; never part of it.
@Suite struct CorpusTests {
  struct Record: Decodable {
    var sha: String
    var author_name: String
    var author_email: String
    var committer_name: String
    var committer_email: String
    var message: String
    var label: String
    var agents: [String]
    var tags: [String]

    var isSettled: Bool { !tags.contains("uncertain") && !tags.contains("prose-only") }

    var origin: CommitOrigin {
      CommitOrigin.of(
        author: Identity(name: author_name, email: author_email),
        committer: Identity(name: committer_name, email: committer_email),
        message: Array(message.utf8)
      )
    }
  }

  static let records: [Record] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let beside = root.appending(path: "../shared/fixtures/messages/corpus.jsonl")
    let given = ProcessInfo.processInfo.environment["REVIEWGATE_CORPUS"].map { URL(filePath: $0) }
    guard let data = try? Data(contentsOf: given ?? beside) else { return [] }
    return data.split(separator: 0x0a).compactMap {
      try? JSONDecoder().decode(Record.self, from: Data($0))
    }
  }()

  @Test func `finds every machine-marked message`() {
    for record in Self.records where record.label == "ai" && record.isSettled {
      let found = record.origin
      #expect(found.origin.name == "agent", "\(record.sha): \(record.message.suffix(300))")
    }
  }

  @Test func `raises no false alarm on people and bots`() {
    for record in Self.records where record.label != "ai" && record.isSettled {
      let found = record.origin
      #expect(found.origin.name != "agent", "\(record.sha): \(found.evidence.map(\.display))")
      #expect(record.label != "bot" || found.origin == .bot, "\(record.sha)")
    }
  }

  @Test func `names the agents the corpus names, but for a rare one told by context`() {
    let marked = Self.records.filter { $0.label == "ai" && $0.isSettled }
    let mismatches = marked.filter { record in
      let found = record.origin
      let missing = Set(record.agents).subtracting(found.agents)
      let surplus = Set(found.agents).subtracting(record.agents)
      if missing.isEmpty && surplus.isEmpty { return false }
      print(
        record.sha,
        missing,
        surplus,
        found.evidence.map { "\($0.agent ?? "-"): \($0.display)" }
      )
      return true
    }
    #expect(mismatches.count * 100 <= marked.count)
  }
}
