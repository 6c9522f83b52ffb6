import ReviewCore
import TestSupport
import Testing

/// Cases 39 to 45, 59, and 70 to 83: old, foreign, copied and malformed records.
@Suite struct ReuseCases {
  typealias World = CaseWorld

  // MARK: - Staleness

  // Attack 39.
  @Test func `a record that is too old no longer counts`() throws {
    let old = try World.envelope(World.record(at: "2026-08-01T00:00:00Z"), World.alice)
    var world = World()
    #expect(try world.judge([old]).outcomes == [.stale])
    world.policy.review.maxAgeDays = 200
    #expect(try world.judge([old]).outcomes == [.reviewed])
  }

  // Attack 40.
  @Test func `a policy that asks for more makes old records too weak`() throws {
    let record = try World.envelope(World.alice)
    #expect(try World(.touched).judge([record]).outcomes == [.reviewed])
    #expect(try World(.verified).judge([record]).outcomes == [.tooWeak])
  }

  // MARK: - Transfer and replay

  // Attack 41.
  @Test func `a brace approved once is no licence for braces`() throws {
    let brace = World.change([World.hunk("  }", at: 20)])
    let record = try World.envelope(World.record([brace]), World.alice)
    let other = World.change([World.hunk("  }", at: 80)], new: 9)
    #expect(try World().judge([record], [brace]).outcomes == [.reviewed])
    #expect(try World().judge([record], [other]).outcomes == [.unreviewed])
  }

  // Attack 42.
  @Test func `one approval covers one of two equal hunks`() throws {
    let line = "  logger.debug(\"reached the end\")"
    let once = World.change([World.hunk(line)])
    let twice = World.change([World.hunk(line, at: 10), World.hunk(line, at: 60)], new: 9)
    let record = try World.envelope(World.record([once], complete: false), World.alice)
    let outcomes = try World().judge([record], [twice]).outcomes
    #expect(outcomes.count { $0 == .reviewed } == 1)
    #expect(outcomes.count(where: \.blocks) == 1)
  }

  // Attack 44.
  /// The case asks for a block unless the policy lets one branch inherit from another.
  ///
  /// Records here
  /// are bound to repository, path, content and context, and say nothing about branches that is
  /// trusted: what was read for main has been read for a release too, and a cherry-pick of it would
  /// otherwise be read twice. Approvals that may not travel are what budgets and rules are for.
  @Test func `what was approved for one branch is approved on another`() throws {
    var record = World.record()
    record.target = "refs/heads/release/1"
    #expect(try World().judge([World.envelope(record, World.alice)]).outcomes == [.reviewed])
  }

