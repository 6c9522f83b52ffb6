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
  /// `git write-tree` reads every index format (split, sparse, skipHash), and runs on a copy: on the
  /// file itself it takes the lock and rewrites it. `scratch` is a directory for the copy.
  package func tree(ofIndex path: String, scratch: String) async throws -> ObjectID {
    let copy = "\(scratch)/index.\(ProcessInfo.processInfo.processIdentifier)"
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: scratch, withIntermediateDirectories: true)
      if files.fileExists(atPath: copy) { try files.removeItem(atPath: copy) }
      if files.fileExists(atPath: path) { try files.copyItem(atPath: path, toPath: copy) }
    } catch {
      throw IndexProblem.unreadable("\(path): \(error)")
    }
    defer {
      try? files.removeItem(atPath: copy)
      try? files.removeItem(atPath: copy + ".lock")
    }
    let git = Git(
      directory: directory,
      variables: variables.merging(["GIT_INDEX_FILE": copy]) { $1 }
    )
    let answer = try await git.ask(["write-tree"])
    guard answer.status == 0, let id = answer.lines.first.flatMap({ ObjectID(hex: $0) }) else {
      if answer.complaint.contains("unmerged") || answer.complaint.contains("error building trees")
      {
        throw IndexProblem.unmerged(answer.complaint)
      }
      throw IndexProblem.unreadable(answer.complaint)
    }
    return id
  }
}
