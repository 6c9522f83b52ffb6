/// Cuts the hunks of a file out of both versions, given where they are.
package struct HunkBuilder {
  private let old: LineTable
  private let new: LineTable

  /// How many lines of context a hunk carries on each side.
  static let contextLines = 3

  /// Splits both versions into lines.
  package init(old: [UInt8], new: [UInt8]) {
    self.old = LineTable(old)
    self.new = LineTable(new)
  }

  /// The hunks at `spans`, with their lines and context.
  package func hunks(_ spans: [HunkSpan]) -> [Hunk] { spans.map(hunk) }

  private func hunk(_ span: HunkSpan) -> Hunk {
    let before = max(1, span.new.start - Self.contextLines)..<span.new.start
    let after = span.new.end..<min(new.count + 1, span.new.end + Self.contextLines)
    return Hunk(
      span: span,
      removed: old.bytes(of: span.old.lines),
      added: new.bytes(of: span.new.lines),
      contextBefore: new.bytes(of: before),
      contextAfter: after.isEmpty ? [] : new.bytes(of: after),
      oldLacksFinalNewline: span.old.count > 0 && old.endsUnterminated(at: span.old),
      newLacksFinalNewline: span.new.count > 0 && new.endsUnterminated(at: span.new)
    )
  }
}

/// A file as lines: split at LF, the LF belongs to its line, CR is kept.
package struct LineTable: Sendable {
  private let content: [UInt8]
  /// Where each line starts, and one past the last one.
  private let starts: [Int]

  /// Finds the lines of a file.
  package init(_ content: [UInt8]) {
    self.content = content
    var starts = [0]
    for (index, byte) in content.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(index + 1)
    }
    if starts.last != content.count { starts.append(content.count) }
    self.starts = starts
  }

  /// How many lines there are; a last line without LF counts.
  package var count: Int { starts.count - 1 }

  /// The bytes of lines counted from 1; a range outside the file gives what is inside.
  package func bytes(of lines: Range<Int>) -> [UInt8] {
    let first = min(max(lines.lowerBound, 1), count + 1)
    let last = min(max(lines.upperBound, first), count + 1)
    return Array(content[starts[first - 1]..<starts[last - 1]])
  }

  /// Whether the file ends with this range and has no final LF.
  func endsUnterminated(at range: LineRange) -> Bool {
    range.end == count + 1 && content.last != UInt8(ascii: "\n")
  }
}
