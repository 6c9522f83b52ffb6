import ReviewCore

/// Names the commits behind each hunk of one file.
struct HunkSources {
  let history: LineHistory
  /// What each commit of the range says of itself.
  let claims: [CommitClaims]
  let policy: Policy
  /// Whether a commit has several parents.
  let isMerge: (Int) -> Bool
  /// Reads the commits' own hunks, where a record might know them.
  var units: UnitReader?

  /// One commit's part in a hunk; hunks of one commit are apart only where records are looked up.
  private struct Part: Hashable {
    let commit: Int
    /// What is said about the lines, by its place among the commit's statements.
    let statement: Int
    /// A line of the commit's own hunk, to find it by; 0 where nobody asks.
    let hunkStart: Int
    /// The parent that its hunk is against, by place.
    var parent = 0
  }

  /// Where the lines of one hunk, or of an opaque file, came from.
  mutating func contributions(_ hunk: Hunk?, in change: FileChange) throws -> [Contribution] {
    let path = change.transition.path
    guard let hunk else { return try wholeFile(change) }
    var parts: [Part: Int] = [:]
    for run in history.sources(of: hunk.span.new) {
      guard case .commit(let commit, let line) = run.source else {
        addForeign(run, in: change.transition, to: &parts)
        continue
      }
      let lines = LineRange(start: line, count: run.count)
      for said in claims[commit].lines.added(lines, in: path) {
        parts[part(commit, said.statement, line), default: 0] += said.lines.count
      }
    }
    for removal in history.removers(of: hunk.span.old, in: change.transition.oldID) {
      if let removal {
        let said = claims[removal.commit].lines.removed(in: path)
        let part = part(removal.commit, said, removal.hunkStart, parent: removal.parent)
        parts[part, default: 0] += 1
      } else {
        // Aligned differently than the commits' own diffs: any of them may have removed it.
        for commit in history.touchedBy where claims[commit].mayNeedReview(policy) {
          parts[part(commit, claims[commit].lines.removed(in: path), 0), default: 0] += 1
        }
      }
    }
    for cut in history.cuts(around: hunk.span.new)
    where claims[cut.commit].mayNeedReview(policy) {
      let said = claims[cut.commit].lines.removed(in: path)
      parts[part(cut.commit, said, cut.hunkStart, parent: cut.parent), default: 0] += 0
    }
    return try parts.sorted(by: Self.inOrder).map { part, lines in
      try contribution(part, lines, path)
    }
  }

  /// Lines from outside that the net change adds all the same: a merge brought back what the base
  /// had already taken away.
  private func addForeign(
    _ run: LineRun,
    in net: FileTransition,
    to parts: inout [Part: Int]
  ) {
    guard case .outside(let version, _) = run.source, version != net.oldID else { return }
    for commit in history.touchedBy where isMerge(commit) && claims[commit].mayNeedReview(policy) {
      parts[part(commit, claims[commit].lines.whole(net.path), 0), default: 0] += run.count
    }
  }

  /// An opaque file as a whole belongs to every commit that touched it.
  private mutating func wholeFile(_ change: FileChange) throws -> [Contribution] {
    let path = change.transition.path
    return try history.touchedBy.map { commit in
      let said = claims[commit].lines.whole(path)
      return try contribution(Part(commit: commit, statement: said, hunkStart: 0), 0, path)
    }
  }

  private func part(_ commit: Int, _ statement: Int, _ line: Int, parent: Int = 0) -> Part {
    let isAsked = units != nil
    return Part(
      commit: commit,
      statement: statement,
      hunkStart: isAsked ? line : 0,
      parent: isAsked ? parent : 0
    )
  }

  private mutating func contribution(
    _ part: Part,
    _ lines: Int,
    _ path: RepositoryPath
  ) throws -> Contribution {
    let said = claims[part.commit].lines.statements[part.statement]
    return Contribution(
      origin: said.origin,
      evidence: said.evidence,
      commit: claims[part.commit].commit,
      lines: lines,
      unit: try units?.unit(
        of: part.commit,
        parent: part.parent,
        path: path,
        line: part.hunkStart
      )
    )
  }

  private static func inOrder(
    _ left: (key: Part, value: Int),
    _ right: (key: Part, value: Int)
  ) -> Bool {
    (left.key.commit, left.key.hunkStart, left.key.parent, left.key.statement)
      < (right.key.commit, right.key.hunkStart, right.key.parent, right.key.statement)
  }
}
