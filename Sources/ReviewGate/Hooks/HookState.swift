import FoundationEssentials
import GitCommand
import ReviewCore

/// What hooks find and leave in the git directory, without asking git or libgit2.
///
/// Git tells its commit hooks where they are: it sets `GIT_DIR` in a linked worktree or submodule
/// and otherwise starts them at the root of the worktree, beside `.git`.
struct HookState {
  private let gitDirectory: String
  private let surroundings: Surroundings

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
    gitDirectory = surroundings.variables["GIT_DIR"] ?? Self.besideWorktree()
  }

  /// The git directory named by `.git`, which is a file in a worktree made with `--separate-git-dir`.
  private static func besideWorktree() -> String {
    guard let bytes = FileBytes.read(".git") else { return ".git" }
    let text = String(decoding: bytes, as: UTF8.self)
    let prefix = "gitdir: "
    guard text.hasPrefix(prefix) else { return ".git" }
    return text.dropFirst(prefix.count).split(separator: "\n").first.map(String.init) ?? ".git"
  }

  /// Where this program keeps its state for this worktree.
  var directory: String { gitDirectory + "/reviewgate" }

  /// Whether agents' events were ever recorded here: one look at the disk.
  var hasEvents: Bool { Self.hasEvents(in: gitDirectory) }

  /// The same for a git directory that is known already.
  static func hasEvents(in gitDirectory: String) -> Bool {
    Disk.stat(Array("\(gitDirectory)/reviewgate/\(RecorderStore.folder)".utf8)) != nil
  }

  /// Notes for the record of edits that git itself is bringing in what others wrote.
  func noteOthersWork() {
    guard hasEvents else { return }
    let worktree = Worktree(root: ".", gitDirectory: gitDirectory)
    if worktree.isMerging { RecorderStore.noteOthersWork(in: worktree) }
  }

  /// The commit that is being picked; nil at any other time.
  var picked: ObjectID? {
    FileBytes.read(gitDirectory + "/CHERRY_PICK_HEAD").flatMap {
      ObjectID(hex: String(decoding: $0, as: UTF8.self).prefix { $0.isHexDigit })
    }
  }

  /// The policy of the index, after making sure that the worktree does not show another one.
  ///
  /// The worktree is never believed by itself: a file nobody staged could switch the gate off.
  func stagedPolicy() async throws -> Policy {
    let index = surroundings.variables["GIT_INDEX_FILE"] ?? gitDirectory + "/index"
    if let known = StagedFiles.known([PolicyFile.path], index: index, worktree: "."),
      known[0] != nil || !FileManager.default.fileExists(atPath: PolicyFile.path)
    {
      return try known[0].map { try PolicyFile.parse($0) } ?? .default
    }
    let staged = try await Git(directory: nil).staged(PolicyFile.path)
    try OwnFile.refuseUnstaged(
      PolicyFile.path,
      shown: FileBytes.read(PolicyFile.path),
      staged: staged
    )
    return try staged.map { try PolicyFile.parse($0) } ?? .default
  }

  /// Whether git is making commits again that were made before: rebase, cherry-pick, revert, am.
  var isReplaying: Bool {
    ["rebase-merge", "rebase-apply", "sequencer", "CHERRY_PICK_HEAD", "REVERT_HEAD"].contains {
      FileManager.default.fileExists(atPath: gitDirectory + "/" + $0)
    }
  }

  // MARK: - Origins

  /// Whether some tool keeps records here that may name lines of what is not committed yet.
  var hasLineRecords: Bool {
    let files = FileManager.default
    if files.fileExists(atPath: AgentTraceFormat.file) { return true }
    let shared = FileBytes.read(gitDirectory + "/commondir").map {
      String(decoding: $0, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "."
    }
    let common =
      shared.map { $0.hasPrefix("/") ? $0 : gitDirectory + "/" + $0 } ?? gitDirectory
    let log = WorkingLog.directory(git: gitDirectory, common: common) + "/working_logs"
    return files.fileExists(atPath: log)
  }

  // MARK: - Receipt

  private var receipt: String { directory + "/gate-passed" }

  /// Notes that commit-msg let this commit pass.
  func leaveReceipt() { try? FileBytes.write([], to: receipt) }

  /// Forgets the note.
  func removeReceipt() { FileBytes.remove(receipt) }

  /// Whether the note is there; it is gone afterwards.
  func takeReceipt() -> Bool {
    guard FileManager.default.fileExists(atPath: receipt) else { return false }
    removeReceipt()
    return true
  }

  /// Whether HEAD last moved by `git commit` itself.
  ///
  /// cherry-pick, revert, rebase and am run post-commit without commit-msg; the reflog names them.
  var lastActionWasCommit: Bool {
    guard let bytes = FileBytes.read(gitDirectory + "/logs/HEAD"),
      let line = bytes.split(separator: UInt8(ascii: "\n")).last,
      let tab = line.firstIndex(of: UInt8(ascii: "\t"))
    else { return false }
    let action = String(decoding: line[line.index(after: tab)...], as: UTF8.self)
    return ["commit:", "commit (initial):", "commit (amend):", "commit (merge):"]
      .contains(where: action.hasPrefix)
  }
}
