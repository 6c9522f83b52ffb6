/// An approval of many lines at once, which a person confirms by typing how many.
package struct BulkApproval: Hashable, Sendable {
  /// What is approved in one file.
  package struct File: Hashable, Sendable {
    /// The path, safe to print.
    package let path: String
    /// How many lines change.
    package let changedLines: Int

    /// Creates the count of one file.
    package init(path: String, changedLines: Int) {
      self.path = path
      self.changedLines = changedLines
    }
  }

  /// What is approved, in the order shown.
  package let files: [File]

  /// What the answer does, in words before the list and in the question.
  package let words: Words

  /// What is asked for.
  package enum Words: Hashable, Sendable {
    /// To approve.
    case approve
    /// To let pass unread, or to vouch for: the lines that say so, safe to print.
    case other([String], verb: String)
  }

  /// Creates an approval of all changes in these files.
  package init(files: [File], words: Words = .approve) {
    self.files = files
    self.words = words
  }

  /// The number that has to be typed.
  package var changedLines: Int { files.reduce(0) { $0 + $1.changedLines } }

  /// Whether the typed text is exactly the number, with blanks around it at most.
  package func isConfirmed(by typed: String) -> Bool {
    typed.trimmingBlanks == String(changedLines)
  }

  /// What is shown before the question, one line per file.
  package var summary: [String] {
    let width = files.map { String($0.changedLines).count }.max() ?? 1
    let rows = files.map { file in
      let count = String(file.changedLines)
      let pad = String(repeating: " ", count: width - count.count)
      let unit = file.changedLines == 1 ? "line " : "lines"
      return "  \(pad)\(count) \(unit)  \(VisibleText.line(file.path))"
    }
    return heading + rows
  }

  private var heading: [String] {
    switch words {
    case .approve: ["Approve without showing each change (the record says bulk):"]
    case .other(let lines, _): lines
    }
  }

  private var verb: String {
    switch words {
    case .approve: "approve"
    case .other(_, let verb): verb
    }
  }

  /// The question itself.
  package var question: String { "Type the number of changed lines to \(verb) them: " }
}

extension String {
  /// The text without blanks, tabs and line ends at either end.
  package var trimmingBlanks: String {
    let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
    guard let first = firstIndex(where: { !blanks.contains($0) }),
      let last = lastIndex(where: { !blanks.contains($0) })
    else { return "" }
    return String(self[first...last])
  }
}
