import CGit2

/// A git repository on disk, read through libgit2 into ReviewCore values.
///
/// An adapter to the core, not a general git library. Not `Sendable`: each worker opens its own.
package final class Repository {
  let handle: Owned<RepositoryObject>
  let database: Owned<ObjectDatabase>
  /// The blobs that were compared last: the old side of one change is the new side of another.
  var recent = RecentBlobs()
  /// Whether blobs are read without being measured first (`blob(_:upTo:)`).
  var readsUnmeasured = true

  /// Loads and starts libgit2 ahead of use, so that it happens while git answers.
  package static func prepare() { Library.startInBackground() }

  /// Opens the repository whose git directory is `path`, without searching.
  ///
  /// With `fromEnvironment`, `GIT_DIR`, `GIT_OBJECT_DIRECTORY` and the alternates decide, which is
  /// how the objects of a push are seen while they are in quarantine (`git_repository_open_ext`).
  package init(gitDirectory path: String, fromEnvironment: Bool = false) throws(GitError) {
    try Library.start()
    let flags = fromEnvironment ? GIT_REPOSITORY_OPEN_FROM_ENV : GIT_REPOSITORY_OPEN_NO_SEARCH
    handle = try Owned("git_repository_open_ext") {
      git_repository_open_ext(
        &$0,
        fromEnvironment ? nil : path,
        flags.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue,
        nil
      )
    }
    let raw = handle.raw
    database = try Owned("git_repository_odb") { git_repository_odb(&$0, raw) }
  }

  /// Leaves it to the end of the process to give everything back: object by object takes longer than
  /// many a decision.
  package func keepUntilExit() { _ = Unmanaged.passRetained(self) }
}

extension Repository {
  /// The directory with the parts that all worktrees share, without a final slash.
  package var commonDirectory: String {
    guard let path = git_repository_commondir(handle.raw) else { return "" }
    let text = String(cString: path)
    return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
