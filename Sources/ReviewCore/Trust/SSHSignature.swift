import Crypto

/// A signature in the form of `ssh-keygen -Y sign` (PROTOCOL.sshsig), read strictly.
package struct SSHSignature: Hashable, Sendable {
  /// What reviews are signed for; a signature made for anything else proves nothing here.
  package static let namespace = "reviewgate-review@v1"

  /// The encoding of the key that it says made it.
  package let keyBlob: [UInt8]
  /// What it was made for.
  package let namespace: String
  /// The digest of the message that is signed.
  let hash: Hash
  /// The signature proper, in the encoding of its kind.
  let inner: ArraySlice<UInt8>

  enum Hash: String, Sendable {
    case sha256, sha512

    func digest(of bytes: [UInt8]) -> [UInt8] {
      switch self {
      case .sha256: Digest.sha256(bytes)
      case .sha512: Digest.sha512(bytes)
      }
    }
  }

  /// How the person was present, as a hardware key says; nil facts for a key in software.
  package struct Presence: Hashable, Sendable {
    /// The flags of the authenticator.
    package let flags: UInt8?
    /// How many signatures the authenticator has made; 0 where it does not count.
    package let counter: UInt32?

    /// Somebody touched the key for this signature.
    static let userPresent: UInt8 = 0x01
    /// The key made sure who it was, by PIN or biometry.
    static let userVerified: UInt8 = 0x04

    /// What a review with this signature is worth.
    package var strength: ReviewStrength {
      // `ssh-keygen -Y verify` does not look at the flags: it calls a signature good that a
      // hardware key made without anybody near it.
      guard let flags, flags & Self.userPresent != 0 else { return .signed }
      return flags & Self.userVerified != 0 ? .verified : .touched
    }
  }

  /// The longest signature that is read, in bytes.
  static let maxBytes = 8_192
  private static let magic = Array("SSHSIG".utf8)
  private static let version: UInt32 = 1

  /// Reads the binary form.
  package init(blob: [UInt8]) throws(SignatureProblem) {
    guard blob.count <= Self.maxBytes else { throw .malformed(.tooLong) }
    var reader = SSHReader(blob)
    guard let start = try? reader.bytes(Self.magic.count), start.elementsEqual(Self.magic) else {
      throw .malformed(.frame)
    }
    guard try reader.number() == Self.version else { throw .malformed(.version) }
    keyBlob = Array(try reader.string())
    let name = try reader.string()
    guard let namespace = String(validating: name, as: UTF8.self), !namespace.isEmpty else {
      throw .foreignNamespace(String(decoding: name, as: UTF8.self))
    }
    self.namespace = namespace
    guard try reader.string().isEmpty else { throw .malformed(.reserved) }
    let digest = String(decoding: try reader.string(), as: UTF8.self)
    guard let hash = Hash(rawValue: digest) else { throw .unsupportedHash(digest) }
    self.hash = hash
    inner = try reader.string()
    try reader.end()
  }

  /// The name of the key that it says made it.
  package var fingerprint: String { SSHPublicKey.fingerprint(of: keyBlob) }

  /// Verifies that `key` made this over `message` for reviews, and says how the person was present.
  package func presence(
    over message: [UInt8],
    by key: SSHPublicKey
  ) throws(SignatureProblem) -> Presence {
    guard namespace.utf8.elementsEqual(Self.namespace.utf8) else {
      throw .foreignNamespace(namespace)
    }
    guard keyBlob == key.blob else { throw .mismatch }
    var reader = SSHReader(inner)
    guard try reader.string().elementsEqual(key.kind.rawValue.utf8) else {
      throw .malformed(.kind)
    }
    let raw = try rawSignature(&reader, key.kind)
    let presence =
      key.kind.isHardware
      ? Presence(flags: try reader.byte(), counter: try reader.number())
      : Presence(flags: nil, counter: nil)
    try reader.end()
    let signed = signedBytes(message, key, presence)
    guard key.isValid(raw, for: signed) else { throw .mismatch }
    return presence
  }

  /// 64 bytes: what Ed25519 writes, or both numbers of ECDSA.
  private func rawSignature(
    _ reader: inout SSHReader,
    _ kind: SSHPublicKey.Kind
  ) throws(SignatureProblem) -> [UInt8] {
    let bytes = try reader.string()
    switch kind {
    case .ed25519, .hardwareEd25519:
      guard bytes.count == 64 else { throw .malformed(.number) }
      return Array(bytes)
    case .p256, .hardwareP256:
      var numbers = SSHReader(bytes)
      let raw = try numbers.positive(width: 32) + numbers.positive(width: 32)
      try numbers.end()
      return raw
    }
  }

  /// What the key itself signed.
  private func signedBytes(
    _ message: [UInt8],
    _ key: SSHPublicKey,
    _ presence: Presence
  ) -> [UInt8] {
    let statement = Self.statement(message, namespace: namespace, hash: hash)
    guard let flags = presence.flags, let counter = presence.counter else { return statement }
    return Digest.sha256(key.application) + [flags] + SSHWriter.number(counter)
      + Digest.sha256(statement)
  }

  /// The bytes that stand for a message in a namespace.
  static func statement(_ message: [UInt8], namespace: String, hash: Hash) -> [UInt8] {
    magic + SSHWriter.string(Array(namespace.utf8)) + SSHWriter.string([])
      + SSHWriter.string(Array(hash.rawValue.utf8)) + SSHWriter.string(hash.digest(of: message))
  }
}

extension SSHPublicKey {
  /// Whether 64 bytes are this key's signature of a message.
  fileprivate func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    switch material {
    case .ed25519(let key): return key.isValidSignature(signature, for: message)
    case .p256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
        return false
      }
      return key.isValidSignature(signature, for: message)
    }
  }
}
