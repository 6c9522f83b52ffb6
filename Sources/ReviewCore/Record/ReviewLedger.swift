/// The review records of one repository, each once, indexed for the questions of a verdict.
///
/// It grants nothing by itself: base rule, budgets, strength and independence are the judge's.
/// Every answer is in the order of record ids, whatever order the records came in.
package struct ReviewLedger: Sendable {
  /// The records that count, without withdrawn ones and without withdrawals.
  package let records: [StoredRecord]
  /// The records that their own principals took back.
  package let withdrawn: [StoredRecord]
  /// What was found and does not count.
  package let warnings: [LedgerWarning]

  private let approvals: Index
  private let rejections: Index

  /// One file in one record.
  package struct Entry: Hashable, Sendable {
    /// The record.
    package let stored: StoredRecord
    /// The file in it.
    package let file: ReviewedFile
  }

  /// One hunk in one record.
  package struct HunkEntry: Hashable, Sendable {
    /// The record.
    package let stored: StoredRecord
    /// The file in it.
    package let file: ReviewedFile
    /// The hunk in the file; its `count` is the record's budget.
    package let hunk: ReviewedHunk
  }

  /// No records at all.
  package static let empty = ReviewLedger([], repositoryID: "")

  /// Unites records, drops those of other repositories, and applies withdrawals.
  package init(
    _ found: [StoredRecord],
    repositoryID: String,
    warnings: [LedgerWarning] = []
  ) {
    var warnings = warnings
    var own: [StoredRecord] = []
    for stored in found {
      if stored.record.isAbout(repositoryID) {
        own.append(stored)
      } else {
        let reason = LedgerWarning.Reason.foreignRepository(stored.record.repositoryID)
        warnings.append(LedgerWarning(source: stored.source, reason: reason))
      }
    }
    let split = Withdrawals(Self.united(own))
    records = split.kept
    withdrawn = split.withdrawn
    self.warnings = Self.sorted(warnings + split.warnings + HardwareCounters.warnings(own))
    approvals = Index(records.filter { $0.record.verdict == .approved })
    rejections = Index(records.filter { $0.record.verdict == .rejected })
  }

  /// Reads stored envelopes and verifies them; what cannot be used becomes a warning.
  ///
  /// With `paths`, records that are about none of them are left out unverified: no rule looks a record
  /// up by anything but a path. Withdrawals name records, not paths, and are all read.
  package static func read(
    _ sources: [RecordSource],
    repositoryID: String,
    verifier: RecordVerifier,
    about paths: Set<RepositoryPath>? = nil
  ) -> ReviewLedger {
    var found: [StoredRecord] = []
    var warnings: [LedgerWarning] = []
    for source in sources {
      switch source.read(verifier, about: paths) {
      case nil: continue
      case .success(let stored): found.append(stored)
      case .failure(let reason):
        warnings.append(LedgerWarning(source: source.name, reason: reason))
      }
    }
    return ReviewLedger(found, repositoryID: repositoryID, warnings: warnings)
  }

  // MARK: - Approvals

  /// Approvals of the exact transition of this file: path, modes and both contents.
  package func transitions(matching change: FileChange) -> [Entry] {
    transitions(of: change.transition.path).filter { $0.file.isTransition(of: change) }
  }

  /// Every approved transition of a path, the steps that a chain is made of.
  package func transitions(of path: RepositoryPath) -> [Entry] {
    approved(path).filter(\.file.complete)
  }

  /// Every approval that mentions a path, to find near matches.
  package func approved(_ path: RepositoryPath) -> [Entry] { approvals.files[path] ?? [] }

  /// Whether any record says something about a path.
  package func mentions(_ path: RepositoryPath) -> Bool {
    approvals.files[path] != nil || rejections.files[path] != nil
  }

  /// Approvals of a hunk by fingerprint, trivial ones included: they must not count alone.
  package func approvals(of fingerprint: HunkFingerprint, at path: RepositoryPath) -> [HunkEntry] {
    approvals.hunks(fingerprint, path)
  }

  // MARK: - Rejections

  /// Rejections of a hunk by fingerprint.
  package func rejections(of fingerprint: HunkFingerprint, at path: RepositoryPath) -> [HunkEntry] {
    rejections.hunks(fingerprint, path)
  }

  /// Every rejection that mentions a path.
  func rejected(_ path: RepositoryPath) -> [Entry] { rejections.files[path] ?? [] }

  /// Rejections of this file's exact transition as a whole.
  package func rejections(of change: FileChange) -> [Entry] {
    (rejections.files[change.transition.path] ?? []).filter {
      $0.file.complete && $0.file.isTransition(of: change)
    }
  }

  // MARK: - Other statements

  /// The same records, where statements of another kind stand in the place of approvals.
  ///
  /// They are bound to content in the same way, so that the same rules find them.
  func standing(
    for verdict: ReviewRecord.Verdict,
    where holds: (StoredRecord) -> Bool = { _ in true }
  ) -> ReviewLedger {
    ReviewLedger(self, approvals: records.filter { $0.record.verdict == verdict && holds($0) })
  }

  private init(_ other: ReviewLedger, approvals: [StoredRecord]) {
    records = other.records
    withdrawn = other.withdrawn
    warnings = other.warnings
    self.approvals = Index(approvals)
    rejections = Index([])
  }

  // MARK: - Building

  /// Each id once, in order; of several copies the best proven one.
  private static func united(_ records: [StoredRecord]) -> [StoredRecord] {
    var best: [String: StoredRecord] = [:]
    for stored in records {
      if let other = best[stored.id], precedes(other, stored) { continue }
      best[stored.id] = stored
    }
    return best.values.sorted { $0.id < $1.id }
  }

  private static func precedes(_ left: StoredRecord, _ right: StoredRecord) -> Bool {
    let ranks = [left, right].map { ReviewStrength.allCases.firstIndex(of: $0.strength) ?? 0 }
    return ranks[0] == ranks[1]
      ? left.source.utf8.lexicographicallyPrecedes(right.source.utf8) : ranks[0] > ranks[1]
  }

  private static func sorted(_ warnings: [LedgerWarning]) -> [LedgerWarning] {
    Set(warnings).sorted {
      $0.description.utf8.lexicographicallyPrecedes($1.description.utf8)
    }
  }

  /// Records of one verdict by path.
  private struct Index: Sendable {
    private(set) var files: [RepositoryPath: [Entry]] = [:]
    private var hunks: [Key: [HunkEntry]] = [:]

    private struct Key: Hashable {
      let path: RepositoryPath
      let fingerprint: HunkFingerprint
    }

    init(_ records: [StoredRecord]) {
      for stored in records {
        for file in stored.record.files {
          files[file.path, default: []].append(Entry(stored: stored, file: file))
          for hunk in file.hunks {
            hunks[Key(path: file.path, fingerprint: hunk.fingerprint), default: []]
              .append(HunkEntry(stored: stored, file: file, hunk: hunk))
          }
        }
      }
    }

    func hunks(_ fingerprint: HunkFingerprint, _ path: RepositoryPath) -> [HunkEntry] {
      hunks[Key(path: path, fingerprint: fingerprint)] ?? []
    }
  }
}

