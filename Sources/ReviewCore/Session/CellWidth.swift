/// How many terminal cells text takes.
package enum CellWidth {
  /// 0 for combining marks, 2 for wide characters and emoji, 1 otherwise.
  ///
  /// In doubt the larger figure is right: a row that is too short looks odd, one that is too long
  /// wraps by itself and pushes other rows off the screen.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if isWide(scalar.value) || scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return (0x1160...0x11ff).contains(scalar.value) ? 0 : 1
    }
  }

  /// The cells of text without tabs.
  package static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// Splits text into rows of at most `width` cells; tabs become spaces up to a stop every eight.
  package static func wrap(_ text: String, width: Int) -> [String] {
    var wrapper = Wrapper(width: max(2, width))
    for scalar in text.unicodeScalars {
      if scalar == "\t" { wrapper.tab() } else { wrapper.append(scalar) }
    }
    return wrapper.rows + [wrapper.row]
  }

  /// The first `width` cells, for text that nobody is asked to approve.
  package static func cut(_ text: String, width: Int) -> String {
    guard of(text) > width else { return text }
    var wrapper = Wrapper(width: max(2, width - 3))
    for scalar in text.unicodeScalars where wrapper.rows.isEmpty { wrapper.append(scalar) }
    return String(((wrapper.rows.first ?? "") + "...").unicodeScalars.prefix(max(0, width)))
  }

  /// East Asian Wide and Fullwidth (UAX #11), which Swift's properties do not have.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x4dff, 0x4e00...0xa4cf,
      0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18dff, 0x1aff0...0x1b2ff, 0x1d300...0x1d376,
      0x1f200...0x1f265, 0x20000...0x3fffd:
      true
    default: false
    }
  }
}

/// Collects cells into rows.
private struct Wrapper {
  let width: Int
  var rows: [String] = []
  var row = ""
  private var used = 0
  private var column = 0

  init(width: Int) { self.width = width }

  mutating func append(_ scalar: Unicode.Scalar) {
    let cells = CellWidth.of(scalar)
    if used + cells > width {
      rows.append(row)
      row = ""
      used = 0
    }
    row.unicodeScalars.append(scalar)
    used += cells
    column += cells
  }

  mutating func tab() {
    for _ in 0..<(8 - column % 8) { append(" ") }
  }
}
