import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// A random history whose every line says which commit added it.
struct FlowModel {
  /// A commit: its parents by index, and its files as lines.
  struct Commit {
    var parents: [Int]
    var files: [String: [String]]
  }

  private(set) var commits: [Commit] = []
  private var random: SeededRandom
  private let merger: TempRepository
  static let paths = ["f0", "f1", "f2"]

  /// Makes a history of up to ten commits, with merges unless it is to be linear.
  init(seed: UInt64, isLinear: Bool, merger: TempRepository) throws {
    random = SeededRandom(seed: seed)
    self.merger = merger
    commits = [Commit(parents: [], files: [:])]
    for path in Self.paths.prefix(2) {
      commits[0].files[path] = (0..<random.below(12)).map { _ in line(0) }
    }
    for number in 1...(3 + random.below(7)) {
      let first = isLinear ? number - 1 : max(0, number - 1 - random.below(3))
      let second = number - 1
      if !isLinear, first != second, !ancestors(of: second).contains(first) {
        try merge(random.once(in: 2) ? [first, second] : [second, first])
      } else {
        commits.append(Commit(parents: [isLinear ? second : first], files: commits[first].files))
        for _ in 0...random.below(2) { edit(number) }
      }
    }
  }

  /// A commit and everything behind it.
  func ancestors(of index: Int) -> Set<Int> {
    commits[index].parents.reduce(into: [index]) { $0.formUnion(ancestors(of: $1)) }
  }

  private mutating func line(_ commit: Int) -> String {
    "c\(commit) line \(random.next() % 1_000_000_007)"
  }

  private mutating func edit(_ number: Int) {
    let path = random.pick(Self.paths)
    guard var lines = commits[number].files[path], !random.once(in: 15) else {
      let isThere = commits[number].files[path] != nil
      commits[number].files[path] = isThere ? nil : (0..<random.below(6)).map { _ in line(number) }
      return
    }
    let start = random.below(lines.count + 1)
    let removed = random.once(in: 3) ? 0 : min(lines.count - start, random.below(4))
    let added = (0..<(random.once(in: 3) ? 0 : random.below(4))).map { _ in line(number) }
    lines.replaceSubrange(start..<start + removed, with: added)
    commits[number].files[path] = lines
  }

  private mutating func merge(_ parents: [Int]) throws {
    let shared = ancestors(of: parents[0]).intersection(ancestors(of: parents[1]))
    let base = commits[shared.max() ?? 0].files
    var result: [String: [String]] = [:]
    for path in Self.paths {
      let sides = parents.map { commits[$0].files[path] }
      result[path] = try merged(base[path], sides[0], sides[1])
    }
    commits.append(Commit(parents: parents, files: result))
    if random.once(in: 3) { edit(commits.count - 1) }
  }

  private mutating func merged(
    _ base: [String]?,
    _ ours: [String]?,
    _ theirs: [String]?
  ) throws -> [String]? {
    if ours == theirs || theirs == base { return ours }
    if ours == base { return theirs }
    guard let ours, let theirs else { return ours ?? theirs }
    let favour = random.pick(["--ours", "--theirs", "--union"])
    for (name, lines) in [("ours", ours), ("base", base ?? []), ("theirs", theirs)] {
      try merger.write(name, lines.map { $0 + "\n" }.joined())
    }
    let text = try merger.git("merge-file", "-p", favour, "ours", "base", "theirs")
    let lines = text.split(separator: "\n").map(String.init)
    // Lines that a merge turned around or doubled could be said to be anybody's.
    return Self.keepsOrder(lines, of: ours) && Self.keepsOrder(lines, of: theirs) ? lines : ours
  }

  private static func keepsOrder(_ lines: [String], of side: [String]) -> Bool {
    guard Set(lines).count == lines.count else { return false }
    let places = lines.compactMap { side.firstIndex(of: $0) }
    return places == places.sorted()
  }
}
