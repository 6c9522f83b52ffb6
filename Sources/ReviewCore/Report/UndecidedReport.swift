/// The report for people when nothing could be judged.
package enum UndecidedReport {
  private static let longestFact = 400

  /// The problem, the facts behind it, and what mends it, with a line feed at the end.
  package static func render(
    problem: String,
    facts: [(label: String, text: String)],
    remedy: [String],
    unicode: Bool = false,
    width: Int? = nil
  ) -> String {
    let charset = Charset(unicode: unicode)
    // One table, so that the remedy stands in line with the facts.
    var rows = LabelledRows()
    for fact in facts { rows.add(charset.show(fact.label), lines(fact.text, charset)) }
    let factCount = rows.rows.count
    rows.add("fix", remedy.flatMap { lines($0, charset) })
    let table = rows.lines
    var result = Prose.lines("reviewgate: NOT EVALUATED. " + charset.show(problem), width: width)
    if factCount > 0 { result += [""] + table.prefix(factCount) }
    if table.count > factCount { result += [""] + table.dropFirst(factCount) }
    return result.joined(separator: "\n") + "\n"
  }

  private static func lines(_ text: String, _ charset: Charset) -> [String] {
    text.utf8.split(separator: UInt8(ascii: "\n")).prefix(12).map {
      charset.show($0, width: longestFact)
    }
  }
}
