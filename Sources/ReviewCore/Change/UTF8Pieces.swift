/// One scalar of valid UTF-8, or one byte that is not part of any.
enum UTF8Piece: Equatable {
  case scalar(Unicode.Scalar)
  case invalid(UInt8)
}

/// Splits bytes into scalars and stray bytes without losing any.
struct UTF8Pieces: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  /// Starts at the first byte.
  init(_ bytes: some Sequence<UInt8>) { rest = Array(bytes)[...] }

  mutating func next() -> UTF8Piece? {
    guard let first = rest.first else { return nil }
    let length = Self.sequenceLength(first)
    if length > 0, rest.count >= length,
      let text = String(validating: rest.prefix(length), as: UTF8.self),
      let scalar = text.unicodeScalars.first
    {
      rest = rest.dropFirst(length)
      return .scalar(scalar)
    }
    rest = rest.dropFirst()
    return .invalid(first)
  }

  /// How many bytes a sequence with this first byte has; 0 when it cannot start one.
  private static func sequenceLength(_ first: UInt8) -> Int {
    switch first {
    case 0..<0x80: 1
    case 0xc2..<0xe0: 2
    case 0xe0..<0xf0: 3
    case 0xf0..<0xf5: 4
    default: 0
    }
  }
}
