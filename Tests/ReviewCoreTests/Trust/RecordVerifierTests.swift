import ReviewCore
import TestSupport
import Testing

@Suite struct RecordVerifierTests {
  static let alice = TestKey(.hardwareEd25519, seed: 10)
  static let bob = TestKey(.p256, seed: 20)
  static let mallory = TestKey(seed: 30)
  /// 2026-11-24.
  static let now = 1_795_478_400

  static let roster = """
    alice@example.com,alice@example.org \(alice.line)
    alice@example.com \(TestKey(seed: 11).line)
    bob@example.com valid-after="20260101",valid-before="20270101" \(bob.line)
    """

  static func verifier(_ text: String? = roster, now: Int = now) throws -> RecordVerifier {
    RecordVerifier(roster: try text.map { try RosterFile.parse(Array($0.utf8)) }, now: now)
  }

  /// A record by a person, signed by keys.
  static func envelope(
    by principal: String = "alice@example.com",
    _ keys: [TestKey],
    _ form: TestKey.Form = TestKey.Form()
  ) throws -> (envelope: Envelope, record: ReviewRecord) {
    let record = RecordSamples.record(by: principal)
    var envelope = Envelope(payload: RecordPayload.encode(record))
    envelope.signatures = try keys.map {
      let bytes = try $0.sign(envelope.preAuthenticationEncoding(), form)
      return Envelope.Signature(keyID: $0.fingerprint, bytes: bytes)
    }
    return (envelope, record)
  }

  static func prove(
    _ signed: (envelope: Envelope, record: ReviewRecord),
    _ verifier: RecordVerifier
  ) -> Result<RecordProof, SignatureProblem> {
    Result { () throws(SignatureProblem) in try verifier.proof(of: signed.envelope, signed.record) }
  }

  @Test func `proves a listed key's record by name and alias`() throws {
    for name in ["alice@example.com", "alice@example.org"] {
      let proof = try Self.prove(Self.envelope(by: name, [Self.alice]), Self.verifier()).get()
      #expect(proof.strength == .touched)
      #expect(proof.person == "alice@example.com")
      #expect(proof.key?.fingerprint == Self.alice.fingerprint)
      #expect(proof.key?.presence.counter == 7)
    }
  }

  @Test func `takes an unsigned record for a promise, by the roster's name`() throws {
    let proof = try Self.prove(
      Self.envelope(by: "alice@example.org", []),
      Self.verifier()
    ).get()
    #expect(proof.strength == .recorded && proof.person == "alice@example.com")
    #expect(proof.key == nil)
  }

  @Test func `refuses keys that are not listed, whatever keyid says`() throws {
    var signed = try Self.envelope([Self.mallory])
    let lie = Envelope.Signature(
      keyID: Self.alice.fingerprint,
      bytes: signed.envelope.signatures[0].bytes
    )
    signed.envelope.signatures = [lie]
    #expect(
      Self.prove(signed, try Self.verifier()) == .failure(.unknownKey(Self.mallory.fingerprint))
    )
    #expect(
      Self.prove(signed, try Self.verifier("# nobody\n"))
        == .failure(.unknownKey(Self.mallory.fingerprint))
    )
  }

  @Test func `refuses a listed key in another person's name`() throws {
    let signed = try Self.envelope(by: "alice@example.com", [Self.bob])
    #expect(
      Self.prove(signed, try Self.verifier())
        == .failure(.otherPrincipal(claimed: "alice@example.com", owner: "bob@example.com"))
    )
  }

  @Test func `asks the verifier's clock whether a key is valid`() throws {
    let signed = try Self.envelope(by: "bob@example.com", [Self.bob])
    #expect(try Self.prove(signed, Self.verifier()).get().strength == .signed)
    #expect(
      Self.prove(signed, try Self.verifier(now: 1_767_225_599))
        == .failure(.notYetValid("2026-01-01T00:00:00Z"))
    )
    #expect(try Self.prove(signed, Self.verifier(now: 1_767_225_600)).get().strength == .signed)
    #expect(
      Self.prove(signed, try Self.verifier(now: 1_798_761_600))
        == .failure(.expired("2027-01-01T00:00:00Z"))
    )
  }

  @Test func `counts the best signature and needs one that holds`() throws {
    let software = TestKey(seed: 11)
    let both = try Self.envelope([Self.mallory, software, Self.alice])
    #expect(try Self.prove(both, Self.verifier()).get().strength == .touched)
    var broken = try Self.envelope([software])
    broken.envelope = Envelope(
      payload: broken.envelope.payload + [0x20],
      signatures: broken.envelope.signatures
    )
    #expect(Self.prove(broken, try Self.verifier()) == .failure(.mismatch))
  }

  @Test func `without a roster a signature that fits is a promise, and one that does not is none`()
    throws
  {
    let signed = try Self.envelope([Self.mallory])
    let proof = try Self.prove(signed, Self.verifier(nil)).get()
    #expect(proof.strength == .recorded && proof.person == "alice@example.com")
    #expect(proof.key?.isListed == false)
    var other = try Self.envelope(by: "bob@example.com", [])
    other.envelope.signatures = signed.envelope.signatures
    #expect(Self.prove(other, try Self.verifier(nil)) == .failure(.mismatch))
  }

  // MARK: - In the ledger

  private func ledger(_ envelopes: [Envelope]) throws -> ReviewLedger {
    ReviewLedger.read(
      envelopes.map { RecordSource(name: "log", envelope: $0.encode()) },
      repositoryID: RecordSamples.repository,
      verifier: try Self.verifier()
    )
  }

  @Test func `leaves out what is not proven and says why`() throws {
    let good = try Self.envelope([Self.alice]).envelope
    let foreign = try Self.envelope(by: "bob@example.com", [Self.mallory]).envelope
    let agent = try Self.envelope(by: "noreply@anthropic.com", []).envelope
    let ledger = try ledger([good, foreign, agent])
    #expect(ledger.records.map(\.strength) == [.touched])
    #expect(
      ledger.warnings.map(\.description) == [
        "log: record ignored: its key \(Self.mallory.fingerprint) is not in .reviewgate/reviewers",
        "log: record ignored: noreply@anthropic.com is an agent or a bot, and those never review",
      ]
    )
  }

  @Test func `a copy without its signatures does not weaken a record`() throws {
    let signed = try Self.envelope([Self.alice]).envelope
    for copies in [
      [signed, Envelope(payload: signed.payload)], [Envelope(payload: signed.payload), signed],
    ] {
      #expect(try ledger(copies).records.map(\.strength) == [.touched])
    }
  }
}
