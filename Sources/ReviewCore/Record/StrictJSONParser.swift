extension StrictJSON {
  /// Reads exactly one document.
  ///
  /// Refused: duplicate keys, bytes that are not UTF-8, lone surrogates, comments, trailing commas
  /// or bytes, a byte-order mark, and nesting over `depth`.
  static func parse(_ bytes: [UInt8], depth: Int) throws(RecordError) -> StrictJSON {
    var parser = StrictJSONParser(bytes: bytes, depth: depth)
    return try parser.document()
  }
}

/// A recursive reader of RFC 8259 text, whose recursion is bounded by the allowed depth.
private struct StrictJSONParser {
  let bytes: [UInt8]
  /// How many more arrays and objects may open.
  var depth: Int
  var position = 0

  init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  mutating func document() throws(RecordError) -> StrictJSON {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw fault(.trailingBytes) }
    return value
  }

  private func fault(_ fault: JSONFault) -> RecordError { .json(fault, offset: position) }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d {
      position += 1
    }
  }

  /// Steps over `byte` when it comes next.
  private mutating func skip(_ byte: Character) -> Bool {
    guard let expected = byte.asciiValue, next == expected else { return false }
    position += 1
    return true
  }

  private func unexpected() -> RecordError { fault(next == nil ? .truncated : .unexpectedByte) }

  private mutating func value() throws(RecordError) -> StrictJSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(
    _ text: StaticString,
    _ value: StrictJSON
  ) throws(RecordError) -> StrictJSON {
    for byte in text.description.utf8 {
      guard next == byte else { throw unexpected() }
      position += 1
    }
    return value
  }

  // MARK: - Containers

  private mutating func open() throws(RecordError) {
    guard depth > 0 else { throw fault(.tooDeep) }
    depth -= 1
    position += 1
    skipSpace()
  }

  private mutating func array() throws(RecordError) -> StrictJSON {
    try open()
    defer { depth += 1 }
    var items: [StrictJSON] = []
    if skip("]") { return .array(items) }
    while true {
      items.append(try value())
      skipSpace()
      if skip("]") { return .array(items) }
      guard skip(",") else { throw unexpected() }
    }
  }

  private mutating func object() throws(RecordError) -> StrictJSON {
    try open()
    defer { depth += 1 }
    var members: [[UInt8]: StrictJSON] = [:]
    if skip("}") { return .object(members) }
    while true {
      skipSpace()
      let start = position
      let key = Array(try string().utf8)
      skipSpace()
      guard skip(":") else { throw unexpected() }
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw .json(.duplicateKey, offset: start)
      }
      skipSpace()
      if skip("}") { return .object(members) }
      guard skip(",") else { throw unexpected() }
    }
  }

  // MARK: - Numbers

  private mutating func number() throws(RecordError) -> StrictJSON {
    let start = position
    _ = skip("-")
    let firstDigit = position
    try digits()
    if bytes[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
      position = firstDigit + 1
      throw unexpected()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    var isWhole = true
    if skip(".") {
      isWhole = false
      try digits()
    }
    if skip("e") || skip("E") {
      isWhole = false
      if !skip("+") { _ = skip("-") }
      try digits()
    }
    guard isWhole, let value = Int(text), value.magnitude <= StrictJSON.largestInteger else {
      return .number
    }
    return .integer(value)
  }

  private mutating func digits() throws(RecordError) {
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw unexpected() }
  }

  // MARK: - Strings

  private mutating func string() throws(RecordError) -> String {
    guard skip("\"") else { throw unexpected() }
    let start = position
    var text: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw .json(.invalidUTF8, offset: start)
        }
        position += 1
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw fault(.unexpectedByte)
      default:
        text.append(byte)
        position += 1
      }
    }
    throw fault(.truncated)
  }

  private mutating func escape(into text: inout [UInt8]) throws(RecordError) {
    position += 1
    guard let byte = next else { throw fault(.truncated) }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      text += String(try unicodeEscape()).utf8
      return
    default: throw fault(.invalidEscape)
    }
    position += 1
  }

  /// Reads from the `u` of an escape to its end, a following low surrogate included.
  private mutating func unicodeEscape() throws(RecordError) -> Unicode.Scalar {
    let start = position
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xdc00, skip("\\"), next == UInt8(ascii: "u") else {
      throw .json(.loneSurrogate, offset: start)
    }
    let low = try codeUnit()
    guard (0xdc00..<0xe000).contains(low),
      let scalar = Unicode.Scalar(0x1_0000 + (unit - 0xd800) << 10 + (low - 0xdc00))
    else { throw .json(.loneSurrogate, offset: start) }
    return scalar
  }

  private mutating func codeUnit() throws(RecordError) -> UInt32 {
    position += 1
    guard position + 4 <= bytes.count else { throw fault(.truncated) }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard let pair = Hex.decode(digits), pair.count == 2 else { throw fault(.invalidEscape) }
    position += 4
    return UInt32(pair[0]) << 8 | UInt32(pair[1])
  }
}
