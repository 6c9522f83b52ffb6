/// Versions of a candidate's files that somebody has read, with the lines they read.
///
/// Only used to say "changed after review by …" instead of "not reviewed": it never lets pass.
package struct EarlierReviews: Sendable {
  /// One file as one record saw it.
  package struct Version: Sendable {
    /// The record.
    package let stored: StoredRecord
    /// The change that was shown, cut into hunks again from the objects that are still here.
    package let change: FileChange
    /// The hunks of it that were approved.
    package let approved: [Hunk]

    /// Creates a version.
    package init(stored: StoredRecord, change: FileChange, approved: [Hunk]) {
      self.stored = stored
      self.change = change
      self.approved = approved
    }
  }

  private let versions: [RepositoryPath: [Version]]

  /// Nothing is known of earlier versions.
  package static let none = EarlierReviews([:])

  /// Knows these versions, by path, newest first.
  package init(_ versions: [RepositoryPath: [Version]]) { self.versions = versions }

  /// Whether any version of a path is known.
  func mentions(_ path: RepositoryPath) -> Bool { versions[path] != nil }

  /// The version whose lines this unit changed, or changed again.
  func version(changedBy unit: ReviewUnit) -> Version? {
    (versions[unit.change.transition.path] ?? []).first { $0.overlaps(unit) }
  }
}

extension EarlierReviews.Version {
  /// Whether the unit touches lines that this version's approval was about.
  func overlaps(_ unit: ReviewUnit) -> Bool {
    guard unit.hunk != nil else {
      return change.transition.oldID == unit.change.transition.oldID && approved.isEmpty
    }
    return !hunks(changedBy: unit).isEmpty
  }

  /// What the unit has not in common with the approved hunks at its place.
  ///
  /// A unit that starts where the review ended is that difference itself.
  func difference(to unit: ReviewUnit) -> ApprovedDifference? {
    guard let hunk = unit.hunk, change.transition.newID != unit.change.transition.oldID else {
      return nil
    }
    return ApprovedDifference(hunk, from: hunks(changedBy: unit), by: stored)
  }

  /// The approved hunks that the unit touches.
  private func hunks(changedBy unit: ReviewUnit) -> [Hunk] {
    guard let hunk = unit.hunk else { return [] }
    if change.transition.newID == unit.change.transition.oldID {
      // The unit starts where the review ended: it edits lines that were read.
      return approved.filter { touches($0.span.new, hunk.span.old) }
    }
    if change.transition.oldID == unit.change.transition.oldID {
      // Both start at the same version: the review saw another edit of the same place.
      return approved.filter { touches($0.span.old, hunk.span.old) && isAkin($0, hunk) }
    }
    return approved.filter { isAkin($0, hunk) }
  }

  private func touches(_ left: LineRange, _ right: LineRange) -> Bool {
    left.start <= right.end && right.start <= left.end
  }

  /// Whether two hunks share a line that says something.
  private func isAkin(_ left: Hunk, _ right: Hunk) -> Bool {
    let lines = Set(Self.tellingLines(left.added) + Self.tellingLines(left.removed))
    return Self.tellingLines(right.added).contains(where: lines.contains)
      || Self.tellingLines(right.removed).contains(where: lines.contains)
  }

  private static func tellingLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n")).filter { $0.count >= Hunk.tellingBytes }
  }
}
