import ReviewCore
import Testing

@Suite struct ReviewLedgerTests {
  static func stored(
    _ record: ReviewRecord,
    _ strength: ReviewStrength = .recorded,
    source: String = "log"
  ) -> StoredRecord {
    StoredRecord(
      id: RecordPayload.id(of: RecordPayload.encode(record)),
      record: record,
      proof: RecordSamples.proof(strength, of: record.principal),
      source: source
    )
  }

  static func ledger(_ records: [StoredRecord]) -> ReviewLedger {
    ReviewLedger(records, repositoryID: RecordSamples.repository)
  }

  static let path = RepositoryPath("Sources/Auth.swift")

  @Test func `takes what was read before a first commit, about new files alone`() {
    var first = RecordSamples.file("first")
    (first.oldMode, first.old) = (.absent, nil)
    var record = RecordSamples.record(files: [first])
    record.repositoryID = RepositoryIdentity.rootless
    record.base = ReviewRecord.TreeState(tree: .emptyTree)
    #expect(Self.ledger([Self.stored(record)]).records.count == 1)

    var changing = record
    changing.files.append(RecordSamples.file("changed"))
    var later = record
    later.base = ReviewRecord.TreeState(commit: RecordSamples.id(0x11), tree: .emptyTree)
    var onTree = record
    onTree.base = ReviewRecord.TreeState(tree: RecordSamples.id(0x22))
    for other in [changing, later, onTree] {
      let ledger = Self.ledger([Self.stored(other)])
      #expect(ledger.records.isEmpty)
      #expect(ledger.warnings.count == 1)
    }
  }

  // MARK: - Transitions

  @Test func `finds the approval of an exact transition`() {
    let ledger = Self.ledger([Self.stored(RecordSamples.record())])
    #expect(ledger.transitions(matching: RecordSamples.change()).count == 1)
    #expect(ledger.transitions(of: Self.path).count == 1)
  }

  @Test(
    arguments: [
      RecordSamples.change("Sources/auth.swift"), RecordSamples.change(from: 9),
      RecordSamples.change(to: 9), RecordSamples.change(modes: (.regular, .executable)),
      RecordSamples.change(modes: (.executable, .regular)),
      RecordSamples.change(modes: (.absent, .regular)),
      RecordSamples.change(modes: (.regular, .absent)),
      RecordSamples.change(newSHA256: [UInt8](repeating: 9, count: 32)),
    ]
  )
  func `does not take another transition for it`(change: FileChange) {
    let ledger = Self.ledger([Self.stored(RecordSamples.record())])
    #expect(ledger.transitions(matching: change).isEmpty)
  }

  @Test func `compares object ids alone where one side has no SHA-256`() {
    let ledger = Self.ledger([Self.stored(RecordSamples.record())])
    let change = RecordSamples.change(newSHA256: .some(nil))
    #expect(ledger.transitions(matching: change).count == 1)
  }

  @Test func `matches an added and a deleted file`() {
    var added = RecordSamples.file("added")
    (added.oldMode, added.old) = (.absent, nil)
    var deleted = RecordSamples.file("deleted")
    (deleted.newMode, deleted.new) = (.absent, nil)
    let ledger = Self.ledger([Self.stored(RecordSamples.record(files: [added, deleted]))])
    let addition = RecordSamples.change("added", modes: (.absent, .regular))
    let deletion = RecordSamples.change("deleted", modes: (.regular, .absent))
    #expect(ledger.transitions(matching: addition).count == 1)
    #expect(ledger.transitions(matching: deletion).count == 1)
  }

  @Test func `approves no transition by some of its hunks`() {
    let record = RecordSamples.record(files: [RecordSamples.file(complete: false)])
    let ledger = Self.ledger([Self.stored(record)])
    #expect(ledger.transitions(matching: RecordSamples.change()).isEmpty)
    #expect(ledger.transitions(of: Self.path).isEmpty)
    #expect(ledger.approvals(of: RecordSamples.fingerprint(7), at: Self.path).count == 1)
    #expect(ledger.approved(Self.path).count == 1)
  }

  // MARK: - Hunks

  @Test func `finds hunks by path and fingerprint with their budget`() {
    let file = RecordSamples.file(hunks: [RecordSamples.hunk(1, count: 3), RecordSamples.hunk(2)])
    let ledger = Self.ledger([Self.stored(RecordSamples.record(files: [file]))])
    let found = ledger.approvals(of: RecordSamples.fingerprint(1), at: Self.path)
    #expect(found.map(\.hunk.count) == [3])
    #expect(ledger.approvals(of: RecordSamples.fingerprint(3), at: Self.path).isEmpty)
    let elsewhere = RepositoryPath("Sources/Other.swift")
    #expect(ledger.approvals(of: RecordSamples.fingerprint(1), at: elsewhere).isEmpty)
  }

