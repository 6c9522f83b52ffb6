import Crypto

/// SHA-256 over raw bytes.
package enum Digest {
  /// The 32 bytes of the digest.
  package static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hash = SHA256()
    unsafe hash.update(bufferPointer: bytes)
    return Array(hash.finalize())
  }

  /// The 32 bytes of the digest of any run of bytes.
  package static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var builder = DigestBuilder()
    builder.append(bytes)
    return builder.finish()
  }

  /// The 64 bytes of the longer digest that signatures use.
  static func sha512(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA512()
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }
}

/// A SHA-256 digest fed piece by piece, so that large pieces are never joined in memory.
package struct DigestBuilder {
  private var hash = SHA256()

  /// Starts an empty digest.
  package init() {}

  /// Adds bytes as they are.
  package mutating func append(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      unsafe hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if done == nil { append(Array(bytes)) }
  }

  /// Adds a number, most significant byte first.
  package mutating func append(bigEndian value: some FixedWidthInteger) {
    var bytes: [UInt8] = []
    for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
    append(bytes)
  }

  /// Adds `LP(bytes)`: the length as eight bytes, then the bytes.
  package mutating func append(lengthPrefixed bytes: some Collection<UInt8>) {
    append(bigEndian: UInt64(bytes.count))
    append(bytes)
  }

  /// The 32 bytes of the digest of everything added.
  package consuming func finish() -> [UInt8] { Array(hash.finalize()) }
}

extension Digest {
  /// The 20 bytes of git's digest of some pieces of bytes, one after the other.
  static func sha1(_ pieces: [UInt8]...) -> [UInt8] {
    var hash = Insecure.SHA1()
    for piece in pieces { hash.update(data: piece) }
    return Array(hash.finalize())
  }
}
