import GitCommand
import GitKit
import ReviewCore

/// Reads what landed on the target between the making of records and now.
struct LandingReader {
  let project: Project
  let policy: Policy
  /// Where the change would land; nil before the first commit.
  let base: ObjectID?
  /// The commits of the change itself.
  let own: Set<ObjectID>

  /// More landings on the files of a record than this, and it counts as spent.
  private static let most = 1_000

  /// Where the history that matters to a record starts.
  private enum Start: Hashable {
    /// Nothing has landed since.
    case now
    /// After this commit.
    case after(ObjectID)
    /// With the first commit: the record's own base is not here.
    case origin
  }

  /// What has landed of some approvals.
  func landings(of entries: [ReviewLedger.Entry]) async throws -> Landings {
    guard let base else { return .none }
    var byBase: [ObjectID?: [ReviewLedger.Entry]] = [:]
    for entry in entries { byBase[entry.stored.record.base.commit, default: []].append(entry) }
    var groups: [Start: [ReviewLedger.Entry]] = [:]
    for (record, group) in byBase {
      groups[try await start(of: record, base), default: []] += group
    }
    var found = Found()
    for (start, group) in groups {
      switch start {
      case .now: continue
      case .after(let commit): try await read(group, from: commit, to: base, into: &found)
      case .origin:
        // What history has cut off here may be what would speak against a record.
        if project.layout.isShallow {
          found.spend(group)
        } else {
          try await read(group, from: nil, to: base, into: &found)
        }
      }
    }
    return Landings(spent: found.spent, counts: found.counts)
  }

  private func start(of record: ObjectID?, _ base: ObjectID) async throws -> Start {
    guard let record, project.repository.contains(record) else { return .origin }
    if record == base || own.contains(record) { return .now }
    guard let shared = try await shared(record, base) else { return .origin }
    return shared == base ? .now : .after(shared)
  }

  /// Git is asked where history is cut off; elsewhere a process for each record would take too long.
  private func shared(_ record: ObjectID, _ base: ObjectID) async throws -> ObjectID? {
    if project.layout.isShallow { return try await project.git.mergeBase(record, base) }
    return try project.repository.mergeBases(record, base).first
  }

  private func read(
    _ entries: [ReviewLedger.Entry],
    from start: ObjectID?,
    to base: ObjectID,
    into found: inout Found
  ) async throws {
    let byPath = Dictionary(grouping: entries, by: \.file.path)
    let commits = try await project.git.landings(
      on: base,
      after: start,
      paths: byPath.keys.sorted(),
      limit: Self.most + 1
    )
    guard commits.count <= Self.most else { return found.spend(entries) }
    for id in commits {
      let commit = try project.repository.commit(id)
      let before = try commit.parents.first.map { try project.repository.commit($0).tree }
      for (path, entries) in byPath {
        let step = try step(of: path, from: before ?? .emptyTree, to: commit.tree)
        guard !step.isIdentity else { continue }
        for entry in entries { try note(step, entry, &found) }
      }
    }
  }

  private func note(
    _ step: FileTransition,
    _ entry: ReviewLedger.Entry,
    _ found: inout Found
  ) throws {
    let file = entry.file
    if step.newMode == file.newMode, step.newID == file.new?.gitBlob ?? .zero {
      found.spent.insert(Landings.Use(entry))
    }
    guard !file.hunks.isEmpty else { return }
    found.add(try hunks(of: step, like: file), to: entry)
    // Landed in several commits, a hunk is whole only in what they made together.
    let old = file.old?.gitBlob ?? .zero
    guard step.oldID != old, old.isZero || project.repository.contains(old) else { return }
    let whole = FileTransition(
      path: step.path,
      oldMode: file.oldMode,
      newMode: step.newMode,
      oldID: old,
      newID: step.newID
    )
    guard !whole.isIdentity else { return }
    found.raise(try hunks(of: whole, like: file), of: entry)
  }

  /// How often a step has each hunk of a file's review.
  private func hunks(
    of step: FileTransition,
    like file: ReviewedFile
  ) throws -> [HunkFingerprint: Int] {
    let wanted = Set(file.hunks.map(\.fingerprint))
    let change = try project.repository.fileChange(of: step, sizeCap: policy.limits.maxFileBytes)
    var counts: [HunkFingerprint: Int] = [:]
    for hunk in change.hunks {
      let fingerprint = HunkFingerprint.of(hunk: hunk, in: step)
      if wanted.contains(fingerprint) { counts[fingerprint, default: 0] += 1 }
    }
    return counts
  }

  private func step(
    of path: RepositoryPath,
    from before: ObjectID,
    to after: ObjectID
  ) throws -> FileTransition {
    let old = try project.repository.entry(at: path, in: before)
    let new = try project.repository.entry(at: path, in: after)
    return FileTransition(
      path: path,
      oldMode: old?.mode ?? .absent,
      newMode: new?.mode ?? .absent,
      oldID: old?.id ?? .zero,
      newID: new?.id ?? .zero
    )
  }

  /// What was found so far.
  private struct Found {
    var spent: Set<Landings.Use> = []
    private(set) var counts: [Landings.Use: [HunkFingerprint: Int]] = [:]

    mutating func add(_ hunks: [HunkFingerprint: Int], to entry: ReviewLedger.Entry) {
      counts[Landings.Use(entry), default: [:]].merge(hunks) { $0 + $1 }
    }

    mutating func raise(_ hunks: [HunkFingerprint: Int], of entry: ReviewLedger.Entry) {
      counts[Landings.Use(entry), default: [:]].merge(hunks) { max($0, $1) }
    }

    mutating func spend(_ entries: [ReviewLedger.Entry]) {
      for entry in entries {
        spent.insert(Landings.Use(entry))
        for hunk in entry.file.hunks {
          counts[Landings.Use(entry), default: [:]][hunk.fingerprint] = hunk.count
        }
      }
    }
  }
}
