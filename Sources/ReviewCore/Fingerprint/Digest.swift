import Crypto

/// SHA-256 over raw bytes.
package enum Digest {
  /// The 32 bytes of the digest.
  package static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hash = SHA256()
    unsafe hash.update(bufferPointer: bytes)
    return Array(hash.finalize())
  }
}
