/// One row of the screen: safe to print, and no wider than the screen it was made for.
package struct ScreenRow: Hashable, Sendable {
  /// The text without colour.
  package let text: String
  /// What the row is for.
  package let role: Style.Role
  /// The logical line of the item that the row is a part of; rows of one line share it.
  package let block: Int
  /// The position among the lines of the item, from 1; nil for rows that are not code.
  package let line: Int?

  init(_ text: String, _ role: Style.Role, block: Int = 0, line: Int? = nil) {
    self.text = text
    self.role = role
    self.block = block
    self.line = line
  }
}

/// Lays an item out into rows: wrapped, never cut, with everything hidden made visible.
package struct HunkLayout {
  private let width: Int
  private let digits: Int
  private let showsBlanks: Bool
  private var rows: [ScreenRow] = []
  private var block = 0

  /// The rows of an item on a screen of this width, however many they are.
  package static func rows(of item: ReviewItem, width: Int) -> [ScreenRow] {
    var layout = HunkLayout(item, width: width)
    layout.appendHeader(item)
    for (index, line) in item.lines.enumerated() { layout.append(line, at: index + 1) }
    if let note = item.opaqueNote { layout.append(note, .context) }
    return layout.rows
  }

  private init(_ item: ReviewItem, width: Int) {
    self.width = max(8, width)
    let largest = item.lines.map { max($0.oldNumber ?? 0, $0.newNumber ?? 0) }.max() ?? 0
    digits = max(3, String(largest).count)
    showsBlanks = Blanks.matter(in: item.lines)
  }

  private mutating func appendHeader(_ item: ReviewItem) {
    // The title row is cut when it is too long, and what is approved must be readable.
    if CellWidth.of(VisibleText.line(item.heading)) + 24 > width { append(item.heading, .title) }
    append("by " + item.origin + ", " + item.state, .meta)
    for evidence in item.evidence { append("  " + evidence, .meta) }
    append("", .context)
  }

  private mutating func append(_ text: String, _ role: Style.Role) {
    for row in CellWidth.wrap(VisibleText.line(text), width: width) {
      rows.append(ScreenRow(row, role, block: block))
    }
    block += 1
  }

  private mutating func append(_ line: ReviewLine, at position: Int) {
    let gutter = gutter(of: line)
    let text = showsBlanks ? Blanks.visible(line.bytes) : VisibleText.source(line.bytes)
    let pieces = CellWidth.wrap(text, width: width - gutter.first.utf8.count)
    for (index, piece) in pieces.enumerated() {
      let start = index == 0 ? gutter.first : gutter.rest
      rows.append(ScreenRow(start + piece, line.kind.role, block: block, line: position))
    }
    if line.bytes.last != UInt8(ascii: "\n") {
      let note = String(repeating: " ", count: gutter.first.utf8.count - 2) + "\\ no newline at end"
      for row in CellWidth.wrap(note, width: width) {
        rows.append(ScreenRow(row, .meta, block: block, line: position))
      }
    }
    block += 1
  }

  /// What stands left of a line, and left of the rows that continue it.
  private func gutter(of line: ReviewLine) -> (first: String, rest: String) {
    let marker = line.kind.marker
    // On a very narrow screen the text needs the room more than the numbers do.
    guard width >= 2 * digits + 24 else { return (marker + " ", marker + ">") }
    let numbers = padded(line.oldNumber) + " " + padded(line.newNumber) + " "
    let blank = String(repeating: " ", count: numbers.utf8.count)
    return (numbers + marker + " ", blank + marker + ">")
  }

  private func padded(_ number: Int?) -> String {
    let text = number.map(String.init) ?? ""
    return String(repeating: " ", count: digits - text.utf8.count) + text
  }
}

extension ReviewLine.Kind {
  /// The mark that diffs use.
  package var marker: String {
    switch self {
    case .context: " "
    case .removed: "-"
    case .added: "+"
    }
  }

  fileprivate var role: Style.Role {
    switch self {
    case .context: .context
    case .removed: .removed
    case .added: .added
    }
  }
}
