import Testing

@testable import ReviewCore

@Suite struct SpanSearchTests {
  @Test func `finds the first of two bytes wherever it stands, and nothing else`() {
    var random = SmallRandom(state: 7)
    for count in 0...40 {
      for _ in 0..<50 {
        // Neighbours of both bytes, with the highest bit too, are none of them.
        let bytes = (0..<count).map { _ in
          [0x21, 0x22, 0x23, 0x5b, 0x5c, 0xa2, 0xdc, 0x00, 0xff][random.below(9)] as UInt8
        }
        let start = random.below(count + 1)
        for (first, second) in [(0x22, 0x5c), (0x0a, 0x0a)] as [(UInt8, UInt8)] {
          let expected = bytes[start...].firstIndex { $0 == first || $0 == second }
          #expect(bytes.span.place(of: first, or: second, from: start) == expected ?? count)
        }
      }
    }
  }
}
