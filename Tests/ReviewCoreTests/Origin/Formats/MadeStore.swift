@testable import ReviewCore

/// A repository made of values.
final class MadeStore: AttributionStore {
  var noteTexts: [String: [StoredText]] = [:]
  var blobTexts: [String: String] = [:]
  /// `reference:path` or `commit:path` and what stands there.
  var files: [String: String] = [:]
  var paths: [RepositoryPath] = []
  var hasTraceFiles = true
  var readTraces: [ObjectID: AgentTraces] = [:]

  static let commit = CommitInfo(
    id: MadeStore.id(1),
    tree: MadeStore.id(2),
    parents: [MadeStore.id(3)],
    author: Identity(name: "Jo Example", email: "jo@example.com"),
    committer: Identity(name: "Jo Example", email: "jo@example.com"),
    message: Array("change\n".utf8)
  )

  static func id(_ byte: UInt8) -> ObjectID {
    ObjectID(rawBytes: [UInt8](repeating: byte, count: 20)) ?? .zero
  }

  func references(below prefix: String) -> [String] {
    let inFiles = files.keys.map { String($0.split(separator: ":")[0]) }
    return Set(noteTexts.keys.map { $0 } + blobTexts.keys + inFiles).sorted().filter {
      $0.hasPrefix(prefix)
    }
  }

  func notes(_ reference: String, on object: ObjectID) -> [StoredText] {
    object == Self.commit.id ? noteTexts[reference] ?? [] : []
  }

  func blob(of reference: String) -> StoredText? {
    blobTexts[reference].map { .bytes(Array($0.utf8)) }
  }

  func file(_ path: RepositoryPath, in reference: String) -> ObjectID? {
    files["\(reference):\(path.display)"].map(Self.name)
  }

  func file(_ path: RepositoryPath, at commit: CommitInfo) -> ObjectID? {
    files["\(commit.id.hex):\(path.display)"].map(Self.name)
  }

  func text(of id: ObjectID) -> StoredText {
    let text = files.values.first { Self.name($0) == id }
    return text.map { .bytes(Array($0.utf8)) } ?? .missing
  }

  func changedPaths(of commit: CommitInfo) -> [RepositoryPath] { paths }

  private static func name(_ text: String) -> ObjectID {
    ObjectID(rawBytes: Digest.sha256(Array(text.utf8)).prefix(20)) ?? .zero
  }

  /// What a format says about the one commit: `a.txt: pi 1-2; the rest agent`.
  func said(_ format: some AttributionFormat, message: String = "change\n") throws -> [String] {
    let own = Self.commit
    let info = CommitInfo(
      id: own.id,
      tree: own.tree,
      parents: own.parents,
      author: own.author,
      committer: own.committer,
      message: Array(message.utf8)
    )
    let commit = AttributedCommit(info, evidence: CommitStatement(info).evidence)
    return try format.report(on: commit, self).claims.flatMap(Self.words)
  }

  static func words(_ claims: SourceClaims) -> [String] {
    var words = claims.files.sorted { $0.key < $1.key }.map { path, file in
      let lines = file.lines.map { "\(word($0.origin)) \($0.lines)" }
      let rest = file.rest.map { ["the rest \(word($0.origin))"] } ?? []
      return path.display + ": " + (lines + rest).joined(separator: "; ")
    }
    if let whole = claims.wholeChange { words.append("all " + (whole.agent ?? "agent")) }
    return words + claims.warnings.map { "warning \($0.reason)" }
  }

  private static func word(_ origin: Origin) -> String {
    origin.name == "mixed" ? "mixed " + (origin.agent ?? "") : origin.agent ?? origin.name
  }
}
