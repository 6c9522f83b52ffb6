import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

@testable import ReviewGate

extension FuzzWorld {
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
  func recorded() throws -> [String: [String: Origin]] {
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

  mutating func checkNote(_ what: String) throws {
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

  mutating func judge(_ line: String, _ origin: Origin, _ place: String) {
    if Self.isAgents(line) {
      checkedAgentLines += 1
      wrong(unless: origin.isAgent, "\(place): an agent's line is \(origin): \(line)")
    } else if Self.isPersons(line), !excused.contains(line) {
      wrong(unless: !origin.isAgent, "\(place): a person's line is \(origin): \(line)")
    }
  }

  mutating func wrong(unless isRight: Bool, _ what: String) {
    #expect(isRight, "\(what)")
    if !isRight { isWrong = true }
  }
}
