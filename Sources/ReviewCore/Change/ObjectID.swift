/// The SHA-1 name of a git object.
///
/// Kept as words so that a value costs no allocation: a range of thousands of commits handles
/// hundreds of thousands of them.
package struct ObjectID: Hashable, Sendable {
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// The all-zero id that git writes for "no object".
  package static let zero = ObjectID(high: 0, middle: 0, low: 0)

  /// The id of the empty tree, which exists in every repository without being stored.
  package static let emptyTree = ObjectID(
    high: 0x4b82_5dc6_42cb_6eb9,
    middle: 0xa060_e54b_f8d6_9288,
    low: 0xfbee_4904
  )

  private init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads the 20 raw bytes of an id; nil for any other length.
  package init?(rawBytes bytes: some Collection<UInt8>) {
    self.init(rawBytes: Array(bytes))
  }

  /// The same for bytes that are an array already: another module's generic code is slow.
  package init?(rawBytes bytes: [UInt8]) {
    guard bytes.count == 20 else { return nil }
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    for place in 0..<8 { words.0 = words.0 << 8 | UInt64(bytes[place]) }
    for place in 8..<16 { words.1 = words.1 << 8 | UInt64(bytes[place]) }
    for place in 16..<20 { words.2 = words.2 << 8 | UInt32(bytes[place]) }
    self.init(high: words.0, middle: words.1, low: words.2)
  }

  /// The id as three numbers, most significant first.
  package var words: (high: UInt64, middle: UInt64, low: UInt32) { (high, middle, low) }

  /// An id from three numbers, most significant first.
  package init(words: (high: UInt64, middle: UInt64, low: UInt32)) {
    self.init(high: words.high, middle: words.middle, low: words.low)
  }

  /// Reads 40 hexadecimal digits of either case; nil for anything else.
  package init?(hex text: some StringProtocol) { self.init(digits: Array(text.utf8)[...]) }

  /// Reads 40 hexadecimal digits of either case, as git prints them; nil for anything else.
  package init?(digits: ArraySlice<UInt8>) {
    guard digits.count == 40 else { return nil }
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    for (offset, digit) in digits.enumerated() {
      guard let value = Hex.value(digit) else { return nil }
      switch offset {
      case 0..<16: words.0 = words.0 << 4 | UInt64(value)
      case 16..<32: words.1 = words.1 << 4 | UInt64(value)
      default: words.2 = words.2 << 4 | UInt32(value)
      }
    }
    self.init(high: words.0, middle: words.1, low: words.2)
  }

  /// The 20 raw bytes, most significant first.
  package var rawBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: high >> shift))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: middle >> shift))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: low >> shift))
    }
    return bytes
  }

  /// The 40 lower-case hexadecimal digits.
  package var hex: String { Hex.encode(rawBytes) }

  /// The first 10 digits, as shown to people.
  package var short: String { String(hex.prefix(10)) }

  /// Whether this is git's "no object".
  package var isZero: Bool { self == .zero }
}

extension ObjectID: CustomStringConvertible {
  package var description: String { hex }
}

extension ObjectID: Comparable {
  /// Orders by the bytes of the id, so that lists of ids print the same every time.
  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}
