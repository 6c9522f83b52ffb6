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
        let approved = try approved(alike, found.hunks)
        if let steps = landed[path] { try count(steps, approved, &found) }
        if let steps = ahead[path] { try takeBack(steps, approved, &found) }
      }
    }
  }

  /// What steps of the target used up of approvals of one step of a file.
  private func count(
    _ steps: [FileTransition],
    _ approved: Approved,
    _ found: inout Found
  ) throws {
    if steps.contains(where: approved.step.isMade) {
      found.spend(steps: approved.entries, .landed)
    }
    let trace = try trace(approved, along: steps)
    for (number, step) in steps.enumerated()
    where !approved.isWhole || trace.mayHaveAny(after: number) {
      found.add(try hunks(of: step, approved.wanted), to: approved.entries)
      // Landed in several commits, a hunk is whole only in what they made together.
      guard let whole = try whole(step, approved.step) else { continue }
      found.raise(try hunks(of: whole, approved.wanted), of: approved.entries)
    }
    found.takeBack(approved, trace)
  }

  /// What steps of the target brought and took back of approvals of one step of a file.
  private func takeBack(
    _ steps: [FileTransition],
    _ approved: Approved,
    _ found: inout Found
  ) throws {
    if steps[steps.count - 1].new != approved.step.new,
      steps.contains(where: approved.step.isMade)
    {
      found.spend(steps: approved.entries, .landed)
    }
    found.takeBack(approved, try trace(approved, along: steps))
  }

  private func trace(_ approved: Approved, along steps: [FileTransition]) throws -> HunkTrace {
    try HunkTrace(
      approved.hunks.map(\.hunk),
      along: steps,
      project.repository,
      sizeCap: policy.limits.maxFileBytes
    )
  }

  /// Approvals of one step of a file.
  private struct Approved {
    let step: FileTransition
    let entries: [ReviewLedger.Entry]
    /// The hunks that the records list.
    let wanted: Set<HunkFingerprint>
    /// Those of them whose lines are known.
    let hunks: [(fingerprint: HunkFingerprint, hunk: Hunk)]

    /// Whether the lines of all are.
    var isWhole: Bool { hunks.count == wanted.count }
  }

  /// The lines of what records list are known as far as the change has them, or the content that was
  /// approved is here.
  private func approved(
    _ entries: [ReviewLedger.Entry],
    _ known: [HunkFingerprint: Hunk]
  ) throws -> Approved {
    let step = entries[0].file.step
    let wanted = Set(entries.flatMap { $0.file.hunks.map(\.fingerprint) })
    var hunks = known.filter { wanted.contains($0.key) }
    let ids = [step.oldID, step.newID].filter { !$0.isZero }
    if hunks.count < wanted.count, ids.allSatisfy(project.repository.contains) {
      for (fingerprint, hunk) in try self.hunks(of: step) where wanted.contains(fingerprint) {
        hunks[fingerprint] = hunk
      }
    }
    return Approved(
      step: step,
      entries: entries,
      wanted: wanted,
      hunks: hunks.map { ($0.key, $0.value) }
    )
  }

  /// What the approved content became with a step; nil where a single step says all.
  private func whole(
    _ step: FileTransition,
    _ approved: FileTransition
  ) throws -> FileTransition? {
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
    var counts: [HunkFingerprint: Int] = [:]
    for (fingerprint, _) in try hunks(of: step) where wanted.contains(fingerprint) {
      counts[fingerprint, default: 0] += 1
    }
    return counts
  }

  private func hunks(
    of step: FileTransition
  ) throws -> [(fingerprint: HunkFingerprint, hunk: Hunk)] {
    let change = try project.repository.fileChange(of: step, sizeCap: policy.limits.maxFileBytes)
    return change.hunks.map { (HunkFingerprint.of(hunk: $0, in: step), $0) }
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
    mutating func takeBack(_ approved: Approved, _ trace: HunkTrace) {
      guard trace.isComplete else { return spend(approved.entries, .tooMuch) }
      let numbers = approved.hunks.indices.filter(trace.isTakenBack)
      let gone = Set(numbers.map { approved.hunks[$0].fingerprint })
      guard !gone.isEmpty else { return }
      spend(steps: approved.entries, .landed)
      spend(hunks: gone, of: approved.entries)
    }

    /// What was not looked through may hold anything.
    mutating func spend(_ entries: [ReviewLedger.Entry], _ reason: Landings.Reason) {
      spend(steps: entries, reason)
      spend(hunks: nil, of: entries)
    }

    mutating func spend(steps entries: [ReviewLedger.Entry], _ reason: Landings.Reason) {
      for entry in entries { spent[Landings.Use(entry)] = reason }
    }

    /// Uses up some hunks, or all.
    private mutating func spend(
      hunks: Set<HunkFingerprint>?,
      of entries: [ReviewLedger.Entry]
    ) {
      for entry in entries {
        for hunk in entry.file.hunks where hunks?.contains(hunk.fingerprint) ?? true {
          counts[Landings.Use(entry), default: [:]][hunk.fingerprint] = hunk.count
        }
      }
    }
  }
}
