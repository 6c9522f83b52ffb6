import Foundation
import Testing

@testable import ReviewCore

@Suite struct RecordLogNameTests {
  static let names = [
    "alice@example.com", "Alice Example", "..", ".", "", "-", "@{", "a..b", "a.lock", "a.LOCK",
    "a.lock.lock", "a.lock.", ".lock", ".a", "a.", "a/b", "a b", "a~^:?*[\\b", "é", "名前", "a\u{0}b",
    "a\u{7f}b", "a\nb", "HEAD", "-x", "x-.y", String(repeating: "a", count: 200),
    String(repeating: "a", count: 60) + ".lock", String(repeating: "a", count: 59) + ".lockx",
    String(repeating: "a", count: 63) + ".b", "unsigned", "Unsigned", "refs/heads/main",
  ]

  /// Asks git whether a reference may have this name.
  private func gitAccepts(_ reference: String) throws -> Bool {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "check-ref-format", reference]
    git.standardError = FileHandle.nullDevice
    try git.run()
    git.waitUntilExit()
    return git.terminationStatus == 0
  }

  @Test(arguments: names)
  func `makes names that git accepts`(name: String) throws {
    let slug = RecordLogName.slug(name)
    #expect(!slug.isEmpty && slug.utf8.count <= 64)
    let log = RecordLogName.signed(principal: name, publicKey: [1, 2, 3])
    #expect(log.slug != "unsigned")
    #expect(try gitAccepts(log.reference))
  }

  @Test func `makes names that git accepts from anything`() throws {
    var random = SeededGenerator(seed: 3)
    let alphabet = Array("aZ0.-/@ ~\u{7f}lock é".unicodeScalars)
    for _ in 0..<20_000 {
      var name = String.UnicodeScalarView()
      for _ in 0..<random.number(12) { name.append(alphabet[random.number(alphabet.count)]) }
      let slug = RecordLogName.slug(String(name))
      let isPlain = slug.utf8.allSatisfy {
        switch UInt8($0) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
      }
      #expect(isPlain && !slug.isEmpty && !slug.contains("..") && !slug.hasSuffix(".lock"))
      #expect(!slug.hasPrefix(".") && !slug.hasPrefix("-") && !slug.hasSuffix("."))
    }
  }

  @Test func `keeps machines and repositories apart`() {
    let logs = [("a", "bc"), ("ab", "c"), ("a", "b"), ("", "abc")].map {
      RecordLogName.unsigned(repositoryID: $0.0, machineID: Array($0.1.utf8)).reference
    }
    #expect(Set(logs).count == logs.count)
    #expect(logs.allSatisfy { $0.hasPrefix("refs/reviewgate/v1/log/unsigned/") })
  }

  @Test func `keeps keys of people with one slug apart`() {
    let first = RecordLogName.signed(principal: "a@b.example", publicKey: [1])
    let second = RecordLogName.signed(principal: "a-b.example", publicKey: [2])
    #expect(first.slug == second.slug)
    #expect(first.reference != second.reference)
  }
}

@Suite struct RepositoryIdentityTests {
  @Test func `follows from the first commit`() {
    let identity = RepositoryIdentity.ofHistory(since: RecordSamples.id(1))
    #expect(identity == RepositoryIdentity.ofHistory(since: RecordSamples.id(1)))
    #expect(identity != RepositoryIdentity.ofHistory(since: RecordSamples.id(2)))
    #expect(identity != RepositoryIdentity.rootless)
  }
}

@Suite struct RecordTimeTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
      ("2026-11-23T18:00:00Z", 1_795_456_800), ("2000-02-29T12:34:56Z", 951_827_696),
      ("0000-01-01T00:00:00Z", -62_167_219_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ]
  )
  func `reads and writes the same times`(text: String, seconds: Int) {
    #expect(RecordTime.seconds(text) == seconds)
    #expect(RecordTime.text(seconds) == text)
  }

  @Test(
    arguments: [
      "", "2026-11-23", "2026-11-23T18:00:00", "2026-11-23T18:00:00z", "2026-11-23 18:00:00Z",
      "2026-11-23T18:00:00+00:00", "2026-11-23T18:00:00.0Z", "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
      "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
      "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "+026-01-01T00:00:00Z",
    ]
  )
  func `refuses other forms and dates that do not exist`(text: String) {
    #expect(RecordTime.seconds(text) == nil)
  }

  @Test func `reads back any time it writes`() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<5_000 {
      let seconds = Int.random(in: -62_167_219_200..<253_402_300_800, using: &random)
      #expect(RecordTime.text(seconds).flatMap(RecordTime.seconds) == seconds)
    }
    #expect(RecordTime.text(.max) == nil)
    #expect(RecordTime.text(.min) == nil)
  }
}