  // Attack 45.
  @Test func `a record of another repository does not count`() throws {
    var record = World.record()
    record.repositoryID = "roots:sha256:" + String(repeating: "cd", count: 32)
    let verdict = try World().judge([World.envelope(record, World.alice)])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("about another repository"))
  }

  // Attack 59.
  @Test func `an equal object id with another SHA-256 is other content`() throws {
    let record = try World.envelope(World.record(), World.alice)
    let hunks = [World.hunk("  let token = try steal(session)")]
    let collision = World.change(hunks, new: 2, newSHA256: 0xee)
    #expect(try World().judge([record], [collision]).outcomes == [.unreviewed])
  }

  // MARK: - Policy and keys

  // Attack 70.
  @Test func `a key that is no longer listed lets nothing more land`() throws {
    let record = try World.envelope(World.alice)
    var world = World()
    #expect(try world.judge([record]).outcomes == [.reviewed])
    world.roster = world.roster?.split(separator: "\n").dropFirst().joined(separator: "\n")
    let verdict = try world.judge([record])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains("is not in .reviewgate/reviewers"))
  }

  // Attack 71.
  @Test(arguments: ["2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])
  func `a time that the record claims proves nothing and hides nothing`(time: String) throws {
    let record = try World.envelope(World.record(at: time), World.alice)
    var world = World()
    world.policy.review.maxAgeDays = nil
    #expect(try world.judge([record]).outcomes == [.reviewed])
    // Nor does it bring a key back that has ended, by the verifier's clock.
    world.roster = "alice@example.com valid-before=20260101 \(World.alice.line)\n"
    let expired = try world.judge([record])
    #expect(expired.outcomes == [.unreviewed])
    #expect(expired.said.contains("was valid until 2026-01-01T00:00:00Z"))
    world.now = 1_700_000_000
    #expect(try world.judge([record]).outcomes == [.reviewed])
  }

  /// What is done to the text of a good payload, and what is said.
  static let malformed: [(String, String, String)] = [
    ("\"seq\":0", "\"seq\":0,\"seq\":1", "duplicate key"),
    ("\"seq\":0", "\"seq\":NaN", "unexpected byte"),
    ("\"seq\":0", "\"seq\":1e400", "seq is not valid"),
    ("\"seq\":0", "\"seq\":-1", "seq is not valid"),
    ("human-review/v1", "human-review/v2", "unknown version"),
    ("\"crit\":[]", "\"crit\":[\"quorum\"]", "needs \"quorum\""),
    ("\"seq\":0", "\"x\":" + String(repeating: "[", count: 10_000), "too deeply nested"),
    (
      "\"seq\":0", "\"seq\":0,\"x\":\"" + String(repeating: "a", count: 1 << 20) + "\"", "too large"
    ),
    ("alice@example.com", "alice@\u{fffe}example.com\\ud800", "lone surrogate"),
  ]

  // Attack 72.
  @Test(arguments: malformed)
  func `a malformed record is absent even when it is signed`(
    old: String,
    new: String,
    message: String
  ) throws {
    let text = String(decoding: RecordPayload.encode(World.record()), as: UTF8.self)
    var envelope = Envelope(payload: Array(text.replacing(old, with: new).utf8))
    let bytes = try World.alice.sign(envelope.preAuthenticationEncoding())
    envelope.signatures = [Envelope.Signature(keyID: "", bytes: bytes)]
    let verdict = try World(.recorded).judge([envelope])
    #expect(verdict.outcomes == [.unreviewed])
    #expect(verdict.said.contains(message), "\(verdict.said.prefix(300))")
  }

  // Attack 72.
  @Test func `bytes that are no record are absent`() throws {
    let noise: [[UInt8]] = [
      [], Array("{".utf8), Array(repeating: 0x5b, count: 100_000), [0xff, 0xfe],
      Array(repeating: 0x20, count: 2 << 20),
    ]
    let verdict = try World(.recorded).judge(stored: noise)
    #expect(verdict.outcomes == [.unreviewed])
    #expect(!verdict.warnings.isEmpty)
  }

  // MARK: - Counting

  // Attack 80.
  @Test func `a hardware counter that goes back passes with a warning`() throws {
    func use(_ time: String, _ counter: UInt32) throws -> Envelope {
      try World.envelope(World.record(at: time), World.alice) { $0.counter = counter }
    }
    let first = try use("2026-11-23T10:00:00Z", 9)
    let later = try World().judge([first, use("2026-11-23T11:00:00Z", 10)])
    #expect(later.outcomes == [.reviewed] && later.warnings.isEmpty)
    let back = try World().judge([first, use("2026-11-23T11:00:00Z", 4)])
    #expect(back.outcomes == [.reviewed])
    #expect(
      back.said.contains("the counter of the hardware key \(World.alice.fingerprint) went back")
    )
    // A key that does not count says 0.
    #expect(try World().judge([first, use("2026-11-23T11:00:00Z", 0)]).warnings.isEmpty)
  }

  // Attack 81.
  @Test func `approvals of one hunk do not add up to two`() throws {
    let line = "  logger.debug(\"reached the end\")"
    let once = World.change([World.hunk(line)])
    let twice = World.change([World.hunk(line, at: 10), World.hunk(line, at: 60)], new: 9)
    let again = try (0..<3).map { number in
      let time = "2026-11-2\(number)T18:00:00Z"
      return try World.envelope(
        World.record([once], complete: false, at: time, seq: number),
        World.alice
      )
    }
    let carol = try World.envelope(
      World.record(by: "carol@example.com", [once], complete: false),
      World.carol
    )
    for records in [again, [again[0], carol]] {
      #expect(try !World().judge(records, [twice]).passes)
    }
  }

  // Attack 82.
  @Test func `a record found in several places counts once`() throws {
    let line = "  logger.debug(\"reached the end\")"
    let twice = World.change([World.hunk(line, at: 10), World.hunk(line, at: 60)], new: 9)
    let once = World.record([World.change([World.hunk(line)])], complete: false)
    let record = try World.envelope(once, World.alice)
    let bare = Envelope(payload: record.payload)
    #expect(try !World().judge([record, record, bare], [twice]).passes)
    var world = World()
    world.policy.review.approvals = 2
    let whole = try World.envelope(World.alice)
    #expect(try world.judge([whole, whole]).outcomes == [.unreviewed])
  }

  // Attack 83.
  @Test func `what a partial record leaves out is not reviewed`() throws {
    let changes = ["a.swift", "b.swift", "c.swift"].map { World.change(path: $0) }
    var record = World.record(Array(changes.prefix(2)))
    record.scope = .partial
    let verdict = try World().judge([World.envelope(record, World.alice)], changes)
    #expect(verdict.outcomes == [.reviewed, .reviewed, .unreviewed])
  }
}
