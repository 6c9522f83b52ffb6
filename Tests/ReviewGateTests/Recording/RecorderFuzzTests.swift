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

/// The repository, the model and the dice.
private struct FuzzWorld {
  private let desk: AgentDesk
  private var random: SeededSteps
  private var count = 0
  /// What every file held when somebody last looked: what differs since is one edit of a person.
  private var looked: [String: [String]] = [:]
  /// A person's lines that took the place of an agent's, who may have to answer for them.
  private var excused: Set<String> = []
  /// Every line that the recorder has had before its eyes.
  private var seen: Set<String> = []
  /// Files whose last look was at what git had put there: only what nobody knew yet is new since.
  private var returning: Set<String> = []
  /// Files that nobody looked at since git moved HEAD.
  private var moved: Set<String> = []
  /// A person's lines that came while git moved HEAD, or whose commit was taken back.
  ///
  /// They are there when the record begins again, and it has nothing to say of them.
  private var unknown: Set<String> = []
  private(set) var isWrong = false
  private(set) var checkedAgentLines = 0

  private static let files = ["a.swift", "b.swift", "c/d.swift"]

  init(seed: Int) throws {
    desk = try AgentDesk()
    random = SeededSteps(seed: seed)
    let policy = "version: 1\ngate:\n  commit: observe\n"
    var files = [".reviewgate/policy.yml": policy]
    for file in Self.files {
      files[file] = (0..<6).map { _ in line("base") }.joined()
    }
    try desk.place.land(files, message: "start")
  }

  // MARK: - Lines

  private mutating func line(_ author: String) -> String {
    count += 1
    return "let \(author)Line\(count) = compute(\(count))\n"
  }

  private static func isAgents(_ line: String) -> Bool { line.hasPrefix("let agent") }
  private static func isPersons(_ line: String) -> Bool { line.hasPrefix("let person") }

