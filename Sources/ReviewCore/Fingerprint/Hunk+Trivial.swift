extension Hunk {
  /// How many letters or digits a change needs before its fingerprint says enough.
  static let tellingBytes = 8

  /// Whether the hunk is too small, or too loosely placed, to be recognised by fingerprint alone.
  ///
  /// A lone `}` looks the same everywhere; a hunk without any context in a file that existed and
  /// still does has no place. Bytes outside ASCII count as letters.
  package func isTrivial(in transition: FileTransition) -> Bool {
    let staysAFile = !transition.isAddition && !transition.isDeletion
    if staysAFile, contextBefore.isEmpty, contextAfter.isEmpty { return true }
    return !Self.tellsEnough(removed, added)
  }

  /// Whether lines have enough letters or digits to be recognised by.
  static func tellsEnough(_ parts: [UInt8]...) -> Bool {
    var telling = 0
    for bytes in parts {
      for byte in bytes where tells(byte) {
        telling += 1
        if telling == tellingBytes { return true }
      }
    }
    return false
  }

  private static func tells(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
      true
    default: false
    }
  }
}
