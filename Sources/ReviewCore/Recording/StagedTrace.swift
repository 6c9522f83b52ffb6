/// What the record of edits says about one file of a change, once all contents are at hand.
package struct StagedTrace {
  private let file: TracedFile
  /// Seen from `base`: the oldest version that is known.
  private var trail: EditTrail
  private let base: FileLines
  private let latest: FileLines
  /// The version that `trail` leads to.
  private var newest: FileLines
  /// Lines that were there when the record began, and are known from before all the same.
  private var recalled: [Int: EditMark] = [:]

  /// Puts a file's trail together.
  ///
  /// `content` gives what a blob holds; nil where something is missing, and then nothing is known but
  /// who had a hand in the file.
  package init?(_ file: TracedFile, _ content: (ObjectID) -> [UInt8]?) {
    self.file = file
    func lines(_ version: TracedFile.Content) -> FileLines? {
      switch version {
      case .absent: FileLines([])
      case .opaque: nil
      case .text(let id): content(id).map { FileLines($0) }
      }
    }
    guard file.whole == nil, let first = lines(file.base), let latest = lines(file.latest),
      latest.count == file.trail.count
    else { return nil }
    self.latest = latest
    newest = latest
    guard let prior = file.prior else {
      base = first
      trail = file.trail
      return
    }
    let before: [UInt8]? = prior.blob.isZero ? [] : content(prior.blob)
    guard let before else { return nil }
    base = FileLines(before)
    var start = EditTrail(lines: base.count)
    start.apply(LineDiff.spans(base, first)) { edit in
      ([EditMark](repeating: prior.mark, count: edit.span.new.count), prior.mark)
    }
    trail = file.trail.starting(at: start)
  }

  /// Goes on to another version, as `hand` would have made it.
  package mutating func advance(
    to new: FileLines,
    hand: EditMark,
    path: RepositoryPath,
    pool: LinePool,
    keys: LinePool.Keys
  ) {
    let judge = EditJudge(hand: hand, path: path, base: base, new: new, pool: pool, keys: keys)
    trail.apply(LineDiff.spans(latest, new), judge.author)
    newest = new
  }

  /// Looks for an agent's lines among those that were there when the record began.
  ///
  /// After `git reset --soft` they are in the worktree, and no event tells of them again. What stands
  /// in `old`, a version that is committed, is nobody's edit.
  package mutating func recall(
    since old: FileLines,
    path: RepositoryPath,
    pool: LinePool,
    keys: LinePool.Keys
  ) {
    guard !pool.isEmpty else { return }
    let known = Set((0..<old.count).map { old.text($0) })
    let sources = trail.sources
    for span in LineDiff.spans(old, newest) {
      let lines = span.new.lines.filter { line in
        guard sources.indices.contains(line - 1), case .base = sources[line - 1] else {
          return false
        }
        return !known.contains(newest.text(line - 1))
      }
      let marks = pool.authors(of: lines.map { newest.text($0 - 1) }, in: path, keys)
      for (line, mark) in zip(lines, marks) {
        if let mark, mark.isAgent { recalled[line] = mark }
      }
    }
  }

  /// Who wrote each line of the newest version; nil where it was there when the record began.
  package var authors: [EditMark?] {
    trail.sources.enumerated().map { index, source in
      switch source {
      case .edit(let mark): mark
      case .base: recalled[index + 1] ?? (file.isBasePersons ? .person : nil)
      }
    }
  }

  /// Who removed each line of `old`, a version git has; nil where it stands or nobody knows.
  package func removers(of old: FileLines) -> [EditMark?] {
    let places = Self.places(of: old, in: base)
    return places.map { place in place.flatMap { trail.remover(of: $0 + 1) } }
  }

  /// The same file as seen from `new`, a version that is committed now.
  ///
  /// What is committed is nobody's edit any more; what is not stays whose it was.
  package func rebased(on new: FileLines) -> EditTrail {
    var result = EditTrail(lines: new.count)
    let authors = authors
    let removers = removers(of: new)
    result.apply(LineDiff.spans(new, latest)) { edit in
      let added = edit.span.new.lines.map { line in
        authors.indices.contains(line - 1) ? authors[line - 1] ?? .unknown : .unknown
      }
      let removed = edit.span.old.lines.lazy.compactMap { line in
        removers.indices.contains(line - 1) ? removers[line - 1] : nil
      }.first
      return (added, removed ?? .unknown)
    }
    return result
  }

  /// Where each line of one version stands in another; nil where it does not.
  package static func places(of old: FileLines, in new: FileLines) -> [Int?] {
    var places = [Int?](repeating: nil, count: old.count)
    var (left, right) = (0, 0)
    let end = HunkSpan(
      old: LineRange(start: old.count + 1, count: 0),
      new: LineRange(start: new.count + 1, count: 0)
    )
    for span in LineDiff.spans(old, new) + [end] {
      while left < span.old.start - 1 {
        places[left] = right
        left += 1
        right += 1
      }
      left = span.old.end - 1
      right = span.new.end - 1
    }
    return places
  }
}

extension EditTrail {
  /// The same trail seen from further back: `start` leads from there to this one's base.
  fileprivate func starting(at start: EditTrail) -> EditTrail {
    let sources = start.sources
    func source(_ line: Int) -> Source {
      sources.indices.contains(line - 1) ? sources[line - 1] : .edit(.unknown)
    }
    let runs = runs.flatMap { run -> [Run] in
      guard case .base(let line) = run.source else { return [run] }
      return (line..<line + run.count).map { Run(source: source($0), count: 1) }
    }
    let later = removals.flatMap { removal in
      removal.lines.compactMap { line -> Removal? in
        guard case .base(let first) = source(line) else { return nil }
        return Removal(lines: first..<first + 1, mark: removal.mark)
      }
    }
    return EditTrail(runs: runs, removals: start.removals + later)
  }
}

extension FileClaims {
  /// What the record says about the lines of a change from `old` to `new`.
  package init(
    _ trace: StagedTrace,
    old: FileLines,
    evidence: (EditMark) -> Evidence
  ) {
    func claims(_ marks: [EditMark?]) -> [LineClaim] {
      var claims: [LineClaim] = []
      var start = 0
      while start < marks.count {
        var end = start + 1
        while end < marks.count, marks[end] == marks[start] { end += 1 }
        if let mark = marks[start], mark.kind != .unknown {
          let lines = LineRange(start: start + 1, count: end - start)
          claims.append(LineClaim(lines: lines, origin: mark.origin, evidence: evidence(mark)))
        }
        start = end
      }
      return claims
    }
    self.init(lines: claims(trace.authors), removed: claims(trace.removers(of: old)))
  }
}
