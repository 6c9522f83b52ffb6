/// How large foreign records may be; beyond that they count as absent.
package struct RecordLimits: Hashable, Sendable {
  /// Bytes of a payload.
  package var payloadBytes = 1 << 20
  /// Bytes of an envelope around a payload.
  package var envelopeBytes = 3 << 19
  /// Nested JSON arrays and objects.
  package var depth = 16
  /// Files of one record.
  package var files = 5_000
  /// Hunks of one record, all files together.
  package var hunks = 200_000
  /// Signatures of one envelope.
  package var signatures = 16
  /// Bytes of a name: principal, reference, tool, agent, key.
  package var nameBytes = 4_096
  /// Bytes of a note or of an escaped path.
  package var textBytes = 1 << 16

  /// The limits of `docs/formats.md`.
  package static let standard = RecordLimits()

  /// Creates the standard limits, to be changed one by one.
  package init() {}
}
