/// A recursive reader of JSON as people and editors write it, bounded in depth.
///
/// Lenient where nothing is lost by it: comments, trailing commas, lone surrogates and control
/// characters in strings are read; what they say is the caller's to judge.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONText.JSONFault) -> JSONNode {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    try skipSpace()
    let value = try value()
    try skipSpace()
    guard position == bytes.count else { throw fault() }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault() -> JSONText.JSONFault {
    JSONText.JSONFault(next == nil ? .truncated : .unexpected, at: position)
  }

  /// Steps over blanks and comments.
  private mutating func skipSpace() throws(JSONText.JSONFault) {
    while let byte = next {
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      case UInt8(ascii: "/"): try skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() throws(JSONText.JSONFault) {
    let second = position + 1 < bytes.count ? bytes[position + 1] : nil
    switch second {
    case UInt8(ascii: "/"):
      while let byte = next, byte != 0x0a { position += 1 }
    case UInt8(ascii: "*"):
      position += 2
      while position + 1 < bytes.count {
        if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
          position += 2
          return
        }
        position += 1
      }
      position = bytes.count
      throw fault()
    default: throw fault()
    }
  }

  private mutating func value() throws(JSONText.JSONFault) -> JSONNode {
    let start = position
    let value: JSONNode.Value
    switch next {
    case UInt8(ascii: "{"): value = .object(try object())
    case UInt8(ascii: "["): value = .array(try array())
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    default: value = .number(try number())
    }
    return JSONNode(value: value, range: start..<position)
  }

  private mutating func word(
    _ word: String,
    _ value: JSONNode.Value
  ) throws(JSONText.JSONFault) -> JSONNode.Value {
    for byte in word.utf8 {
      guard next == byte else { throw fault() }
      position += 1
    }
    return value
  }

  private mutating func number() throws(JSONText.JSONFault) -> String {
    let start = position
    while let byte = next, Bytes.isDigit(byte) || "+-.eE".utf8.contains(byte) { position += 1 }
    guard bytes[start..<position].contains(where: Bytes.isDigit) else { throw fault() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // MARK: - Containers

  private mutating func open() throws(JSONText.JSONFault) {
    guard depth > 0 else { throw JSONText.JSONFault(.tooDeep, at: position) }
    depth -= 1
    position += 1
    try skipSpace()
  }

  /// Steps over the end of a container, or over a comma; returns whether it was the end.
  private mutating func closes(_ end: UInt8) throws(JSONText.JSONFault) -> Bool {
    try skipSpace()
    if next == UInt8(ascii: ",") {
      position += 1
      try skipSpace()
      // A comma may be the last thing before the end.
      guard next == end else { return false }
    }
    guard next == end else { throw fault() }
    position += 1
    depth += 1
    return true
  }

  private mutating func array() throws(JSONText.JSONFault) -> [JSONNode] {
    try open()
    var items: [JSONNode] = []
    if next == UInt8(ascii: "]") { return try finish(items) }
    repeat { items.append(try value()) } while try !closes(UInt8(ascii: "]"))
    return items
  }

  private mutating func object() throws(JSONText.JSONFault) -> [JSONNode.Member] {
    try open()
    var members: [JSONNode.Member] = []
    if next == UInt8(ascii: "}") { return try finish(members) }
    repeat {
      let start = position
      guard next == UInt8(ascii: "\"") else { throw fault() }
      let key = try string()
      try skipSpace()
      guard next == UInt8(ascii: ":") else { throw fault() }
      position += 1
      try skipSpace()
      members.append(JSONNode.Member(key: key, start: start, value: try value()))
    } while try !closes(UInt8(ascii: "}"))
    return members
  }

  private mutating func finish<Parts>(_ parts: Parts) throws(JSONText.JSONFault) -> Parts {
    position += 1
    depth += 1
    return parts
  }

  // MARK: - Strings

  private mutating func string() throws(JSONText.JSONFault) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw fault()
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONText.JSONFault) {
    guard let byte = next else { throw fault() }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += String(try unicodeEscape()).utf8
    default:
      position -= 1
      throw fault()
    }
  }

  /// Half a pair alone becomes the replacement character: agents cut texts in the middle.
  private mutating func unicodeEscape() throws(JSONText.JSONFault) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let mark = position
    if unit < 0xdc00, next == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      let low = try codeUnit()
      if (0xdc00..<0xe000).contains(low),
        let scalar = Unicode.Scalar(0x1_0000 + (unit - 0xd800) << 10 + (low - 0xdc00))
      {
        return scalar
      }
      position = mark
    }
    return "\u{fffd}"
  }

  private mutating func codeUnit() throws(JSONText.JSONFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Hex.value(byte) else { throw fault() }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }
}
