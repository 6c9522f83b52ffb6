extension Envelope {
  /// The stored form: compact JSON with sorted keys, no final line feed.
  package func encode() -> [UInt8] {
    let signatures = signatures.map {
      StrictJSON.object([
        "keyid": .string($0.keyID),
        "sig": .string(Base64.encode($0.bytes)),
      ])
    }
    return StrictJSON.object([
      "payloadType": .string(payloadType),
      "payload": .string(Base64.encode(payload)),
      "signatures": .array(signatures),
    ]).encoded
  }

  /// Reads a stored envelope; the payload inside stays unread.
  package static func decode(
    _ bytes: [UInt8],
    limits: RecordLimits = .standard
  ) throws(RecordError) -> Envelope {
    guard bytes.count <= limits.envelopeBytes else {
      throw .tooLarge(.envelope, limit: limits.envelopeBytes)
    }
    let json = try StrictJSON.parse(bytes, depth: limits.depth)
    let fields = try RecordFields(json, at: "", limits: limits)
    let type = try fields.text("payloadType")
    guard type == payloadType else { throw .unknownPayloadType(type) }
    let payload = try fields.base64("payload")
    guard payload.count <= limits.payloadBytes else {
      throw .tooLarge(.payload, limit: limits.payloadBytes)
    }
    return Envelope(payload: payload, signatures: try signatures(fields))
  }

  private static func signatures(_ fields: RecordFields) throws(RecordError) -> [Signature] {
    let items = try fields.list("signatures")
    guard items.count <= fields.limits.signatures else {
      throw .tooLarge(.signatures, limit: fields.limits.signatures)
    }
    var signatures: [Signature] = []
    for (index, item) in items.enumerated() {
      let entry = try RecordFields(item, at: "signatures[\(index)]", limits: fields.limits)
      let bytes = try entry.base64("sig")
      guard !bytes.isEmpty else { throw .invalid(field: entry.name("sig")) }
      signatures.append(Signature(keyID: try entry.optionalText("keyid") ?? "", bytes: bytes))
    }
    return signatures
  }
}

extension RecordFields {
  fileprivate func base64(_ key: String) throws(RecordError) -> [UInt8] {
    guard let bytes = Base64.decode(try text(key, limit: limits.envelopeBytes)) else {
      throw .invalid(field: name(key))
    }
    return bytes
  }
}
