package import ReviewCore

/// One line of a file, with the commit that git says brought it in.
package struct BlamedLine: Hashable, Sendable {
  /// The commit; zero for what is not committed.
  package let commit: ObjectID
  /// The path in that commit.
  package let path: RepositoryPath
  /// The number in that commit's version.
  package let original: Int
  /// The number in the version that was asked about.
  package let line: Int
  /// The line, without its end.
  package let text: [UInt8]
}

extension Git {
  /// The commit behind each line of a file, or of some of its lines.
  ///
  /// No configuration takes part: no text conversion, no list of commits to pass over. The path is
  /// seen from the directory that git runs in.
  package func blame(
    _ path: RepositoryPath,
    at revision: ObjectID,
    lines: LineRange? = nil
  ) async throws -> [BlamedLine] {
    let range = lines.map { ["-L", "\($0.start),\($0.end - 1)"] } ?? []
    let options = ["blame", "--line-porcelain", "--no-textconv", "--no-progress"] + range
    let name = String(decoding: path.bytes, as: UTF8.self)
    let settings = ["-c", "blame.ignoreRevsFile=", "-c", "blame.markIgnoredLines=false"]
    let answer = try await answer(settings + options + [revision.hex, "--", name])
    return BlameReader.lines(answer.output)
  }
}

/// Reads what `git blame --line-porcelain` writes.
enum BlameReader {
  static func lines(_ output: [UInt8]) -> [BlamedLine] {
    var found: [BlamedLine] = []
    var head: (commit: ObjectID, original: Int, line: Int)?
    var path = RepositoryPath([])
    for line in output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if line.first == UInt8(ascii: "\t") {
        if let head {
          found.append(
            BlamedLine(
              commit: head.commit,
              path: path,
              original: head.original,
              line: head.line,
              text: Array(line.dropFirst())
            )
          )
        }
        head = nil
      } else if head == nil {
        head = self.head(line)
      } else if line.starts(with: "filename ".utf8) {
        path = RepositoryPath(QuotedPath.decode(line.dropFirst(9)))
      }
    }
    return found
  }

  private static func head(_ line: ArraySlice<UInt8>) -> (ObjectID, Int, Int)? {
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard words.count >= 3, let commit = ObjectID(hex: words[0]), let original = Int(words[1]),
      let number = Int(words[2])
    else { return nil }
    return (commit, original, number)
  }
}

/// Paths as git writes them where a line has room for text alone.
enum QuotedPath {
  /// The path that a quoted, or plain, form stands for.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    guard text.count >= 2, text.first == quote, text.last == quote else { return Array(text) }
    var rest = text.dropFirst().dropLast()
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        result.append(byte)
        continue
      }
      guard (0x30...0x33).contains(next), rest.count >= 2 else {
        result.append(plain[next] ?? next)
        continue
      }
      let digits = [next] + rest.prefix(2)
      result.append(digits.reduce(0) { $0 &* 8 &+ ($1 & 7) })
      rest = rest.dropFirst(2)
    }
    return result
  }

  private static let plain: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
    UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
  ]
}
