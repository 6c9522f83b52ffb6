import ReviewCore
import TestSupport
import Testing

/// Damaged signatures, keys and rosters: nothing crashes, and nothing damaged is believed.
@Suite struct TrustFuzzTests {
  /// Damages bytes at random, the same way every run.
  private struct Mutator {
    var random: SeededGenerator

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0...random.number(3) {
        let start = random.number(bytes.count + 1)
        let end = min(bytes.count, start + random.number(9))
        switch random.number(6) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: bytes.replaceSubrange(start..<end, with: random.bytes(end - start))
        // A length of four bytes somewhere: the reader's most likely mistake.
        case 3:
          bytes.insert(
            contentsOf: [0xff, 0xff, 0xff, 0xff].prefix(1 + random.number(4)),
            at: start
          )
        case 4: bytes = Array(bytes.prefix(start))
        default: if start < bytes.count { bytes[start] ^= 1 << UInt8(random.number(8)) }
        }
      }
      return bytes
    }
  }

  @Test(arguments: TestKey.Kind.allCases)
  func `a damaged signature is never taken for the good one`(kind: TestKey.Kind) throws {
    var mutator = Mutator(random: SeededGenerator(seed: 31))
    let key = TestKey(kind)
    let message = Array("message".utf8)
    let good = try key.sign(message)
    let publicKey = try SSHPublicKey(blob: key.blob)
    var readable = 0
    for _ in 0..<(40_000 * Fuzzing.rounds) {
      let damaged = mutator.mutate(good)
      guard let signature = try? SSHSignature(blob: damaged) else { continue }
      readable += 1
      guard damaged != good else { continue }
      // ECDSA has no second signature that could be made without the key but `n - s`, and no random
      // damage finds that.
      #expect((try? signature.presence(over: message, by: publicKey)) == nil)
    }
    #expect(readable > 100)
  }

  @Test(arguments: TestKey.Kind.allCases)
  func `a damaged key reads as itself or not at all`(kind: TestKey.Kind) throws {
    var mutator = Mutator(random: SeededGenerator(seed: 32))
    let good = TestKey(kind).blob
    for _ in 0..<(20_000 * Fuzzing.rounds) {
      let damaged = mutator.mutate(good)
      guard let key = try? SSHPublicKey(blob: damaged) else { continue }
      #expect(key.blob == damaged)
      #expect(try SSHPublicKey(line: key.line) == key)
    }
  }

  @Test func `damaged text around a signature`() throws {
    var mutator = Mutator(random: SeededGenerator(seed: 33))
    let text = Array(try TestKey().armoured(Array("message".utf8)).utf8)
    for _ in 0..<(20_000 * Fuzzing.rounds) {
      let damaged = mutator.mutate(text)
      _ = try? SSHSignature(armoured: damaged)
      let header = Array("tree 0\ngpgsig ".utf8) + damaged
      _ = CommitSigner.keyBlob(header: header)
    }
  }

  @Test func `a damaged roster lists nobody new`() throws {
    var mutator = Mutator(random: SeededGenerator(seed: 34))
    let text = Array(
      """
      # reviewers
      alice@example.com,a@example.org namespaces="reviewgate-review@v1" \(TestKey().line) laptop
      bob@example.com valid-after="20260101",valid-before="20270101Z" \(TestKey(.p256).line)

      """.utf8
    )
    let keys = [TestKey().blob, TestKey(.p256).blob]
    var readable = 0
    for _ in 0..<(8_000 * Fuzzing.rounds) {
      guard let roster = try? RosterFile.parse(mutator.mutate(text)) else { continue }
      readable += 1
      // An Ed25519 key may be any 32 bytes; one that stands in the roster stands there once.
      #expect(Set(roster.entries.map(\.key.blob)).count == roster.entries.count)
      for entry in roster.entries where keys.contains(entry.key.blob) {
        #expect(!entry.names.contains { $0.isEmpty || $0.contains("*") })
      }
    }
    #expect(readable > 100)
  }
}
