import Foundation
import TestSupport
import Testing

/// Random histories with a reviewer, against a model that knows for every line who wrote it and
/// whether anybody was shown it.
///
/// `REVIEWGATE_HISTORIES` sets how many; each is about a dozen operations of real git.
@Suite struct HistoryPropertyTests {
  private static let histories =
    ProcessInfo.processInfo.environment["REVIEWGATE_HISTORIES"].flatMap { Int($0) } ?? 6

  @Test(arguments: 1...histories)
  func `no line passes that nobody was shown, and what was read moves freely`(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let steps = (0..<12).map { _ in RandomHistory.Step(&random) }
    guard try Self.difference(after: steps) != nil else { return }
    let fewest = Shrinking.fewest(steps) { try Self.difference(after: $0) != nil }
    let difference = try Self.difference(after: fewest)
    Issue.record("\(difference?.text ?? "not seen again") after \(fewest.map(\.description))")
  }

  /// Histories that once showed a difference.
  @Test(arguments: [
    "3:827285741 4:119296918 5:1016680625 8:4216877 1:503305852",
    "0:606551537 3:526421825 0:997748091 5:576841364 4:634476415 8:582690673 "
      + "10:908899055 0:820320146",
  ])
  func `a history that was once told wrongly is told right`(text: String) throws {
    let steps = try text.split(separator: " ").map { try #require(RandomHistory.Step($0)) }
    let difference = try Self.difference(after: steps)
    #expect(difference == nil, "\(difference?.text ?? "")")
  }

  /// What goes wrong after some steps, if anything.
  private static func difference(
    after steps: [RandomHistory.Step]
  ) throws -> RandomHistory.Difference? {
    do {
      try RandomHistory.run(steps)
      return nil
    } catch let difference as RandomHistory.Difference {
      return difference
    }
  }
}

@Suite struct ShrinkingTests {
  @Test func `leaves what is needed to fail, in its order`() {
    let fewest = Shrinking.fewest(Array(1...40)) { steps in
      guard let three = steps.firstIndex(of: 3), let last = steps.lastIndex(of: 31) else {
        return false
      }
      return three < last && steps.contains(17)
    }
    #expect(fewest == [3, 17, 31])
  }

  @Test func `ends with one step, with none, and where an error is thrown`() {
    struct Broken: Error {}
    #expect(Shrinking.fewest([1, 2, 3]) { $0.contains(2) } == [2])
    #expect(Shrinking.fewest([1, 2, 3]) { _ in true }.isEmpty)
    #expect(Shrinking.fewest([1, 2]) { _ in throw Broken() } == [1, 2])
  }
}

/// A branch that an agent and a person work on, and what is known of each line of it.
private struct RandomHistory {
  /// One operation, with the numbers it draws: it does the same whatever came before.
  struct Step: CustomStringConvertible {
    let kind: Int
    let seed: UInt64

    init(_ random: inout SeededNumbers) {
      kind = random.below(12)
      seed = UInt64(random.below(1 << 30))
    }

    var description: String { "\(kind):\(seed)" }

    init?(_ text: Substring) {
      let parts = text.split(separator: ":")
      guard parts.count == 2, let kind = Int(parts[0]), let seed = UInt64(parts[1]) else {
        return nil
      }
      self.kind = kind
      self.seed = seed
    }
  }

  /// What the program and the model do not agree on.
  struct Difference: Error {
    let text: String
  }

  private let place: Workplace
  private var random = SeededNumbers(seed: 0)
  private var next = 0
  /// The agent's lines; every line of a history is another one.
  private var agents: Set<String> = []
  /// The lines that somebody was shown.
  private var shown: Set<String> = []
  /// What was done, to be printed.
  private var log: [String] = []
  /// Whether all was read, and since then only people wrote and branches moved.
  private var isClosed = false
  private static let files = ["a.txt", "b.txt"]

  /// Does some steps, and compares after each; at the end, all that is open is read and moves.
  static func run(_ steps: [Step]) throws {
    var history = try RandomHistory()
    for step in steps {
      try history.take(step)
      try history.verifySafety()
      if history.isClosed { try history.verifyClosed("nothing of an agent's came, and open again") }
    }
    history.random = SeededNumbers(seed: steps.last?.seed ?? 0)
    try history.review()
    try history.verifySafety()
    try history.verifyClosed("read, and still open")
    try history.moveWithoutConflict()
    try history.verifyClosed("moved without a conflict")
    try history.verifySafety()
  }

  private init() throws {
    place = try Workplace(hooks: false)
    var files: [String: String] = [:]
    for file in Self.files { files[file] = (0..<25).map { "\(file) starts with \($0)\n" }.joined() }
    try place.land(files, message: "by hand")
    try place.goTo("topic", from: "main")
  }

  // MARK: - Steps

  private mutating func take(_ step: Step) throws {
    random = SeededNumbers(seed: step.seed)
    switch step.kind {
    case 0...3: try commit(byAgent: true)
    case 4: try commit(byAgent: false)
    case 5, 6: try review()
    case 7: try reviewLast()
    case 8: try moveMain()
    case 9: try squash()
    case 10: try amend()
    default: try moveWithoutConflict()
    }
  }

  private mutating func commit(byAgent: Bool) throws {
    log.append(byAgent ? "agent" : "person")
    if byAgent { isClosed = false }
    let files = try edited(byAgent: byAgent, in: 0..<25)
    try place.land(files, message: byAgent ? Workplace.message("work") : "by hand")
  }

