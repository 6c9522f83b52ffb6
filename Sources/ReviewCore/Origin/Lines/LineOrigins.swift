/// Who wrote each line of one commit's change, or the index's, as all sources together say.
///
/// Sources count in the order of their precision; a later one fills what an earlier one leaves
/// open. Only lines that the change has are ever asked for, so a claim about others says nothing.
package struct LineOrigins: Sendable {
  /// Everything that is said about any line; the first one stands for silence.
  package let statements: [LineStatement]
  /// What holds in files that no source names.
  private let elsewhere: FileOrigins
  /// What holds in those that some source names, by path.
  private let files: [(path: RepositoryPath, origins: FileOrigins)]

  /// Combines what sources say with what the commit, or the environment, says of itself.
  package init(
    _ sources: [SourceClaims],
    commit: CommitStatement,
    lineRecords: Policy.OriginRule.LineRecords = .trust
  ) {
    var builder = LineOriginsBuilder(sources, commit: commit, lineRecords: lineRecords)
    elsewhere = builder.file(nil)
    var files: [(path: RepositoryPath, origins: FileOrigins)] = []
    files.reserveCapacity(builder.paths.count)
    for path in builder.paths { files.append((path, builder.file(path))) }
    self.files = files
    statements = builder.statements
  }

  /// Whether any line that the change may have is an agent's.
  package var accuses: Bool { statements.contains { $0.origin.isAgent } }

  /// Whether what is said differs from file to file or from line to line.
  package var hasLineClaims: Bool { !files.isEmpty }

  /// What is said about added lines of the new version, in their order.
  package func added(_ lines: LineRange, in path: RepositoryPath) -> [StatementRun] {
    origins(of: path).added.runs(of: lines)
  }

  /// What is said about removed lines, by their numbers in the old version.
  package func removed(_ lines: LineRange, in path: RepositoryPath) -> [StatementRun] {
    origins(of: path).removed.runs(of: lines)
  }

  /// What is said about removed lines whose numbers are not known.
  package func removed(in path: RepositoryPath) -> Int {
    let file = origins(of: path)
    return accusing(file.removed) ?? file.removed.rest
  }

  /// What is said about a file that has no line view: an agent's part makes all of it the agent's.
  package func whole(_ path: RepositoryPath) -> Int {
    let file = origins(of: path)
    return accusing(file.added) ?? accusing(file.removed) ?? file.added.rest
  }

  private func origins(of path: RepositoryPath) -> FileOrigins {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? files[low].origins : elsewhere
  }

  private func accusing(_ pieces: StatementPieces) -> Int? {
    pieces.all.first { statements[$0].origin.isAgent }
  }
}

/// The statements about one file.
struct FileOrigins: Sendable {
  var added: StatementPieces
  var removed: StatementPieces
}

/// Statements about the lines of one version of a file.
struct StatementPieces: Sendable {
  /// Where pieces begin; the last one is the end.
  var bounds: [Int] = []
  /// The statement about each piece; there are thousands of them for each commit of a long range.
  var pieces: [Int32] = []
  /// The statement about every line outside them.
  var rest: Int

  /// Every statement there is.
  var all: [Int] { pieces.map { Int($0) } + [rest] }

  /// The statements about some lines, neighbouring equal ones as one.
  func runs(of lines: LineRange) -> [StatementRun] {
    var runs: [StatementRun] = []
    var line = lines.start
    while line < lines.end {
      let (statement, end) = piece(at: line)
      let next = min(end, lines.end)
      if let last = runs.last, last.statement == statement {
        let joined = LineRange(start: last.lines.start, count: next - last.lines.start)
        runs[runs.count - 1] = StatementRun(statement: statement, lines: joined)
      } else {
        let range = LineRange(start: line, count: next - line)
        runs.append(StatementRun(statement: statement, lines: range))
      }
      line = next
    }
    return runs
  }

  private func piece(at line: Int) -> (statement: Int, end: Int) {
    guard let first = bounds.first, let last = bounds.last, line < last else { return (rest, .max) }
    guard line >= first else { return (rest, first) }
    var (low, high) = (0, bounds.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds[middle] <= line { low = middle } else { high = middle }
    }
    return (Int(pieces[low]), bounds[high])
  }
}
