import ReviewCore

/// Finds the paths for which a merge may have to answer.
///
/// A topic that is merged late differs from the result in everything that happened meanwhile. Its own
/// changes are found from where it left, which costs what it changed and not what others did.
struct MergeScan {
  private let repository: Repository
  private let parents: [ObjectID]
  private let result: ObjectID
  private let wanted: Set<RepositoryPath>
  /// What each parent has at a path that was looked at.
  private var entries: [[RepositoryPath: Entry]]
  /// What the result has where it differs from the first parent.
  private var results: [RepositoryPath: Entry] = [:]

  private struct Entry {
    let mode: FileMode
    let id: ObjectID
  }

  /// Starts with what differs from the first parent; all are trees.
  init(
    _ repository: Repository,
    parents: [ObjectID],
    result: ObjectID,
    wanted: Set<RepositoryPath>
  ) throws(GitError) {
    self.repository = repository
    self.parents = parents
    self.result = result
    self.wanted = wanted
    entries = Array(repeating: [:], count: parents.count)
    for transition in try repository.transitions(from: parents[0], to: result)
    where wanted.contains(transition.path) {
      note(transition, old: 0)
    }
  }

  /// Adds what another parent changed since some trees that it shares with the first one.
  mutating func add(_ place: Int, since shared: [ObjectID]) throws(GitError) {
    guard !shared.isEmpty else {
      for transition in try repository.transitions(from: parents[place], to: result)
      where wanted.contains(transition.path) {
        note(transition, old: place)
      }
      return
    }
    // As one of them has it, is as it was shared: what no point has is new.
    var changed: [RepositoryPath: Entry]?
    for tree in shared {
      var since: [RepositoryPath: Entry] = [:]
      for transition in try repository.transitions(from: tree, to: parents[place]) {
        let path = transition.path
        guard wanted.contains(path), changed == nil || changed?[path] != nil else { continue }
        since[path] = Entry(mode: transition.newMode, id: transition.newID)
      }
      changed = since
    }
    entries[place].merge(changed ?? [:]) { _, new in new }
  }

  /// Adds what another parent is known to have changed since it and the first one went apart.
  mutating func add(_ place: Int, _ changes: [FileTransition]) {
    for change in changes where wanted.contains(change.path) {
      entries[place][change.path] = Entry(mode: change.newMode, id: change.newID)
    }
  }

  /// The paths that were found, each against every parent.
  func paths() throws(GitError) -> [ScannedPath] {
    var found: [ScannedPath] = []
    for path in entries.reduce(into: Set(results.keys), { $0.formUnion($1.keys) }).sorted() {
      // Where the result is as the first parent, that one may be known instead.
      let new = if let known = results[path] { known } else { try entry(path, in: 0) }
      var transitions: [FileTransition] = []
      for place in parents.indices {
        let old = try entry(path, in: place)
        transitions.append(
          FileTransition(
            path: path,
            oldMode: old.mode,
            newMode: new.mode,
            oldID: old.id,
            newID: new.id
          )
        )
      }
      if transitions.contains(where: { !$0.isIdentity }) {
        found.append(ScannedPath(transitions: transitions))
      }
    }
    return found
  }

  private mutating func note(_ transition: FileTransition, old place: Int) {
    entries[place][transition.path] = Entry(mode: transition.oldMode, id: transition.oldID)
    results[transition.path] = Entry(mode: transition.newMode, id: transition.newID)
  }

  private func entry(_ path: RepositoryPath, in place: Int) throws(GitError) -> Entry {
    if let known = entries[place][path] { return known }
    guard let entry = try repository.entry(at: path, in: parents[place]), entry.mode != .directory
    else { return Entry(mode: .absent, id: .zero) }
    return Entry(mode: entry.mode, id: entry.id)
  }
}
