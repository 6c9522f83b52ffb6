import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// The groups of changed lines that git itself prints.
///
/// With one line of context: without any, git leaves out the common end of both files before it
/// compares them (`trim_common_tail`), and then shows other groups than it shows people.
enum GitHunks {
  static let options = [
    "-U1", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--indent-heuristic",
    "--no-renames", "--diff-algorithm=myers", "--inter-hunk-context=0",
  ]

  /// The groups of each file section of each commit in the output of `git log -p`.
  ///
  /// Commits start with a line of `@` and their name.
  static func parse(_ output: [UInt8]) -> [(commit: ObjectID, files: [[HunkSpan]])] {
    var result: [(commit: ObjectID, files: [[HunkSpan]])] = []
    var hunk = Position()
    for bytes in output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      // The lines of a hunk look like anything: they are counted, not read.
      if hunk.isOpen {
        if let span = hunk.take(bytes.first) { add(span, to: &result) }
        continue
      }
      let line = String(decoding: bytes, as: UTF8.self)
      if line.hasPrefix("@@ "), let next = Position(header: line) {
        hunk = next
      } else if line.hasPrefix("@"), let id = ObjectID(hex: line.dropFirst()) {
        result.append((id, []))
      } else if line.hasPrefix("diff --git "), !result.isEmpty {
        result[result.count - 1].files.append([])
      }
    }
    return result
  }

  private static func add(
    _ span: HunkSpan,
    to result: inout [(commit: ObjectID, files: [[HunkSpan]])]
  ) {
    guard let files = result.last?.files, !files.isEmpty else { return }
    result[result.count - 1].files[files.count - 1].append(span)
  }
}

/// Where the reading of a hunk is.
private struct Position {
  private var old = LineRange(start: 1, count: 0)
  private var new = LineRange(start: 1, count: 0)
  private var oldLeft = 0
  private var newLeft = 0

  init() {}

  init?(header: String) {
    let words = header.split(separator: " ")
    guard words.count > 2, let old = Self.range(words[1]), let new = Self.range(words[2]) else {
      return nil
    }
    self.old = LineRange(start: old.start, count: 0)
    self.new = LineRange(start: new.start, count: 0)
    (oldLeft, newLeft) = (old.count, new.count)
  }

  var isOpen: Bool { oldLeft > 0 || newLeft > 0 }

  /// Takes a line by its first byte; returns the group that it ends.
  mutating func take(_ mark: UInt8?) -> HunkSpan? {
    switch mark {
    case UInt8(ascii: "-"):
      old = LineRange(start: old.start, count: old.count + 1)
      oldLeft -= 1
    case UInt8(ascii: "+"):
      new = LineRange(start: new.start, count: new.count + 1)
      newLeft -= 1
    case UInt8(ascii: "\\"): return nil
    default:
      (oldLeft, newLeft) = (oldLeft - 1, newLeft - 1)
      let ended = close()
      old = LineRange(start: old.start + 1, count: 0)
      new = LineRange(start: new.start + 1, count: 0)
      return ended
    }
    return isOpen ? nil : close()
  }

  private mutating func close() -> HunkSpan? {
    let span = HunkSpan(old: old, new: new)
    old = LineRange(start: old.end, count: 0)
    new = LineRange(start: new.end, count: 0)
    return span.old.count + span.new.count > 0 ? span : nil
  }

  private static func range(_ word: Substring) -> LineRange? {
    let numbers = word.dropFirst().split(separator: ",").compactMap { Int($0) }
    guard let start = numbers.first else { return nil }
    let count = numbers.count > 1 ? numbers[1] : 1
    return LineRange(start: count == 0 ? start + 1 : start, count: count)
  }
}