  private mutating func amend() throws {
    guard try place.repository.git("rev-list", "--count", "main..HEAD") != "0" else { return }
    log.append("amend")
    // Whoever amends: the message decides, so the lines are whose the commit is.
    let message = try place.repository.git("log", "-1", "--format=%B")
    let isAgents = message.contains("Claude")
    // What was read was the commit before: it may have taken out what this one keeps.
    isClosed = false
    try place.stage(try edited(byAgent: isAgents, in: 0..<25))
    try place.repository.git("commit", "--quiet", "--amend", "--no-edit", "--allow-empty")
  }

  /// Reads everything that is open, as the net change of the branch shows it.
  private mutating func review() throws {
    log.append("review")
    isClosed = true
    guard try isOpen else { return }
    try place.approve("--range", "main..HEAD")
    shown.formUnion(try addedLines("main...HEAD"))
  }

  private mutating func reviewLast() throws {
    guard try place.repository.git("rev-list", "--count", "main..HEAD") != "0",
      try place.gate("check", "--commit", "HEAD").status == 1
    else { return }
    log.append("review last")
    try place.approve("--commit", "HEAD")
    shown.formUnion(try addedLines("HEAD^..HEAD"))
  }

  /// `main` goes on at the end of the files, by hand.
  private mutating func moveMain() throws {
    log.append("main")
    let head = try place.repository.head
    try place.goTo("main")
    try place.land(try edited(byAgent: false, in: 0..<40), message: "by hand")
    try place.repository.git("switch", "--quiet", "topic")
    #expect(try place.repository.head == head)
  }

  private mutating func squash() throws {
    log.append("squash")
    // A squash gives a person's lines to the agent, and its branch is gone.
    isClosed = false
    let base = try place.repository.git("merge-base", "main", "HEAD")
    let text = try place.repository.git("log", "--format=%B", "\(base)..HEAD")
    guard text.contains("Claude") else { return }
    // A squash in an agent's name makes a person's lines the agent's as well.
    let lines = try addedLines("\(base)..HEAD")
    try place.repository.git("reset", "--quiet", "--soft", base)
    try place.land([:], message: Workplace.message("squashed"))
    squashed.formUnion(lines.filter { !agents.contains($0) })
  }

  /// Lines of a person that a squash gave to the agent; nobody has to have been shown them.
  private var squashed: Set<String> = []

  /// A rebase or a merge, given up where it conflicts.
  private mutating func moveWithoutConflict() throws {
    let before = try place.repository.head
    if random.below(2) == 0 {
      log.append("rebase")
      guard try place.git("rebase", "main").status != 0 else { return }
      try place.repository.git("rebase", "--abort")
    } else {
      log.append("merge")
      guard try place.git("merge", "--no-edit", "main").status != 0 else { return }
      try place.repository.git("merge", "--abort")
    }
    log.append("given up")
    #expect(try place.repository.head == before)
  }

  // MARK: - Files

  /// One file with some lines replaced, added or removed, in a part of it.
  private mutating func edited(byAgent: Bool, in part: Range<Int>) throws -> [String: String] {
    let file = Self.files[random.below(Self.files.count)]
    var lines = try place.read(file).split(separator: "\n").map(String.init)
    for _ in 0...random.below(2) {
      let start = min(part.lowerBound + random.below(part.count), lines.count)
      let gone = min(random.below(3), lines.count - start)
      let new = (0...random.below(3)).map { _ in line(byAgent: byAgent) }
      lines.replaceSubrange(start..<start + gone, with: random.below(5) == 0 ? [] : new)
    }
    return [file: lines.map { $0 + "\n" }.joined()]
  }

  private mutating func line(byAgent: Bool) -> String {
    next += 1
    let line = "\(byAgent ? "an agent" : "a person") wrote line number \(next)"
    if byAgent { agents.insert(line) }
    return line
  }

  private func addedLines(_ range: String) throws -> Set<String> {
    let text = try place.repository.git("diff", "--no-renames", "-U0", range)
    return Set(
      text.split(separator: "\n").filter { $0.hasPrefix("+") && !$0.hasPrefix("+++") }
        .map { String($0.dropFirst()) }
    )
  }

  // MARK: - Comparing

  private var isOpen: Bool {
    get throws { try place.gate("check", "--range", "main..HEAD").status == 1 }
  }

  /// No hunk that counts as reviewed, or as nobody's, holds an agent's line that nobody was shown.
  private func verifySafety() throws {
    for place in try reviewedLines() {
      let hidden = place.lines.filter { agents.contains($0) && !shown.contains($0) }
      guard hidden.isEmpty else {
        throw Difference(text: "\(place.name) passes: \(hidden) after \(log)")
      }
    }
  }

  private func verifyClosed(_ text: String) throws {
    if try isOpen { throw Difference(text: "\(text): \(log)") }
  }

  private func reviewedLines() throws -> [(name: String, lines: [String])] {
    let output = try place.gate("check", "--range", "main..HEAD", "--format", "json")
    let value = try JSONSerialization.jsonObject(with: Data(output.stdout.utf8))
    let document = try #require(value as? [String: Any], "\(output.stderr)")
    let hunks = try #require(document["hunks"] as? [[String: Any]])
    return try hunks.compactMap { hunk in
      guard let path = hunk["path"] as? String, hunk["blocks"] as? Bool == false,
        let range = hunk["new"] as? [String: Int], let start = range["start"],
        let count = range["count"]
      else { return nil }
      let lines = try place.read(path).split(separator: "\n", omittingEmptySubsequences: false)
      let own = lines[min(start - 1, lines.count)..<min(start - 1 + count, lines.count)]
      return ("\(path):\(start)", own.map(String.init))
    }
  }
}

/// The same numbers for the same seed on every machine (SplitMix64).
private struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 31
    return Int(mixed % UInt64(limit))
  }
}
