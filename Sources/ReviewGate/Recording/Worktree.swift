import ReviewCore

/// A worktree found on disk, without asking git.
///
/// An agent's event has no time for it. Nothing is decided here: what a wrong guess records, no
/// commit ever asks for.
struct Worktree: Hashable {
  /// Its root, with all symbolic links followed.
  let root: [UInt8]
  /// Its own git directory.
  let gitDirectory: [UInt8]

  private static let slash = UInt8(ascii: "/")

  /// The worktree that holds a directory; nil when none does.
  init?(holding directory: [UInt8]) {
    guard var folder = Disk.real(directory) else { return nil }
    while true {
      let marker = folder + Array("/.git".utf8)
      if let stat = Disk.stat(marker) {
        if stat.isDirectory, Disk.stat(marker + Array("/HEAD".utf8)) != nil {
          root = folder
          gitDirectory = marker
          return
        }
        if let linked = Self.linked(marker, folder) {
          root = folder
          gitDirectory = linked
          return
        }
      }
      guard let end = folder.lastIndex(of: Self.slash), end > 0 else { return nil }
      folder = Array(folder[..<end])
    }
  }

  /// The worktree whose parts are known already.
  init(root: String, gitDirectory: String) {
    self.root = Disk.real(Array(root.utf8)) ?? Array(root.utf8)
    self.gitDirectory = Array(gitDirectory.utf8)
  }

  /// What `gitdir: …` in a file named `.git` points to.
  private static func linked(_ file: [UInt8], _ folder: [UInt8]) -> [UInt8]? {
    guard let bytes = Disk.read(file, limit: 8192), bytes.starts(with: "gitdir: ".utf8) else {
      return nil
    }
    let target = Array(bytes.dropFirst(8).prefix { $0 != 0x0a && $0 != 0x0d })
    return target.first == slash ? target : folder + [slash] + target
  }

  /// The git directory that all worktrees share.
  var commonDirectory: [UInt8] {
    guard let bytes = Disk.read(gitDirectory + Array("/commondir".utf8), limit: 8192) else {
      return gitDirectory
    }
    let target = Array(bytes.prefix { $0 != 0x0a && $0 != 0x0d })
    return target.first == Self.slash ? target : gitDirectory + [Self.slash] + target
  }

  /// Where a file of it stands on disk.
  func place(of path: RepositoryPath) -> [UInt8] { root + [Self.slash] + path.bytes }

  /// The worktree and the path in it that a name means; nil for what is in none, or in `.git`.
  ///
  /// Links on the way are followed to where the file really is; the file itself is never followed.
  static func find(_ name: String, from directory: [UInt8]) -> (Worktree, RepositoryPath)? {
    let bytes = Array(name.utf8)
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    var parts = normal(bytes.first == slash ? bytes : directory + [slash] + bytes)
    guard let last = parts.popLast() else { return nil }
    var below = [last]
    while true {
      let folder = [slash] + parts.joined(separator: [slash])
      if let real = Disk.real(Array(folder)), let worktree = Worktree(holding: real) {
        let inner = real.dropFirst(worktree.root.count).split(separator: slash).map(Array.init)
        let path = inner + below
        guard path.first != Array(".git".utf8) else { return nil }
        return (worktree, RepositoryPath(Array(path.joined(separator: [slash]))))
      }
      // A folder that is gone, or not there yet.
      guard let next = parts.popLast() else { return nil }
      below.insert(next, at: 0)
    }
  }

  private static func normal(_ path: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    for part in path.split(separator: slash).map(Array.init) {
      if part == [0x2e] { continue }
      if part == [0x2e, 0x2e] { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts
  }

  /// The new end of HEAD's log, which changes whenever git moves HEAD.
  var headLog: String {
    let file = gitDirectory + Array("/logs/HEAD".utf8)
    guard let stat = Disk.stat(file) else { return "" }
    return "\(stat.size)"
  }

  /// Whether git is in the middle of something that brings in what others wrote.
  var isMerging: Bool {
    ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "SQUASH_MSG", "rebase-merge", "rebase-apply"]
      .contains { Disk.stat(gitDirectory + Array("/\($0)".utf8)) != nil }
  }
}
