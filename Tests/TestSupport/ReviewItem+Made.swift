package import ReviewCore

extension ReviewItem {
  /// An item whose lines are written as in a diff: ` `, `-` or `+`, then the text.
  package static func made(
    id: Int = 1,
    path: String = "Sources/App.swift",
    heading: String? = nil,
    evidence: [String] = ["Co-Authored-By: Claude <noreply@example.com>"],
    start: Int = 1,
    opaqueNote: String? = nil,
    editPath: String? = nil,
    _ diff: [String]
  ) -> ReviewItem {
    var old = start
    var new = start
    let lines = diff.map { text in
      let bytes = Array((text.dropFirst() + "\n").utf8)
      defer {
        if text.first != "+" { old += 1 }
        if text.first != "-" { new += 1 }
      }
      return switch text.first {
      case "+": ReviewLine(kind: .added, oldNumber: nil, newNumber: new, bytes: bytes)
      case "-": ReviewLine(kind: .removed, oldNumber: old, newNumber: nil, bytes: bytes)
      default: ReviewLine(kind: .context, oldNumber: old, newNumber: new, bytes: bytes)
      }
    }
    return ReviewItem(
      id: id,
      path: path,
      heading: heading ?? "\(path):\(start)",
      origin: "claude-code",
      evidence: evidence,
      state: "not reviewed",
      lines: lines,
      opaqueNote: opaqueNote,
      editPath: editPath,
      changedLines: lines.count { $0.kind != .context }
    )
  }
}
