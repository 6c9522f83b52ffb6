import FoundationEssentials
import GitCommand
import Glibc
import ReviewCore

/// The tree of the index, asked for while git still says where everything is.
///
/// Two questions to git one after the other take longer than all the rest of a small check. Where
/// the index most likely is can be seen without git; the answer is used only if git then names the
/// very same file, and git itself refuses a repository it does not accept.
struct EarlyIndex: Sendable {
  /// Which file was read.
  private let file: FileIdentity
  /// The tree it stands for.
  private let tree: ObjectID

  /// Reads the likely index; nil when there is none, or git did not answer.
  static func read(_ variables: [String: String], _ git: Git) async -> EarlyIndex? {
    let directory = variables["GIT_DIR"] ?? ".git"
    let index = variables["GIT_INDEX_FILE"] ?? directory + "/index"
    guard let file = FileIdentity(index),
      let tree = try? await git.tree(ofIndex: index, scratch: directory + "/reviewgate/scratch")
    else { return nil }
    return EarlyIndex(file: file, tree: tree)
  }

  /// The tree, if `path` is the file that was read.
  func tree(ofIndex path: String) -> ObjectID? { FileIdentity(path) == file ? tree : nil }
}

/// What tells one file from every other on this machine, and from its own later content.
struct FileIdentity: Equatable, Sendable {
  private let device: UInt
  private let inode: UInt
  private let size: Int

  /// Looks at a file; nil when it is not there.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    inode = status.st_ino
    size = status.st_size
  }
}
