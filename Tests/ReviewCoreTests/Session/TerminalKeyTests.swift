import ReviewCore
import Testing

/// Bytes of a keyboard as keys.
@Suite struct TerminalKeyTests {
  private func keys(_ bytes: [UInt8]) -> [TerminalKey] {
    var decoder = KeyDecoder()
    let keys = bytes.compactMap { decoder.feed($0) }
    return keys + [decoder.finish()].compactMap(\.self)
  }

  @Test(arguments: [
    ("y", [TerminalKey.character("y")]), ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]),
    ("\u{1b}[C", [.right]), ("\u{1b}[D", [.left]), ("\u{1b}[5~", [.pageUp]),
    ("\u{1b}[6~", [.pageDown]), ("\u{1b}", [.escape]), ("\r\n", [.enter, .enter]),
    ("\u{4}", [.end]), ("é漢🙂", [.character("é"), .character("漢"), .character("🙂")]),
    ("\u{1b}[1;5Ay", [.up, .character("y")]), ("\u{1b}[3~y", [.other, .character("y")]),
    ("\u{1b}y", [.other]), ("\u{1b}[200~y", [.other, .character("y")]), ("\u{1b}[", [.other]),
    ("\u{7f}\t", [.other, .other]),
  ])
  func `decodes`(text: String, expected: [TerminalKey]) {
    #expect(keys(Array(text.utf8)) == expected)
  }

  @Test(arguments: [[0xff], [0x80], [0xc3], [0xe6, 0xbc], [0xf4, 0x90, 0x80, 0x80]] as [[UInt8]])
  func `bytes that are not text mean nothing`(bytes: [UInt8]) {
    #expect(keys(bytes).allSatisfy { $0 == .other })
  }

  @Test func `an endless sequence is given up`() {
    let bytes = [0x1b, UInt8(ascii: "[")] + Array(repeating: UInt8(ascii: "1"), count: 100)
    #expect(keys(bytes).count > 1)
  }

  @Test(arguments: [
    (TerminalKey.character("J"), ReviewCommand.next), (.right, .next), (.left, .previous),
    (.up, .lineUp), (.character("Y"), .none), (.enter, .none), (.end, .quit), (.escape, .none),
    (.character("a"), .none), (.character("d"), .none), (.character(" "), .pageDown),
  ])
  func `keys ask for commands`(key: TerminalKey, command: ReviewCommand) {
    #expect(ReviewCommand(key) == command)
  }
}
