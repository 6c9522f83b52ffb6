/// What formats read of a repository, whoever holds it.
package protocol AttributionStore: AnyObject {
  /// The references below a prefix, sorted; none when there is none.
  func references(below prefix: String) throws -> [String]
  /// The notes that a notes reference has for an object; none when it has none or is not here.
  func notes(_ reference: String, on object: ObjectID) throws -> [StoredText]
  /// What a reference that points at a blob holds.
  func blob(of reference: String) throws -> StoredText?
  /// The content of a file in the tree of a reference, by name; nil when there is none.
  func file(_ path: RepositoryPath, in reference: String) throws -> ObjectID?
  /// The content of a file in the tree of a commit, by name; nil when there is none.
  func file(_ path: RepositoryPath, at commit: CommitInfo) throws -> ObjectID?
  /// What a name stands for.
  func text(of id: ObjectID) throws -> StoredText
  /// The paths that a commit changed against its first parent.
  func changedPaths(of commit: CommitInfo) throws -> [RepositoryPath]
  /// Whether files of trace records are worth looking for.
  var hasTraceFiles: Bool { get }
  /// Records that were read before: the same file is asked for by every commit of a range.
  var readTraces: [ObjectID: AgentTraces] { get set }
}

extension AttributionStore {
  /// The records of a file; nil when it is not read, with the reason.
  func traces(of id: ObjectID) throws -> (traces: AgentTraces?, reason: OriginWarning.Reason) {
    if let known = readTraces[id] { return (known, .foreign) }
    switch try text(of: id) {
    case .missing: return (nil, .missing)
    case .tooLarge: return (nil, .tooLarge)
    case .bytes(let text):
      let traces = AgentTraces(text)
      readTraces[id] = traces
      return (traces, .foreign)
    }
  }
}

/// Content that may be more than is read.
package enum StoredText: Hashable, Sendable {
  /// All of it.
  case bytes([UInt8])
  /// More than `mostBytes`, so that it is not read.
  case tooLarge
  /// It is named and not here, as in a partial clone.
  case missing

  /// The most that is read of one note or file.
  package static let mostBytes = 32 << 20
}
