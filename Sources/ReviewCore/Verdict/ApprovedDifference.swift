/// How a hunk differs from what somebody approved at its place.
///
/// Who reads these lines, knowing that the rest was approved, has read the hunk.
package struct ApprovedDifference: Sendable {
  /// The record of the approval.
  package let stored: StoredRecord
  /// The lines that differ, with up to three of those that do not on either side.
  package let lines: [ReviewLine]
  /// How many lines differ.
  package let count: Int

  private static let contextLines = 3
  /// Longer texts are shown whole: comparing them costs more than it saves.
  private static let mostLines = 4_000

  /// A line of a hunk as both sides are compared.
  private struct Line: Hashable {
    let isAdded: Bool
    let bytes: [UInt8]
  }

  /// Compares a hunk with the approved ones; nil when that saves nobody anything.
  init?(_ hunk: Hunk, from approved: [Hunk], by stored: StoredRecord) {
    let now = Self.lines(of: hunk)
    let before = approved.flatMap(Self.lines)
    guard !before.isEmpty, now.count + before.count <= Self.mostLines else { return nil }
    let rows = Self.rows(now, before, hunk)
    count = rows.count { $0.kind != .context }
    guard count > 0, count < now.count else { return nil }
    lines = Self.near(rows)
    self.stored = stored
  }

  private static func lines(of hunk: Hunk) -> [Line] {
    [(hunk.removed, false), (hunk.added, true)].flatMap { bytes, isAdded in
      let table = LineTable(bytes)
      return (0..<table.count).map { index in
        Line(isAdded: isAdded, bytes: table.bytes(of: index + 1..<index + 2))
      }
    }
  }

  /// Every line of both, in the order of the hunk.
  private static func rows(_ now: [Line], _ before: [Line], _ hunk: Hunk) -> [ReviewLine] {
    let difference = now.difference(from: before)
    var gone: Set<Int> = []
    for case .remove(let offset, _, _) in difference.removals { gone.insert(offset) }
    var new: Set<Int> = []
    for case .insert(let offset, _, _) in difference.insertions { new.insert(offset) }
    var rows: [ReviewLine] = []
    var old = 0
    for (index, line) in now.enumerated() {
      while old < before.count, gone.contains(old) {
        rows.append(withdrawn(before[old]))
        old += 1
      }
      rows.append(row(line, index, hunk, isNew: new.contains(index)))
      if !new.contains(index) { old += 1 }
    }
    return rows + before[min(old, before.count)...].map(withdrawn)
  }

  /// A line that was approved and is not part of the hunk any more.
  private static func withdrawn(_ line: Line) -> ReviewLine {
    let kind: ReviewLine.Kind = line.isAdded ? .removed : .added
    return ReviewLine(kind: kind, oldNumber: nil, newNumber: nil, bytes: line.bytes)
  }

  private static func row(
    _ line: Line,
    _ index: Int,
    _ hunk: Hunk,
    isNew: Bool
  ) -> ReviewLine {
    let removed = hunk.span.old.count
    let kind: ReviewLine.Kind = isNew ? (line.isAdded ? .added : .removed) : .context
    return ReviewLine(
      kind: kind,
      oldNumber: line.isAdded ? nil : hunk.span.old.start + index,
      newNumber: line.isAdded ? hunk.span.new.start + index - removed : nil,
      bytes: line.bytes
    )
  }

  /// The rows that differ, and those close to them.
  private static func near(_ rows: [ReviewLine]) -> [ReviewLine] {
    var wanted: Set<Int> = []
    for (index, row) in rows.enumerated() where row.kind != .context {
      for near in max(0, index - contextLines)...index + contextLines { wanted.insert(near) }
    }
    return rows.indices.filter(wanted.contains).map { rows[$0] }
  }
}
