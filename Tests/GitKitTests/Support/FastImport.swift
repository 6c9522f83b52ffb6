import ReviewCore
import TestSupport

/// A stream for `git fast-import`: hundreds of commits in one process.
struct FastImport {
  /// One entry of a commit's tree.
  struct File {
    var path: [UInt8]
    var mode = FileMode.regular
    /// The content, or the digits of a commit for a submodule.
    var content: String
  }

  private(set) var commits = 0
  private var text = ""

  /// Adds a commit with exactly these files and returns its mark.
  @discardableResult
  mutating func commit(
    _ branch: String,
    parents: [Int],
    files: [File],
    message: String = "change"
  ) -> Int {
    commits += 1
    if parents.isEmpty { text += "reset refs/heads/\(branch)\n" }
    text += "commit refs/heads/\(branch)\nmark :\(commits)\n"
    text += "committer Ada Example <ada@example.com> \(1_767_225_600 + commits) +0000\n"
    text += data(message)
    for (index, parent) in parents.enumerated() {
      text += "\(index == 0 ? "from" : "merge") :\(parent)\n"
    }
    text += "deleteall\n"
    for file in files {
      let path = Self.quoted(file.path)
      if file.mode == .submodule {
        text += "M 160000 \(file.content) \(path)\n"
      } else {
        text += "M \(file.mode.octal) inline \(path)\n" + data(file.content)
      }
    }
    return commits
  }

  /// Imports everything and returns the names of the commits by mark; entry 0 is not used.
  func run(in repository: TempRepository) throws -> [ObjectID] {
    let marks = repository.sandbox + "/marks"
    try repository.git("fast-import", "--quiet", "--force", "--export-marks=\(marks)", stdin: text)
    var ids = [ObjectID](repeating: .zero, count: commits + 1)
    for line in try TestFiles.text(marks).split(separator: "\n") {
      let words = line.split(separator: " ")
      if let mark = Int(words[0].dropFirst()), let id = ObjectID(hex: words[1]) { ids[mark] = id }
    }
    return ids
  }

  private func data(_ content: String) -> String { "data \(content.utf8.count)\n\(content)\n" }

  private static func quoted(_ path: [UInt8]) -> String {
    let escaped = path.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return "\"" + escaped.joined() + "\""
  }
}
