/// Rows of cells in aligned columns, indented by two.
struct Columns {
  /// Where the text of a column stands.
  enum Side { case left, right }

  /// One side for each column.
  let sides: [Side]

  /// A cell wider than this moves the rest of its own row and nothing else.
  private static let widest = 64
  private static let gap = "   "

  /// The rows as lines without line ends and without blanks at their ends.
  func lines(_ rows: [[String]]) -> [String] {
    let widths = sides.indices.map { column in
      rows.map { CellWidth.of($0[column]) }.filter { $0 <= Self.widest }.max() ?? 0
    }
    return rows.map { row in
      let cells = sides.indices.map { padded(row[$0], to: widths[$0], sides[$0]) }
      return "  " + Self.withoutEnd(cells.joined(separator: Self.gap))
    }
  }

  private func padded(_ text: String, to width: Int, _ side: Side) -> String {
    let blanks = String(repeating: " ", count: max(0, width - CellWidth.of(text)))
    return side == .left ? text + blanks : blanks + text
  }

  private static func withoutEnd(_ text: String) -> String {
    String(text[..<(text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)])
  }
}

/// Rows of a name and what it stands for; further texts of one name follow below each other.
struct LabelledRows {
  private(set) var rows: [[String]] = []

  /// Whether there is nothing to show.
  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; nothing when there is no text.
  mutating func add(_ label: String, _ texts: [String]) {
    for (index, text) in texts.enumerated() { rows.append([index == 0 ? label : "", text]) }
  }

  /// Adds a row of one text.
  mutating func add(_ label: String, _ text: String?) { add(label, text.map { [$0] } ?? []) }

  /// The rows as lines without line ends.
  var lines: [String] { Columns(sides: [.left, .left]).lines(rows) }
}
