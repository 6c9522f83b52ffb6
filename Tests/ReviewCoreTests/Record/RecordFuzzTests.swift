import ReviewCore
import Testing

/// Damages stored bytes at random, the same way every run.
private struct Mutator {
  var random: SeededGenerator
  private let tokens = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-1", "1e9", "\\ud800", "%", "\u{0}",
    "true", "\"crit\":[\"x\"]", "99999999999999999999", "sha256:",
  ].map { Array($0.utf8) }

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.number(3) {
      let start = random.number(bytes.count + 1)
      let end = min(bytes.count, start + random.number(12))
      switch random.number(5) {
      case 0: bytes.replaceSubrange(start..<end, with: tokens[random.number(tokens.count)])
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 3: bytes.replaceSubrange(start..<end, with: random.bytes(end - start))
      default:
        if start < bytes.count { bytes[start] ^= 1 << UInt8(random.number(8)) }
      }
    }
    return bytes
  }
}

@Suite struct RecordFuzzTests {
  @Test(arguments: [11, 12, 13, 14] as [UInt64])
  func `survives damaged records, and what it reads it reads again`(seed: UInt64) throws {
    var mutator = Mutator(seed: seed)
    var records = RandomRecords(random: SeededGenerator(seed: seed))
    var readable = 0
    for _ in 0..<(50 * Fuzzing.rounds) {
      let original = RecordPayload.encode(records.record())
      for _ in 0..<200 {
        guard let record = try? RecordPayload.decode(mutator.mutate(original)) else { continue }
        readable += 1
        let again = try RecordPayload.decode(RecordPayload.encode(record))
        #expect(again == record)
      }
    }
    // A fuzzer whose every input is refused at the first byte would prove nothing.
    #expect(readable > 100)
  }

  @Test func `survives damaged envelopes`() throws {
    var mutator = Mutator(seed: 21)
    let signature = Envelope.Signature(keyID: "SHA256:key", bytes: [1, 2, 3])
    let payload = RecordPayload.encode(RecordSamples.record())
    let original = Envelope(payload: payload, signatures: [signature]).encode()
    for _ in 0..<(5_000 * Fuzzing.rounds) {
      guard let envelope = try? Envelope.decode(mutator.mutate(original)) else { continue }
      #expect(try Envelope.decode(envelope.encode()) == envelope)
    }
  }
}
