import GitKit
import ReviewCore

/// Turns findings into what a person is shown.
struct ReviewItems {
  let evaluation: Gate.Evaluation
  let worktree: String?
  /// Whether hunks that changed after a review are shown whole, and not as the difference to it.
  var showsWhole = false

  /// The most lines of evidence shown with one hunk.
  private static let evidenceLines = 3

  /// The items of some findings, in their order.
  func items(_ numbers: [Int]) -> [ReviewItem] {
    numbers.map { item($0, evaluation.verdict.findings[$0]) }
  }

  private func item(_ number: Int, _ finding: Finding) -> ReviewItem {
    let move = showsWhole ? nil : moveNote(finding)
    return ReviewItem(
      id: number,
      path: finding.path.display,
      heading: finding.heading,
      origin: finding.origin.agent ?? finding.origin.name,
      evidence: finding.evidence.prefix(Self.evidenceLines).map(\.display),
      state: state(finding),
      lines: move == nil
        ? difference(finding)?.lines ?? finding.item.hunk.map { lines($0) } ?? [] : [],
      opaqueNote: move ?? opaqueNote(finding.change),
      editPath: worktree.flatMap { root in
        String(validating: finding.path.bytes, as: UTF8.self).map { root + "/" + $0 }
      },
      changedLines: difference(finding)?.count ?? finding.changedLines
    )
  }

  /// An item as its hunk was edited.
  func item(_ item: ReviewItem, editedTo hunks: [Hunk]) -> ReviewItem {
    let name = evaluation.verdict.findings[item.id].path.display
    let places = hunks.map(\.span.new.description).joined(separator: ",")
    return ReviewItem(
      id: item.id,
      path: item.path,
      heading: hunks.isEmpty ? name : name + ":" + places,
      origin: item.origin,
      evidence: item.evidence,
      state: "edited here, not recorded yet",
      lines: hunks.flatMap(lines),
      opaqueNote: hunks.isEmpty ? "Nothing of this change is left after the edit." : nil,
      editPath: item.editPath,
      changedLines: hunks.reduce(0) { $0 + $1.changedLines }
    )
  }

  /// What is shown instead of a hunk of which most was approved before.
  private func difference(_ finding: Finding) -> ApprovedDifference? {
    showsWhole ? nil : finding.difference
  }

  /// What is said of a whole file that only changed its place: its content landed before.
  ///
  /// Not where it goes to a sensitive path: there the same lines may do something else.
  private func moveNote(_ finding: Finding) -> String? {
    let transition = finding.change.transition
    let policy = evaluation.policy.policy
    guard finding.change.hunks.count == 1, transition.isAddition || transition.isDeletion,
      let other = evaluation.change.moves.partner(of: transition)
    else { return nil }
    let (from, to) = transition.isAddition ? (other, transition) : (transition, other)
    guard policy.classification(of: to.path, newMode: to.newMode) != .sensitive else { return nil }
    let what = "moved, identical: \(from.path.display) -> \(to.path.display)"
    return "\(what), \(finding.changedLines) lines that were there before. --all shows them."
  }

  private func state(_ finding: Finding) -> String {
    let review = finding.review.map { "\(VisibleText.line($0.principal)), \($0.day)" } ?? ""
    if finding.outcome == .stale, let spent = finding.review?.spent {
      return "approved by \(review), \(spent.words)"
    }
    return switch finding.outcome {
    case .stale where difference(finding) != nil:
      "changed after review by \(review); only what differs from it is shown (--all: everything)"
    case .stale: "changed after review by \(review)"
    case .rejected: "rejected by \(review): \(VisibleText.line(finding.review?.note ?? ""))"
    case .reviewed: "reviewed by \(review)"
    case .tooWeak: "reviewed by \(review), proven too weakly"
    case .selfReviewed: "reviewed by \(review), who took part in it"
    case .notAI: "no evidence of an agent"
    case .exempt, .overridden, .vouched: finding.outcome.rawValue
    case .unreviewed, .opaque, .undecided: "not reviewed"
    }
  }

  private func lines(_ hunk: Hunk) -> [ReviewLine] {
    let before = LineTable(hunk.contextBefore)
    var result: [ReviewLine] = []
    let first = hunk.span.new.start - before.count
    result += each(hunk.contextBefore, .context, old: nil, new: first)
    result += each(hunk.removed, .removed, old: hunk.span.old.start, new: nil)
    result += each(hunk.added, .added, old: nil, new: hunk.span.new.start)
    result += each(hunk.contextAfter, .context, old: nil, new: hunk.span.new.end)
    return result
  }

  private func each(
    _ bytes: [UInt8],
    _ kind: ReviewLine.Kind,
    old: Int?,
    new: Int?
  ) -> [ReviewLine] {
    let table = LineTable(bytes)
    return (0..<table.count).map { index in
      ReviewLine(
        kind: kind,
        oldNumber: old.map { $0 + index },
        newNumber: new.map { $0 + index },
        bytes: table.bytes(of: index + 1..<index + 2)
      )
    }
  }

  private func opaqueNote(_ change: FileChange) -> String? {
    guard case .opaque(let reason) = change.content else { return nil }
    let transition = change.transition
    let modes = "mode \(transition.oldMode.octal) -> \(transition.newMode.octal)"
    let ids = "\(transition.oldID.short) -> \(transition.newID.short)"
    return "\(reason.rawValue): no line view. \(modes), object \(ids). Approve only what you know."
  }
}
