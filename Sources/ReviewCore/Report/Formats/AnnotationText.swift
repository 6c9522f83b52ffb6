/// Text inside a workflow command of GitHub (`::error file=...::message`).
enum AnnotationText {
  /// The message.
  static func data(_ text: String) -> String { escaped(text.utf8, isProperty: false) }

  /// The value of a property.
  static func property(_ bytes: [UInt8]) -> String { escaped(bytes, isProperty: true) }

  /// Encodes what would end the field; whatever else a terminal would obey becomes visible.
  private static func escaped(_ bytes: some Sequence<UInt8>, isProperty: Bool) -> String {
    var result = ""
    for piece in UTF8Pieces(bytes) {
      switch piece {
      case .scalar("%"): result += "%25"
      case .scalar("\r"): result += "%0D"
      case .scalar("\n"): result += "%0A"
      case .scalar(":") where isProperty: result += "%3A"
      case .scalar(",") where isProperty: result += "%2C"
      case .scalar(let scalar): result += VisibleText.line(String(scalar))
      case .invalid(let byte): result += VisibleText.line([byte])
      }
    }
    return result
  }
}
