import ReviewCore

/// The files under review as they are on disk, to notice when somebody changes them meanwhile.
///
/// Answers are bound to what was shown, so that such a change only has to be said.
struct DiskWatch {
  private let worktree: String
  private var before: [RepositoryPath: [UInt8]?] = [:]

  /// Looks at the files of some findings; nil without a worktree.
  init?(_ findings: [Finding], in worktree: String?) {
    guard let worktree else { return nil }
    self.worktree = worktree
    for path in Set(findings.map(\.path)) { before.updateValue(digest(path), forKey: path) }
  }

  /// The files that are not what they were, in the order of their paths.
  func changed(besides known: [RepositoryPath]) -> [RepositoryPath] {
    before.filter { path, digest in !known.contains(path) && self.digest(path) != digest }
      .keys.sorted()
  }

  private func digest(_ path: RepositoryPath) -> [UInt8]? {
    guard let name = String(validating: path.bytes, as: UTF8.self) else { return nil }
    let file = worktree + "/" + name
    return FileBytes.isLink(file) ? nil : FileBytes.read(file).map { Digest.sha256($0) }
  }
}
