import GitCommand
import GitKit
import ReviewCore

/// Reads what landed on the target between the making of records and now.
struct LandingReader {
  let project: Project
  let policy: Policy
  /// The commit that the change starts from; nil before the first commit.
  let base: ObjectID?
  /// The tip of the branch that it would land on, where it is named.
  let tip: ObjectID?
  /// Commits after which nothing has landed on `base`.
  let own: Set<ObjectID>

  /// Where the history that matters to a record starts.
  private enum Start: Hashable {
    /// Nothing has landed since.
    case now
    /// After this commit.
    case after(ObjectID)
    /// With the first commit: the record's own base is not here.
    case origin
  }

  /// What has landed of some approvals, and of hunks that they could cover.
  func landings(
    of entries: [ReviewLedger.Entry],
    _ hunks: [HunkFingerprint: Hunk]
  ) async throws -> Landings {
    guard let base else { return .none }
    var byBase: [ObjectID?: [ReviewLedger.Entry]] = [:]
    for entry in entries { byBase[entry.stored.record.base.commit, default: []].append(entry) }
    var groups: [Start: [ReviewLedger.Entry]] = [:]
    for (record, group) in byBase {
      groups[try await start(of: record, base), default: []] += group
    }
    var found = Found(hunks: hunks)
    for (start, group) in groups {
      switch start {
      case .now:
        if let tip, tip != base { try await read(group, from: base, to: nil, tip, into: &found) }
      case .after(let commit): try await read(group, from: commit, to: base, tip, into: &found)
      case .origin:
        // What history has cut off here may be what would speak against a record.
        if project.layout.isShallow {
          found.spend(group, .cutOff)
        } else {
          try await read(group, from: nil, to: base, tip, into: &found)
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

  /// Reads what landed up to the commit that the change starts from, which is used up, and up to the
  /// tip, where only what was taken back again speaks against a change that starts before it.
  private func read(
    _ entries: [ReviewLedger.Entry],
    from start: ObjectID?,
    to base: ObjectID?,
    _ tip: ObjectID?,
    into found: inout Found
  ) async throws {
    let byPath = Dictionary(grouping: entries, by: \.file.path)
    let paths = Array(byPath.keys)
    func steps(to branch: ObjectID?) async throws -> [RepositoryPath: [FileTransition]]? {
      guard let branch else { return [:] }
      return try await project.landedSteps(of: paths, on: branch, after: start)
    }
    let later = tip == base ? nil : tip
    guard let landed = try await steps(to: base), let ahead = try await steps(to: later) else {
      return found.spend(entries, .tooMuch)
    }
    for (path, entries) in byPath {
      for (_, alike) in Dictionary(grouping: entries, by: \.file.step) {
        if let steps = landed[path] { try count(steps, alike, &found) }
        if let steps = ahead[path] { try takeBack(steps, alike, &found) }
      }
    }
  }

  /// What steps of the target used up of approvals of one step of a file.
  private func count(
    _ steps: [FileTransition],
    _ entries: [ReviewLedger.Entry],
    _ found: inout Found
  ) throws {
    let file = entries[0].file
    if steps.contains(where: file.step.isMade) { found.spend(steps: entries, .landed) }
    let wanted = Set(entries.flatMap { $0.file.hunks.map(\.fingerprint) })
    guard !wanted.isEmpty else { return }
    let approved = try approvedHunks(file, wanted, found.hunks)
    let trace = try trace(approved.map(\.hunk), along: steps)
    let isKnown = wanted.isSubset(of: approved.map(\.fingerprint))
    for (number, step) in steps.enumerated() where !isKnown || trace.mayHaveAny(after: number) {
      found.add(try hunks(of: step, wanted), to: entries)
      // Landed in several commits, a hunk is whole only in what they made together.
      guard let whole = try whole(step, file) else { continue }
      found.raise(try hunks(of: whole, wanted), of: entries)
    }
    found.takeBack(approved, trace, of: entries)
  }

  /// What steps of the target brought and took back of approvals of one step of a file.
  private func takeBack(
    _ steps: [FileTransition],
    _ entries: [ReviewLedger.Entry],
    _ found: inout Found
  ) throws {
    let file = entries[0].file
    if steps[steps.count - 1].new != file.step.new, steps.contains(where: file.step.isMade) {
      found.spend(steps: entries, .landed)
    }
    let wanted = Set(entries.flatMap { $0.file.hunks.map(\.fingerprint) })
    let approved = try approvedHunks(file, wanted, found.hunks)
    found.takeBack(approved, try trace(approved.map(\.hunk), along: steps), of: entries)
  }

  private func trace(_ hunks: [Hunk], along steps: [FileTransition]) throws -> HunkTrace {
    try HunkTrace(
      hunks,
      along: steps,
      project.repository,
      sizeCap: policy.limits.maxFileBytes
    )
  }

  /// The hunks that records of an approved step list, as far as the change has them or the approved
  /// content is here.
  private func approvedHunks(
    _ file: ReviewedFile,
    _ wanted: Set<HunkFingerprint>,
    _ known: [HunkFingerprint: Hunk]
  ) throws -> [(hunk: Hunk, fingerprint: HunkFingerprint)] {
    var found = known.filter { wanted.contains($0.key) }
    let step = file.step
    let ids = [step.oldID, step.newID].filter { !$0.isZero }
    if found.count < wanted.count, ids.allSatisfy(project.repository.contains) {
      let change = try project.repository.fileChange(of: step, sizeCap: policy.limits.maxFileBytes)
      for hunk in change.hunks {
        let fingerprint = HunkFingerprint.of(hunk: hunk, in: step)
        if wanted.contains(fingerprint) { found[fingerprint] = hunk }
      }
    }
    return found.map { ($0.value, $0.key) }
  }

  /// What the approved content became with a step; nil where a single step says all.
  private func whole(_ step: FileTransition, _ file: ReviewedFile) throws -> FileTransition? {
    let approved = file.step
    guard step.oldID != approved.oldID,
      approved.oldID.isZero || project.repository.contains(approved.oldID)
    else { return nil }
    let whole = FileTransition(
      path: step.path,
      oldMode: approved.oldMode,
      newMode: step.newMode,
      oldID: approved.oldID,
      newID: step.newID
    )
    return whole.isIdentity ? nil : whole
  }

  /// How often a step has each of some hunks.
  private func hunks(
    of step: FileTransition,
    _ wanted: Set<HunkFingerprint>
  ) throws -> [HunkFingerprint: Int] {
    let change = try project.repository.fileChange(of: step, sizeCap: policy.limits.maxFileBytes)
    var counts: [HunkFingerprint: Int] = [:]
    for hunk in change.hunks {
      let fingerprint = HunkFingerprint.of(hunk: hunk, in: step)
      if wanted.contains(fingerprint) { counts[fingerprint, default: 0] += 1 }
    }
    return counts
  }

  /// What was found so far.
  private struct Found {
    /// Hunks that may be covered.
    let hunks: [HunkFingerprint: Hunk]
    private(set) var spent: [Landings.Use: Landings.Reason] = [:]
    private(set) var counts: [Landings.Use: [HunkFingerprint: Int]] = [:]

    mutating func add(_ hunks: [HunkFingerprint: Int], to entries: [ReviewLedger.Entry]) {
      for entry in entries { counts[Landings.Use(entry), default: [:]].merge(hunks) { $0 + $1 } }
    }

    mutating func raise(_ hunks: [HunkFingerprint: Int], of entries: [ReviewLedger.Entry]) {
      for entry in entries {
        counts[Landings.Use(entry), default: [:]].merge(hunks) { max($0, $1) }
      }
    }

    /// Hunks that came and went: nothing that brings all of them in again was approved.
    mutating func takeBack(
      _ approved: [(hunk: Hunk, fingerprint: HunkFingerprint)],
      _ trace: HunkTrace,
      of entries: [ReviewLedger.Entry]
    ) {
      let gone = Set(approved.indices.filter(trace.isTakenBack).map { approved[$0].fingerprint })
      guard !gone.isEmpty else { return }
      spend(steps: entries, .landed)
      for entry in entries {
        for hunk in entry.file.hunks where gone.contains(hunk.fingerprint) {
          counts[Landings.Use(entry), default: [:]][hunk.fingerprint] = hunk.count
        }
      }
    }

    mutating func spend(steps entries: [ReviewLedger.Entry], _ reason: Landings.Reason) {
      for entry in entries { spent[Landings.Use(entry)] = reason }
    }

    mutating func spend(_ entries: [ReviewLedger.Entry], _ reason: Landings.Reason) {
      spend(steps: entries, reason)
      for entry in entries {
        for hunk in entry.file.hunks {
          counts[Landings.Use(entry), default: [:]][hunk.fingerprint] = hunk.count
        }
      }
    }
  }
}
