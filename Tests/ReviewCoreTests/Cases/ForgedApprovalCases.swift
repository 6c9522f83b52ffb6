import ReviewCore
import TestSupport
import Testing

/// Cases 12 to 25: approvals that nobody gave.
@Suite struct ForgedApprovalCases {
  typealias World = CaseWorld

  // Attack 12.
  @Test func `a record without a signature passes as a promise, and not where proof is asked`()
    throws
  {
    let record = try World.envelope(nil)
    let open = try World(.recorded).judge([record])
    #expect(open.outcomes == [.reviewed])
    #expect(open.weakestStrength?.meaning == "a promise, not a proof")
    #expect(try World().judge([record]).outcomes == [.tooWeak])
  }

  // Attack 13.
  @Test func `a key in software does not meet a rule that asks for a touch`() throws {
    let verdict = try World().judge([World.envelope(World.aliceSoftware)])
    #expect(verdict.outcomes == [.tooWeak])
    #expect(verdict.findings[0].review?.strength == .signed)
  }

  // Attack 14.
  @Test func `a hardware signature without a touch is only signed`() throws {
    let record = try World.envelope(World.alice) { $0.flags = 0 }
    #expect(try World().judge([record]).outcomes == [.tooWeak])
    #expect(try World(.signed).judge([record]).outcomes == [.reviewed])
  }

  // Attack 15.
  @Test(
    arguments: [(0x01, .tooWeak), (0x04, .tooWeak), (0x05, .reviewed)] as [(UInt8, Finding.Outcome)]
  )
  func `a rule that asks for verification needs both flags`(
    flags: UInt8,
    outcome: Finding.Outcome
  ) throws {
    let record = try World.envelope(World.alice) { $0.flags = flags }
    #expect(try World(.verified).judge([record]).outcomes == [outcome])
  }

