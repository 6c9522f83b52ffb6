import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// The hunks that git itself prints, without context.
enum GitHunks {
  static let options = [
    "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--indent-heuristic",
    "--no-renames",
  ]

  /// The hunks of each file section of each commit in the output of `git log -p`.
  ///
  /// Commits start with a line of `@` and their name.
  static func parse(_ output: [UInt8]) -> [(commit: ObjectID, files: [[HunkSpan]])] {
    var result: [(commit: ObjectID, files: [[HunkSpan]])] = []
    var left = 0
    for bytes in output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      // The lines of a hunk look like anything: they are counted, not read.
      if left > 0 {
        if bytes.first != UInt8(ascii: "\\") { left -= 1 }
        continue
      }
      let line = String(decoding: bytes, as: UTF8.self)
      if line.hasPrefix("@@ "), let span = span(line), !result.isEmpty {
        let commit = result.count - 1
        result[commit].files[result[commit].files.count - 1].append(span)
        left = span.old.count + span.new.count
      } else if line.hasPrefix("@"), let id = ObjectID(hex: line.dropFirst()) {
        result.append((id, []))
      } else if line.hasPrefix("diff --git "), !result.isEmpty {
        result[result.count - 1].files.append([])
      }
    }
    return result
  }

  private static func span(_ header: String) -> HunkSpan? {
    let words = header.split(separator: " ")
    guard words.count > 2, let old = range(words[1]), let new = range(words[2]) else { return nil }
    return HunkSpan(old: old, new: new)
  }

  private static func range(_ word: Substring) -> LineRange? {
    let numbers = word.dropFirst().split(separator: ",").compactMap { Int($0) }
    guard let start = numbers.first else { return nil }
    let count = numbers.count > 1 ? numbers[1] : 1
    return LineRange(start: count == 0 ? start + 1 : start, count: count)
  }
}
