/// The log reference that one key of one person, or one machine without keys, writes to.
package struct RecordLogName: Hashable, Sendable {
  /// The references below which all logs are.
  package static let prefix = "refs/reviewgate/v1/log/"
  static let unsignedSlug = "unsigned"
  private static let unsignedDomain = Array("reviewgate.unsigned.v1\0".utf8)
  private static let slugBytes = 64
  private static let keyDigits = 32

  /// The person, in a form that a reference name may have.
  package let slug: String
  /// 32 hexadecimal digits that name the key or the machine.
  package let keyID: String

  /// The log of a person's key; `publicKey` is its raw encoding.
  package static func signed(principal: String, publicKey: [UInt8]) -> RecordLogName {
    let digest = Digest.sha256(publicKey)
    let slug = slug(principal)
    // The name of the unsigned logs is taken.
    return RecordLogName(
      slug: slug == unsignedSlug ? "principal-" + slug : slug,
      keyID: String(Hex.encode(digest).prefix(keyDigits))
    )
  }

  /// The log for unsigned records made on one machine.
  package static func unsigned(repositoryID: String, machineID: [UInt8]) -> RecordLogName {
    var builder = DigestBuilder()
    builder.append(unsignedDomain)
    builder.append(lengthPrefixed: repositoryID.utf8)
    builder.append(lengthPrefixed: machineID)
    return RecordLogName(
      slug: unsignedSlug,
      keyID: String(Hex.encode(builder.finish()).prefix(keyDigits))
    )
  }

  /// Whether text can be the last component of a log's name.
  static func isKeyID(_ text: String) -> Bool {
    text.utf8.count == keyDigits
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  /// The full name of the reference.
  package var reference: String { "\(Self.prefix)\(slug)/\(keyID)" }

  /// Text as one component of a reference name: `a-z`, `0-9`, `-` and `.`, at most 64 bytes.
  ///
  /// Different names may share a slug; the key id beside it keeps their logs apart.
  static func slug(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let byte = slugByte(byte)
      // No run of marks: git refuses `..`, and nobody can count `----`.
      if isMark(byte), bytes.last.map(isMark) ?? true { continue }
      bytes.append(byte)
      if bytes.count == slugBytes { break }
    }
    trim(&bytes)
    return bytes.isEmpty ? "principal" : String(decoding: bytes, as: UTF8.self)
  }

  private static func slugByte(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "."):
      byte
    default: UInt8(ascii: "-")
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Takes off what git refuses at the end: marks, and `.lock`, which its lock files have.
  private static func trim(_ bytes: inout [UInt8]) {
    let lock = Array(".lock".utf8)
    while true {
      if let last = bytes.last, isMark(last) {
        bytes.removeLast()
      } else if bytes.suffix(lock.count).elementsEqual(lock) {
        bytes.removeLast(lock.count)
      } else {
        return
      }
    }
  }
}
