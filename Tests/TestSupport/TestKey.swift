import Crypto
import Foundation

/// A key that signs as `ssh-keygen -Y sign` does, and as a hardware key with any flags would.
///
/// Written from PROTOCOL.sshsig and PROTOCOL.u2f without the product's own code.
package struct TestKey: Sendable {
  /// A kind of key, by its name in SSH.
  package enum Kind: String, Sendable, CaseIterable {
    /// Keys in software.
    case ed25519 = "ssh-ed25519"
    case p256 = "ecdsa-sha2-nistp256"
    /// Keys in hardware.
    case hardwareEd25519 = "sk-ssh-ed25519@openssh.com"
    case hardwareP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// Whether a signature carries flags and a counter.
    package var isHardware: Bool { self == .hardwareEd25519 || self == .hardwareP256 }
  }

  /// The kind.
  package let kind: Kind
  /// What a hardware key was made for.
  package let application: String
  private let secret: [UInt8]

  /// Makes the key that belongs to a number.
  package init(_ kind: Kind = .ed25519, seed: UInt8 = 1, application: String = "ssh:") {
    self.kind = kind
    self.application = application
    secret = (0..<32).map { UInt8($0) &+ seed }
  }

  /// What a signature says and how it was made.
  package struct Form: Sendable {
    /// What it is for.
    package var namespace = "reviewgate-review@v1"
    /// The digest of the message.
    package var hash = "sha512"
    /// The flags of a hardware key: 1 touched, 4 verified.
    package var flags: UInt8 = 1
    /// How often the hardware key has signed.
    package var counter: UInt32 = 7
    /// What stands in the reserved field.
    package var reserved = ""
    /// The version of the format.
    package var version: UInt32 = 1

    /// The usual form: touched, sha512.
    package init() {}
  }

  // MARK: - Public key

  /// The public key in SSH's encoding.
  package var blob: [UInt8] {
    let head = Self.string(kind.rawValue)
    switch kind {
    case .ed25519: return head + Self.string(point)
    case .hardwareEd25519: return head + Self.string(point) + Self.string(application)
    case .p256: return head + Self.string("nistp256") + Self.string(point)
    case .hardwareP256:
      return head + Self.string("nistp256") + Self.string(point) + Self.string(application)
    }
  }

  /// `TYPE BASE64`, as in public key files and rosters.
  package var line: String { "\(kind.rawValue) \(Data(blob).base64EncodedString())" }

  /// `SHA256:` and the digits, as SSH shows a key.
  package var fingerprint: String {
    let text = Data(SHA256.hash(data: blob)).base64EncodedString()
    return "SHA256:" + text.trimmingCharacters(in: ["="])
  }

  private var point: [UInt8] {
    switch kind {
    case .ed25519, .hardwareEd25519: (try? Array(edwards().publicKey.rawRepresentation)) ?? []
    case .p256, .hardwareP256: (try? Array(curve().publicKey.x963Representation)) ?? []
    }
  }

  private func edwards() throws -> Curve25519.Signing.PrivateKey {
    try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
  }

  private func curve() throws -> P256.Signing.PrivateKey {
    try P256.Signing.PrivateKey(rawRepresentation: secret)
  }

  // MARK: - Signing

  /// The signature of a message, in binary form.
  package func sign(_ message: [UInt8], _ form: Form = Form()) throws -> [UInt8] {
    let digest =
      form.hash == "sha256"
      ? Array(SHA256.hash(data: message)) : Array(SHA512.hash(data: message))
    let statement =
      Array("SSHSIG".utf8) + Self.string(form.namespace) + Self.string(form.reserved)
      + Self.string(form.hash) + Self.string(digest)
    let counted = [form.flags] + Self.number(form.counter)
    let signed =
      kind.isHardware
      ? Array(SHA256.hash(data: Array(application.utf8))) + counted
        + Array(SHA256.hash(data: statement)) : statement
    let inner =
      Self.string(kind.rawValue) + Self.string(try raw(signed)) + (kind.isHardware ? counted : [])
    return Array("SSHSIG".utf8) + Self.number(form.version) + Self.string(blob)
      + Self.string(form.namespace) + Self.string(form.reserved) + Self.string(form.hash)
      + Self.string(inner)
  }

  /// The same as text.
  package func armoured(_ message: [UInt8], _ form: Form = Form()) throws -> String {
    let text = Data(try sign(message, form)).base64EncodedString()
    let lines = stride(from: 0, to: text.count, by: 70).map {
      String(text.dropFirst($0).prefix(70)) + "\n"
    }
    return "-----BEGIN SSH SIGNATURE-----\n" + lines.joined() + "-----END SSH SIGNATURE-----\n"
  }

  private func raw(_ bytes: [UInt8]) throws -> [UInt8] {
    switch kind {
    case .ed25519, .hardwareEd25519: return Array(try edwards().signature(for: bytes))
    case .p256, .hardwareP256:
      let raw = Array(try curve().signature(for: bytes).rawRepresentation)
      return Self.positive(raw.prefix(32)) + Self.positive(raw.suffix(32))
    }
  }

  // MARK: - Encoding

  /// A number of four bytes.
  package static func number(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  /// A string with its length.
  package static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    number(UInt32(bytes.count)) + bytes
  }

  /// Text with its length.
  package static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }

  private static func positive(_ digits: ArraySlice<UInt8>) -> [UInt8] {
    let digits = Array(digits.drop { $0 == 0 })
    return string((digits.first ?? 0) >= 0x80 ? [0] + digits : digits)
  }
}
