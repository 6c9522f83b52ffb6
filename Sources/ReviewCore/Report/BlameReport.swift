/// One line of a committed file: where it came from, who wrote it, who read it.
package struct BlamedOrigin: Sendable {
  /// The commit that brought it in.
  package let commit: CommitInfo
  /// The path in that commit.
  package let path: RepositoryPath
  /// The number in that commit's version.
  package let original: Int
  /// The number in the version that was asked about.
  package let line: Int
  /// The line, without its end.
  package let text: [UInt8]
  /// What the sources say.
  package let statement: LineStatement
  /// The outcome of the hunk that brought it in.
  package let outcome: Finding.Outcome
  /// The review of that hunk.
  package let review: ReviewReference?

  /// Describes a line.
  package init(
    commit: CommitInfo,
    path: RepositoryPath,
    original: Int,
    line: Int,
    text: [UInt8],
    statement: LineStatement,
    outcome: Finding.Outcome,
    review: ReviewReference?
  ) {
    self.commit = commit
    self.path = path
    self.original = original
    self.line = line
    self.text = text
    self.statement = statement
    self.outcome = outcome
    self.review = review
  }
}

/// The lines of a file with their origins and reviewers.
package enum BlameReport {
  /// The name and version of the document's form.
  package static let schema = "reviewgate.blame/1"

  /// One line of text for each line of the file.
  package static func text(_ lines: [BlamedOrigin], unicode: Bool = false) -> String {
    let charset = Charset(unicode: unicode)
    let cells = lines.map { line in
      [
        line.commit.id.short, writer(line, charset), reader(line, charset), "\(line.line)",
      ]
    }
    let rows = Columns(sides: [.left, .left, .left, .right]).lines(cells)
    return zip(rows, lines).map { row, line in
      row.dropFirst(2) + "  " + charset.show(VisibleText.source(line.text))
    }.joined(separator: "\n") + "\n"
  }

  private static func writer(_ line: BlamedOrigin, _ charset: Charset) -> String {
    switch line.statement.origin {
    case .unknown: "-"
    case .mixed(let id): "mixed" + (id.map { " " + charset.show($0.utf8, width: 24) } ?? "")
    case .agent, .human, .bot: line.statement.origin.label(charset)
    }
  }

  private static func reader(_ line: BlamedOrigin, _ charset: Charset) -> String {
    guard line.outcome != .notAI else { return "-" }
    let name = line.review.map { charset.show($0.principal.utf8, width: 30) }
    return line.outcome == .reviewed ? name ?? "reviewed" : line.outcome.rawValue
  }

  /// One document about the file.
  package static func json(
    _ lines: [BlamedOrigin],
    path: RepositoryPath,
    revision: ObjectID
  ) -> String {
    let members: [(String, StrictJSON?)] =
      ReportJSON.path(path) + [
        ("schema", .string(schema)),
        (
          "tool", .object(["name": .string("reviewgate"), "version": .string(ToolVersion.current)])
        ),
        ("revision", .string(revision.hex)),
        ("lines", .array(lines.map { line($0, in: path) })),
      ]
    return ReportJSON.text(ReportJSON.object(members))
  }

  private static func line(_ line: BlamedOrigin, in path: RepositoryPath) -> StrictJSON {
    ReportJSON.object([
      ("line", .integer(line.line)),
      ("commit", .string(line.commit.id.hex)),
      ("originalLine", .integer(line.original)),
      ("originalPath", line.path == path ? nil : .string(line.path.escaped)),
      ("origin", .string(line.statement.origin.name)),
      ("agent", line.statement.origin.agent.map(ReportJSON.text)),
      ("source", line.statement.source.map { .string($0.rawValue) }),
      ("outcome", .string(line.outcome.rawValue)),
      ("reviewer", line.review.map { ReportJSON.text($0.principal) }),
      ("record", line.review.map { ReportJSON.text($0.id) }),
      ("strength", line.review.map { .string($0.strength.rawValue) }),
    ])
  }

  // MARK: - One line

  /// The story of one line, as rows for people: its commit, what each source said, its review.
  package static func story(
    _ line: BlamedOrigin,
    sources: [SourceReport],
    unicode: Bool = false
  ) -> String {
    let charset = Charset(unicode: unicode)
    var rows = LabelledRows()
    rows.add(
      "brought in by",
      "\(line.commit.id.short) " + charset.show(line.commit.subject, width: 80)
    )
    rows.add("author", charset.show(line.commit.author.display.utf8, width: 80))
    rows.add("there", charset.show(line.path.bytes, width: 100) + ":\(line.original)")
    rows.add("written by", writer(line, charset) == "-" ? "nobody known" : writer(line, charset))
    rows.add(
      "because of",
      line.statement.evidence.map { "\($0.facts): " + charset.show($0.text, width: 140) }
    )
    let words = SourceWords(charset: charset)
    rows.add("sources", sources.map { words.about(line.original, in: line.path, $0) })
    let by = line.review.map { " by " + charset.show($0.principal.utf8, width: 60) + ", " + $0.day }
    rows.add("review there", line.outcome.rawValue + (by ?? ""))
    return (["", "  The line in the commit that brought it in:"] + rows.lines)
      .joined(separator: "\n") + "\n"
  }
}

extension SourceWords {
  /// What one source says about one line of a file.
  func about(_ line: Int, in path: RepositoryPath, _ report: SourceReport) -> String {
    let name = report.source.rawValue
    switch report.state {
    case .notHere: return "\(name): not here"
    case .silent: return "\(name): nothing about this commit"
    case .says: break
    }
    for claims in report.claims {
      if let claim = claims.files[path]?.lines.last(where: { $0.lines.lines.contains(line) }) {
        return "\(name): \(claim.origin.label(charset)), "
          + charset.show(claim.evidence.text, width: 100)
      }
    }
    let rests = report.claims.compactMap { $0.files[path]?.rest?.origin }
    if let rest = rests.first { return "\(name): \(rest.label(charset)), by the file" }
    if let whole = report.claims.lazy.compactMap(\.wholeChange).first {
      return "\(name): " + charset.show(whole.text, width: 120)
    }
    return "\(name): nothing about this line"
  }
}
