import GitKit
import ReviewCore

/// Reads what every source says about the commits of a range.
struct OriginReader: Sendable {
  private let policy: Policy
  private let references: AttributionReferences
  private let hasTraceFiles: Bool
  /// Commits whose trees may hold records about earlier ones.
  private let later: [CommitInfo]

  /// How many neighbouring commits, whose files are much the same, one core takes at a time.
  private static let chunk = 256

  /// Looks for what the repository has; `net` is what the range changes as a whole.
  init(
    _ repository: Repository,
    policy: Policy,
    head: CommitInfo?,
    net: [FileTransition]
  ) throws {
    self.policy = policy
    references = try AttributionReferences(repository)
    hasTraceFiles = try Self.hasTraceFiles(repository, head, net)
    later = head.map { [$0] } ?? []
  }

  /// Whether a file of trace records stands beside or above any path, or went away in the range.
  private static func hasTraceFiles(
    _ repository: Repository,
    _ head: CommitInfo?,
    _ net: [FileTransition]
  ) throws -> Bool {
    let name = Array(AgentTraceFormat.file.utf8)
    if net.contains(where: { $0.path.bytes.suffix(name.count).elementsEqual(name) }) { return true }
    guard let head else { return false }
    var seen: Set<ArraySlice<UInt8>> = []
    let slash = UInt8(ascii: "/")
    for path in [RepositoryPath([])] + net.map(\.path) {
      var directory = path.bytes[...]
      while true {
        directory = directory.lastIndex(of: slash).map { directory[..<$0] } ?? []
        guard seen.insert(directory).inserted else { break }
        let base = directory.isEmpty ? [] : Array(directory) + [slash]
        if try repository.entry(at: RepositoryPath(base + name), in: head.tree) != nil {
          return true
        }
        if directory.isEmpty { break }
      }
    }
    return false
  }

  /// Whether commits are asked for more than what they say of themselves.
  var hasRecords: Bool { !references.isEmpty || hasTraceFiles }

  /// The claims of many commits, on all cores.
  func claims(
    of ids: [ObjectID],
    _ scanner: RangeScanner
  ) async throws -> [(info: CommitInfo, claims: CommitClaims)] {
    try await scanner.map(ids, chunk: Self.chunk) { repository in
      ClaimsReader(
        RepositoryAttribution(repository, references, hasTraceFiles: hasTraceFiles),
        policy.origin
      )
    } _: { reader, id in
      let info = try reader.store.repository.commit(id)
      let statement = reader.statement(info)
      let sources = try sources(info, statement, reader)
      return (info: info, claims: reader.claims(info, statement, sources))
    }
  }

  /// What each format says about one commit; formats that have nothing to read here say so.
  func reports(_ info: CommitInfo, _ repository: Repository) throws -> [SourceReport] {
    let store = RepositoryAttribution(repository, references, hasTraceFiles: hasTraceFiles)
    let commit = attributed(info, CommitStatement(info))
    return try AttributionFormats.all.map { try $0.report(on: commit, store) }
  }

  /// The claims that those reports have.
  private func sources(
    _ info: CommitInfo,
    _ statement: CommitStatement,
    _ reader: ClaimsReader
  ) throws -> [SourceClaims] {
    let isMentioned = EntireFormat.isMentioned(in: info.message)
    guard hasRecords || isMentioned else { return [] }
    let commit = attributed(info, statement)
    var claims: [SourceClaims] = []
    // Checkpoints that the message does not name are not looked for.
    for format in try reader.formats() where isMentioned || format.source != .entire {
      claims += try format.report(on: commit, reader.store).claims
    }
    return claims
  }

  private func attributed(_ info: CommitInfo, _ statement: CommitStatement) -> AttributedCommit {
    AttributedCommit(info, evidence: statement.evidence, later: later)
  }
}
