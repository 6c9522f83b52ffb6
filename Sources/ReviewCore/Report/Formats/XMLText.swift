/// Text inside an element or an attribute of XML and HTML, and of HTML in Markdown.
enum XMLText {
  /// Foreign bytes as one line.
  static func line(_ bytes: some Sequence<UInt8>) -> String { escaped(VisibleText.line(bytes)) }

  /// Foreign text as one line.
  static func line(_ text: String) -> String { line(text.utf8) }

  /// A line of code, whose tabs stay.
  static func source(_ bytes: some Sequence<UInt8>) -> String {
    escaped(VisibleText.source(bytes))
  }

  /// Writes references for what has a meaning, and names the two characters that XML forbids.
  ///
  /// The text is visible already. A second number sign is written as a reference, because a CI
  /// service obeys `##name[...]` in its log.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isSign = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "#" where isSign: result += "&#35;"
      case "\u{fffe}": result += "&lt;U+FFFE&gt;"
      case "\u{ffff}": result += "&lt;U+FFFF&gt;"
      default: result.unicodeScalars.append(scalar)
      }
      isSign = scalar == "#"
    }
    return result
  }

  /// An opening tag with attributes, whose values are foreign text.
  static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>) -> String {
    let texts = attributes.map { " \($0.key)=\"\(line($0.value))\"" }
    return name + texts.joined()
  }
}
