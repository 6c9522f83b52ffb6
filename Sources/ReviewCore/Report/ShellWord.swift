/// A path as a word that can be pasted into a shell.
package enum ShellWord {
  /// A word in ASCII alone, whatever is in the text.
  package static func ascii(_ text: String) -> String { quote(Array(text.utf8), .ascii) }

  /// The same for a path, whose bytes need not be text.
  package static func ascii(bytes: [UInt8]) -> String { quote(bytes, .ascii) }

  /// A revision, where `~` and `^` inside it stand as people write them.
  package static func revision(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let isBare = bytes.first != UInt8(ascii: "-") && bytes.first.map(isPlain) == true
    return isBare && bytes.allSatisfy { isPlain($0) || "~^".utf8.contains($0) } ? text : ascii(text)
  }

  /// Bare, in single quotes, or as `$'...'` where bytes could not be shown as they are.
  static func quote(_ bytes: [UInt8], _ charset: Charset) -> String {
    if !bytes.isEmpty, bytes.first != UInt8(ascii: "-"), bytes.allSatisfy(isPlain) {
      return String(decoding: bytes, as: UTF8.self)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if charset.show(bytes) == text, !bytes.contains(UInt8(ascii: "'")) { return "'\(text)'" }
    return "$'" + bytes.map(escape).joined() + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "./_-+,@%:".utf8.contains(byte)
    }
  }

  /// Three octal digits, because a hexadecimal escape would swallow digits that follow it.
  private static func escape(_ byte: UInt8) -> String {
    // A number sign too: a log must not hold the commands that begin with two of them.
    let isQuoting = "'\\#".utf8.contains(byte)
    if (0x20..<0x7f).contains(byte), !isQuoting { return String(Unicode.Scalar(byte)) }
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
