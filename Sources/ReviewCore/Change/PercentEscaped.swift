/// Bytes as text that can be turned back: UTF-8 stays as it is, the rest is percent-escaped.
enum PercentEscaped {
  /// Writes valid UTF-8 unchanged; `%` and every byte outside valid UTF-8 become `%NN`.
  static func encode(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(UInt8(ascii: "%")) {
      return text
    }
    var result = ""
    for piece in UTF8Pieces(bytes) {
      switch piece {
      case .scalar("%"): result += "%25"
      case .scalar(let scalar): result.unicodeScalars.append(scalar)
      case .invalid(let byte): result += "%" + Hex.encode([byte]).uppercased()
      }
    }
    return result
  }

  /// Reads what `encode` wrote; nil when a `%` is not followed by two hexadecimal digits.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        let decoded = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self))
      else { return nil }
      bytes += decoded
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
