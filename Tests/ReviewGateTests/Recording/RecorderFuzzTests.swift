import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@testable import ReviewGate

/// Two parties write at random, through events and around them, and git moves their lines about.
///
/// Every line is written once, so a model needs no history to know whose it is: it looks the text up.
/// After each step the record is asked about everything that is not committed, and after each commit
/// about its note. An agent's line is never anybody else's; a person's is the agent's only where it
/// took the place of one.
@Suite struct RecorderFuzzTests {
  @Test(.timeLimit(.minutes(10)), arguments: [1, 2, 3, 4])
  func `whoever wrote a line is known after every step`(seed: Int) throws {
    let setting = ProcessInfo.processInfo.environment["RECORDER_FUZZ"]?.split(separator: ",")
    let steps = setting?.first.flatMap { Int($0) } ?? 25
    let first = setting?.dropFirst().first.flatMap { Int($0) } ?? 0
    // `RECORDER_FUZZ=60,17,trace` follows one seed, and prints what every file holds.
    let isTraced = setting?.last == "trace"
    if isTraced, seed > 1 { return }
    var world = try FuzzWorld(seed: seed + first)
    for step in 0..<steps {
      let name = try world.step()
      if setting != nil { print("seed \(seed + first), step \(step): \(name)") }
      if isTraced { print(world.contents) }
      try world.check("seed \(seed + first), step \(step): \(name)")
      if world.isWrong { return }
    }
    #expect(world.checkedAgentLines > 0)
  }
}
