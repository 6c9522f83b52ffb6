import Foundation
import TestSupport

@testable import ReviewGate

/// The repository, the model and the dice.
struct FuzzWorld {
  let desk: AgentDesk
  var random: SeededSteps
  var count = 0
  /// What every file held when somebody last looked: what differs since is one edit of a person.
  var looked: [String: [String]] = [:]
  /// A person's lines that took the place of an agent's, who may have to answer for them.
  var excused: Set<String> = []
  /// Every line that the recorder has had before its eyes.
  var seen: Set<String> = []
  /// Files whose last look was at what git had put there: only what nobody knew yet is new since.
  var returning: Set<String> = []
  /// Files that nobody looked at since git moved HEAD.
  var moved: Set<String> = []
  /// A person's lines that came while git moved HEAD, or whose commit was taken back.
  ///
  /// They are there when the record begins again, and it has nothing to say of them.
  var unknown: Set<String> = []
  var isWrong = false
  var checkedAgentLines = 0

  static let files = ["a.swift", "b.swift", "c/d.swift"]

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

  mutating func line(_ author: String) -> String {
    count += 1
    return "let \(author)Line\(count) = compute(\(count))\n"
  }

  static func isAgents(_ line: String) -> Bool { line.hasPrefix("let agent") }
  static func isPersons(_ line: String) -> Bool { line.hasPrefix("let person") }

  func read(_ file: String) -> [String] {
    let data = FileManager.default.contents(atPath: desk.place.path + "/" + file)
    return Self.lines(data.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { $0 + "\n" }
  }

  /// A few lines come, go or take the place of others.
  mutating func edited(_ lines: [String], by author: String) -> [String] {
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

  func lines(of file: String, in tree: String) throws -> [String] {
    let output = try desk.place.repository.tryGit("show", "\(tree):\(file)")
    return output.status == 0 ? Self.lines(output.stdout) : []
  }
}

/// Dice that fall the same way every time.
struct SeededSteps {
  var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }
}
