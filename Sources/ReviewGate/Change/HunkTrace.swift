import GitCommand
import GitKit
import ReviewCore

/// How often the versions of a file that a branch had hold some hunks.
struct HunkTrace {
  /// The marks of all hunks, one hunk's after the other's.
  let marks: [HunkMark]
  /// Which marks each hunk has.
  private let ranges: [Range<Int>]
  /// For each mark, how often each version has its lines; the first is the one before all steps.
  private var counts: [[Int]]
  /// Whether all versions could be looked through.
  private(set) var isComplete = true

  /// Looks for hunks in the versions that `steps` lead through, oldest first.
  init(
    _ hunks: [Hunk],
    along steps: [FileTransition],
    _ repository: Repository,
    sizeCap: Int
  ) throws {
    var marks: [HunkMark] = []
    ranges = hunks.map { hunk in
      let start = marks.count
      marks += HunkMark.of(hunk)
      return start..<marks.count
    }
    self.marks = marks
    counts = marks.map { _ in [] }
    guard !marks.isEmpty else { return }
    for version in steps.prefix(1).map(\.old) + steps.map(\.new) {
      guard let found = try repository.counts(of: marks, in: version, sizeCap: sizeCap) else {
        isComplete = false
        continue
      }
      for (number, count) in found.enumerated() { counts[number].append(count) }
    }
  }

  /// Whether the branch had a hunk and has it no more.
  func isTakenBack(_ hunk: Int) -> Bool {
    ranges[hunk].contains { marks[$0].isTakenBack(counts[$0]) }
  }

  /// Whether the branch had any of the hunks, and a version has it more often than the branch does now.
  ///
  /// `version` says how often each mark's lines stand there.
  func comesAgain(_ version: [Int]) -> Bool {
    marks.indices.contains { number in
      guard let now = counts[number].last else { return false }
      return marks[number].hasLanded(counts[number])
        && marks[number].isMore(version[number], than: now)
    }
  }

  /// Whether a step can have brought any of the hunks in: then the version after it has its lines.
  func mayHaveAny(after step: Int) -> Bool {
    !isComplete || marks.indices.contains { marks[$0].isRemoval || counts[$0][step + 1] > 0 }
  }
}

extension FileTransition {
  /// The version before.
  var old: (mode: FileMode, id: ObjectID) { (oldMode, oldID) }
  /// The version after.
  var new: (mode: FileMode, id: ObjectID) { (newMode, newID) }

  /// Whether a step of a branch made of the file what this one makes of it: its content, whatever the
  /// mode, or the mode where that is all it changes.
  func isMade(by step: FileTransition) -> Bool {
    if step.new == new { return true }
    if oldID == newID { return step.oldMode == oldMode && step.newMode == newMode }
    return !newID.isZero && step.newID == newID
  }
}

extension Project {
  /// What a branch did to some files after a commit, or ever; nil where that is too much to look
  /// through.
  func landedSteps(
    of paths: [RepositoryPath],
    on branch: ObjectID,
    after start: ObjectID?
  ) async throws -> [RepositoryPath: [FileTransition]]? {
    let landings = try await git.landings(
      on: branch,
      after: start,
      paths: paths.sorted(),
      limit: Self.mostLandings + 1
    )
    guard landings.count <= Self.mostLandings else { return nil }
    return try repository.steps(of: paths, along: landings)
  }

  /// The most landings that are looked through; each costs a diff or less.
  private static let mostLandings = 20_000
}
