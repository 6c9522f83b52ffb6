/// A log of records as a push brings it to a server.
///
/// What gets into a log on the server is everybody's: it has to be what the log's name says.
package struct ReceivedLog: Sendable {
  /// The full name of the reference.
  package let reference: String
  private let slug: String
  private let keyID: String

  /// Why something may not enter the log.
  package enum Problem: Error, Hashable, Sendable {
    /// The commit holds something other than one record.
    case content
    /// The bytes are no record.
    case unreadable(RecordError)
    /// It is about another repository, by identity.
    case foreignRepository(String)
    /// It is in the name of an agent or a bot.
    case agent(String)
    /// It has no signature, and the log is a key's.
    case unsigned
    /// A key signed it that the log does not belong to.
    case otherKey(String)
    /// Its signature proves nothing, or the wrong person.
    case unproven(SignatureProblem)
  }

  /// Takes the name apart; nil when no log has such a name.
  package init?(reference: String) {
    guard reference.utf8.starts(with: RecordLogName.prefix.utf8) else { return nil }
    let rest = reference.utf8.dropFirst(RecordLogName.prefix.utf8.count)
    let parts = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let slug = String(parts[0]), let keyID = String(parts[1]),
      slug.utf8.elementsEqual(RecordLogName.slug(slug).utf8), RecordLogName.isKeyID(keyID)
    else { return nil }
    (self.reference, self.slug, self.keyID) = (reference, slug, keyID)
  }

  /// Whether it holds promises of a machine, not a key's records.
  private var isUnsigned: Bool { slug.utf8.elementsEqual(RecordLogName.unsignedSlug.utf8) }

  /// Refuses what does not belong into the log.
  ///
  /// A key that the roster does not list may have a log, so that a new reviewer can send records
  /// before the roster names them: the records count for nothing until then. It may not use the name
  /// of somebody whom the roster knows by other keys.
  package func check(
    _ bytes: [UInt8],
    repositoryID: String?,
    roster: Roster?
  ) throws(Problem) {
    let envelope: Envelope
    let record: ReviewRecord
    do throws(RecordError) {
      envelope = try Envelope.decode(bytes)
      record = try RecordPayload.decode(envelope.payload)
    } catch {
      throw .unreadable(error)
    }
    if let repositoryID, !record.isAbout(repositoryID) {
      throw .foreignRepository(record.repositoryID)
    }
    if ReviewerName.isAgent(record.principal) { throw .agent(record.principal) }
    if envelope.signatures.isEmpty {
      guard isUnsigned else { throw .unsigned }
    }
    for signature in envelope.signatures {
      try check(signature, of: envelope, record, roster)
    }
  }

  private func check(
    _ signature: Envelope.Signature,
    of envelope: Envelope,
    _ record: ReviewRecord,
    _ roster: Roster?
  ) throws(Problem) {
    let key: SSHPublicKey
    do throws(SignatureProblem) {
      let read = try SSHSignature(blob: signature.bytes)
      key = try SSHPublicKey(blob: read.keyBlob)
      _ = try read.presence(over: envelope.preAuthenticationEncoding(), by: key)
      try Self.check(record.principal, of: key, roster)
    } catch {
      throw .unproven(error)
    }
    guard isUnsigned || isOwner(key.blob, of: record) else { throw .otherKey(record.principal) }
  }

  /// Whether a key may speak in a name, as far as the roster knows either.
  private static func check(
    _ principal: String,
    of key: SSHPublicKey,
    _ roster: Roster?
  ) throws(SignatureProblem) {
    if let entry = roster?.entry(ofKey: key.blob) {
      let isOwn = entry.names.contains { $0.utf8.elementsEqual(principal.utf8) }
      if !isOwn { throw .otherPrincipal(claimed: principal, owner: entry.person) }
    } else if roster?.person(named: principal) != nil {
      throw .unknownKey(key.fingerprint)
    }
  }

  private func isOwner(_ key: [UInt8], of record: ReviewRecord) -> Bool {
    let name = RecordLogName.signed(principal: record.principal, publicKey: key)
    return name.reference.utf8.elementsEqual(reference.utf8)
  }
}

extension ReceivedLog.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .content: "it holds something other than one record"
    case .unreadable(let error): "it is no review record: \(error)"
    case .foreignRepository(let id):
      "its record is about another repository (\(VisibleText.line(id)))"
    case .agent(let name):
      "its record is in the name of an agent or a bot (\(VisibleText.line(name)))"
    case .unsigned: "its record has no signature, and the log belongs to a key"
    case .otherKey(let name):
      "its record (\(VisibleText.line(name))) is not by the key that the log is named for"
    case .unproven(let problem): "its record: \(problem)"
    }
  }
}
