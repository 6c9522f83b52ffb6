extension LineHistory {
  /// The history of a merge result from the histories of the parents.
  ///
  /// `spans` holds, for each parent, the lines of the result that differ from it. A line comes from
  /// the first parent that has it; a line that no parent has belongs to the merge.
  ///
  /// `versions` compares two blobs from outside: the sides may have grown from different ones.
  static func merging(
    _ parents: [(history: LineHistory, spans: [HunkSpan])],
    commit: Int,
    versions: (ObjectID, ObjectID) throws -> [HunkSpan]?
  ) rethrows -> LineHistory {
    let views = parents.enumerated().map { place, side in
      let others = parents.enumerated().filter { $0.offset != place }.map(\.element.history)
      return side.history.applying(side.spans, commit: commit, parent: place) { gone in
        !others.contains { $0.hasRemoved(gone) }
      }
    }
    guard let first = views.first else { return .untouched(.zero) }
    let runs = views.dropFirst().reduce(first.runs) { prefer($0, $1.runs, commit: commit) }
    return LineHistory(
      runs: runs,
      removals: try removals(of: parents.map(\.history), views, commit, versions),
      cuts: views.flatMap(\.cuts).inOrder,
      touchedBy: Array(Set(parents.flatMap { $0.history.touchedBy } + [commit])).sorted(),
      versions: Array(Set(parents.flatMap(\.history.versions))).sorted()
    )
  }

  /// Whether lines of the range had come this far, and were taken away on this side already.
  private func hasRemoved(_ gone: LineRun) -> Bool {
    guard case .commit(let index, let line) = gone.source, touchedBy.contains(index) else {
      return false
    }
    return !runs.contains { run in
      guard case .commit(index, let start) = run.source else { return false }
      return start < line + gone.count && line < start + run.count
    }
  }

  /// Takes from `second` what `first` says the merge itself added.
  private static func prefer(_ first: [LineRun], _ second: [LineRun], commit: Int) -> [LineRun] {
    var merged = LineHistory(runs: [])
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
    _ commit: Int,
    _ versions: (ObjectID, ObjectID) throws -> [HunkSpan]?
  ) rethrows -> [Removal] {
    // Both sides usually share most of their past: kept twice, it would double with every merge.
    var seen: Set<Removal> = []
    let inherited = parents.flatMap(\.removals).filter { seen.insert($0).inserted }
    // What a side took away and an earlier merge put back explains nothing.
    let known = parents.flatMap { $0.removals.gone(from: $0.runs) }
    var found: [Removal] = []
    for own in views.flatMap(\.removals)
    where own.commit == commit && seen.insert(own).inserted {
      for removal in known.leaving(of: own) {
        let explained = try known.explaining(removal, versions)
        found += explained.leaving(of: removal) + explained
      }
    }
    // A later entry wins a look-up.
    return inherited + found
  }
}

extension [Removal] {
  /// Without the lines that are there.
  fileprivate func gone(from runs: [LineRun]) -> [Removal] {
    var present: [ObjectID: [Range<Int>]] = [:]
    for run in runs {
      guard case .outside(let version, let line) = run.source else { continue }
      present[version, default: []].append(line..<line + run.count)
    }
    return flatMap { removal in
      guard let ranges = present[removal.version],
        ranges.contains(where: { $0.overlaps(removal.lines) })
      else { return [removal] }
      return removal.without(ranges)
    }
  }

  /// What no entry says of a removal's lines.
  ///
  /// Left in, a merge would be blamed by whoever meets it after another merge of the same branch.
  fileprivate func leaving(of removal: Removal) -> [Removal] {
    removal.without(filter { $0.version == removal.version }.map(\.lines))
  }

  /// The same lines of a removal's version, as removed by commits that knew them in another version.
  ///
  /// A branch takes a line out of the version it started from; merged with a newer one, the line is
  /// missing there too, and it is the branch that took it.
  fileprivate func explaining(
    _ removal: Removal,
    _ versions: (ObjectID, ObjectID) throws -> [HunkSpan]?
  ) rethrows -> [Removal] {
    var found: [Removal] = []
    var others: Set<ObjectID> = []
    for known in self where known.version != removal.version { others.insert(known.version) }
    for version in others.sorted() {
      guard let spans = try versions(version, removal.version) else { continue }
      for line in removal.lines {
        guard let old = spans.oldLine(of: line),
          let known = last(where: { $0.version == version && $0.lines.contains(old) })
        else { continue }
        found.append(
          Removal(
            version: removal.version,
            lines: line..<line + 1,
            commit: known.commit,
            hunkStart: known.hunkStart,
            parent: known.parent
          )
        )
      }
    }
    return found
  }
}

extension Removal {
  /// The same removal of what is left once some lines are taken out.
  fileprivate func without(_ others: [Range<Int>]) -> [Removal] {
    var rest = [lines]
    for other in others where rest.contains(where: { $0.overlaps(other) }) {
      rest = rest.flatMap { lines in
        guard lines.overlaps(other) else { return [lines] }
        let before = lines.lowerBound..<max(lines.lowerBound, other.lowerBound)
        let after = min(lines.upperBound, other.upperBound)..<lines.upperBound
        return [before, after].filter { !$0.isEmpty }
      }
    }
    return rest.map { lines in
      Removal(
        version: version,
        lines: lines,
        commit: commit,
        hunkStart: hunkStart,
        parent: parent
      )
    }
  }
}

extension [HunkSpan] {
  /// The number in the old version of a line of the new one; nil for an added line.
  fileprivate func oldLine(of line: Int) -> Int? {
    var offset = 0
    for span in self {
      if line < span.new.start { break }
      if line < span.new.end { return nil }
      offset = span.old.end - span.new.end
    }
    return line + offset
  }
}