extension ReviewRecord {
  /// Whether this record is about the repository of that name.
  ///
  /// What was read before a first commit carries no roots yet. It is taken only as what it can be:
  /// about files that come out of nothing, and bound to their whole content like any record.
  func isAbout(_ repository: String) -> Bool {
    if repositoryID.utf8.elementsEqual(repository.utf8) { return true }
    return repositoryID.utf8.elementsEqual(RepositoryIdentity.rootless.utf8)
      && base.commit == nil && base.tree == .emptyTree && files.allSatisfy { $0.old == nil }
  }
}

extension ReviewedFile {
  /// Whether this is the same step: path, modes, and both contents by every name known.
  package func isTransition(of change: FileChange) -> Bool {
    let transition = change.transition
    return path == transition.path && oldMode == transition.oldMode
      && newMode == transition.newMode
      && Self.agrees(old, transition.isAddition, transition.oldID, change.oldSHA256)
      && Self.agrees(new, transition.isDeletion, transition.newID, change.newSHA256)
  }

  /// The step it is about, by git's names of the contents.
  package var step: FileTransition {
    FileTransition(
      path: path,
      oldMode: oldMode,
      newMode: newMode,
      oldID: old?.gitBlob ?? .zero,
      newID: new?.gitBlob ?? .zero
    )
  }

  /// Whether both are about one step of one file, by every name known.
  func isStep(of other: ReviewedFile) -> Bool {
    path == other.path && oldMode == other.oldMode && newMode == other.newMode
      && Self.agrees(old, other.old) && Self.agrees(new, other.new)
  }

  private static func agrees(_ left: ContentID?, _ right: ContentID?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.agrees(with: right)
  }

  private static func agrees(
    _ content: ContentID?,
    _ isAbsent: Bool,
    _ id: ObjectID,
    _ sha256: [UInt8]?
  ) -> Bool {
    guard let content else { return isAbsent }
    return !isAbsent && content.agrees(with: ContentID(gitBlob: id, sha256: sha256))
  }
}
