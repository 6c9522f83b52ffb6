import Foundation
import TestSupport
import Testing

@testable import ReviewCore

/// How long the fuzz tests look: `FUZZ_ROUNDS=100 swift test --filter Fuzz` for a hundred times as long.
enum Fuzzing {
  static let rounds =
    ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) }.map { max(1, $0) } ?? 1
}

/// Documents that are JSON and not what they should be: changed as trees, so that they stay readable.
@Suite struct ForeignFuzzTests {
  /// Changes trees at random, the same way every run.
  private struct TreeMutator {
    var random: SeededGenerator

    private static let odd: [StrictJSON] = [
      .null, .bool(true), .integer(0), .integer(-1), .integer(StrictJSON.largestInteger), .number,
      .string(""), .string("\u{0}"), .string("\u{202e}x"), .string("APPROVED"), .array([]),
      .object([:]), .array([.array([.array([])])]), .string(String(repeating: "a", count: 5_000)),
    ]

    mutating func mutate(_ json: StrictJSON) -> StrictJSON {
      var json = json
      for _ in 0...random.number(3) { json = change(json) }
      return json
    }

    private mutating func change(_ json: StrictJSON) -> StrictJSON {
      if random.number(6) == 0 { return Self.odd[random.number(Self.odd.count)] }
      switch json {
      case .array(var items):
        guard !items.isEmpty else { return json }
        let index = random.number(items.count)
        switch random.number(5) {
        case 0: items.remove(at: index)
        case 1: items.insert(items[index], at: random.number(items.count))
        case 2: items.swapAt(index, random.number(items.count))
        default: items[index] = change(items[index])
        }
        return .array(items)
      case .object(var members):
        let keys = members.keys.sorted { $0.lexicographicallyPrecedes($1) }
        guard !keys.isEmpty else { return json }
        let key = keys[random.number(keys.count)]
        switch random.number(6) {
        case 0: members[key] = nil
        case 1: members[key] = members[keys[random.number(keys.count)]]
        default: if let value = members[key] { members[key] = change(value) }
        }
        return .object(members)
      case .string(let text):
        var bytes = Array(text.utf8)
        guard !bytes.isEmpty else { return json }
        bytes[random.number(bytes.count)] = UInt8(32 + random.number(95))
        return .string(String(decoding: bytes, as: UTF8.self))
      case .integer(let number): return .integer(number + random.number(3) - 1)
      case .null, .bool, .number: return json
      }
    }
  }

  private static let head = String(repeating: "a", count: 40)

  private static func user(_ id: Int, _ login: String) -> String {
    "\"user\":{\"id\":\(id),\"login\":\"\(login)\",\"username\":\"\(login)\",\"type\":\"User\",\"state\":\"active\"}"
  }

  private static func review(_ id: Int, _ state: String, _ user: Int) -> String {
    """
    {"id":\(id),"state":"\(state)","commit_id":"\(head)","submitted_at":"2026-01-0\(id)T00:00:00Z",
     \(Self.user(user, "ada")),"pull_request_url":"u"}
    """
  }

  private static let reviews =
    "[\(review(1, "APPROVED", 7)),[\(review(2, "COMMENTED", 7)),\(review(3, "CHANGES_REQUESTED", 8))]]"
  private static let event =
    "{\"action\":\"submitted\",\"review\":\(review(1, "approved", 7)),\"pull_request\":{\"url\":\"u\"}}"
  private static let request = """
    {"versions":[{"id":2,"head_commit_sha":"\(head)","created_at":"2026-01-01T00:00:00.1Z"}],
     "merge_request":{"sha":"\(head)","created_at":"2026-01-01T00:00:00Z"},
     "project":{"reset_approvals_on_push":true},
     "approvals":{"approved_by":[{\(user(7, "ada")),"approved_at":"2026-01-02T00:00:00+02:00"}]}}
    """

