/// The words of a line in lower case: letters, digits and dots between other bytes.
struct Words {
  struct Word {
    let text: String
    /// Where the byte after the word stands.
    let end: Int
  }

  private(set) var all: [Word] = []
  private let bytes: [UInt8]

  /// Splits bytes that are folded and in lower case.
  init(_ bytes: [UInt8], from start: Int = 0, upTo end: Int? = nil) {
    self.bytes = bytes
    let end = end ?? bytes.count
    var index = start
    while index < end {
      while index < end, !Self.isWord(bytes[index]) { index += 1 }
      let first = index
      while index < end, Self.isWord(bytes[index]) { index += 1 }
      var last = index
      while last > first, bytes[last - 1] == UInt8(ascii: ".") { last -= 1 }
      guard last > first else { continue }
      all.append(Word(text: String(decoding: bytes[first..<last], as: UTF8.self), end: last))
    }
  }

  var texts: [String] { all.map(\.text) }

  /// The first word alone, without splitting the rest.
  static func first(_ bytes: [UInt8], from start: Int) -> String? {
    guard let first = bytes[start...].firstIndex(where: isWord) else { return nil }
    var last = bytes[first...].firstIndex { !isWord($0) } ?? bytes.count
    while last > first, bytes[last - 1] == UInt8(ascii: ".") { last -= 1 }
    return last > first ? String(decoding: bytes[first..<last], as: UTF8.self) : nil
  }

  /// `count` words from `index` as one phrase; nil past the end.
  func phrase(at index: Int, count: Int) -> String? {
    guard index + count <= all.count else { return nil }
    if count == 1 { return all[index].text }
    return all[index..<index + count].map(\.text).joined(separator: " ")
  }

  /// The bytes after the word at `index`.
  func rest(after index: Int) -> ArraySlice<UInt8> { bytes[all[index].end...] }

  /// Letters, digits, dots and every byte of a non-ASCII letter.
  private static func isWord(_ byte: UInt8) -> Bool {
    Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: ".")
      || (byte >= 0x80)
  }
}

/// Small tests of single bytes.
package enum Bytes {
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5a }
  static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7a }
  static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
  static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
  }
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// With small letters for the capital ones of ASCII.
  package static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { isUpper($0) ? $0 | 0x20 : $0 }
  }

  /// Without blanks and line ends at both sides.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while let first = slice.first, isBlank(first) || first == 0x0d || first == 0x0a {
      slice = slice.dropFirst()
    }
    while let last = slice.last, isBlank(last) || last == 0x0d || last == 0x0a {
      slice = slice.dropLast()
    }
    return slice
  }
}
