/// Who wrote each line of a file since a base version, edit by edit.
package struct EditTrail: Hashable, Sendable {
  /// Where a line comes from.
  package enum Source: Hashable, Sendable {
    /// It stands in the base: its number there, from 1.
    case base(line: Int)
    /// Somebody wrote it since.
    case edit(EditMark)

    func advanced(by count: Int) -> Source {
      if case .base(let line) = self { .base(line: line + count) } else { self }
    }
  }

  /// Neighbouring lines with neighbouring sources.
  package struct Run: Hashable, Sendable {
    /// The source of the first line.
    package var source: Source
    /// How many lines.
    package var count: Int

    /// Creates a run.
    package init(source: Source, count: Int) {
      self.source = source
      self.count = count
    }
  }

  /// Lines of the base that are gone.
  package struct Removal: Hashable, Sendable {
    /// Their numbers in the base.
    package let lines: Range<Int>
    /// Who removed them.
    package let mark: EditMark

    /// Creates a removal.
    package init(lines: Range<Int>, mark: EditMark) {
      self.lines = lines
      self.mark = mark
    }
  }

  /// The lines of the newest version.
  package private(set) var runs: [Run]
  /// What is gone of the base; a later one holds.
  package private(set) var removals: [Removal]

  /// A file of that many lines, as it is.
  package init(lines: Int) {
    runs = lines > 0 ? [Run(source: .base(line: 1), count: lines)] : []
    removals = []
  }

  /// A trail as it was stored.
  package init(runs: [Run], removals: [Removal]) {
    self.runs = []
    self.removals = removals
    append(runs)
  }

  /// How many lines the newest version has.
  package var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// Whether nobody changed anything.
  package var isUntouched: Bool { removals.isEmpty && marks.isEmpty }

  /// Every mark that stands on a line or a removal.
  package var marks: [EditMark] {
    runs.compactMap { if case .edit(let mark) = $0.source { mark } else { nil } }
      + removals.map(\.mark)
  }

  /// One changed place, as somebody has to judge it.
  package struct Edit {
    /// Where it is.
    package let span: HunkSpan
    /// Who wrote the lines it replaces, since the base.
    package let replaced: [EditMark]
  }

  /// Goes on to a version that differs at `spans`.
  ///
  /// `author` says for each of them who wrote each new line, and who removed the old ones.
  package mutating func apply(
    _ spans: [HunkSpan],
    _ author: (Edit) -> (added: [EditMark], removed: EditMark)
  ) {
    var rest = runs[...]
    var line = 1
    runs = []
    func take(upTo end: Int) -> [Run] {
      var taken: [Run] = []
      while line < end, let run = rest.first {
        let count = min(run.count, end - line)
        taken.append(Run(source: run.source, count: count))
        line += count
        if count == run.count {
          rest.removeFirst()
        } else {
          rest[rest.startIndex].source = run.source.advanced(by: count)
          rest[rest.startIndex].count -= count
        }
      }
      return taken
    }
    for span in spans {
      append(take(upTo: span.old.start))
      let gone = take(upTo: span.old.end)
      let replaced = gone.compactMap { run -> EditMark? in
        if case .edit(let mark) = run.source { mark } else { nil }
      }
      let answer = author(Edit(span: span, replaced: replaced))
      for run in gone {
        guard case .base(let first) = run.source else { continue }
        removals.append(Removal(lines: first..<first + run.count, mark: answer.removed))
      }
      append(answer.added.map { Run(source: .edit($0), count: 1) })
    }
    append(take(upTo: .max))
  }

  private mutating func append(_ more: [Run]) {
    for run in more where run.count > 0 {
      if let last = runs.last, last.source.advanced(by: last.count) == run.source {
        runs[runs.count - 1].count += run.count
      } else {
        runs.append(run)
      }
    }
  }

  /// The source of each line, one by one.
  package var sources: [Source] {
    runs.flatMap { run in (0..<run.count).map { run.source.advanced(by: $0) } }
  }

  /// Who removed a line of the base; nil when it stands, or nobody is known to have.
  package func remover(of line: Int) -> EditMark? {
    removals.last { $0.lines.contains(line) }?.mark
  }
}