  @Test(arguments: [reviews, event, request])
  func `a changed answer of a service approves in nobody else's name and no other head`(
    document: String
  ) throws {
    var mutator = TreeMutator(random: SeededGenerator(seed: 41))
    let original = try StrictJSON.parse(Array(document.utf8), depth: 64)
    let head = try #require(ObjectID(hex: Self.head))
    var (readable, counted) = (0, 0)
    for _ in 0..<(1_500 * Fuzzing.rounds) {
      let bytes = mutator.mutate(original).encoded
      guard let found = try? ForgeReviews(bytes, head: head) else { continue }
      readable += 1
      counted += found.approvals.count
      let text = String(decoding: bytes, as: UTF8.self)
      // An approval is by a number that stands there, and needs the whole head.
      #expect(found.approvals.allSatisfy { text.contains("\"id\":\($0.account.id)") })
      #expect(found.approvals.isEmpty || text.contains(Self.head))
      #expect(Set(found.approvals.map(\.account.id)).count == found.approvals.count)
    }
    #expect(readable > 75 && counted > 8)
  }

  @Test func `a changed record that is signed proves what its key may, and reads again`() throws {
    var mutator = TreeMutator(random: SeededGenerator(seed: 42))
    let original = try StrictJSON.parse(RecordPayload.encode(CaseWorld.record()), depth: 16)
    let roster = try RosterFile.parse(Array(CaseWorld.roster.utf8))
    let verifier = RecordVerifier(roster: roster, now: CaseWorld.now)
    var proven = 0
    for _ in 0..<(600 * Fuzzing.rounds) {
      var envelope = Envelope(payload: mutator.mutate(original).encoded)
      let bytes = try CaseWorld.aliceSoftware.sign(envelope.preAuthenticationEncoding())
      envelope.signatures = [Envelope.Signature(keyID: "", bytes: bytes)]
      let bundle = RecordBundle(envelope.encode(), verifier: verifier)
      for stored in bundle.records {
        proven += 1
        #expect(stored.person == "alice@example.com" && stored.strength == .signed)
        #expect(stored.record.principal == "alice@example.com")
        #expect(try RecordPayload.decode(RecordPayload.encode(stored.record)) == stored.record)
      }
    }
    #expect(proven > 5)
  }

  @Test func `a changed envelope proves nothing new`() throws {
    var mutator = TreeMutator(random: SeededGenerator(seed: 43))
    let good = try CaseWorld.envelope(CaseWorld.alice)
    let original = try StrictJSON.parse(good.encode(), depth: 16)
    let roster = try RosterFile.parse(Array(CaseWorld.roster.utf8))
    let verifier = RecordVerifier(roster: roster, now: CaseWorld.now)
    for _ in 0..<(1_500 * Fuzzing.rounds) {
      let bytes = mutator.mutate(original).encoded
      for stored in RecordBundle(bytes, verifier: verifier).records {
        // A promise where the signature went away, else exactly what Alice signed.
        #expect(stored.strength == .recorded || stored.id == good.payloadDigest)
      }
    }
  }

  @Test func `a changed event names its actor, and no range of its own making`() throws {
    var mutator = TreeMutator(random: SeededGenerator(seed: 44))
    let text =
      "{\"pull_request\":{\"url\":\"u\",\"base\":{\"sha\":\"\(Self.head)\"},"
      + "\"head\":{\"sha\":\"\(Self.head)\"},\"user\":{\"login\":\"bob\",\"id\":77}}}"
    let original = try StrictJSON.parse(Array(text.utf8), depth: 64)
    let variables = ["GITHUB_EVENT_NAME": "pull_request", "GITHUB_ACTOR": "ann"]
    for _ in 0..<(1_000 * Fuzzing.rounds) {
      let event = mutator.mutate(original).encoded
      let names = Operators.names(variables, githubEvent: event, at: .ci)
      #expect(names.contains("ann@users.noreply.github.com") && names.count <= 3)
      _ = ForgeReviews.request(inEvent: event)
    }
  }
}
