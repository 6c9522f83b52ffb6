import GitCommand
import GitKit
import ReviewCore

/// How often the versions of a file that a branch had hold some hunks.
struct HunkTrace {
  let marks: [HunkMark]
  /// For each hunk, how often each version has its lines; the first is the one before all steps.
  private var counts: [[Int]]

  /// Looks for hunks in the versions that `steps` lead through, oldest first.
  init(
    _ hunks: [Hunk],
    along steps: [FileTransition],
    _ repository: Repository,
    sizeCap: Int
  ) throws {
    marks = hunks.map(HunkMark.init)
    counts = marks.map { _ in [] }
    guard !marks.isEmpty else { return }
    for version in steps.prefix(1).map(\.old) + steps.map(\.new) {
      let found = try repository.counts(of: marks, in: version, sizeCap: sizeCap)
      for (number, count) in found.enumerated() { counts[number].append(count) }
    }
  }

  /// Whether the branch had a hunk and has it no more.
  func isTakenBack(_ hunk: Int) -> Bool { marks[hunk].isTakenBack(counts[hunk]) }

  /// Whether a version with so many of its lines has a hunk that the branch's last one has not.
  func isMore(_ count: Int, of hunk: Int) -> Bool {
    counts[hunk].last.map { marks[hunk].isMore(count, than: $0) } ?? false
  }

  /// Whether a step can have brought a hunk in: then the version after it has its lines.
  func mayHave(_ hunk: Int, after step: Int) -> Bool {
    marks[hunk].isRemoval || counts[hunk][step + 1] > 0
  }
}

extension FileTransition {
  /// The version before.
  var old: (mode: FileMode, id: ObjectID) { (oldMode, oldID) }
  /// The version after.
  var new: (mode: FileMode, id: ObjectID) { (newMode, newID) }
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
