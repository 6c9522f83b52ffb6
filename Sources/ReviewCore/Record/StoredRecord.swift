/// A record as it was found, with what is proven about it.
package struct StoredRecord: Hashable, Sendable {
  /// The digest of its payload, which names it everywhere.
  package let id: String
  /// What it says.
  package let record: ReviewRecord
  /// What is proven about who made it.
  package let proof: RecordProof
  /// Where it was found, to be shown: a log, a file.
  package let source: String

  /// Wraps a record that was read.
  package init(id: String, record: ReviewRecord, proof: RecordProof, source: String) {
    self.id = id
    self.record = record
    self.proof = proof
    self.source = source
  }

  /// How well it is proven that its person made it.
  package var strength: ReviewStrength { proof.strength }

  /// Who made it: keys and names of one person count once.
  package var person: String { proof.person }

  /// Whether the same person made both.
  func isByPerson(of other: StoredRecord) -> Bool {
    person.utf8.elementsEqual(other.person.utf8)
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

/// A record that was found and counts as absent, or that is odd.
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
    /// It has signatures, and none of them proves anything.
    case unproven(SignatureProblem)
    /// It is in the name of an agent or a bot.
    case agent(String)
    /// A hardware key counted backwards, which a copy of it would do; the record counts.
    case counterWentBack(key: String)
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
      case .unreadable, .foreignRepository, .unproven, .agent: "record ignored: \(reason)"
      case .withdrawalRefused, .counterWentBack: reason.description
      }
    return "\(VisibleText.line(source)): \(text)"
  }
}

extension LedgerWarning.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let error): "\(error)"
    case .foreignRepository(let id): "it is about another repository (\(VisibleText.line(id)))"
    case .unproven(let problem): "\(problem)"
    case .agent(let name):
      "\(VisibleText.line(name)) is an agent or a bot, and those never review"
    case .counterWentBack(let key):
      "the counter of the hardware key \(key) went back: there may be a copy of the key"
    case .withdrawalRefused(let id):
      "withdrawal of \(id) ignored: not by the same person, or proven less well"
    }
  }
}
