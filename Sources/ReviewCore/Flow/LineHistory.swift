/// Where every line of one file came from, carried forward from commit to commit.
///
/// Runs instead of lines: a file that few commits touched costs a few words, whatever its length.
package struct LineHistory: Hashable, Sendable {
  /// A count no file reaches.
  static let unbounded = Int.max / 4

  private(set) var runs: [LineRun]
  /// The lines from outside that are gone.
  package private(set) var removals: [Removal]
  /// Where lines of the range itself are gone again.
  private(set) var cuts: [LineCut]
  /// The commits of the range that changed this path on the way here, oldest first.
  package private(set) var touchedBy: [Int]
  /// The blobs from outside the range that this grew from; zero where there was none.
  let versions: [ObjectID]

  init(
    runs: [LineRun],
    removals: [Removal] = [],
    cuts: [LineCut] = [],
    touchedBy: [Int] = [],
    versions: [ObjectID] = []
  ) {
    self.runs = runs
    self.removals = removals
    self.cuts = cuts
    self.touchedBy = touchedBy
    self.versions = versions
  }

  /// A file as it was outside the range; `version` is its blob.
  static func untouched(_ version: ObjectID) -> LineHistory {
    let run = LineRun(source: .outside(version: version, line: 1), count: unbounded)
    return LineHistory(runs: version.isZero ? [] : [run], versions: [version])
  }

  /// The history after a commit changed the lines at `spans`, which differ from one parent.
  ///
  /// `cuts` says which lines of the range the commit itself took away; all, but for merges.
  func applying(
    _ spans: [HunkSpan],
    commit: Int,
    parent: Int = 0,
    cuts isCut: (LineRun) -> Bool = { _ in true }
  ) -> LineHistory {
    var result = LineHistory(
      runs: [],
      removals: removals,
      cuts: cuts.moved(by: spans),
      touchedBy: touchedBy + [commit],
      versions: versions
    )
    var reader = RunReader(runs)
    for span in spans {
      result.append(reader.take(upTo: span.old.start))
      let gone = reader.take(upTo: span.old.end)
      result.remove(gone, commit: commit, hunkStart: span.new.start, parent: parent)
      if gone.contains(where: { $0.source.isInRange && isCut($0) }) {
        let start = span.new.start
        result.cuts.append(LineCut(line: start, commit: commit, hunkStart: start, parent: parent))
      }
      result.append(added(span.new, by: commit))
    }
    result.append(reader.take(upTo: Self.unbounded))
    return result
  }

  /// The history after a commit replaced the content as a whole, without a line view.
  func replaced(by commit: Int, isDeletion: Bool) -> LineHistory {
    var result = LineHistory(
      runs: [],
      removals: removals,
      touchedBy: touchedBy + [commit],
      versions: versions
    )
    result.remove(runs, commit: commit, hunkStart: 1, parent: 0)
    if !isDeletion {
      result.append([LineRun(source: .commit(index: commit, line: 1), count: Self.unbounded)])
    }
    return result
  }

  /// The sources of some lines, as runs.
  package func sources(of lines: LineRange) -> [LineRun] {
    guard lines.count > 0 else { return [] }
    var reader = RunReader(runs)
    _ = reader.take(upTo: lines.start)
    return reader.take(upTo: lines.end)
  }

  /// Where lines of the range went missing inside some lines, or at their edges.
  package func cuts(around lines: LineRange) -> [LineCut] {
    cuts.filter { $0.line >= lines.start && $0.line <= lines.end }
  }

  /// Who removed each of some lines of `version`; nil for a line nobody is known to have removed.
  package func removers(of lines: LineRange, in version: ObjectID) -> [Removal?] {
    var found = [Removal?](repeating: nil, count: lines.count)
    // Later removals win, so earlier ones are written first.
    for removal in removals where removal.version == version {
      for line in removal.lines.clamped(to: lines.lines) { found[line - lines.start] = removal }
    }
    return found
  }

  private func added(_ lines: LineRange, by commit: Int) -> [LineRun] {
    guard lines.count > 0 else { return [] }
    return [LineRun(source: .commit(index: commit, line: lines.start), count: lines.count)]
  }

  mutating func append(_ more: [LineRun]) {
    for run in more where run.count > 0 {
      if let last = runs.last, last.source.advanced(by: last.count) == run.source {
        runs[runs.count - 1].count = min(Self.unbounded, last.count + run.count)
      } else {
        runs.append(run)
      }
    }
  }

  private mutating func remove(_ gone: [LineRun], commit: Int, hunkStart: Int, parent: Int) {
    for run in gone {
      guard case .outside(let version, let line) = run.source else { continue }
      removals.append(
        Removal(
          version: version,
          lines: line..<line + run.count,
          commit: commit,
          hunkStart: hunkStart,
          parent: parent
        )
      )
    }
  }
}

/// Reads runs from the front, split where asked.
struct RunReader {
  private var runs: ArraySlice<LineRun>
  /// The number of the next line.
  private var line = 1

  init(_ runs: [LineRun]) { self.runs = runs[...] }

  /// The next run, as far as it goes.
  var peek: LineRun? { runs.first }

  /// Takes the lines before number `end`.
  mutating func take(upTo end: Int) -> [LineRun] {
    var taken: [LineRun] = []
    while line < end, let run = runs.first {
      let count = min(run.count, end - line)
      taken.append(LineRun(source: run.source, count: count))
      skip(count)
    }
    return taken
  }

  /// Passes over `count` lines of the next run.
  mutating func skip(_ count: Int) {
    guard let run = runs.first else { return }
    line += count
    if count >= run.count {
      runs.removeFirst()
    } else {
      runs[runs.startIndex].source = run.source.advanced(by: count)
      runs[runs.startIndex].count -= count
    }
  }
}
