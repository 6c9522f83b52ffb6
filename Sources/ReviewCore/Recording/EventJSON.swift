/// JSON as agents send it, read as far as it goes.
///
/// Nothing is refused: what is cut off, nested too deeply or wrong ends the reading, and what was
/// read until then counts. Of equal keys the last one counts. `StrictJSON` is for what is decided on.
package indirect enum EventJSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it is written.
  case number(String)
  case string(String)
  case array([EventJSON])
  case object([String: EventJSON])

  /// Containers inside one another beyond which the inner ones are passed over.
  private static let depth = 32

  /// Reads one document in UTF-8, with or without a byte-order mark, or in UTF-16.
  ///
  /// `isWhole` is false where something could not be read.
  package static func read(_ bytes: [UInt8]) -> (value: EventJSON, isWhole: Bool) {
    var reader = EventJSONReader(utf8(bytes))
    let value = reader.value(depth: depth) ?? .null
    return (value, !reader.isBroken)
  }

  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    switch (bytes.first, bytes.dropFirst().first) {
    case (0xef, 0xbb) where bytes.dropFirst(2).first == 0xbf: Array(bytes.dropFirst(3))
    case (0xff, 0xfe): utf16(bytes.dropFirst(2), isBig: false)
    case (0xfe, 0xff): utf16(bytes.dropFirst(2), isBig: true)
    // Every document starts with an ASCII character.
    case (let first?, 0) where first != 0: utf16(bytes[...], isBig: false)
    case (0, let second?) where second != 0: utf16(bytes[...], isBig: true)
    default: bytes
    }
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBig: Bool) -> [UInt8] {
    let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isBig ? first << 8 | second : second << 8 | first
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  // MARK: - Looking in

  /// The member of an object; nil for anything else.
  package subscript(_ key: String) -> EventJSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The first member that is there and not null.
  package func first(_ keys: [String]) -> EventJSON? {
    for key in keys { if let value = self[key], value != .null { return value } }
    return nil
  }

  /// The first member that is text and not empty.
  package func text(_ keys: String...) -> String? { text(keys) }

  /// The first member that is text and not empty.
  package func text(_ keys: [String]) -> String? {
    for key in keys {
      if case .string(let text)? = self[key], !text.isEmpty { return text }
    }
    return nil
  }

  /// The elements of an array; none for anything else.
  package var elements: [EventJSON] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The text of a string; nil for anything else.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }
}

/// Reads from the front and stops at the first thing it does not understand.
private struct EventJSONReader {
  private let bytes: [UInt8]
  private var position = 0
  /// Values beyond which no event is meant.
  private var valuesLeft = 200_000
  /// Whether something was not read.
  private(set) var isBroken = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0d).contains(byte) { position += 1 }
  }

  mutating func value(depth: Int) -> EventJSON? {
    skipSpace()
    valuesLeft -= 1
    guard let byte = next, valuesLeft > 0 else { return broken() }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth > 0 else { return passOver() }
      position += 1
      return byte == UInt8(ascii: "{") ? object(depth: depth - 1) : array(depth: depth - 1)
    case UInt8(ascii: "\""): return .string(string())
    default: return word()
    }
  }

  private mutating func broken() -> EventJSON? {
    isBroken = true
    position = bytes.count
    return nil
  }

  private mutating func word() -> EventJSON? {
    let start = position
    while let byte = next, byte > 0x20, !"{}[],:\"".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      let isNumber = text.utf8.first.map { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
      return isNumber == true ? .number(text) : broken()
    }
  }

  private mutating func object(depth: Int) -> EventJSON? {
    var members: [String: EventJSON] = [:]
    while true {
      skipSpace()
      switch next {
      case UInt8(ascii: "}"):
        position += 1
        return .object(members)
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "\""):
        let key = string()
        skipSpace()
        guard next == UInt8(ascii: ":") else {
          _ = broken()
          return .object(members)
        }
        position += 1
        if let value = value(depth: depth) { members[key] = value }
      default:
        _ = broken()
        return .object(members)
      }
    }
  }

  private mutating func array(depth: Int) -> EventJSON? {
    var elements: [EventJSON] = []
    while true {
      skipSpace()
      switch next {
      case UInt8(ascii: "]"):
        position += 1
        return .array(elements)
      case UInt8(ascii: ","): position += 1
      case nil:
        _ = broken()
        return .array(elements)
      default:
        if let value = value(depth: depth) { elements.append(value) }
      }
    }
  }

  /// Steps over a container without keeping it, however deep it goes.
  private mutating func passOver() -> EventJSON? {
    isBroken = true
    var open = 0
    while let byte = next {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        open -= 1
        position += 1
        if open <= 0 { return .null }
      case UInt8(ascii: "\""): _ = string()
      default: position += 1
      }
    }
    return .null
  }

  private mutating func string() -> String {
    position += 1
    var text: [UInt8] = []
    var start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        text += bytes[start..<position]
        position += 1
        return String(decoding: text, as: UTF8.self)
      }
      guard byte == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      text += bytes[start..<position]
      position += 1
      escaped(&text)
      start = position
    }
    isBroken = true
    if start < bytes.count { text += bytes[start...] }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escaped(_ text: inout [UInt8]) {
    guard let byte = next else { return }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "u"): text += String(decoding: units(), as: UTF16.self).utf8
    default: text.append(byte)
    }
  }

  /// One code unit, with the second half of a pair where it follows.
  private mutating func units() -> [UInt16] {
    guard let first = unit() else { return [0xfffd] }
    guard (0xd800..<0xdc00).contains(first), next == UInt8(ascii: "\\"),
      position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
    else { return [first] }
    position += 2
    return [first, unit() ?? 0xfffd]
  }

  private mutating func unit() -> UInt16? {
    let digits = bytes[position..<min(position + 4, bytes.count)]
    position += digits.count
    return digits.count == 4 ? UInt16(String(decoding: digits, as: UTF8.self), radix: 16) : nil
  }
}
