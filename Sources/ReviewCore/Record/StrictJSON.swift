/// A JSON document without surprises: see `StrictJSON.parse` for what is refused.
///
/// Keys are bytes: `String` equality would take canonically equivalent keys for the same one.
enum StrictJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A whole number that every JSON reader understands alike (53 bits).
  case integer(Int)
  /// Any other number; nothing here needs its value, and none is ever written.
  case number
  case string(String)
  case array([StrictJSON])
  case object([[UInt8]: StrictJSON])

  /// The largest number that a reader with 64-bit floats keeps exact.
  static let largestInteger = 1 << 53 - 1

  /// An object of the members that have a value.
  static func object(_ members: KeyValuePairs<String, StrictJSON?>) -> StrictJSON {
    var object: [[UInt8]: StrictJSON] = [:]
    for (key, value) in members { object[Array(key.utf8)] = value }
    return .object(object)
  }

  /// An array of strings.
  static func strings(_ texts: [String]) -> StrictJSON { .array(texts.map(StrictJSON.string)) }

  /// Compact text with sorted keys: the same value gives the same bytes.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null, .number: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .string(let text): Self.write(text.utf8, to: &bytes)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members): Self.write(members, to: &bytes)
    }
  }

  private static func write(_ members: [[UInt8]: StrictJSON], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for (index, member) in sorted.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(member.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      member.value.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Writes a string; only what JSON requires is escaped.
  private static func write(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case 0..<0x20: bytes += ("\\u00" + Hex.encode([byte])).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
