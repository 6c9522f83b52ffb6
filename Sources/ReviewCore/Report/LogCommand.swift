/// Words in a log that a CI service would take out of it and obey.
///
/// GitHub obeys lines that begin with `::`, after blanks, and `##[name]` anywhere; Azure Pipelines
/// `##vso[name]` anywhere; TeamCity `##teamcity[name` at the beginning of a line.
enum LogCommand {
  /// Text of one line without such words; what stood there stays visible.
  static func defused(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let isSign = opens(bytes)
    let start = bytes.firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.endIndex
    let isColon = bytes[start...].starts(with: "::".utf8)
    guard isSign || isColon else { return text }
    if isColon { bytes.replaceSubrange(start...start, with: "<U+003A>".utf8) }
    return String(decoding: isSign ? withoutPairs(bytes, "<U+0023>") : bytes, as: UTF8.self)
  }

  /// The bytes with each number sign that follows another one written in another way.
  static func withoutPairs(_ bytes: [UInt8], _ other: String) -> [UInt8] {
    var result: [UInt8] = []
    var last: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "#"), last == byte {
        result += other.utf8
      } else {
        result.append(byte)
      }
      last = byte
    }
    return result
  }

  /// Whether two number signs, then only letters, and a bracket stand anywhere.
  private static func opens(_ bytes: [UInt8]) -> Bool {
    var signs = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "#"): signs = min(signs + 1, 2)
      case UInt8(ascii: "[") where signs == 2: return true
      case UInt8(ascii: "a")...UInt8(ascii: "z") where signs == 2,
        UInt8(ascii: "A")...UInt8(ascii: "Z") where signs == 2:
        continue
      default: signs = 0
      }
    }
    return false
  }
}
