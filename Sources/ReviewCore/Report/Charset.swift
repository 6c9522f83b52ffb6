/// What a reader's screen can show, and so how foreign bytes are written.
enum Charset {
  /// Anything beyond ASCII is named by its code point.
  case ascii
  /// Everything that is visible stays as it is.
  case unicode

  init(unicode: Bool) { self = unicode ? .unicode : .ascii }

  /// Stands for what was left out.
  var ellipsis: String { self == .unicode ? "\u{2026}" : "..." }

  /// One line, safe to print here.
  func show(_ bytes: some Sequence<UInt8>) -> String {
    fit(LogCommand.defused(VisibleText.line(bytes)))
  }

  /// One line, safe to print here.
  func show(_ text: String) -> String { show(text.utf8) }

  /// One line of at most `width` cells, without its middle: both ends of a path tell more.
  func show(_ bytes: some Sequence<UInt8>, width: Int) -> String {
    let text = show(bytes)
    guard CellWidth.of(text) > width else { return text }
    let half = (width - ellipsis.utf8.count) / 2
    return Self.prefix(text.unicodeScalars, width: half) + ellipsis
      + String(String.UnicodeScalarView(Self.suffix(text.unicodeScalars, width: half)))
  }

  private static func prefix(_ scalars: String.UnicodeScalarView, width: Int) -> String {
    var cells = 0
    let kept = scalars.prefix { scalar in
      cells += CellWidth.of(scalar)
      return cells <= width
    }
    return String(String.UnicodeScalarView(kept))
  }

  private static func suffix(
    _ scalars: String.UnicodeScalarView,
    width: Int
  ) -> [Unicode.Scalar] {
    var cells = 0
    let kept = scalars.reversed().prefix { scalar in
      cells += CellWidth.of(scalar)
      return cells <= width
    }
    return kept.reversed()
  }

  /// Names what an ASCII screen cannot show.
  private func fit(_ text: String) -> String {
    guard self == .ascii, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
      }
    }
  }
}
