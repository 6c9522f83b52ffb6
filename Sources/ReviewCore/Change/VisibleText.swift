/// Foreign bytes made safe to print: what would move a cursor or hide text becomes visible.
///
/// Covers C0, DEL and C1 controls, the Bidi_Control characters and the other default-ignorable
/// code points ("Trojan Source", CVE-2021-42574), and bytes that are not UTF-8.
package enum VisibleText {
  /// One line: tabs and line ends are made visible too.
  package static func line(_ bytes: some Sequence<UInt8>) -> String {
    render(bytes, keepingTabs: false)
  }

  /// One line of source text: a tab stays a tab, a final line feed is dropped.
  package static func source(_ bytes: some Sequence<UInt8>) -> String {
    var bytes = Array(bytes)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return render(bytes, keepingTabs: true)
  }

  /// The same for text that came from outside.
  package static func line(_ text: String) -> String { line(text.utf8) }

  private static func render(_ bytes: some Sequence<UInt8>, keepingTabs: Bool) -> String {
    var result = ""
    for piece in UTF8Pieces(bytes) {
      switch piece {
      case .invalid(let byte): result += "\\x" + Hex.encode([byte])
      case .scalar("\t") where keepingTabs: result += "\t"
      case .scalar(let scalar): append(scalar, to: &result)
      }
    }
    return result
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0..<0x20: result += "^" + String(Unicode.Scalar(UInt8(scalar.value) + 0x40))
    case 0x7f: result += "^?"
    case _ where isHidden(scalar): result += "<U+" + hexDigits(scalar.value) + ">"
    default: result.unicodeScalars.append(scalar)
    }
  }

  /// Whether a terminal or editor would show nothing, or something else, for this scalar.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80..<0xa0: true
    case 0x2028, 0x2029, 0xfff9...0xfffb: true
    default: scalar.properties.isBidiControl || scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func hexDigits(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
