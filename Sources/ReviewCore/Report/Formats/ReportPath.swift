/// Paths as the forms of other programs write them, so that those find the file.
enum ReportPath {
  /// The path itself where it is text; otherwise with `%NN` for the bytes that are not.
  static func text(_ path: RepositoryPath) -> String {
    String(validating: path.bytes, as: UTF8.self) ?? path.escaped
  }

  /// A relative reference (RFC 3986) with forward slashes; every byte can be told from it.
  static func uri(_ path: RepositoryPath) -> String {
    var result = ""
    for byte in path.bytes {
      if isPlain(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += "%" + Hex.encode([byte]).uppercased()
      }
    }
    return result
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~/".utf8.contains(byte)
    }
  }
}
