import FoundationEssentials
package import ReviewCore

/// Why the index has no tree.
package enum IndexProblem: Error, Sendable, Hashable {
  /// Paths with conflicts that are not resolved.
  case unmerged(String)
  /// The index cannot be read or copied.
  case unreadable(String)
}

extension Git {
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
