import FoundationEssentials
import Glibc
import ReviewCore

/// One file of an agent's configuration, as it lies on disk.
struct AgentFile {
  /// The path the agent reads.
  let path: String

  /// What lies there.
  enum State {
    case absent
    /// A regular file, perhaps behind a link.
    case file([UInt8], target: String, mode: mode_t)
    case unusable(String)
  }

  /// Looks at the file; a link is followed, so that what is changed is what it leads to.
  var state: State {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      return errno == ENOENT ? .absent : .unusable(Self.reason(errno))
    }
    guard unsafe stat(path, &status) == 0 else {
      return .unusable("it is a link that leads nowhere")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return .unusable("it is not a file") }
    guard status.st_size <= JSONText.largest else { return .unusable("it is too large") }
    guard let target = Self.resolved(path), let bytes = FileBytes.read(target) else {
      return .unusable("it cannot be read")
    }
    return .file(bytes, target: target, mode: status.st_mode & 0o7777)
  }

  /// The content; nil when there is none to be had.
  var bytes: [UInt8]? {
    guard case .file(let bytes, _, _) = state else { return nil }
    return bytes
  }

  /// Why the file must not be written to; nil when it may.
  ///
  /// Replacing it would work even where it is read-only, and would not be what its owner meant.
  var writeProtection: String? {
    switch state {
    case .absent: nil
    case .unusable(let reason): reason
    case .file(_, let target, let mode):
      mode & 0o222 != 0 && Self.isWritable(target) ? nil : "it is read-only"
    }
  }

  /// Replaces the content in one step; returns how many folders had to be made.
  func write(_ bytes: [UInt8]) throws -> Int {
    var target = path
    var mode: mode_t = 0o644
    var made = 0
    if case .file(_, let resolved, let kept) = state {
      (target, mode) = (resolved, kept)
    } else {
      made = try Self.makeFolders(for: path)
    }
    let temporary = target + ".reviewgate-\(getpid())"
    do {
      try Data(bytes).write(to: URL(filePath: temporary))
      guard unsafe chmod(temporary, mode) == 0, unsafe rename(temporary, target) == 0 else {
        throw HookFileFailure(operation: "write", path: target, code: errno)
      }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    return made
  }

  /// Removes the file, and as many folders above it as were made for it and are empty.
  func remove(folders: Int) throws {
    guard unsafe unlink(path) == 0 else {
      throw HookFileFailure(operation: "remove", path: path, code: errno)
    }
    var folder = Self.parent(path)
    for _ in 0..<folders {
      guard unsafe rmdir(folder) == 0 else { return }
      folder = Self.parent(folder)
    }
  }

  private static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK) == 0 }

  private static func makeFolders(for path: String) throws -> Int {
    var missing = 0
    var folder = parent(path)
    while unsafe access(folder, F_OK) != 0, folder != "/" {
      missing += 1
      folder = parent(folder)
    }
    try FileManager.default.createDirectory(
      atPath: parent(path),
      withIntermediateDirectories: true
    )
    return missing
  }

  private static func parent(_ path: String) -> String {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path without links and dots; nil where nothing is.
  static func resolved(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
