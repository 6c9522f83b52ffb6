import Foundation
import Testing

@testable import ReviewCore

/// Real messages, read from beside the package where they exist; never part of it.
@Suite struct CorpusTests {
  struct Record: Decodable {
    var sha: String
    var authorName: String
    var authorEmail: String
    var committerName: String
    var committerEmail: String
    var message: String
    var label: String
    var agents: [String]
    var tags: [String]

    var isSettled: Bool { !tags.contains("uncertain") && !tags.contains("prose-only") }

    var origin: CommitOrigin {
      CommitOrigin.of(
        author: Identity(name: authorName, email: authorEmail),
        committer: Identity(name: committerName, email: committerEmail),
        message: Array(message.utf8)
      )
    }
  }

  /// Beside the package, or where the variable says.
  static let fixtures: URL = {
    let given = ProcessInfo.processInfo.environment["REVIEWGATE_FIXTURES"]
    if let given { return URL(filePath: given) }
    return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "../shared/fixtures")
  }()

  static let records: [Record] = {
    let file = fixtures.appending(path: "messages/corpus.jsonl")
    guard let data = try? Data(contentsOf: file) else { return [] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return data.split(separator: 0x0a).compactMap {
      try? decoder.decode(Record.self, from: Data($0))
    }
  }()

  @Test(.enabled(if: !records.isEmpty)) func `finds every machine-marked message`() {
    for record in Self.records where record.label == "ai" && record.isSettled {
      let found = record.origin
      #expect(found.origin.name == "agent", "\(record.sha): \(record.message.suffix(300))")
    }
  }

  @Test(.enabled(if: !records.isEmpty)) func `raises no false alarm on people and bots`() {
    for record in Self.records where record.label != "ai" && record.isSettled {
      let found = record.origin
      #expect(found.origin.name != "agent", "\(record.sha): \(found.evidence.map(\.display))")
      #expect(record.label != "bot" || found.origin == .bot, "\(record.sha)")
    }
  }

  @Test(.enabled(if: !records.isEmpty))
  func `names the agents the corpus names, but for a rare one told by context`() {
    let marked = Self.records.filter { $0.label == "ai" && $0.isSettled }
    let mismatches = marked.filter { record in
      let found = record.origin
      let missing = Set(record.agents).subtracting(found.agents)
      let surplus = Set(found.agents).subtracting(record.agents)
      if missing.isEmpty && surplus.isEmpty { return false }
      print("\(record.sha): missing \(missing.sorted()), surplus \(surplus.sorted())")
      return true
    }
    #expect(mismatches.count * 100 <= marked.count)
  }

  /// Messages kept beside the package for other readers too, and who marked each.
  @Test(arguments: [
    ("agent-is-author", "agent"), ("assisted-by-kernel-form", "agent"),
    ("assisted-by-placeholder", "agent"), ("assisted-by-via-form", "agent"),
    ("claude-coauthor-1m", "agent"), ("claude-coauthor", "agent"), ("claude-session", "agent"),
    ("codex-coauthor", "agent"), ("copilot-review-suggestion", "agent"), ("crlf-body", "human"),
    ("devin-coauthor", "agent"), ("entire-no-blank-line", "agent"), ("entire-simple", "agent"),
    ("entire-squash", "agent"), ("lrc-hides-coauthor", "agent"), ("lrc-vouched", "human"),
    ("origin-two-trailer-paragraphs", "agent"), ("quoted-trailer-in-body", "agent"),
  ])
  func `judges the message fixtures`(name: String, origin: String) {
    let file = Self.fixtures.appending(path: "attribution/messages/\(name).txt")
    guard let data = try? Data(contentsOf: file) else { return }
    let person = Identity(name: "Jo Example", email: "jo@example.org")
    let found = CommitOrigin.of(author: person, committer: person, message: Array(data))
    #expect(found.origin.name == origin)
  }
}
