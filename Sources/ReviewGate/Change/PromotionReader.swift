import GitCommand
import GitKit
import ReviewCore

/// Finds code that a change brings from prototype paths to paths where it has to be read.
///
/// Whoever moves it is not who wrote it, so its lines get the origin that they have in the prototype.
struct PromotionReader {
  let project: Project
  let policy: Policy

  /// The change with the lines it promotes; the same change where nothing is a prototype.
  func adding(
    to change: EvaluatedChange,
    _ roster: Roster?
  ) async throws -> EvaluatedChange {
    guard !policy.paths.prototype.isEmpty else { return change }
    let arrivals = try project.repository.transitions(from: change.baseTree, to: change.headTree)
      .filter { !$0.isDeletion && $0.newID != $0.oldID && !policy.isPrototype($0.path) }
    guard !arrivals.isEmpty else { return change }
    let index = try prototypes(of: change)
    guard !index.isEmpty else { return change }
    return try await promote(arrivals, index, change, roster)
  }

  private func promote(
    _ arrivals: [FileTransition],
    _ index: PrototypeIndex,
    _ change: EvaluatedChange,
    _ roster: Roster?
  ) async throws -> EvaluatedChange {
    var files: [RepositoryPath: CandidateFile] = [:]
    for file in change.candidate.files { files[file.change.transition.path] = file }
    var origins = PrototypeOrigins(project: project, policy: policy)
    var isPromoted = false
    for arrival in arrivals {
      let file = try files[arrival.path] ?? unlisted(arrival)
      guard let promoted = try await promote(file, index, &origins) else { continue }
      files[arrival.path] = promoted
      isPromoted = true
    }
    guard isPromoted else { return change }
    var result = change
    result.candidate = Candidate(
      files: files.sorted { $0.key < $1.key }.map(\.value),
      people: change.candidate.people,
      warnings: change.candidate.warnings
    )
    if result.ledger.records.isEmpty {
      let paths = Set(result.candidate.files.map(\.change.transition.path))
      result.ledger = try await project.ledger(roster, about: paths)
    }
    return result
  }

  /// The file with what is promoted into it; nil where nothing is that has to be read.
  private func promote(
    _ file: CandidateFile,
    _ index: PrototypeIndex,
    _ origins: inout PrototypeOrigins
  ) async throws -> CandidateFile? {
    var items = file.items
    var isPromoted = false
    let whole = index.source(of: file.change.transition.newID)
    for (number, item) in items.enumerated() {
      let matches =
        whole.map { [PrototypeIndex.Match(source: $0, lines: [])] }
        ?? item.hunk.map { index.matches($0.added) } ?? []
      for match in matches {
        let found = try await origins.contributions(match).filter(needsReview)
        guard !found.isEmpty else { continue }
        items[number] = CandidateItem(
          hunk: item.hunk,
          contributions: items[number].contributions + found
        )
        items[number].promotedFrom = match.source.path
        isPromoted = true
        break
      }
    }
    return isPromoted ? CandidateFile(change: file.change, items: items) : nil
  }

  private func needsReview(_ contribution: Contribution) -> Bool {
    Judge(policy: policy, ledger: .empty, now: 0).needsReview(contribution)
  }

  private func unlisted(_ transition: FileTransition) throws -> CandidateFile {
    let change = try project.repository.fileChange(
      of: transition,
      sizeCap: policy.limits.maxFileBytes
    )
    return CandidateFile(
      change: change,
      items: change.units.map { CandidateItem(hunk: $0, contributions: []) }
    )
  }
}

// MARK: - Prototypes

extension PromotionReader {
  /// The prototypes that the change starts from, and those that came up on its way.
  private func prototypes(of change: EvaluatedChange) throws -> PrototypeIndex {
    var index = PrototypeIndex()
    if let base = change.base {
      for file in try files(in: change.baseTree) { try add(file, at: base, to: &index) }
    }
    for commit in change.commits.map(\.info) {
      let before = try commit.parents.first.map { try project.repository.commit($0).tree }
      let steps = try project.repository.transitions(from: before ?? .emptyTree, to: commit.tree)
      for step in steps where policy.isPrototype(step.path) {
        try add((step.path, step.newMode, step.newID), at: commit.id, to: &index)
      }
    }
    return index
  }

  private func add(
    _ file: (path: RepositoryPath, mode: FileMode, id: ObjectID),
    at commit: ObjectID,
    to index: inout PrototypeIndex
  ) throws {
    guard file.mode.isFile, !index.contains(file.id) else { return }
    let source = PrototypeIndex.Source(path: file.path, commit: commit)
    let isSmall = try project.repository.size(of: file.id) <= policy.limits.maxFileBytes
    let content = isSmall ? try project.repository.blob(file.id) : nil
    index.add(content, blob: file.id, from: source)
  }

  /// The prototype files of a tree; only the folders that the patterns name are looked at.
  private func files(
    in tree: ObjectID
  ) throws -> [(path: RepositoryPath, mode: FileMode, id: ObjectID)] {
    let folders = Set(policy.paths.prototype.map { RepositoryPath($0.literalFolder) })
    var found: [RepositoryPath: (path: RepositoryPath, mode: FileMode, id: ObjectID)] = [:]
    for folder in folders.sorted() {
      guard let entry = try project.repository.entry(at: folder, in: tree),
        entry.mode == .directory
      else { continue }
      for file in try project.repository.transitions(from: .emptyTree, to: entry.id) {
        let path = folder.bytes.isEmpty ? file.path : folder.appending(file.path.bytes)
        if policy.isPrototype(path) { found[path] = (path, file.newMode, file.newID) }
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}
