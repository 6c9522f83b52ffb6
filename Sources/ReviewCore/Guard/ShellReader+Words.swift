extension ShellReader {
  /// Reads one word; several where a variable with a known value stands alone in it.
  mutating func word() -> [String] {
    var text: [UInt8] = []
    var isQuoted = false
    let start = position
    while let byte = next, !Self.isMeta(byte), byte != end || byte != UInt8(ascii: "`") {
      switch byte {
      case UInt8(ascii: "'"):
        isQuoted = true
        position += 1
        text += singleQuoted()
      case UInt8(ascii: "\""):
        isQuoted = true
        position += 1
        text += quoted(until: UInt8(ascii: "\""))
      case UInt8(ascii: "\\"):
        if let escaped = peek(), escaped != 0x0a { text.append(escaped) }
        position = min(position + 2, bytes.count)
      case UInt8(ascii: "$"): text += dollar()
      case UInt8(ascii: "`"):
        position += 1
        nested(until: UInt8(ascii: "`"))
      default:
        text.append(byte)
        position += 1
      }
    }
    let word = String(decoding: text, as: UTF8.self)
    guard !isQuoted, bytes[start] == UInt8(ascii: "$"), word.utf8.contains(0x20) else {
      return [word]
    }
    return word.split(separator: " ").map(String.init)
  }

  private mutating func singleQuoted() -> ArraySlice<UInt8> {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")) else {
      isComplete = false
      defer { position = bytes.count }
      return bytes[position...]
    }
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  /// Text in which only `$`, backticks and some backslashes mean something.
  mutating func quoted(until end: UInt8?) -> [UInt8] {
    var text: [UInt8] = []
    while let byte = next {
      if byte == end {
        position += 1
        return text
      }
      switch byte {
      case UInt8(ascii: "\\"):
        let escaped = peek()
        position = min(position + 2, bytes.count)
        guard let escaped, escaped != 0x0a else { continue }
        if !"$`\"\\".utf8.contains(escaped) { text.append(byte) }
        text.append(escaped)
      case UInt8(ascii: "$"): text += dollar()
      case UInt8(ascii: "`"):
        position += 1
        nested(until: UInt8(ascii: "`"))
      default:
        text.append(byte)
        position += 1
      }
    }
    if end != nil { isComplete = false }
    return text
  }

  /// What a dollar sign starts.
  private mutating func dollar() -> [UInt8] {
    position += 1
    switch next {
    case UInt8(ascii: "("):
      if peek() == UInt8(ascii: "(") {
        skipBalanced(UInt8(ascii: "("), UInt8(ascii: ")"))
        return []
      }
      position += 1
      nested(until: UInt8(ascii: ")"))
      return []
    case UInt8(ascii: "{"): return braced()
    case UInt8(ascii: "'"):
      position += 1
      return escapedQuoted()
    case UInt8(ascii: "\""): return []
    case let byte? where Self.isNameByte(byte): return variable()
    default: return [UInt8(ascii: "$")]
    }
  }

  private mutating func variable() -> [UInt8] {
    let start = position
    while let byte = next, Self.isNameByte(byte) { position += 1 }
    return value(of: String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func braced() -> [UInt8] {
    let start = position + 1
    skipBalanced(UInt8(ascii: "{"), UInt8(ascii: "}"))
    let inner = bytes[min(start, position)..<max(start, position - 1)]
    let name = inner.prefix(while: Self.isNameByte)
    return value(of: String(decoding: name, as: UTF8.self))
  }

  private func value(of name: String) -> [UInt8] {
    Array((variables[name] ?? "$" + name).utf8)
  }

  /// `$'…'` with its escapes.
  private mutating func escapedQuoted() -> [UInt8] {
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == UInt8(ascii: "'") { return text }
      guard byte == UInt8(ascii: "\\"), let escape = next else {
        text.append(byte)
        continue
      }
      position += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(0x0a)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "x"): text += number(radix: 16, digits: 2, first: nil)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        text += number(radix: 8, digits: 2, first: escape)
      default: text.append(escape)
      }
    }
    isComplete = false
    return text
  }

  private mutating func number(radix: Int, digits: Int, first: UInt8?) -> [UInt8] {
    var value = first.map { Int($0 - 0x30) } ?? 0
    var count = 0
    while count < digits, let byte = next, let digit = Hex.value(byte), Int(digit) < radix {
      value = value * radix + Int(digit)
      position += 1
      count += 1
    }
    return [UInt8(truncatingIfNeeded: value)]
  }

  /// Steps over what stands between a pair; quotes inside hide its end.
  private mutating func skipBalanced(_ open: UInt8, _ close: UInt8) {
    var level = 0
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\\"): position = min(position + 1, bytes.count)
      case UInt8(ascii: "'"): _ = singleQuoted()
      case open: level += 1
      case close:
        level -= 1
        if level == 0 { return }
      default: break
      }
    }
    isComplete = false
  }
}
