import FoundationEssentials
package import ReviewCore

/// Why the index has no tree.
package enum IndexProblem: Error, Sendable, Hashable {
  /// Paths with conflicts that are not resolved.
  case unmerged(String)
  /// The file with the commit message cannot be read.
  case unreadableMessage(String)
  /// The index cannot be read or copied.
  case unreadable(String)
}

extension Git {
  /// The staged content of a file, named from the root; nil when it is not in the index.
  package func staged(_ path: String) async throws -> [UInt8]? {
    let answer = try await answer(["cat-file", "--batch"], input: Array(":\(path)\n".utf8))
    // `<oid> blob <size>`, the content and a line feed; or the name and `missing`.
    guard let end = answer.output.firstIndex(of: UInt8(ascii: "\n")) else {
      throw IndexProblem.unreadable(path)
    }
    let head = String(decoding: answer.output[..<end], as: UTF8.self).split(separator: " ")
    if head.last == "missing" { return nil }
    guard head.count == 3, head[1] == "blob", let size = Int(head[2]),
      answer.output.count == end + size + 2
    else { throw IndexProblem.unreadable(path) }
    return Array(answer.output[(end + 1)...].dropLast())
  }

  /// The tree that a commit of this index would have.
  ///
  /// `git write-tree` reads every index format (split, sparse, skipHash), and runs on a second name
  /// of the file: on the file's own it takes the lock and rewrites it. `scratch` is a directory for
  /// that name.
  package func tree(ofIndex path: String, scratch: String) async throws -> ObjectID {
    let copy = try IndexCopy(of: path, scratch: scratch)
    defer { copy.remove() }
    let git = Git(
      directory: directory,
      variables: variables.merging(["GIT_INDEX_FILE": copy.path]) { $1 }
    )
    let answer = try await git.ask(["write-tree"])
    guard answer.status == 0, let id = answer.lines.first.flatMap({ ObjectID(hex: $0) }) else {
      if answer.complaint.contains(": unmerged (") {
        throw IndexProblem.unmerged(answer.complaint)
      }
      throw IndexProblem.unreadable(answer.complaint)
    }
    return id
  }
}
