/// The body of a comment on a pull request, or the summary of a job.
///
/// Tables are written in HTML, where Markdown obeys nothing: no foreign text is emphasised, links
/// anywhere or mentions anybody.
package struct MarkdownReporter: Reporter {
  /// The first line of a comment, by which the next run finds the one to replace.
  package static let marker = "<!-- reviewgate:report -->"

  /// Whether the marker is written.
  let isComment: Bool
  /// How many bytes it may have, the marker and the note on what is left out included.
  let limit: Int

  /// A comment, which may have 65,536 characters.
  package static let comment = MarkdownReporter(isComment: true, limit: 64_000)

  /// The summary of a step, of at most this many bytes.
  package static func summary(limit: Int) -> MarkdownReporter {
    MarkdownReporter(isComment: false, limit: limit)
  }

  /// How many bytes the note on what is left out may take.
  private static let note = 400

  /// The text, with as many whole files as there is room for.
  package func bytes(of report: Report) -> [UInt8] {
    var text = isComment ? Self.marker + "\n" : ""
    text += "### ReviewGate: \(report.verdict)\n\n"
    text += Self.paragraphs(report)
    let commands = Self.commands(report)
    let room = limit - text.utf8.count - commands.utf8.count - Self.note
    let table = Self.table(report.items.filter { !$0.rule.isProblem }, room: room)
    return Array((text + table + commands).utf8)
  }

  /// What was looked at, and why nothing more was.
  private static func paragraphs(_ report: Report) -> String {
    let shown = report.evaluations.prefix(20)
    var lines = shown.map { cut($0.headline) }
    let rest = report.evaluations.count - shown.count
    if rest > 0 { lines.append("and \(rest) more") }
    if let problem = report.problem {
      lines.append("NOT EVALUATED. Nothing was passed.")
      lines += problem.lines.prefix(20).map(cut)
      lines += problem.places.prefix(20).map { cut("\($0.path.display):\($0.line): \($0.text)") }
    }
    return lines.map { "<p><code>\(XMLText.line($0))</code></p>\n" }.joined() + "\n"
  }

  /// A line that cannot fill the whole comment.
  private static func cut(_ text: String) -> String { Charset.unicode.show(text.utf8, width: 400) }

  // MARK: - Table

  /// Rows by file, as many files as there is room for; the rest is counted.
  private static func table(_ items: [ReportItem], room: Int) -> String {
    guard !items.isEmpty else { return "" }
    var text =
      "<table>\n<tr><th>Where</th><th>Size</th><th>Written by</th><th>State</th></tr>\n"
    let end = "</table>\n\n"
    var left = room - text.utf8.count - end.utf8.count
    var rest = items[...]
    while let first = rest.first {
      let own = rest.prefix { $0.file == first.file && ($0.path == nil) == (first.path == nil) }
      let rows = own.map(row).joined()
      guard rows.utf8.count <= left else { break }
      left -= rows.utf8.count
      text += rows
      rest = rest.dropFirst(own.count)
    }
    return text + end + note(rest)
  }

  private static func note(_ rest: ArraySlice<ReportItem>) -> String {
    guard !rest.isEmpty else { return "" }
    let files = Count.of(Set(rest.map(\.file)).count, "file")
    return "<p>\(Count.of(rest.count, "more hunk")) in \(files) not shown here; "
      + "the text of the run and its JSON have all of them.</p>\n\n"
  }

  private static func row(_ item: ReportItem) -> String {
    guard let finding = item.finding else {
      return "<tr><td>commit message</td><td></td><td></td><td>\(code(item.message))</td></tr>\n"
    }
    let place = finding.commit.map { $0.short + ":" } ?? ""
    let lines = item.lines.map { ":\($0)" } ?? ""
    let name = place + Charset.unicode.show(finding.path.bytes, width: 200) + lines
    let cells = [
      code(name), finding.size, code(finding.origin.label(.unicode)),
      // Without a review the words are all our own.
      finding.review == nil ? XMLText.line(item.reason) : code(item.reason),
    ]
    return "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
  }

  private static func code(_ text: String) -> String { "<code>\(XMLText.line(text))</code>" }

  // MARK: - Commands

  /// The commands that go on from here, each of them once.
  private static func commands(_ report: Report) -> String {
    var commands: [String] = []
    for evaluation in report.evaluations where !evaluation.verdict.blocking.isEmpty {
      let command = cut(evaluation.context.reviewCommand)
      if !commands.contains(command), commands.count < 20 { commands.append(command) }
    }
    guard !commands.isEmpty else { return "" }
    let lines = commands.map { XMLText.line($0) + "\n" }.joined()
    return "A named person reads these hunks and records it:\n\n<pre>\n\(lines)</pre>\n"
  }
}
