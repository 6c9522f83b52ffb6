import ReviewCore

/// Where the parts of a repository are, in git's own words.
package struct RepositoryLayout: Sendable {
  /// The git directory of this worktree.
  package let gitDirectory: String
  /// The part shared by all worktrees.
  package let commonDirectory: String
  /// The root of the worktree; nil in a bare repository and inside a git directory.
  package let worktree: String?
  /// Whether history is cut off somewhere.
  package let isShallow: Bool
  /// `sha1` or `sha256`.
  package let objectFormat: String
  /// The directory git takes hooks from (`core.hooksPath`, worktrees and submodules respected).
  package let hooksDirectory: String
  /// The index file of this worktree, or the one `GIT_INDEX_FILE` names.
  package let indexFile: String

  /// What a probe asks; one call answers all of it.
  private static let questions = [
    "--git-dir", "--git-common-dir", "--is-shallow-repository", "--show-object-format",
    "--is-inside-work-tree", "--git-path", "hooks", "--git-path", "index",
  ]

  /// Asks git about the repository it finds from its directory.
  package init(_ git: Git) async throws {
    let questions = ["rev-parse", "--path-format=absolute"] + Self.questions
    let answer = try await git.answer(questions + ["--show-cdup"])
    // The last answer is empty at the root of a worktree, so lines are not split as usual.
    var lines = String(decoding: answer.output, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    guard lines.count >= 7 else {
      throw GitFailure(arguments: questions, status: 0, complaint: "unexpected answer")
    }
    // Git has no form of these answers that a line feed in a path would not break.
    guard ["true", "false"].contains(lines[2]) else {
      let complaint = "the path of this repository holds a line feed"
      throw GitFailure(arguments: questions, status: 0, complaint: complaint)
    }
    gitDirectory = lines[0]
    commonDirectory = lines[1]
    isShallow = lines[2] == "true"
    objectFormat = lines[3]
    // Inside the worktree the way up to its root, nothing at the root itself; outside the whole path.
    let up = lines.dropFirst(7).first ?? ""
    let start = git.directory ?? "."
    let root = up.isEmpty ? start : start + "/" + up
    worktree = up.hasPrefix("/") ? up : lines[4] == "true" ? root : nil
    hooksDirectory = lines[5]
    indexFile = lines[6]
  }
}
