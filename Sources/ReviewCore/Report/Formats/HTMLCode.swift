/// The lines of hunks as tables, until no more of them are shown.
struct HTMLCode {
  /// How many more lines are shown.
  private(set) var linesLeft: Int
  /// How many lines were left out.
  private(set) var leftOut = 0

  /// A line longer than this is shown up to here.
  private static let longestLine = 2_000

  init(linesLeft: Int) { self.linesLeft = linesLeft }

  /// One line of a hunk.
  private struct Line {
    let kind: String
    let sign: String
    let number: Int
    let bytes: ArraySlice<UInt8>
  }

  /// The table of one finding; nothing for a file without a line view.
  mutating func lines(of finding: Finding) -> [String] {
    guard let hunk = finding.item.hunk else { return [] }
    let all = Self.lines(hunk)
    let shown = all.prefix(linesLeft)
    linesLeft -= shown.count
    let rest = all.count - shown.count
    leftOut += rest
    var text = ["<div class=\"code\"><table>"] + shown.map(Self.row) + ["</table></div>"]
    if shown.isEmpty { text = [] }
    if rest > 0 {
      text.append(
        "<p class=\"note\">\(Count.of(rest, "line")) not shown: "
          + "a page has \(HTMLReporter.mostLines).</p>"
      )
    }
    return text
  }

  private static func lines(_ hunk: Hunk) -> [Line] {
    let (old, new) = (hunk.span.old, hunk.span.new)
    let before = split(hunk.contextBefore)
    return number(before, from: new.start - before.count, "ctx", " ")
      + number(split(hunk.removed), from: old.start, "del", "-")
      + number(split(hunk.added), from: new.start, "add", "+")
      + number(split(hunk.contextAfter), from: new.end, "ctx", " ")
  }

  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func number(
    _ lines: [ArraySlice<UInt8>],
    from first: Int,
    _ kind: String,
    _ sign: String
  ) -> [Line] {
    lines.enumerated().map {
      Line(kind: kind, sign: sign, number: first + $0.offset, bytes: $0.element)
    }
  }

  private static func row(_ line: Line) -> String {
    let rest = line.bytes.count - longestLine
    let more = rest > 0 ? " <i>\(Count.of(rest, "byte")) not shown</i>" : ""
    return "<tr class=\"\(line.kind)\"><td class=\"n\">\(line.number)</td>"
      + "<td>\(line.sign)\(XMLText.source(line.bytes.prefix(longestLine)))\(more)</td></tr>"
  }
}
