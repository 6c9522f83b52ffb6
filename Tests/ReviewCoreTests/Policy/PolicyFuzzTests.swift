import Testing

@testable import ReviewCore

@Suite struct PolicyFuzzTests {
  @Test func `survives any mutation and never overlooks an unknown key`() {
    var random = SmallRandom(state: 20_260_801)
    let seeds = [PolicyTemplate.text, PolicyFileTests.everything].map { Array($0.utf8) }
    var outcomes = (read: 0, refused: 0)
    for round in 0..<4_000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<random.below(4) + 1 { Self.mutate(&bytes, &random) }
      do throws(PolicyErrors) {
        let policy = try PolicyFile.parse(bytes)
        outcomes.read += 1
        #expect((1...10).contains(policy.review.approvals))
        #expect(policy.paths.sensitive.starts(with: Policy.defaultSensitive))
      } catch {
        outcomes.refused += 1
        #expect(error.all.allSatisfy { $0.line >= 1 && $0.column >= 1 })
      }
      let smuggled = bytes + Array("\nsmuggled: 1\n".utf8)
      #expect(throws: PolicyErrors.self) { try PolicyFile.parse(smuggled) }
    }
    #expect(outcomes.read > 100)
    #expect(outcomes.refused > 100)
  }

  private static let pieces = [
    "&a", "*a", "!x", "? ", ": ", "- ", "[", "]", "{", "}", ",", "\"", "'", "#", " #", "\n", "\n  ",
    "|", ">", "%", "\\", "---\n", "\u{0}", "\t", "off", "1", "~", "<<: ", "\r", "é", "\u{2029}",
  ].map { Array($0.utf8) }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SmallRandom) {
    let place = random.below(bytes.count + 1)
    switch random.below(5) {
    case 0 where place < bytes.count: bytes[place] = UInt8(random.below(256))
    case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.below(30)))
    case 2: bytes.insert(contentsOf: bytes.dropFirst(place).prefix(random.below(40)), at: place)
    default: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
    }
    if bytes.isEmpty { bytes = [0x61] }
  }
}
