/// The name of a hunk by its content: equal only for the same bytes at the same path.
///
/// `docs/formats.md` has the definition (`reviewgate.hunk.v1`) and its vectors. Nothing is
/// normalised: a changed indentation or line end is another hunk.
package struct HunkFingerprint: Hashable, Sendable {
  /// The first bytes hashed, which keep these digests apart from all others.
  static let domain = Array("reviewgate.hunk.v1\0".utf8)

  // Words rather than an array, so that sets of many fingerprints cost no allocation each.
  private let words: Words

  private struct Words: Hashable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var fourth: UInt64 = 0
  }

  /// Reads 32 raw bytes; nil for any other length.
  package init?(rawBytes bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var words = Words()
    for (offset, byte) in bytes.enumerated() {
      switch offset {
      case 0..<8: words.first = words.first << 8 | UInt64(byte)
      case 8..<16: words.second = words.second << 8 | UInt64(byte)
      case 16..<24: words.third = words.third << 8 | UInt64(byte)
      default: words.fourth = words.fourth << 8 | UInt64(byte)
      }
    }
    self.words = words
  }

  /// Reads 64 hexadecimal digits of either case; nil for anything else.
  package init?(hex: some StringProtocol) {
    guard let bytes = Hex.decode(hex) else { return nil }
    self.init(rawBytes: bytes)
  }

  private init(finishing builder: consuming DigestBuilder) {
    let bytes = builder.finish()
    var words: [UInt64] = [0, 0, 0, 0]
    for (offset, byte) in bytes.enumerated() {
      words[offset / 8] = words[offset / 8] << 8 | UInt64(byte)
    }
    self.words = Words(first: words[0], second: words[1], third: words[2], fourth: words[3])
  }

  /// The 32 raw bytes.
  package var rawBytes: [UInt8] {
    [words.first, words.second, words.third, words.fourth].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }

  /// The 64 lower-case hexadecimal digits.
  package var hex: String { Hex.encode(rawBytes) }

  /// The fingerprint of one hunk of a file's transition.
  package static func of(hunk: Hunk, in transition: FileTransition) -> HunkFingerprint {
    var builder = DigestBuilder()
    builder.append(domain)
    builder.append(lengthPrefixed: transition.path.bytes)
    builder.append(bigEndian: transition.oldMode.rawValue)
    builder.append(bigEndian: transition.newMode.rawValue)
    builder.append(lengthPrefixed: hunk.contextBefore)
    builder.append(lengthPrefixed: hunk.removed)
    builder.append(lengthPrefixed: hunk.added)
    builder.append(lengthPrefixed: hunk.contextAfter)
    builder.append(bigEndian: flags(of: hunk, in: transition))
    return HunkFingerprint(finishing: builder)
  }

  private static func flags(of hunk: Hunk, in transition: FileTransition) -> UInt8 {
    (hunk.oldLacksFinalNewline ? 1 : 0) | (hunk.newLacksFinalNewline ? 2 : 0)
      | (transition.isAddition ? 4 : 0) | (transition.isDeletion ? 8 : 0)
  }
}

extension HunkFingerprint: CustomStringConvertible {
  package var description: String { hex }
}

extension HunkFingerprint: Comparable {
  /// Orders by bytes, so that lists of fingerprints print the same every time.
  package static func < (left: Self, right: Self) -> Bool {
    (left.words.first, left.words.second, left.words.third, left.words.fourth)
      < (right.words.first, right.words.second, right.words.third, right.words.fourth)
  }
}
