import GitKit
import ReviewCore

/// What a person made of hunks in the editor while reviewing them.
///
/// The answer is about the edited lines once they are on the screen, and about nothing else: the
/// record is bound to what the worktree then holds, and counts when exactly that is committed.
final class ReviewEdits {
  private let project: Project
  private let evaluation: Gate.Evaluation
  private let items: ReviewItems
  /// What was made of each finding, by number.
  private(set) var edited: [Int: EditedHunks] = [:]
  /// The content of each edited file as it was last shown.
  private var known: [RepositoryPath: [UInt8]] = [:]
  /// The content when the editor was opened; nil where an edit cannot be followed.
  private var before: [UInt8]?

  init(_ project: Project, _ evaluation: Gate.Evaluation, _ items: ReviewItems) {
    self.project = project
    self.evaluation = evaluation
    self.items = items
  }

  /// Remembers the file before an editor opens it.
  ///
  /// Only a file that holds what is shown can be followed: otherwise other changes would be taken
  /// for the person's.
  func begin(_ item: ReviewItem) {
    let finding = evaluation.verdict.findings[item.id]
    let shown =
      known[finding.path] ?? (try? project.repository.blob(finding.change.transition.newID))
    before = finding.item.hunk == nil ? nil : content(of: item).flatMap { $0 == shown ? $0 : nil }
  }

  /// The item as the editor left it; nil when nothing changed or the edit cannot be followed.
  func end(_ item: ReviewItem) throws -> ReviewItem? {
    let finding = evaluation.verdict.findings[item.id]
    guard let before, let after = content(of: item), after != before,
      let hunk = finding.item.hunk
    else { return nil }
    let old = finding.change.transition
    let transition = FileTransition(
      path: old.path,
      oldMode: old.oldMode,
      newMode: old.newMode,
      oldID: old.oldID,
      newID: try project.repository.store(blob: after)
    )
    let change = try project.repository.fileChange(
      of: transition,
      sizeCap: evaluation.policy.policy.limits.maxFileBytes
    )
    let own = change.hunks.filter { $0.stands(where: hunk) }
    edited[item.id] = EditedHunks(change: change, hunks: own)
    known[old.path] = after
    return items.item(item, editedTo: own)
  }

  /// The files that were edited, to be staged.
  var paths: [RepositoryPath] { known.keys.sorted() }

  private func content(of item: ReviewItem) -> [UInt8]? {
    item.editPath.flatMap { FileBytes.isLink($0) ? nil : FileBytes.read($0) }
  }
}

/// Hunks as a person edited them.
struct EditedHunks {
  /// The change of the file with the edit.
  let change: FileChange
  /// What became of the hunk; none when nothing of it is left.
  let hunks: [Hunk]
}

extension Hunk {
  /// Whether this changes the place of the old version that another hunk is about.
  fileprivate func stands(where other: Hunk) -> Bool {
    span.old.start <= other.span.old.end && other.span.old.start <= span.old.end
  }
}