  @Test func `keeps rejections apart from approvals`() {
    let ledger = Self.ledger([Self.stored(RecordSamples.record(.rejected))])
    let fingerprint = RecordSamples.fingerprint(7)
    #expect(ledger.approvals(of: fingerprint, at: Self.path).isEmpty)
    #expect(ledger.transitions(matching: RecordSamples.change()).isEmpty)
    #expect(ledger.rejections(of: fingerprint, at: Self.path).count == 1)
    #expect(ledger.rejections(of: RecordSamples.change()).count == 1)
    #expect(
      ledger.rejections(of: fingerprint, at: Self.path).first?.stored.record.note
        == "leaks the token"
    )
  }

  // MARK: - Uniting

  @Test func `counts copies of a record once, with the best proof`() {
    let record = RecordSamples.record()
    let copies = [
      Self.stored(record, .recorded, source: "a"), Self.stored(record, .touched, source: "c"),
      Self.stored(record, .touched, source: "b"), Self.stored(record, .signed, source: "d"),
    ]
    for copies in [copies, copies.reversed()] {
      let ledger = Self.ledger(copies)
      #expect(ledger.records.map(\.source) == ["b"])
      #expect(ledger.approvals(of: RecordSamples.fingerprint(7), at: Self.path).count == 1)
    }
  }

  @Test func `answers alike whatever order records come in`() {
    let records = (0..<20).map { Self.stored(RecordSamples.record(seq: $0)) }
    var random = SeededGenerator(seed: 5)
    let expected = Self.ledger(records)
    for _ in 0..<20 {
      let ledger = Self.ledger(records.shuffled(using: &random))
      #expect(ledger.records == expected.records)
      #expect(ledger.transitions(of: Self.path) == expected.transitions(of: Self.path))
    }
  }

  // MARK: - Withdrawals

  @Test(
    arguments: [
      (
        ReviewRecord.Verdict.approved, ReviewStrength.signed, "alice@example.com",
        ReviewStrength.signed, true
      ),
      (.approved, .verified, "alice@example.com", .signed, true),
      (.approved, .recorded, "alice@example.com", .recorded, true),
      (.approved, .signed, "alice@example.com", .recorded, false),
      (.approved, .signed, "alice@example.com", .forge, false),
      (.approved, .recorded, "bob@example.com", .verified, false),
      (.rejected, .recorded, "alice@example.com", .recorded, true),
      (.rejected, .signed, "alice@example.com", .touched, true),
      (.rejected, .signed, "alice@example.com", .recorded, false),
      (.rejected, .signed, "alice@example.com", .forge, false),
      (.rejected, .recorded, "bob@example.com", .verified, false),
    ]
  )
  func `takes back own records when that is proven well enough`(
    verdict: ReviewRecord.Verdict,
    strength: ReviewStrength,
    withdrawer: String,
    withdrawal: ReviewStrength,
    holds: Bool
  ) {
    let subject = Self.stored(RecordSamples.record(verdict), strength)
    let record = RecordSamples.record(
      .withdrawn,
      by: withdrawer,
      files: [],
      withdraws: [subject.id]
    )
    for records in [
      [subject, Self.stored(record, withdrawal)], [Self.stored(record, withdrawal), subject],
    ] {
      let ledger = Self.ledger(records)
      #expect(ledger.withdrawn == (holds ? [subject] : []))
      #expect(ledger.records == (holds ? [] : [subject]))
      #expect(
        ledger.warnings.map(\.reason) == (holds ? [] : [.withdrawalRefused(subject.id)])
      )
    }
  }

  @Test func `does not let a withdrawal be withdrawn`() {
    let subject = Self.stored(RecordSamples.record())
    let first = Self.stored(
      RecordSamples.record(.withdrawn, files: [], withdraws: [subject.id])
    )
    let second = Self.stored(RecordSamples.record(.withdrawn, files: [], withdraws: [first.id]))
    #expect(Self.ledger([second, subject, first]).records.isEmpty)
  }

  // MARK: - Reading

  @Test func `reads stored envelopes and names those it leaves out`() {
    var foreign = RecordSamples.record()
    foreign.repositoryID = "roots:other\u{1b}"
    let sign = [Envelope.Signature(keyID: "k", bytes: [1])]
    let payload = RecordPayload.encode(RecordSamples.record(seq: 1))
    let later = String(decoding: payload, as: UTF8.self)
      .replacing("human-review/v1", with: "human-review/v2")
    let sources = [
      RecordSource(
        name: "good",
        envelope: Envelope(payload: RecordPayload.encode(RecordSamples.record())).encode()
      ),
      RecordSource(name: "noise\u{1b}", envelope: Array("{".utf8)),
      RecordSource(name: "later", envelope: Envelope(payload: Array(later.utf8)).encode()),
      RecordSource(
        name: "foreign",
        envelope: Envelope(payload: RecordPayload.encode(foreign)).encode()
      ),
      RecordSource(name: "forged", envelope: Envelope(payload: payload, signatures: sign).encode()),
    ]
    let verifier = RecordVerifier(roster: nil, now: 0)
    let ledger = ReviewLedger.read(
      sources,
      repositoryID: RecordSamples.repository,
      verifier: verifier
    )
    #expect(ledger.records.map(\.source) == ["good"])
    #expect(ledger.records.map(\.strength) == [.recorded])
    #expect(
      ledger.warnings.map(\.description) == [
        "foreign: record ignored: it is about another repository (roots:other^[)",
        "forged: record ignored: its signature is malformed (not an SSH signature)",
        "later: record ignored: unknown version of the record: "
          + "\"https://reviewgate.dev/attestation/human-review/v2\"",
        "noise^[: record ignored: not strict JSON: truncated at byte 1",
      ]
    )
  }
}
