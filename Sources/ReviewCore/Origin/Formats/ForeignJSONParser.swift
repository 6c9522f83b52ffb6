/// Reads one JSON document from bytes.
struct ForeignJSONParser {
  private let input: ArraySlice<UInt8>
  /// The place of the next byte, from the start of the input.
  private var index = 0
  private let skipped: [String]
  /// How many more values are built before the document counts as too large.
  private var valuesLeft = 4_000_000

  private static let deepest = 64

  init(_ bytes: ArraySlice<UInt8>, skipping skipped: [String]) {
    input = bytes
    self.skipped = skipped
  }

  /// The document, which must be all there is.
  mutating func document() -> ForeignJSON? {
    // A byte order mark is no part of the document.
    if input.starts(with: [0xef, 0xbb, 0xbf]) { index += 3 }
    let input = input
    let bytes = input.span
    guard let value = value(bytes, depth: 0) else { return nil }
    skipBlanks(bytes)
    return index == bytes.count ? value : nil
  }

  private func next(_ bytes: Span<UInt8>) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    input[(input.startIndex + range.lowerBound)..<(input.startIndex + range.upperBound)]
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0a, 0x0d: index += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard next(bytes) == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(_ bytes: Span<UInt8>, depth: Int) -> ForeignJSON? {
    skipBlanks(bytes)
    valuesLeft -= 1
    guard valuesLeft > 0, depth < Self.deepest, let first = next(bytes) else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(bytes, depth: depth)
    case UInt8(ascii: "["): return array(bytes, depth: depth)
    case UInt8(ascii: "\""): return string(bytes).map(ForeignJSON.string)
    case UInt8(ascii: "t"): return word("true", .bool(true), bytes)
    case UInt8(ascii: "f"): return word("false", .bool(false), bytes)
    case UInt8(ascii: "n"): return word("null", .null, bytes)
    default: return number(bytes)
    }
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) -> ForeignJSON? {
    index += 1
    var members: [ForeignJSON.Member] = []
    skipBlanks(bytes)
    if take(UInt8(ascii: "}"), bytes) { return .object([]) }
    while true {
      skipBlanks(bytes)
      guard next(bytes) == UInt8(ascii: "\""), let key = string(bytes) else { return nil }
      skipBlanks(bytes)
      guard take(UInt8(ascii: ":"), bytes) else { return nil }
      if skipped.contains(where: key.isText) {
        guard skipValue(bytes) else { return nil }
        members.append(ForeignJSON.Member(key: key, value: .null))
      } else {
        guard let value = value(bytes, depth: depth + 1) else { return nil }
        members.append(ForeignJSON.Member(key: key, value: value))
      }
      skipBlanks(bytes)
      if take(UInt8(ascii: "}"), bytes) { return .object(members) }
      guard take(UInt8(ascii: ","), bytes) else { return nil }
    }
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) -> ForeignJSON? {
    index += 1
    var items: [ForeignJSON] = []
    skipBlanks(bytes)
    if take(UInt8(ascii: "]"), bytes) { return .array([]) }
    while true {
      guard let item = value(bytes, depth: depth + 1) else { return nil }
      items.append(item)
      skipBlanks(bytes)
      if take(UInt8(ascii: "]"), bytes) { return .array(items) }
      guard take(UInt8(ascii: ","), bytes) else { return nil }
    }
  }

  private mutating func word(
    _ word: StaticString,
    _ value: ForeignJSON,
    _ bytes: Span<UInt8>
  ) -> ForeignJSON? {
    let text = Array(word.description.utf8)
    guard slice(index..<bytes.count).starts(with: text) else { return nil }
    index += text.count
    return value
  }

  private mutating func number(_ bytes: Span<UInt8>) -> ForeignJSON? {
    let start = index
    while let byte = next(bytes), byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
      byte != UInt8(ascii: "]")
    {
      guard Bytes.isDigit(byte) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains(byte) else { return nil }
      index += 1
    }
    guard index > start, index - start < 400 else { return nil }
    let text = String(decoding: slice(start..<index), as: UTF8.self)
    return .number(Int(text) ?? Double(text).flatMap(Int.init(exactly:)))
  }
}

// MARK: - Strings

extension ForeignJSONParser {
  /// A string at its opening quote.
  private mutating func string(_ bytes: Span<UInt8>) -> [UInt8]? {
    let start = index + 1
    guard let end = endOfString(bytes) else { return nil }
    let raw = slice(start..<end.quote)
    return end.isEscaped ? Self.unescaped(raw) : Array(raw)
  }

  /// Passes over a string; where its closing quote is, and whether it has escapes.
  private mutating func endOfString(
    _ bytes: Span<UInt8>
  ) -> (quote: Int, isEscaped: Bool)? {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var place = bytes.place(of: quote, or: backslash, from: index + 1)
    var isEscaped = false
    while place < bytes.count, bytes[place] == backslash {
      isEscaped = true
      place = bytes.place(of: quote, or: backslash, from: place + 2)
    }
    guard place < bytes.count else { return nil }
    index = place + 1
    return (place, isEscaped)
  }

  private static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count)
    var rest = raw
    var high: UInt32?
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        high = nil
        continue
      }
      guard let kind = rest.popFirst() else { return nil }
      switch kind {
      case UInt8(ascii: "n"): result.append(0x0a)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0d)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0c)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(kind)
      case UInt8(ascii: "u"):
        guard let unit = UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16),
          rest.count >= 4
        else { return nil }
        rest = rest.dropFirst(4)
        append(unit, &high, to: &result)
        continue
      default: return nil
      }
      high = nil
    }
    return result
  }

  /// Joins surrogate pairs; half of one becomes the replacement character.
  private static func append(_ unit: UInt32, _ high: inout UInt32?, to result: inout [UInt8]) {
    var value = unit
    if let first = high, (0xdc00..<0xe000).contains(unit) {
      // Three bytes stand for the half that was seen alone.
      result.removeLast(3)
      value = 0x10000 + (first - 0xd800) << 10 + (unit - 0xdc00)
    }
    high = (0xd800..<0xdc00).contains(unit) ? unit : nil
    let scalar = Unicode.Scalar(value) ?? "\u{fffd}"
    result += Array(String(scalar).utf8)
  }

  /// Passes over a value, seeing only that brackets and strings are closed.
  private mutating func skipValue(_ bytes: Span<UInt8>) -> Bool {
    skipBlanks(bytes)
    var open = 0
    while let byte = next(bytes) {
      switch byte {
      case UInt8(ascii: "\""):
        guard endOfString(bytes) != nil else { return false }
        if open == 0 { return true }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // The end of the object around it: a value without brackets ends before it.
        if open == 0 { return true }
        open -= 1
        index += 1
        if open == 0 { return true }
      case UInt8(ascii: ","):
        if open == 0 { return true }
        index += 1
      default: index += 1
      }
    }
    return false
  }
}