  private func read(_ file: String) -> [String] {
    let data = FileManager.default.contents(atPath: desk.place.path + "/" + file)
    return Self.lines(data.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { $0 + "\n" }
  }

  /// A few lines come, go or take the place of others.
  private mutating func edited(_ lines: [String], by author: String) -> [String] {
    var lines = lines
    for _ in 0...random.below(3) {
      let place = random.below(lines.count + 1)
      switch random.below(4) {
      case 0 where lines.count > 3 && place < lines.count: lines.remove(at: place)
      case 1 where place < lines.count: lines[place] = line(author)
      default: lines.insert(line(author), at: place)
      }
    }
    return lines
  }

  /// What every file holds, the lines that HEAD lacks marked, and what HEAD has besides.
  var contents: String {
    Self.files.map { file in
      let head = (try? lines(of: file, in: "HEAD")) ?? []
      let now = read(file)
      let lines = now.enumerated().map { number, line in
        "  \(number + 1): \(line.dropLast())\(head.contains(line) ? "" : " +")\n"
      }
      let gone = head.enumerated().filter { !now.contains($1) }.map { "  - HEAD \($0 + 1): \($1)" }
      return "\(file)\n" + (lines + gone).joined()
    }.joined()
  }

  // MARK: - Steps

  mutating func step() throws -> String {
    let file = Self.files[random.below(Self.files.count)]
    switch random.below(16) {
    case 0...2: return try agentEdits(file)
    case 3: return try agentRunsShell(file)
    case 4: return try agentIsCutOff(file)
    case 5...8: return try personEdits(file)
    case 9: return try commit(["-a"])
    case 10: return try commit(["--only", file])
    case 11: return try commitPart(file)
    case 12: return try stash()
    case 13: return try amend()
    case 14: return try softReset()
    default: return try rebase()
    }
  }

  private mutating func agentEdits(_ file: String) throws -> String {
    let text = edited(read(file), by: "agent")
    look(at: file)
    try desk.edit(file, text.joined())
    looked[file] = text
    return "agent edits \(file)"
  }

  private mutating func agentRunsShell(_ file: String) throws -> String {
    let text = edited(read(file), by: "agent")
    for file in Self.files { look(at: file) }
    let isStaged = random.below(2) == 0
    try desk.shell(isStaged ? "git add \(file)" : "true") {
      try desk.place.repository.write(file, text.joined())
    }
    for file in Self.files { looked[file] = read(file) }
    return "agent's shell writes \(file)\(isStaged ? " and stages it" : "")"
  }

  /// The end of the call is never reported; the session goes on later.
  private mutating func agentIsCutOff(_ file: String) throws -> String {
    look(at: file)
    let input = ["file_path": desk.place.path + "/" + file]
    try desk.event("PreToolUse", tool: "Edit", input: input, call: "cut\(count)")
    let text = edited(read(file), by: "agent")
    try desk.type(file, text.joined())
    try check("inside a call")
    try desk.event(random.below(2) == 0 ? "Stop" : "UserPromptSubmit")
    looked[file] = text
    return "agent is cut off in \(file)"
  }

  private mutating func personEdits(_ file: String) throws -> String {
    try desk.type(file, edited(read(file), by: "person").joined())
    return "person edits \(file)"
  }

  private mutating func commit(_ arguments: [String]) throws -> String {
    for file in Self.files { look(at: file) }
    let output = try desk.place.git(
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "work",
      arguments[0],
      arguments.count > 1 ? arguments[1] : "--quiet"
    )
    #expect(output.status == 0, "\(output)")
    try checkNote("commit \(arguments)")
    return "commit \(arguments.joined(separator: " "))"
  }

  /// Some of the changed places are staged and the others are not.
  private mutating func commitPart(_ file: String) throws -> String {
    let committed = try lines(of: file, in: "HEAD")
    let now = read(file)
    var staged: [String] = []
    for part in Self.compared(committed, now) {
      let isNew = random.below(2) == 0
      staged += part.old == part.new ? part.old : isNew ? part.new : part.old
    }
    for file in Self.files { look(at: file) }
    excuse(from: now, to: staged)
    // What else is staged, a soft reset left there: older than what the record has seen.
    for other in Self.files where other != file {
      excuse(from: read(other), to: try lines(of: other, in: ""))
    }
    let blob = try desk.place.repository.git(
      ["hash-object", "-w", "--stdin"],
      stdin: staged.joined()
    )
    try desk.place.repository.git("update-index", "--cacheinfo", "100644,\(blob),\(file)")
    let output = try desk.place.git("commit", "--quiet", "--allow-empty", "-m", "part")
    #expect(output.status == 0, "\(output)")
    try checkNote("part of \(file)")
    return "commit part of \(file)"
  }

  private mutating func stash() throws -> String {
    guard try isDirty() else { return "nothing to stash" }
    try desk.place.git("stash", "--quiet")
    moved = Set(Self.files)
    let isSeen = random.below(2) == 0
    if isSeen {
      try desk.shell("true")
      for file in Self.files {
        look(at: file)
        returning.insert(file)
      }
    }
    let output = try desk.place.git("stash", "pop", "--quiet")
    #expect(output.status == 0, "\(output)")
    return isSeen ? "stash, seen, and pop" : "stash and pop"
  }

  private mutating func amend() throws -> String {
    for file in Self.files { look(at: file) }
    // The note of the old commit is carried by content, where the new one's has nothing to say.
    let said = try recorded()
    for file in Self.files {
      excuse(from: try lines(of: file, in: "HEAD"), to: read(file)) { model, line in
        model.unknown.contains(line) || said[file]?[line] == .unknown
      }
    }
    let output = try desk.place.git(
      "commit",
      "--quiet",
      "-a",
      "--amend",
      "--no-edit",
      "--allow-empty"
    )
    #expect(output.status == 0, "\(output)")
    try checkNote("amend")
    return "amend"
  }

  private mutating func softReset() throws -> String {
    guard try parents() == 1, try desk.place.repository.tryGit("rev-parse", "HEAD~2").status == 0
    else { return "nothing to reset" }
    for file in Self.files {
      let kept = Set(try lines(of: file, in: "HEAD~1"))
      let gone = try lines(of: file, in: "HEAD").filter { !kept.contains($0) }
      unknown.formUnion(gone.filter(Self.isPersons))
    }
    try desk.place.git("reset", "--quiet", "--soft", "HEAD~1")
    moved = Set(Self.files)
    return "soft reset"
  }

  private mutating func rebase() throws -> String {
    guard try !isDirty(), try desk.place.repository.tryGit("rev-parse", "HEAD~2").status == 0 else {
      return "nothing to rebase"
    }
    try desk.place.git("checkout", "--quiet", "-B", "side", "HEAD~1")
    let file = Self.files[random.below(Self.files.count)]
    let text = [line("base")] + (try lines(of: file, in: "HEAD"))
    try desk.place.land([file: text.joined()], message: "upstream")
    try desk.place.git("checkout", "--quiet", "main")
    let output = try desk.place.git("rebase", "--quiet", "side")
    if output.status != 0 {
      try desk.place.git("rebase", "--abort")
      return "rebase that stops"
    }
    try checkNote("rebase")
    return "rebase"
  }

  private func isDirty() throws -> Bool {
    try !desk.place.repository.git("status", "--porcelain").isEmpty
  }

  private func parents() throws -> Int {
    try desk.place.repository.git("rev-list", "--parents", "-1", "HEAD").split(separator: " ").count
      - 1
  }

  // MARK: - Model

  /// The recorder looks: what changed since is one edit, whose groups may hold an agent's lines.
  private mutating func look(at file: String) {
    let now = read(file)
    let isReturning = returning.remove(file) != nil
    if let before = looked[file] {
      excuse(from: before, to: now) { !isReturning || !$0.seen.contains($1) }
    }
    if moved.remove(file) != nil {
      unknown.formUnion(now.filter { Self.isPersons($0) && !seen.contains($0) })
    }
    seen.formUnion(now)
    looked[file] = now
  }

  /// Excuses lines that stand in place of an agent's, as far as they are `due`.
  private mutating func excuse(
    from old: [String],
    to new: [String],
    _ isDue: (Self, String) -> Bool = { _, _ in true }
  ) {
    for part in Self.compared(old, new) where part.old != part.new {
      guard part.old.contains(where: { Self.isAgents($0) || excused.contains($0) }) else {
        continue
      }
      excused.formUnion(part.new.filter { Self.isPersons($0) && isDue(self, $0) })
    }
  }

  /// Equal and differing parts in turn, by the textbook's longest common row.
  private static func compared(_ old: [String], _ new: [String]) -> [(old: [String], new: [String])]
  {
    var lengths = [[Int]](
      repeating: [Int](repeating: 0, count: new.count + 1),
      count: old.count + 1
    )
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        lengths[i][j] =
          old[i] == new[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
      }
    }
    var parts: [(old: [String], new: [String])] = []
    var (i, j) = (0, 0)
    var open: (old: [String], new: [String]) = ([], [])
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        if !open.old.isEmpty || !open.new.isEmpty { parts.append(open) }
        open = ([], [])
        parts.append(([old[i]], [new[j]]))
        i += 1
        j += 1
      } else if j == new.count || i < old.count && lengths[i + 1][j] >= lengths[i][j + 1] {
        open.old.append(old[i])
        i += 1
      } else {
        open.new.append(new[j])
        j += 1
      }
    }
    if !open.old.isEmpty || !open.new.isEmpty { parts.append(open) }
    return parts
  }

  // MARK: - Checks

  private func lines(of file: String, in tree: String) throws -> [String] {
    let output = try desk.place.repository.tryGit("show", "\(tree):\(file)")
    return output.status == 0 ? Self.lines(output.stdout) : []
  }

  /// Everything that is not committed, as it would be judged if all of it were staged.
  mutating func check(_ what: String) throws {
    let said = try recorded()
    // A person's lines since the last look are in the groups of this one.
    var model = self
    for file in Self.files { model.look(at: file) }
    for file in Self.files {
      for (number, line) in read(file).enumerated() {
        guard let origin = said[file]?[line] else { continue }
        model.judge(line, origin, "\(what): \(file):\(number + 1)")
      }
    }
    isWrong = model.isWrong
    checkedAgentLines = model.checkedAgentLines
  }

  /// Who wrote each line that HEAD lacks, as the record has it; nothing where there is none.
  private func recorded() throws -> [String: [String: Origin]] {
    let repository = desk.place.repository
    guard FileManager.default.fileExists(atPath: desk.events) else { return [:] }
    let index = repository.sandbox + "/fuzz-index"
    try? FileManager.default.removeItem(atPath: index)
    let env = ["GIT_INDEX_FILE": index]
    try repository.git("read-tree", "HEAD", env: env)
    try repository.git("add", "-A", env: env)
    let tree = try #require(ObjectID(hex: try repository.git("write-tree", env: env)))
    let head = try #require(ObjectID(hex: try repository.git("rev-parse", "HEAD^{tree}")))
    let objects = try Repository(gitDirectory: desk.place.path + "/.git")
    let worktree = Worktree(root: desk.place.path, gitDirectory: desk.place.path + "/.git")
    let traces = try EventTraces(worktree, objects)
    let transitions = try objects.transitions(from: head, to: tree)
    let claims = try traces.claims(transitions)
    var said: [String: [String: Origin]] = [:]
    for transition in transitions {
      let file = String(decoding: transition.path.bytes, as: UTF8.self)
      let committed = Set(try lines(of: file, in: "HEAD"))
      let own = claims.files[transition.path] ?? FileClaims()
      for (number, line) in read(file).enumerated() where !committed.contains(line) {
        let origin = own.lines.last { $0.lines.lines.contains(number + 1) }?.origin
        said[file, default: [:]][line] = origin ?? own.rest?.origin ?? .unknown
      }
    }
    return said
  }

  private mutating func checkNote(_ what: String) throws {
    let note = AttributionNote(reading: Array((try desk.note() ?? "").utf8))
    for file in Self.files {
      let before = Set(try lines(of: file, in: "HEAD~1"))
      let claims = note.files[RepositoryPath(file)] ?? []
      for (number, line) in try lines(of: file, in: "HEAD").enumerated()
      where !before.contains(line) {
        let key = claims.last { $0.lines.lines.contains(number + 1) }?.key
        let origin: Origin =
          key.map { $0.hasPrefix("h_") ? .human : .agent(nil) } ?? .unknown
        judge(line, origin, "note of \(what): \(file):\(number + 1)")
      }
    }
  }

  private mutating func judge(_ line: String, _ origin: Origin, _ place: String) {
    if Self.isAgents(line) {
      checkedAgentLines += 1
      wrong(unless: origin.isAgent, "\(place): an agent's line is \(origin): \(line)")
    } else if Self.isPersons(line), !excused.contains(line) {
      wrong(unless: !origin.isAgent, "\(place): a person's line is \(origin): \(line)")
    }
  }

  private mutating func wrong(unless isRight: Bool, _ what: String) {
    #expect(isRight, "\(what)")
    if !isRight { isWrong = true }
  }
}

/// Dice that fall the same way every time.
private struct SeededSteps {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }
}