  // Attack 16.
  @Test func `a record changed after signing is absent, not unsigned`() throws {
    let good = try World.envelope(World.alice)
    for offset in stride(from: 0, to: good.payload.count, by: 37) {
      var payload = good.payload
      payload[offset] ^= 1
      let changed = Envelope(payload: payload, signatures: good.signatures)
      let verdict = try World(.recorded).judge([changed])
      #expect(verdict.outcomes != [.reviewed], "byte \(offset)")
      #expect(verdict.warnings.count == 1, "byte \(offset)")
    }
    var note = World.record()
    note.note = "more"
    let other = Envelope(payload: RecordPayload.encode(note), signatures: good.signatures)
    let verdict = try World(.recorded).judge([other])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("record or signature were changed"))
  }

  // Attack 17.
  @Test(arguments: ["git", "file", "reviewgate-review@v2", "reviewgate-review"])
  func `a signature made for something else proves nothing`(namespace: String) throws {
    let verdict = try World(.recorded).judge([
      World.envelope(World.alice) { $0.namespace = namespace }
    ])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("made for something else"))
  }

  // Attack 18.
  @Test func `the key in the signature decides, not keyid`() throws {
    let forged = try World.envelope(World.mallory)
    let lie = Envelope(
      payload: forged.payload,
      signatures: forged.signatures.map {
        Envelope.Signature(keyID: World.alice.fingerprint, bytes: $0.bytes)
      }
    )
    let verdict = try World(.recorded).judge([lie])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("\(World.mallory.fingerprint) is not in .reviewgate/reviewers"))
  }

  // Attack 20.
  /// The case blocks where the service says who opened the request, or Bob's key signed the commit.
  ///
  /// Where neither is known, an address is all there is, and it can be false.
  @Test func `who drives the change may not review it under another's address`() throws {
    var world = World(.signed)
    world.policy.review.independence = .secondPerson
    world.people = ["alice@example.com"]
    let record = try World.envelope(World.record(by: "bob@example.com"), World.bob)
    #expect(try world.judge([record]).outcomes == [.reviewed])
    let event = #"{"pull_request":{"user":{"login":"bob","id":77}}}"#
    world.people.formUnion(
      Operators.names(
        ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_ACTOR": "alice"],
        githubEvent: Array(event.utf8),
        at: .ci
      )
    )
    #expect(try world.judge([record]).outcomes == [.selfReviewed])
  }

  // Attack 21.
  @Test func `every author counts, whoever committed last`() throws {
    var world = World(.signed)
    world.policy.review.independence = .secondPerson
    world.people = ["bob@example.com", "rebase-bot@example.com"]
    let bob = try World.envelope(World.record(by: "bob@example.com"), World.bob)
    let carol = try World.envelope(World.record(by: "carol@example.com"), World.carol)
    #expect(try world.judge([bob]).outcomes == [.selfReviewed])
    #expect(try world.judge([bob, carol]).outcomes == [.reviewed])
  }

  // Attack 22.
  @Test(arguments: ["noreply@anthropic.com", "198982749+Copilot@users.noreply.github.com"])
  func `an agent never reviews, listed or not`(agent: String) throws {
    let roster = World.roster + "\n\(agent) \(World.mallory.line)\n"
    #expect(throws: RosterErrors.self) { try RosterFile.parse(Array(roster.utf8)) }
    let unsigned = try World.envelope(World.record(by: agent), nil)
    let verdict = try World(.recorded).judge([unsigned])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("is an agent or a bot"))
  }

  // Attack 23.
  @Test func `two keys of one person are one approval`() throws {
    var world = World(.signed)
    world.policy.review.approvals = 2
    let first = try World.envelope(World.alice)
    let second = try World.envelope(World.record(seq: 1), World.aliceSoftware)
    #expect(try world.judge([first, second]).outcomes == [.unreviewed])
    let carol = try World.envelope(World.record(by: "carol@example.com"), World.carol)
    #expect(try world.judge([first, second, carol]).outcomes == [.reviewed])
  }

  // Attack 24.
  @Test(arguments: ["*@example.com", "alice@example.com,*", "dave@example.com"])
  func `a roster with wildcards or a key twice is a mistake`(names: String) {
    let key = names.hasPrefix("dave") ? World.alice : World.mallory
    let roster = World.roster + "\n\(names) \(key.line)\n"
    #expect(throws: RosterErrors.self) { try RosterFile.parse(Array(roster.utf8)) }
  }

  // Attack 25.
  @Test func `a record counts for who signed it, whatever log it lies in`() throws {
    var world = World()
    world.policy.review.approvals = 2
    let alice = try World.envelope(World.alice)
    let log = "refs/reviewgate/v1/log/carol-example.com/1"
    #expect(try world.judge([alice, alice], log: log).outcomes == [.unreviewed])
    world.policy.review.approvals = 1
    let verdict = try world.judge([alice], log: log)
    #expect(verdict.findings.map(\.review?.principal) == ["alice@example.com"])
  }

  @Test func `a record in the name of somebody else's key is absent`() throws {
    let record = try World.envelope(World.record(by: "carol@example.com"), World.bob)
    let verdict = try World(.recorded).judge([record])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("it names carol@example.com, but its key is bob@example.com's"))
  }

  @Test func `only the same person, as well proven, takes a rejection back`() throws {
    var no = World.record()
    no.verdict = .rejected
    let rejection = try World.envelope(no, World.alice)
    func yes(_ person: String, _ key: TestKey?) throws -> Envelope {
      try World.envelope(World.record(by: person, at: "2026-11-24T00:00:00Z", seq: 9), key)
    }
    let world = World(.signed)
    #expect(
      try world.judge([rejection, yes("carol@example.com", World.carol)]).outcomes == [.rejected]
    )
    #expect(try world.judge([rejection, yes("alice@example.com", nil)]).outcomes == [.rejected])
    #expect(
      try world.judge([rejection, yes("alice@example.com", World.aliceSoftware)]).outcomes
        == [.rejected]
    )
    #expect(
      try world.judge([rejection, yes("alice@example.com", World.alice)]).outcomes == [.reviewed]
    )
  }

  @Test func `an unsigned no in somebody's name stops nothing where signatures are asked for`()
    throws
  {
    var no = World.record(at: "2026-11-24T00:00:00Z")
    no.verdict = .rejected
    let forged = try World.envelope(no, nil)
    let good = try World.envelope(World.alice)
    #expect(try World().judge([good, forged]).outcomes == [.reviewed])
    #expect(try World(.recorded).judge([good, forged]).outcomes == [.rejected])
  }
}
