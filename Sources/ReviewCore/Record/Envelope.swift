/// A DSSE envelope: the bytes of a statement, and who signed them.
///
/// https://github.com/secure-systems-lab/dsse/blob/master/envelope.md
package struct Envelope: Hashable, Sendable {
  /// The only kind of payload that is written and read here.
  package static let payloadType = "application/vnd.in-toto+json"

  /// What kind of bytes the payload is.
  package let payloadType: String
  /// The exact bytes that are signed; never a re-encoding.
  package let payload: [UInt8]
  /// The signatures; none where the record is a promise.
  package var signatures: [Signature]

  /// One signature over `preAuthenticationEncoding`.
  package struct Signature: Hashable, Sendable {
    /// A hint at the key; the key itself decides.
    package let keyID: String
    /// The raw signature.
    package let bytes: [UInt8]

    /// Wraps a signature.
    package init(keyID: String, bytes: [UInt8]) {
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  /// Wraps the bytes of a statement.
  package init(payload: [UInt8], signatures: [Signature] = []) {
    payloadType = Self.payloadType
    self.payload = payload
    self.signatures = signatures
  }

  /// The id of the record inside, whoever signed it: `sha256:` and 64 digits.
  package var payloadDigest: String { RecordPayload.id(of: payload) }

  /// The bytes that a signature covers: `DSSEv1`, type and payload with their lengths.
  package func preAuthenticationEncoding() -> [UInt8] {
    let type = payloadType.utf8
    return Array("DSSEv1 \(type.count) \(payloadType) \(payload.count) ".utf8) + payload
  }
}
