/// What is proven about who made a record.
package struct RecordProof: Hashable, Sendable {
  /// How well it is proven.
  package let strength: ReviewStrength
  /// The person: the roster's name for them, or the record's where the roster knows nobody.
  package let person: String
  /// Every name of that person, lower case.
  package let names: Set<String>
  /// The key that proves it; nil for a promise.
  package let key: KeyUse?

  /// One use of a key.
  package struct KeyUse: Hashable, Sendable {
    /// The key's name.
    package let fingerprint: String
    /// Its kind.
    package let kind: SSHPublicKey.Kind
    /// How the person was present.
    package let presence: SSHSignature.Presence
    /// Whether the roster lists the key; without a roster nothing ties it to a person.
    package let isListed: Bool
  }

  /// States what is proven.
  package init(strength: ReviewStrength, person: String, names: Set<String>, key: KeyUse?) {
    self.strength = strength
    self.person = person
    self.names = names
    self.key = key
  }
}

/// Finds out what the signatures of a record prove, under one roster at one time.
package struct RecordVerifier: Sendable {
  /// The roster in force; nil where the repository has none.
  package let roster: Roster?
  /// Seconds since 1970, by the verifier's own clock: claimed times are never asked.
  package let now: Int

  /// Verifies under a roster.
  package init(roster: Roster?, now: Int) {
    self.roster = roster
    self.now = now
  }

  /// What an envelope proves about the record in it; the best signature counts.
  ///
  /// An envelope without signatures is a promise. One whose signatures all fail proves nothing, not
  /// even a promise: something is wrong with it.
  package func proof(
    of envelope: Envelope,
    _ record: ReviewRecord
  ) throws(SignatureProblem) -> RecordProof {
    guard !envelope.signatures.isEmpty else { return promise(record.principal) }
    let message = envelope.preAuthenticationEncoding()
    var best: RecordProof?
    var problem: SignatureProblem?
    for signature in envelope.signatures {
      do throws(SignatureProblem) {
        let proof = try proof(of: signature, message, record.principal)
        if let best, best.strength.satisfies(proof.strength) { continue }
        best = proof
      } catch {
        problem = problem ?? error
      }
    }
    guard let best else { throw problem ?? .mismatch }
    return best
  }

  private func promise(_ principal: String, key: RecordProof.KeyUse? = nil) -> RecordProof {
    let person = roster?.person(named: principal) ?? principal
    return RecordProof(
      strength: .recorded,
      person: person,
      names: roster?.names(of: person) ?? [person.lowercased()],
      key: key
    )
  }

  private func proof(
    of signature: Envelope.Signature,
    _ message: [UInt8],
    _ principal: String
  ) throws(SignatureProblem) -> RecordProof {
    let signature = try SSHSignature(blob: signature.bytes)
    guard let roster else {
      let key = try SSHPublicKey(blob: signature.keyBlob)
      return promise(
        principal,
        key: use(of: key, try signature.presence(over: message, by: key), isListed: false)
      )
    }
    guard let entry = roster.entry(ofKey: signature.keyBlob) else {
      throw .unknownKey(signature.fingerprint)
    }
    guard entry.compromised == nil else { throw .compromised(signature.fingerprint) }
    try checkTime(entry)
    guard entry.names.contains(where: { $0.utf8.elementsEqual(principal.utf8) }) else {
      throw .otherPrincipal(claimed: principal, owner: entry.person)
    }
    let presence = try signature.presence(over: message, by: entry.key)
    return RecordProof(
      strength: presence.strength,
      person: entry.person,
      names: roster.names(of: entry.person),
      key: use(of: entry.key, presence, isListed: true)
    )
  }

  private func checkTime(_ entry: Roster.Entry) throws(SignatureProblem) {
    if let after = entry.validAfter, now < after {
      throw .notYetValid(RecordTime.text(after) ?? "later")
    }
    if let before = entry.validBefore, now >= before {
      throw .expired(RecordTime.text(before) ?? "earlier")
    }
  }

  private func use(
    of key: SSHPublicKey,
    _ presence: SSHSignature.Presence,
    isListed: Bool
  ) -> RecordProof.KeyUse {
    RecordProof.KeyUse(
      fingerprint: key.fingerprint,
      kind: key.kind,
      presence: presence,
      isListed: isListed
    )
  }
}
