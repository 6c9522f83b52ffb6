import GitKit
import ReviewCore

/// Cuts earlier reviews into hunks again, where their objects are still here.
struct EarlierReader {
  let repository: Repository
  let policy: Policy
  let ledger: ReviewLedger

  /// How many records of one path are looked at, newest first: the others say nothing new.
  private static let perPath = 8

  /// The versions people have read of the files that may need a reviewer.
  func versions(for candidate: Candidate) -> EarlierReviews {
    var found: [RepositoryPath: [EarlierReviews.Version]] = [:]
    for file in candidate.files {
      let path = file.change.transition.path
      let entries = ledger.approved(path).sorted {
        ($1.stored.record.createdAt, $1.stored.id) < ($0.stored.record.createdAt, $0.stored.id)
      }
      let versions = entries.prefix(Self.perPath).compactMap(version)
      if !versions.isEmpty { found[path] = versions }
    }
    return EarlierReviews(found)
  }

  /// One record's file; nil when its objects are gone, which only makes the wording poorer.
  private func version(_ entry: ReviewLedger.Entry) -> EarlierReviews.Version? {
    let file = entry.file
    let transition = FileTransition(
      path: file.path,
      oldMode: file.oldMode,
      newMode: file.newMode,
      oldID: file.old?.gitBlob ?? .zero,
      newID: file.new?.gitBlob ?? .zero
    )
    guard
      let change = try? repository.fileChange(of: transition, sizeCap: policy.limits.maxFileBytes)
    else { return nil }
    let approved = Set(file.hunks.map(\.fingerprint))
    let hunks = change.hunks.filter { hunk in
      approved.contains(HunkFingerprint.of(hunk: hunk, in: transition))
    }
    return EarlierReviews.Version(stored: entry.stored, change: change, approved: hunks)
  }
}
