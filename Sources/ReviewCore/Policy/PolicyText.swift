/// The bytes of a policy file as lines, once they are known to be plain text.
struct PolicyText {
  /// The text, as the YAML parser gets it.
  let text: String

  /// Refuses what is not UTF-8 and every character that ends a line for one reader but not for
  /// another, hides, or reorders: people must see the policy that the program sees.
  init(_ bytes: [UInt8]) throws(PolicyError) {
    guard bytes.count <= PolicyFile.maxBytes else {
      throw PolicyError(line: 1, column: 1, problem: .tooLarge(PolicyFile.maxBytes))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Self.firstInvalid(bytes)
    }
    self.text = text
    try Self.checkCharacters(text)
  }

  private static func firstInvalid(_ bytes: [UInt8]) -> PolicyError {
    var (line, column) = (1, 1)
    for piece in UTF8Pieces(bytes) {
      switch piece {
      case .invalid(let byte):
        return PolicyError(line: line, column: column, problem: .notUTF8(byte))
      case .scalar("\n"): (line, column) = (line + 1, 1)
      case .scalar: column += 1
      }
    }
    return PolicyError(line: line, column: column, problem: .notUTF8(0))
  }

  private static func checkCharacters(_ text: String) throws(PolicyError) {
    var (line, column) = (1, 1)
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if afterReturn, scalar != "\n" {
        throw PolicyError(line: line, column: column - 1, problem: .character(13))
      }
      afterReturn = scalar == "\r"
      if scalar == "\n" {
        (line, column) = (line + 1, 1)
        continue
      }
      guard afterReturn || isPlain(scalar) else {
        throw PolicyError(line: line, column: column, problem: .character(scalar.value))
      }
      column += 1
    }
    if afterReturn { throw PolicyError(line: line, column: column - 1, problem: .character(13)) }
  }

  /// No control, no line separator, no byte order mark, nothing that reorders text.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7f: true
    case 0..<0xa0, 0x2028, 0x2029, 0xfeff, 0xfff9...0xfffb, 0xfffe, 0xffff: false
    default: !scalar.properties.isBidiControl
    }
  }

  /// The lines without their ends.
  var lines: [[UInt8]] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Array($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)
    }
  }
}
