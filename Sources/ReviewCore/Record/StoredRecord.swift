/// A record as it was found, with what is proven about it.
package struct StoredRecord: Hashable, Sendable {
  /// The digest of its payload, which names it everywhere.
  package let id: String
  /// What it says.
  package let record: ReviewRecord
  /// How well it is proven that its principal made it.
  package let strength: ReviewStrength
  /// Where it was found, to be shown: a log, a file.
  package let source: String

  /// Wraps a record that was read.
  package init(id: String, record: ReviewRecord, strength: ReviewStrength, source: String) {
    self.id = id
    self.record = record
    self.strength = strength
    self.source = source
  }
}

/// The stored bytes of an envelope, and where they were found.
package struct RecordSource: Hashable, Sendable {
  /// Where, to be shown.
  package let name: String
  /// The stored envelope.
  package let envelope: [UInt8]

  /// Names stored bytes.
  package init(name: String, envelope: [UInt8]) {
    self.name = name
    self.envelope = envelope
  }
}

/// A record that was found and counts as absent.
package struct LedgerWarning: Hashable, Sendable {
  /// Where it was found.
  package let source: String
  /// Why it does not count.
  package let reason: Reason

  /// Why a record does not count.
  package enum Reason: Hashable, Sendable {
    /// The bytes are not a record that this version may use.
    case unreadable(RecordError)
    /// It was made for another repository, by identity.
    case foreignRepository(String)
    /// It has signatures, and none of them could be verified.
    case unverified
    /// It withdraws a record that it cannot: this id is another person's, or better proven.
    case withdrawalRefused(String)
  }

  /// Creates a warning about a source.
  package init(source: String, reason: Reason) {
    self.source = source
    self.reason = reason
  }
}

extension LedgerWarning: CustomStringConvertible {
  package var description: String {
    let text =
      switch reason {
      case .unreadable(let error): "record ignored: \(error)"
      case .foreignRepository(let id):
        "record ignored: it is about another repository (\(VisibleText.line(id)))"
      case .unverified: "record ignored: its signature could not be verified"
      case .withdrawalRefused(let id): "withdrawal of \(id) ignored: not by the same person"
      }
    return "\(VisibleText.line(source)): \(text)"
  }
}
