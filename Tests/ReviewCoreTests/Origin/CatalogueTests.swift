import Testing

@testable import ReviewCore

/// What one sample line of the catalogue says, by the reader its prefix names.
enum MarkSample {
  static func evidence(_ sample: String) -> [Evidence] {
    let person = Identity(name: "Jo Example", email: "jo@example.org")
    if let identity = identity(sample, "author: ") {
      return CommitOrigin.of(author: identity, committer: person, message: []).evidence
    }
    if let identity = identity(sample, "committer: ") {
      return CommitOrigin.of(author: person, committer: identity, message: []).evidence
    }
    if let line = rest(sample, "environment: "), let sign = line.firstIndex(of: "=") {
      let environment = [String(line[..<sign]): String(line[line.index(after: sign)...])]
      return EnvironmentOrigin.evidence(
        environment: environment,
        ancestors: [],
        hasControllingTerminal: false
      )
    }
    if let line = rest(sample, "process: ") {
      let arguments = line.split(separator: " ").map(String.init)
      let name = arguments.first?.split(separator: "/").last.map(String.init) ?? ""
      return EnvironmentOrigin.evidence(
        environment: [:],
        ancestors: [AncestorProcess(name: name, arguments: arguments)],
        hasControllingTerminal: true
      )
    }
    return MessageScanner.scan(Array(("Subject\n\nBody text.\n\n" + sample + "\n").utf8))
      + MessageScanner.scan(Array(sample.utf8))
  }

  private static func rest(_ sample: String, _ prefix: String) -> Substring? {
    sample.hasPrefix(prefix) ? sample.dropFirst(prefix.count) : nil
  }

  private static func identity(_ sample: String, _ prefix: String) -> Identity? {
    guard let text = rest(sample, prefix), let bracket = text.lastIndex(of: "<") else { return nil }
    let name = text[..<bracket].dropLast()
    let email = text[text.index(after: bracket)...].dropLast()
    return Identity(name: String(name), email: String(email))
  }
}

@Suite struct CatalogueTests {
  @Test(arguments: AgentCatalogue.entries.map(\.id))
  func `an entry recognises its own samples`(id: String) throws {
    let entry = try #require(AgentCatalogue.entry(id))
    #expect(!entry.matching.isEmpty)
    for sample in entry.matching {
      let evidence = MarkSample.evidence(sample)
      switch entry.kind {
      case .agent:
        #expect(evidence.contains { $0.accuses && $0.agent == id }, "\(sample)")
      case .unnamed: #expect(evidence.contains { $0.accuses && $0.agent == nil }, "\(sample)")
      case .bot: #expect(evidence.contains { $0.kind == .bot }, "\(sample)")
      }
    }
  }

  @Test(arguments: AgentCatalogue.entries.map(\.id))
  func `an entry accuses nobody by its counter-samples`(id: String) throws {
    let entry = try #require(AgentCatalogue.entry(id))
    for sample in entry.notMatching {
      #expect(!MarkSample.evidence(sample).contains { $0.accuses }, "\(sample)")
    }
  }

  @Test func `ids and exact marks are unique`() {
    let ids = AgentCatalogue.entries.map(\.id)
    #expect(Set(ids).count == ids.count)
    for form in [Mark.Form.email, .slug, .key, .process, .phrase, .bareName, .variable] {
      let texts = AgentCatalogue.entries.flatMap(\.marks).filter { $0.form == form }.map(\.text)
      #expect(Set(texts).count == texts.count, "\(form)")
    }
  }

  @Test(arguments: [
    ("Claude Code", "claude-code"), ("claude-code", "claude-code"), ("codex", "codex"),
    ("pi", "pi"), ("Crush", "crush"), ("factory-droid", "factory-droid"), ("jules", "jules"),
  ])
  func `a free-standing name has a canonical id`(name: String, id: String) {
    #expect(AgentCatalogue.canonicalID(name) == id)
  }
}
