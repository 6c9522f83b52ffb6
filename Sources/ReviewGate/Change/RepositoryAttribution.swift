import GitKit
import ReviewCore

/// A repository as the formats of attribution read it; used on one thread.
final class RepositoryAttribution: AttributionStore {
  /// Where everything is read.
  let repository: Repository
  private let known: AttributionReferences
  let hasTraceFiles: Bool
  var readTraces: [ObjectID: AgentTraces] = [:] {
    // A file of records grows with every commit: only the last versions are asked for again.
    didSet { if readTraces.count > Self.mostTraces { readTraces = [:] } }
  }
  private var trees: [String: NotesTree] = [:]
  /// The names below each prefix that was asked for: every commit asks for the same.
  private var listed: [String: [String]] = [:]
  private var remotes: [String: ObjectID]?
  private var lastPaths: (commit: ObjectID, paths: [RepositoryPath])?

  private static let mostTraces = 256

  init(_ repository: Repository, _ known: AttributionReferences, hasTraceFiles: Bool) {
    self.repository = repository
    self.known = known
    self.hasTraceFiles = hasTraceFiles
  }

  func references(below prefix: String) throws -> [String] {
    if let names = listed[prefix] { return names }
    let isOfRemotes = prefix.hasPrefix("refs/remotes/")
    let names =
      isOfRemotes
      ? try remoteReferences().keys.filter { $0.hasPrefix(prefix) }.sorted() : known.below(prefix)
    listed[prefix] = names
    return names
  }

  func notes(_ reference: String, on object: ObjectID) throws -> [StoredText] {
    guard let tree = try notesTree(reference) else { return [] }
    return try tree.notes(on: object).map(text)
  }

  func blob(of reference: String) throws -> StoredText? { try target(reference).map(text) }

  func file(_ path: RepositoryPath, in reference: String) throws -> ObjectID? {
    guard let tip = try target(reference) else { return nil }
    return try file(path, tree: repository.commit(tip).tree)
  }

  func file(_ path: RepositoryPath, at commit: CommitInfo) throws -> ObjectID? {
    try file(path, tree: commit.tree)
  }

  func text(of id: ObjectID) throws -> StoredText {
    do {
      guard let content = try repository.blob(id, upTo: StoredText.mostBytes) else {
        return .tooLarge
      }
      return .bytes(content)
    } catch  where error.isNotFound {
      // A partial clone has trees without what they name.
      return .missing
    }
  }

  func changedPaths(of commit: CommitInfo) throws -> [RepositoryPath] {
    if let lastPaths, lastPaths.commit == commit.id { return lastPaths.paths }
    let old = try commit.parents.first.map { try repository.commit($0).tree } ?? .emptyTree
    let paths = try repository.transitions(from: old, to: commit.tree).map(\.path)
    lastPaths = (commit.id, paths)
    return paths
  }

  private func file(_ path: RepositoryPath, tree: ObjectID) throws -> ObjectID? {
    guard let entry = try repository.entry(at: path, in: tree), entry.mode.isFile else {
      return nil
    }
    return entry.id
  }

  private func target(_ reference: String) throws -> ObjectID? {
    if let target = known.target(reference) { return target }
    return reference.hasPrefix("refs/remotes/") ? try remoteReferences()[reference] : nil
  }

  private func remoteReferences() throws -> [String: ObjectID] {
    if let remotes { return remotes }
    let found = try repository.references(below: "refs/remotes/")
    let read = Dictionary(found.map { ($0.name, $0.target) }, uniquingKeysWith: { $1 })
    remotes = read
    return read
  }

  private func notesTree(_ reference: String) throws -> NotesTree? {
    if let tree = trees[reference] { return tree }
    guard let tip = known.target(reference) else { return nil }
    let tree = try NotesTree(repository, tip: tip)
    trees[reference] = tree
    return tree
  }
}
