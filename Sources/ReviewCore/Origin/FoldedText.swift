/// Text as a reader sees it: what hides or imitates ASCII letters is folded to ASCII.
///
/// A trailer key with a zero-width space or a Cyrillic letter looks right to a person and wrong
/// to git. Evidence accuses anywhere, so it is read the way a person would.
enum FoldedText {
  /// The line without invisible characters, with look-alikes and entities as plain ASCII.
  static func fold(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let drawn = line.contains(where: isControl) ? withoutControls(line)[...] : line
    let ascii = drawn.contains { $0 >= 0x80 } ? foldScalars(drawn) : Array(drawn)
    return ascii.contains(UInt8(ascii: "&")) ? decodeEntities(ascii) : ascii
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    (byte < 0x20 && byte != 0x09) || byte == 0x7f
  }

  /// Without control characters and the escape sequences that colour text.
  private static func withoutControls(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = line
    while let byte = rest.popFirst() {
      if byte == 0x1b, rest.first == UInt8(ascii: "[") {
        rest = rest.drop { $0 < 0x40 || $0 == UInt8(ascii: "[") }.dropFirst()
      } else if !isControl(byte) {
        result.append(byte)
      }
    }
    return result
  }

  private static func foldScalars(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      guard byte >= 0x80, let (scalar, length) = scalar(in: line, at: index) else {
        result.append(byte)
        index += 1
        continue
      }
      append(scalar, to: &result)
      index += length
    }
    return result
  }

  /// The scalar of two to four bytes at an index; nil where they are not UTF-8.
  private static func scalar(
    in line: ArraySlice<UInt8>,
    at index: Int
  ) -> (Unicode.Scalar, length: Int)? {
    let first = line[index]
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard first >= 0xc2, first < 0xf5, index + length <= line.endIndex else { return nil }
    var value = UInt32(first) & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
    for byte in line[index + 1..<index + length] {
      guard byte & 0xc0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    if let ascii = ascii(scalar) {
      result.append(ascii)
    } else if !isInvisible(scalar) {
      result.append(contentsOf: String(scalar).utf8)
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    VisibleText.isHidden(scalar) || (0x300...0x36f).contains(scalar.value)
  }

  /// The ASCII character a scalar is drawn like, if any.
  private static func ascii(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0xff01...0xff5e: return UInt8(scalar.value - 0xff01 + 0x21)
    case 0x1d400...0x1d6a3: return mathematicalLetter(scalar.value - 0x1d400)
    case 0x1d7ce...0x1d7ff: return UInt8((scalar.value - 0x1d7ce) % 10) + 0x30
    default: break
    }
    if let letter = lookAlikes[scalar] { return letter }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: return 0x20
    case .dashPunctuation: return UInt8(ascii: "-")
    default: return nil
    }
  }

  /// Mathematical alphabets repeat A–Z a–z.
  private static func mathematicalLetter(_ offset: UInt32) -> UInt8 {
    let letter = UInt8(offset % 52)
    return letter < 26 ? letter + 0x41 : letter - 26 + 0x61
  }

  private static let lookAlikes: [Unicode.Scalar: UInt8] = {
    let pairs: [(String, String)] = [
      ("АВСЕНІЈКМОРЅТУХԌԚԜ", "ABCEHIJKMOPSTYXGQW"),
      ("авсԁеһіјкӏмпорԛгѕтуѵԝхʏ", "abcdehijklmnopqrstyvwxy"),
      ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
      ("αικνορτυχ", "aikvoptux"),
      ("ɑƅⅽⅾеɡһıⅰϳⅼⅿոօսʋᴠᴡᴢ", "abcdeghiijlmnouvvwz"),
      ("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜ", "abcdeghijklmnoprstu"),
      ("։︓﹕ː∶‑−⁃", ":::::---"),
    ]
    return Dictionary(
      pairs.flatMap { zip($0.0.unicodeScalars, $0.1.utf8) },
      uniquingKeysWith: { first, _ in first }
    )
  }()

  private static let entities: [(name: [UInt8], value: UInt8)] = [
    "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#60;": "<", "&#62;": ">", "&#x3c;": "<",
    "&#x3e;": ">", "&#64;": "@", "&#x40;": "@", "&nbsp;": " ", "&#58;": ":", "&#43;": "+",
  ].map { (Array($0.key.utf8), $0.value.utf8.first ?? 0x20) }

  private static func decodeEntities(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"), let entity = entity(in: bytes, at: index) {
        result.append(entity.value)
        index += entity.name.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func entity(in bytes: [UInt8], at index: Int) -> (name: [UInt8], value: UInt8)? {
    entities.first { entity in
      index + entity.name.count <= bytes.count
        && zip(bytes[index...], entity.name).allSatisfy { left, right in
          left == right || (Bytes.isUpper(left) && left | 0x20 == right)
        }
    }
  }
}
