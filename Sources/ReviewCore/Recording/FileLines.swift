/// A file as lines that compare by their text, whatever ends them.
///
/// Git may convert line ends on the way into the index, and editors add a final line feed: neither
/// makes a line somebody else's.
package struct FileLines: Sendable {
  private let content: [UInt8]
  /// Where each line starts, and one past the last one.
  private let starts: [Int]

  /// Finds the lines of a file.
  package init(_ content: [UInt8]) {
    self.content = content
    var starts = [0]
    for index in content.indices where content[index] == UInt8(ascii: "\n") {
      starts.append(index + 1)
    }
    if starts.last != content.count { starts.append(content.count) }
    self.starts = starts
  }

  /// How many lines there are; a last line without line feed counts.
  package var count: Int { starts.count - 1 }

  /// The text of a line counted from 0, without its line end.
  package func text(_ index: Int) -> ArraySlice<UInt8> {
    var end = starts[index + 1]
    if end > starts[index], content[end - 1] == UInt8(ascii: "\n") {
      end -= 1
      if end > starts[index], content[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    }
    return content[starts[index]..<end]
  }

  /// The texts of lines counted from 1.
  package func texts(_ lines: LineRange) -> [ArraySlice<UInt8>] {
    lines.lines.filter { $0 >= 1 && $0 <= count }.map { text($0 - 1) }
  }
}
