import Crypto

/// A public key in SSH's encoding, of one of the four kinds that may sign reviews.
package struct SSHPublicKey: Sendable {
  /// A kind of key, by its name in SSH.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Ed25519 in software.
    case ed25519 = "ssh-ed25519"
    /// ECDSA on P-256 in software.
    case p256 = "ecdsa-sha2-nistp256"
    /// Ed25519 in a hardware key.
    case hardwareEd25519 = "sk-ssh-ed25519@openssh.com"
    /// ECDSA on P-256 in a hardware key.
    case hardwareP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// Whether every signature says how the person was present.
    package var isHardware: Bool { self == .hardwareEd25519 || self == .hardwareP256 }
  }

  /// The kind.
  package let kind: Kind
  /// The whole encoding, which names the key.
  package let blob: [UInt8]
  /// What the hardware key was made for, such as `ssh:`; empty for a key in software.
  package let application: [UInt8]
  let material: Material

  enum Material: Sendable {
    case ed25519(Curve25519.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
  }

  /// The longest encoding that is read, in bytes.
  static let maxBytes = 1_024
  private static let curve = Array("nistp256".utf8)
  private static let uncompressed: UInt8 = 4

  /// Reads a key from its encoding.
  package init(blob: [UInt8]) throws(SignatureProblem) {
    guard blob.count <= Self.maxBytes else {
      // What is too long for the accepted kinds may well be of another one.
      var reader = SSHReader(blob.prefix(Self.maxBytes))
      throw (try? reader.string()).flatMap(Self.refusal) ?? .malformed(.tooLong)
    }
    var reader = SSHReader(blob)
    let name = try reader.string()
    guard let kind = Kind(rawValue: String(decoding: name, as: UTF8.self)) else {
      throw Self.refusal(of: name) ?? .malformed(.key)
    }
    self.kind = kind
    self.blob = blob
    switch kind {
    case .ed25519, .hardwareEd25519:
      let point = try reader.string()
      guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Array(point)) else {
        throw .malformed(.key)
      }
      material = .ed25519(key)
    case .p256, .hardwareP256:
      guard try reader.string().elementsEqual(Self.curve) else { throw .malformed(.key) }
      let point = try reader.string()
      guard point.first == Self.uncompressed,
        let key = try? P256.Signing.PublicKey(x963Representation: Array(point))
      else { throw .malformed(.key) }
      material = .p256(key)
    }
    application = kind.isHardware ? Array(try reader.string()) : []
    try reader.end()
  }

  /// Reads `TYPE BASE64`, as public key files and agents write it; a comment may follow.
  package init(line: some StringProtocol) throws(SignatureProblem) {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline })
    guard let kind = words.first else { throw .malformed(.truncated) }
    guard Kind(rawValue: String(kind)) != nil else { throw .unsupportedKey(String(kind)) }
    guard words.count > 1, let blob = Base64.decode(String(words[1])) else {
      throw .malformed(.key)
    }
    try self.init(blob: blob)
    guard self.kind.rawValue == kind else { throw .malformed(.key) }
  }

  private static func refusal(of name: ArraySlice<UInt8>) -> SignatureProblem? {
    name.isEmpty ? nil : .unsupportedKey(String(decoding: name.prefix(64), as: UTF8.self))
  }

  /// The name of the key as SSH shows it: `SHA256:` and 43 digits.
  package var fingerprint: String { Self.fingerprint(of: blob) }

  /// The same, of any encoding.
  static func fingerprint(of blob: some Sequence<UInt8>) -> String {
    var digits = Base64.encode(Digest.sha256(blob))
    while digits.utf8.last == UInt8(ascii: "=") { digits.removeLast() }
    return "SHA256:" + digits
  }

  /// `TYPE BASE64`, as it stands in a roster.
  package var line: String { "\(kind.rawValue) \(Base64.encode(blob))" }

  /// The strongest review this key can make.
  package var reach: ReviewStrength { kind.isHardware ? .verified : .signed }
}

extension SSHPublicKey: Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.blob == right.blob }

  /// Hashes the encoding, which names the key.
  package func hash(into hasher: inout Hasher) { hasher.combine(blob) }
}
