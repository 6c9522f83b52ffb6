/// Searching text eight bytes at a time: most of what is stored is passed over.
extension Span<UInt8> {
  /// The place of the first one of two bytes, from `start` on; the end where neither stands.
  func place(of first: UInt8, or second: UInt8, from start: Int) -> Int {
    let (firsts, seconds) = (Self.ones &* UInt64(first), Self.ones &* UInt64(second))
    var place = start
    while count - place >= 8 {
      // Within the bounds, which this call checks too; any eight bytes are a number.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      if Self.hasZero(word ^ firsts) || Self.hasZero(word ^ seconds) { break }
      place += 8
    }
    while place < count, self[place] != first, self[place] != second { place += 1 }
    return place
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// Whether any of the eight bytes is zero.
  private static func hasZero(_ word: UInt64) -> Bool {
    (word &- ones) & ~word & (ones << 7) != 0
  }
}
