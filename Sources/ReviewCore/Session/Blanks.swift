/// Blanks made visible where they are what changed.
///
/// A tab that becomes spaces, or a blank at the end of a line, changes a Makefile or a Python file
/// and looks like nothing; elsewhere the marks would only be in the way.
enum Blanks {
  /// Whether some removed and some added line differ in nothing but blanks.
  static func matter(in lines: [ReviewLine]) -> Bool {
    let removed = Set(lines.filter { $0.kind == .removed }.map(withoutBlanks))
    return lines.contains { $0.kind == .added && removed.contains(withoutBlanks($0)) }
  }

  /// One line of source text with tabs, blanks at the end and unusual blanks shown.
  static func visible(_ bytes: [UInt8]) -> String {
    let line = bytes.last == UInt8(ascii: "\n") ? Array(bytes.dropLast()) : bytes
    let end = line.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? 0
    var text = ""
    for scalar in VisibleText.line(line[..<end]).unicodeScalars {
      if isUnusual(scalar) { text += name(scalar) } else { text.unicodeScalars.append(scalar) }
    }
    return text + String(repeating: name(" "), count: line.count - end)
  }

  private static func withoutBlanks(_ line: ReviewLine) -> [Unicode.Scalar] {
    VisibleText.source(line.bytes).unicodeScalars.filter { !$0.properties.isWhitespace }
  }

  private static func isUnusual(_ scalar: Unicode.Scalar) -> Bool {
    scalar != " " && scalar.properties.isWhitespace
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }
}
