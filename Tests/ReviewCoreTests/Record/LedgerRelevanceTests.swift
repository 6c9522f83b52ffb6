import ReviewCore
import TestSupport
import Testing

/// A ledger of some paths only: what is left out must not be missed.
@Suite struct LedgerRelevanceTests {
  typealias World = CaseWorld

  private static let here: Set<RepositoryPath> = [RepositoryPath("Sources/Auth.swift")]

  private static func ledger(
    _ envelopes: [Envelope],
    about paths: Set<RepositoryPath>? = here
  ) throws -> ReviewLedger {
    ReviewLedger.read(
      envelopes.map { RecordSource(name: "log", envelope: $0.encode()) },
      repositoryID: RecordSamples.repository,
      verifier: RecordVerifier(
        roster: try RosterFile.parse(Array(World.roster.utf8)),
        now: World.now
      ),
      about: paths
    )
  }

  @Test func `records about other paths are not looked at, with those that hold a path of it`()
    throws
  {
    let own = try World.envelope(World.alice)
    let other = World.change(path: "b.swift")
    let foreign = try World.envelope(World.record([other]), World.mallory)
    let both = try World.envelope(World.record([other, World.change()], seq: 3), World.alice)
    let ledger = try Self.ledger([own, foreign, both])
    #expect(Set(ledger.records.map(\.id)) == [own.payloadDigest, both.payloadDigest])
    #expect(ledger.warnings.isEmpty)
    let all = try Self.ledger([own, foreign, both], about: nil)
    #expect(all.records.count == 2 && all.warnings.count == 1)
  }

  @Test func `a withdrawal counts although it names no path`() throws {
    let approval = try World.envelope(World.alice)
    var record = World.record([])
    record.verdict = .withdrawn
    record.withdraws = [approval.payloadDigest]
    record.note = "not after all"
    let withdrawal = try World.envelope(record, World.alice)
    let ledger = try Self.ledger([approval, withdrawal])
    #expect(ledger.records.isEmpty && ledger.withdrawn.count == 1)
  }

  @Test func `what cannot be read may be about anything, and is said`() throws {
    let broken = RecordSource(name: "log", envelope: Array("{".utf8))
    let ledger = ReviewLedger.read(
      [broken],
      repositoryID: RecordSamples.repository,
      verifier: RecordVerifier(roster: nil, now: 0),
      about: Self.here
    )
    #expect(ledger.warnings.count == 1)
  }

  @Test func `a rejection of the path is never left out`() throws {
    var no = World.record()
    no.verdict = .rejected
    #expect(try Self.ledger([World.envelope(no, World.alice)]).records.count == 1)
  }
}
