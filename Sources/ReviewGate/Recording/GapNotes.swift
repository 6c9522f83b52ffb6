import Glibc
import ReviewCore

/// Gaps of worktrees in whose git directory nothing can be written, in the person's own state.
///
/// A git directory may be read-only, or belong to somebody else: without a note what an agent writes
/// meanwhile would look like a person's once it can be recorded again.
enum GapNotes {
  /// Where gaps of a worktree are noted; its path is there as a digest alone.
  static func file(of worktree: Worktree) -> [UInt8] {
    let place = Disk.real(worktree.gitDirectory) ?? worktree.gitDirectory
    let digest = Hex.encode(Digest.sha256(place)).prefix(32)
    return Array("\(PersonalState.folder(variable))/gaps/\(digest)".utf8)
  }

  /// Notes one.
  static func add(_ line: [UInt8], of worktree: Worktree) {
    let file = file(of: worktree)
    for (place, byte) in file.enumerated() where byte == UInt8(ascii: "/") && place > 0 {
      Disk.makeDirectory(Array(file[..<place]))
    }
    Disk.append(line, to: file)
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
