import Foundation
import TestSupport
import Testing

@testable import ReviewCore

/// What programs read about exported records.
@Suite struct BundleReportTests {
  typealias World = CaseWorld

  private static func document(_ lines: [[UInt8]], quiet: Bool = false) throws -> [String: Any] {
    let roster = try RosterFile.parse(Array(World.roster.utf8))
    let bundle = RecordBundle(
      Array(lines.joined(separator: [UInt8(ascii: "\n")])),
      verifier: RecordVerifier(roster: roster, now: World.now)
    )
    let report = BundleReport(bundle: bundle, required: .signed, hasRoster: true)
    let text = report.json(isQuiet: quiet)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
  }

  @Test func `each line is listed with its key, and what does not count with its reason`() throws {
    let good = try World.envelope(World.alice) { $0.flags = 5 }
    let stranger = try World.envelope(World.mallory)
    let lines = [good.encode(), stranger.encode(), Array("{}".utf8)]
    let document = try Self.document(lines)
    #expect(document["schema"] as? String == "reviewgate.verify/1")
    #expect(document["proven"] as? Bool == false)
    let records = try #require(document["records"] as? [[String: Any]])
    #expect(records.map { $0["proven"] as? Bool } == [true, false, false])
    #expect(records[0]["key"] as? String == World.alice.fingerprint)
    #expect(records[0]["flags"] as? Int == 5 && records[0]["strength"] as? String == "verified")
    #expect(records[0]["reviewer"] as? String == "alice@example.com")
    #expect((records[1]["reason"] as? String)?.contains("is not in .reviewgate/reviewers") == true)
    #expect(records[1]["id"] as? String == stranger.payloadDigest)
    #expect(records[2]["id"] == nil && records[2]["line"] as? Int == 3)
    let totals = try #require(document["totals"] as? [String: Any])
    #expect(totals["lines"] as? Int == 3 && totals["proven"] as? Int == 1)
    let quiet = try #require(try Self.document(lines, quiet: true)["records"] as? [Any])
    #expect(quiet.count == 2)
  }

  @Test func `an empty file proves nothing`() throws {
    #expect(try Self.document([])["proven"] as? Bool == false)
    #expect(try Self.document([World.envelope(World.alice).encode()])["proven"] as? Bool == true)
  }
}
