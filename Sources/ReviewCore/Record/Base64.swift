/// Base64 in its standard alphabet with padding (RFC 4648, section 4), in one form only.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )
  private static let padding = UInt8(ascii: "=")
  private static let invalid: UInt8 = 0xff

  /// The value of every byte that is a digit.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: invalid, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(3 - group.count) * 8
      for digit in 0..<4 {
        let shift = UInt32(18 - 6 * digit)
        text.append(digit <= group.count ? alphabet[Int(bits >> shift & 63)] : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what `encode` writes; nil for anything else, spaces and unused bits included.
  static func decode(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)[...]
    guard digits.count.isMultiple(of: 4) else { return nil }
    let total = digits.count
    while digits.last == padding, total - digits.count < 2 { digits.removeLast() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total / 4 * 3)
    var bits: UInt32 = 0
    var pending: UInt32 = 0
    for digit in digits {
      let value = values[Int(digit)]
      guard value != invalid else { return nil }
      bits = bits << 6 | UInt32(value)
      pending += 6
      if pending >= 8 {
        pending -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> pending))
        bits &= 1 << pending - 1
      }
    }
    // What is left of the last digit must be zero, or two texts would mean the same bytes.
    return bits == 0 ? bytes : nil
  }
}
