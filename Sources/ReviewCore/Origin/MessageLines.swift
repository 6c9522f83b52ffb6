/// A message cut wherever any reader would start a new line.
///
/// Besides line feeds: carriage returns alone, the other Unicode line ends, and the two characters
/// `\n`, which `git commit -m "a\n\nb"` leaves in the text.
struct MessageLines: Sequence {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func makeIterator() -> Iterator { Iterator(bytes: bytes) }

  struct Iterator: IteratorProtocol {
    private let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> ArraySlice<UInt8>? {
      guard index < bytes.count else { return nil }
      let start = index
      while index < bytes.count {
        let length = breakLength(at: index)
        guard length == 0 else {
          defer { index += length }
          return bytes[start..<index]
        }
        index += 1
      }
      return bytes[start...]
    }

    /// How many bytes at `index` end a line; 0 when none do.
    private func breakLength(at index: Int) -> Int {
      switch bytes[index] {
      case 0x0a...0x0d: 1
      case UInt8(ascii: "\\"): isLiteralBreak(at: index) ? 2 : 0
      case 0xc2: byte(index + 1) == 0x85 ? 2 : 0
      case 0xe2: byte(index + 1) == 0x80 && (byte(index + 2) ?? 0) & 0xfe == 0xa8 ? 3 : 0
      default: 0
      }
    }

    private func isLiteralBreak(at index: Int) -> Bool {
      byte(index + 1) == UInt8(ascii: "n") || byte(index + 1) == UInt8(ascii: "r")
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
  }
}
