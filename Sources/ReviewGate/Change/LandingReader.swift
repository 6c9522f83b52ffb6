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
          found.spend(group, .cutOff)
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
    let landed = try await project.landedSteps(of: Array(byPath.keys), on: base, after: start)
    guard let landed else { return found.spend(entries, .tooMuch) }
    for (path, steps) in landed {
      for (_, alike) in Dictionary(grouping: byPath[path] ?? [], by: \.file.step) {
        try note(steps, alike, &found)
      }
    }
  }

  /// What steps of the target used up of approvals of one step of a file.
  private func note(
    _ steps: [FileTransition],
    _ entries: [ReviewLedger.Entry],
    _ found: inout Found
  ) throws {
    let file = entries[0].file
    if steps.contains(where: { $0.new == file.step.new }) { found.spend(steps: entries, .landed) }
    let wanted = Set(entries.flatMap { $0.file.hunks.map(\.fingerprint) })
    guard !wanted.isEmpty else { return }
    let approved = try approvedHunks(file, wanted)
    let trace = try approved.map { approved in
      try HunkTrace(
        approved.map(\.hunk),
        along: steps,
        project.repository,
        sizeCap: policy.limits.maxFileBytes
      )
    }
    for (number, step) in steps.enumerated() {
      if let trace, !trace.marks.indices.contains(where: { trace.mayHave($0, after: number) }) {
        continue
      }
      found.add(try hunks(of: step, wanted), to: entries)
      // Landed in several commits, a hunk is whole only in what they made together.
      guard let whole = try whole(step, file) else { continue }
      found.raise(try hunks(of: whole, wanted), of: entries)
    }
    guard let approved, let trace else { return }
    let takenBack = approved.indices.filter { trace.isTakenBack($0) }
    if !takenBack.isEmpty {
      found.takeBack(takenBack.map { approved[$0].fingerprint }, of: entries)
    }
  }

  /// The hunks of an approved step that its records list; nil where its content does not tell them all.
  private func approvedHunks(
    _ file: ReviewedFile,
    _ wanted: Set<HunkFingerprint>
  ) throws -> [(hunk: Hunk, fingerprint: HunkFingerprint)]? {
    let step = file.step
    let ids = [step.oldID, step.newID].filter { !$0.isZero }
    guard ids.allSatisfy(project.repository.contains) else { return nil }
    let change = try project.repository.fileChange(of: step, sizeCap: policy.limits.maxFileBytes)
    let hunks = change.hunks.map { ($0, HunkFingerprint.of(hunk: $0, in: step)) }
    return wanted.isSubset(of: hunks.map(\.1)) ? hunks.filter { wanted.contains($0.1) } : nil
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
    mutating func takeBack(_ hunks: [HunkFingerprint], of entries: [ReviewLedger.Entry]) {
      spend(steps: entries, .landed)
      for entry in entries {
        for hunk in entry.file.hunks where hunks.contains(hunk.fingerprint) {
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
