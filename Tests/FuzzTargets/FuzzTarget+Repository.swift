import ReviewCore

/// Readers of what others put into a repository or around it, and what is printed of it.
extension FuzzTarget {
  /// Every format that says who wrote lines, as a note, as a file and as a blob.
  static func format(_ bytes: [UInt8]) {
    let store = OneText(bytes)
    let commit = AttributedCommit(OneText.commit, evidence: [])
    for format in AttributionFormats.all {
      guard let report = try? format.report(on: commit, store) else { continue }
      for claims in report.claims {
        // A path without a name is let be: claims count only for what a commit changed.
        for file in claims.files.values {
          precondition(file.lines.allSatisfy { $0.lines.start > 0 }, "lines before the first")
        }
      }
    }
  }

  static func attributes(_ bytes: [UInt8]) {
    let path = RepositoryPath("src/a.swift")
    let generated = GeneratedPaths(for: [path]) { _ in bytes }
    if let source = generated.source(of: path) {
      precondition(!source.pattern.isEmpty, "a pattern of nothing")
    }
  }

  static func shell(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for finding in ShellGuard.scan(text, in: "/work").findings {
      precondition(isPlain(finding.message), "words that is not safe to print")
    }
    _ = ShellGuard.scan(code: text, in: "/work")
  }

  /// Variables of a CI service, one a line.
  static func ci(_ bytes: [UInt8]) {
    var variables: [String: String] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
        .map { String(decoding: $0, as: UTF8.self) }
      if parts.count == 2 { variables[parts[0]] = parts[1] }
    }
    guard let job = try? CIProviders.job(variables, event: nil) else { return }
    if case .branch(let name, _) = job.base {
      precondition(!name.hasPrefix("-") && !name.contains(" "), "a branch that git would misread")
    }
  }

  static func visible(_ bytes: [UInt8]) {
    precondition(isPlain(VisibleText.line(bytes)))
    precondition(isPlain(VisibleText.source(bytes).replacing("\t", with: "")))
  }

  /// Whether nothing in a text moves a cursor or hides what stands there.
  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar.value != 0x7f && !(0x80..<0xa0).contains(scalar.value)
        && !scalar.properties.isBidiControl && scalar.value != 0x2028 && scalar.value != 0x2029
    }
  }
}

/// A repository where every note, file and blob says the same.
private final class OneText: AttributionStore {
  private let text: [UInt8]
  var readTraces: [ObjectID: AgentTraces] = [:]
  let hasTraceFiles = true

  static let commit = CommitInfo(
    id: .emptyTree,
    tree: .emptyTree,
    parents: [],
    author: Identity(name: "Jo Example", email: "jo@example.com"),
    committer: Identity(name: "Jo Example", email: "jo@example.com"),
    message: Array("change\n\nEntire-Checkpoint: a0471fb973c3\n".utf8)
  )

  init(_ text: [UInt8]) { self.text = text }

  func references(below prefix: String) -> [String] {
    [
      "refs/notes/agent-trace", "refs/notes/agentblame", "refs/notes/ai", "refs/notes/origin",
      "refs/notes/reviewgate-ai", "refs/notes/whogitit",
    ]
    .filter { $0.hasPrefix(prefix) }
  }

  func notes(_ reference: String, on object: ObjectID) -> [StoredText] { [.bytes(text)] }
  func blob(of reference: String) -> StoredText? { .bytes(text) }
  func file(_ path: RepositoryPath, in reference: String) -> ObjectID? { .emptyTree }
  func file(_ path: RepositoryPath, at commit: CommitInfo) -> ObjectID? { .emptyTree }
  func text(of id: ObjectID) -> StoredText { .bytes(text) }
  func changedPaths(of commit: CommitInfo) -> [RepositoryPath] { [RepositoryPath("a.swift")] }
}
