/// The bytes of a review record: an in-toto Statement v1 as strict, bounded JSON.
///
/// The bytes that were written are what is signed and named. Nobody compares re-encoded records.
package enum RecordPayload {
  /// What `_type` must be.
  static let statementType = "https://in-toto.io/Statement/v1"
  /// What every version of the predicate's type starts with.
  static let predicateFamily = "https://reviewgate.dev/attestation/human-review/"
  /// The type of the predicate that is written and read here.
  package static let predicateType = predicateFamily + "v1"

  /// The fields of the predicate, all of which a `crit` list may name.
  static let understood: Set<String> = [
    "base", "createdAt", "crit", "files", "head", "note", "policy", "presentation", "prev",
    "repository", "reviewer", "scope", "seq", "target", "ticket", "until", "verdict", "withdraws",
  ]

  /// The bytes of a record: compact, keys sorted, the same for the same record.
  package static func encode(_ record: ReviewRecord) -> [UInt8] { record.statement.encoded }

  /// Reads the bytes of a record; unknown keys are ignored, everything else is checked.
  package static func decode(
    _ bytes: [UInt8],
    limits: RecordLimits = .standard
  ) throws(RecordError) -> ReviewRecord {
    guard bytes.count <= limits.payloadBytes else {
      throw .tooLarge(.payload, limit: limits.payloadBytes)
    }
    let json = try StrictJSON.parse(bytes, depth: limits.depth)
    return try ReviewRecord(statement: RecordFields(json, at: "", limits: limits))
  }

  /// The id of a record with these bytes: `sha256:` and 64 digits.
  package static func id(of payload: [UInt8]) -> String {
    idPrefix + Hex.encode(Digest.sha256(payload))
  }

  private static let idPrefix = "sha256:"

  /// Whether text has the form of a record's id.
  static func isID(_ text: String) -> Bool {
    text.hasPrefix(idPrefix) && LowerHex.decode(text.dropFirst(idPrefix.count), count: 32) != nil
  }
}
