/// Reads the binary encoding of SSH (RFC 4251, section 5), within its bounds and never past them.
struct SSHReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(Array(bytes)) }

  init(_ slice: ArraySlice<UInt8>) { rest = slice }

  mutating func byte() throws(SignatureProblem) -> UInt8 {
    guard let byte = rest.popFirst() else { throw .malformed(.truncated) }
    return byte
  }

  mutating func number() throws(SignatureProblem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 { value = value << 8 | UInt32(try byte()) }
    return value
  }

  /// Exactly `count` bytes.
  mutating func bytes(_ count: Int) throws(SignatureProblem) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw .malformed(.truncated) }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// A string: its length, which is checked before anything is read, then its bytes.
  mutating func string() throws(SignatureProblem) -> ArraySlice<UInt8> {
    try bytes(Int(try number()))
  }

  /// A positive number of at most `width` bytes in its one form, as `width` bytes.
  mutating func positive(width: Int) throws(SignatureProblem) -> [UInt8] {
    var digits = try string()
    guard let first = digits.first, first < 0x80 else { throw .malformed(.number) }
    if first == 0 {
      // The zero is there exactly to keep the next byte from meaning a sign.
      digits = digits.dropFirst()
      guard let next = digits.first, next >= 0x80 else { throw .malformed(.number) }
    }
    guard digits.count <= width else { throw .malformed(.number) }
    return [UInt8](repeating: 0, count: width - digits.count) + digits
  }

  /// Makes sure that nothing is left.
  func end() throws(SignatureProblem) {
    guard rest.isEmpty else { throw .malformed(.trailingBytes) }
  }
}

/// Writes what `SSHReader` reads.
enum SSHWriter {
  static func number(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    number(UInt32(truncatingIfNeeded: bytes.count)) + bytes
  }
}
