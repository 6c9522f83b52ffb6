/// A value to be written into a JSON text; keys keep their order.
package enum JSONValue: Hashable, Sendable {
  /// A string.
  case string(String)
  /// A whole number.
  case integer(Int)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object([Member])

  /// One key of an object with its value.
  package struct Member: Hashable, Sendable {
    /// The key.
    package let key: String
    /// The value.
    package let value: JSONValue

    /// Creates a member.
    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// How a text is laid out.
  package struct Layout: Hashable, Sendable {
    /// One step of indentation.
    package var unit = "  "
    /// What ends a line.
    package var newline = "\n"

    /// Creates the usual layout.
    package init() {}
  }

  /// A whole file with this value.
  package func file(_ layout: Layout = Layout()) -> [UInt8] {
    Array((text(layout, indent: "") + layout.newline).utf8)
  }

  /// The value over several lines; the first one is not indented.
  func text(_ layout: Layout, indent: String) -> String {
    let inner = indent + layout.unit
    switch self {
    case .string, .integer: return line
    case .array(let items) where items.isEmpty: return "[]"
    case .object(let members) where members.isEmpty: return "{}"
    case .array(let items):
      return wrapped("[", items.map { $0.text(layout, indent: inner) }, "]", layout, indent)
    case .object(let members):
      let parts = members.map { member in
        Self.quoted(member.key) + ": " + member.value.text(layout, indent: inner)
      }
      return wrapped("{", parts, "}", layout, indent)
    }
  }

  /// The value on one line.
  package var line: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .integer(let number): String(number)
    case .array(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ": " + $0.value.line }.joined(separator: ", ") + "}"
    }
  }

  private func wrapped(
    _ open: String,
    _ parts: [String],
    _ close: String,
    _ layout: Layout,
    _ indent: String
  ) -> String {
    let separator = layout.newline + indent + layout.unit
    return open + separator + parts.joined(separator: "," + separator) + layout.newline + indent
      + close
  }

  /// A string as JSON writes it, slashes bare.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
