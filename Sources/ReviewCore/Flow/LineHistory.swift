/// Where every line of one file came from, carried forward from commit to commit.
///
/// Runs instead of lines: a file that few commits touched costs a few words, whatever its length.
package struct LineHistory: Hashable, Sendable {
  /// A count no file reaches.
  static let unbounded = Int.max / 4

  private(set) var runs: [LineRun]
  /// The lines from outside that are gone.
  private(set) var removals: [Removal]
  /// The commits of the range that changed this path on the way here, oldest first.
  package private(set) var touchedBy: [Int]

  private init(runs: [LineRun], removals: [Removal], touchedBy: [Int]) {
    self.runs = runs
    self.removals = removals
    self.touchedBy = touchedBy
  }

  /// A file as it was outside the range; `version` is its blob.
  static func untouched(_ version: ObjectID) -> LineHistory {
    let run = LineRun(source: .outside(version: version, line: 1), count: unbounded)
    return LineHistory(runs: version.isZero ? [] : [run], removals: [], touchedBy: [])
  }

  /// The history after a commit changed the lines at `spans`.
  func applying(_ spans: [HunkSpan], commit: Int) -> LineHistory {
    var result = LineHistory(runs: [], removals: removals, touchedBy: touchedBy + [commit])
    var reader = RunReader(runs)
    for span in spans {
      result.append(reader.take(upTo: span.old.start))
      result.remove(reader.take(upTo: span.old.end), commit: commit, hunkStart: span.new.start)
      result.append(added(span.new, by: commit))
    }
    result.append(reader.take(upTo: Self.unbounded))
    return result
  }

  /// The history after a commit replaced the content as a whole, without a line view.
  func replaced(by commit: Int, isDeletion: Bool) -> LineHistory {
    var result = LineHistory(runs: [], removals: removals, touchedBy: touchedBy + [commit])
    result.remove(runs, commit: commit, hunkStart: 1)
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

  private mutating func append(_ more: [LineRun]) {
    for run in more where run.count > 0 {
      if let last = runs.last, last.source.advanced(by: last.count) == run.source {
        runs[runs.count - 1].count = min(Self.unbounded, last.count + run.count)
      } else {
        runs.append(run)
      }
    }
  }

  private mutating func remove(_ gone: [LineRun], commit: Int, hunkStart: Int) {
    for run in gone {
      guard case .outside(let version, let line) = run.source else { continue }
      removals.append(
        Removal(
          version: version,
          lines: line..<line + run.count,
          commit: commit,
          hunkStart: hunkStart
        )
      )
    }
  }
}

extension LineHistory {
  /// The history of a merge result from the histories of the parents.
  ///
  /// `spans` holds, for each parent, the lines of the result that differ from it. A line comes from
  /// the first parent that has it; a line that no parent has belongs to the merge.
  static func merging(
    _ parents: [(history: LineHistory, spans: [HunkSpan])],
    commit: Int
  ) -> LineHistory {
    let views = parents.map { $0.history.applying($0.spans, commit: commit) }
    guard var result = views.first else { return .untouched(.zero) }
    result.touchedBy = Array(Set(parents.flatMap { $0.history.touchedBy } + [commit])).sorted()
    for view in views.dropFirst() { result.runs = prefer(result.runs, view.runs, commit: commit) }
    result.removals = removals(of: parents.map(\.history), views, commit: commit)
    return result
  }

  /// Takes from `second` what `first` says the merge itself added.
  private static func prefer(_ first: [LineRun], _ second: [LineRun], commit: Int) -> [LineRun] {
    var merged = LineHistory(runs: [], removals: [], touchedBy: [])
    var (left, right) = (RunReader(first), RunReader(second))
    while let mine = left.peek, let theirs = right.peek {
      let count = min(mine.count, theirs.count)
      let isOwn = if case .commit(commit, _) = mine.source { true } else { false }
      merged.append([LineRun(source: isOwn ? theirs.source : mine.source, count: count)])
      left.skip(count)
      right.skip(count)
    }
    return merged.runs
  }

  /// What the parents' sides removed stays removed; the merge is blamed for the rest alone.
  private static func removals(
    of parents: [LineHistory],
    _ views: [LineHistory],
    commit: Int
  ) -> [Removal] {
    // Both sides usually share most of their past: kept twice, it would double with every merge.
    var seen: Set<Removal> = []
    let inherited = parents.flatMap(\.removals).filter { seen.insert($0).inserted }
    // A later entry wins a look-up, so what a parent's side did comes after what the merge did.
    let own = views.flatMap(\.removals).filter { $0.commit == commit && seen.insert($0).inserted }
    return own + inherited
  }
}

/// Reads runs from the front, split where asked.
private struct RunReader {
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
