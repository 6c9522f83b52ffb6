import FoundationEssentials
import Glibc
import ReviewCore

/// The directory git takes hooks from, with the few file operations an installation needs.
///
/// A hook changes by one rename: at every moment git finds the old hook or the new one.
struct HookDirectory: Sendable {
  let path: String

  /// Whether the path exists and is something else than a directory.
  var isBlocked: Bool {
    guard let type = type(of: path, following: true) else { return false }
    return type != S_IFDIR
  }

  /// Looks at one hook and at what is kept aside for it.
  func facts(_ hook: HookName) -> HookFacts {
    let kept = keptPath(hook)
    return HookFacts(
      file: file(at: hookPath(hook)),
      kept: type(of: kept, following: false) == nil
        ? nil : isExecutable(kept) ? .runs : .isUnused,
      displaced: DisplacedShim.allCases.filter { isOurs(hookPath(hook) + $0.rawValue) }
    )
  }

  /// Carries out one step of a plan.
  func apply(_ step: HookPlan.Step, program: String) throws {
    for name in step.displaced {
      try check("remove", hookPath(step.hook) + name.rawValue) { unsafe unlink($0) }
    }
    switch step.action {
    case .install, .update: try write(step.hook, program: program)
    case .keepAndInstall:
      try keep(step.hook)
      do { try write(step.hook, program: program) } catch {
        try putBack(step.hook)
        throw error
      }
    case .remove: try check("remove", hookPath(step.hook)) { unsafe unlink($0) }
    case .restore: try putBack(step.hook)
    case .alreadyInstalled, .alreadyCalled, .leave, .named, .leaveReplaced, .notInstalled: break
    }
  }

  private func hookPath(_ hook: HookName) -> String { "\(path)/\(hook)" }

  private func keptPath(_ hook: HookName) -> String { hookPath(hook) + HookScripts.keptSuffix }

  private func isOurs(_ path: String) -> Bool {
    guard case .ours = file(at: path) else { return false }
    return true
  }

  private func file(at path: String) -> HookFile {
    switch type(of: path, following: false) {
    case nil: return .absent
    case S_IFLNK?:
      // A link is kept as a link, wherever it leads; only a text that can be read tells more.
      guard type(of: path, following: true) == S_IFREG else { return .foreign(isExecutable: false) }
    case S_IFREG?: break
    default: return .obstacle
    }
    let text = FileManager.default.contents(atPath: path).map {
      String(decoding: $0, as: UTF8.self)
    }
    return .file(text: text ?? "", isExecutable: isExecutable(path))
  }

  /// Puts the shim in place with one rename, over whatever is there.
  private func write(_ hook: HookName, program: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let temporary = "\(path)/.\(hook).reviewgate-\(getpid())"
    do {
      let text = HookScripts.text(of: hook, program: program)
      try Data(text.utf8).write(to: URL(filePath: temporary))
      try check("make executable", temporary) { unsafe chmod($0, 0o755) }
      try check("put in place", hookPath(hook)) { unsafe rename(temporary, $0) }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
  }

  /// Gives the hook its second name; the first goes to the shim with the rename that follows.
  private func keep(_ hook: HookName) throws {
    let kept = keptPath(hook)
    // A hard link leaves no moment without a hook and never replaces a file. Not every file system
    // has them, and the kernel may forbid them for other people's files.
    if unsafe link(hookPath(hook), kept) == 0 { return }
    guard errno != EEXIST else { throw HookRefusal.keptAlreadyThere(hook: hookPath(hook)) }
    try check("keep", kept) { unsafe rename(hookPath(hook), $0) }
  }

  private func putBack(_ hook: HookName) throws {
    try check("restore", hookPath(hook)) { unsafe rename(keptPath(hook), $0) }
    // Renaming one of two links to the same file onto the other does nothing and says so.
    if type(of: keptPath(hook), following: false) != nil {
      try check("restore", keptPath(hook)) { unsafe unlink($0) }
    }
  }

  private func isExecutable(_ path: String) -> Bool {
    type(of: path, following: true) == S_IFREG && (unsafe access(path, X_OK)) == 0
  }

  private func type(of path: String, following: Bool) -> mode_t? {
    var status = stat()
    let result = unsafe following ? stat(path, &status) : lstat(path, &status)
    return result == 0 ? status.st_mode & S_IFMT : nil
  }

  private func check(_ operation: String, _ path: String, _ call: (String) -> Int32) throws {
    guard call(path) != 0 else { return }
    throw HookFileFailure(operation: operation, path: path, code: errno)
  }
}

/// A file operation of an installation that the system refused.
struct HookFileFailure: Error, CustomStringConvertible {
  let operation: String
  let path: String
  let code: Int32

  var description: String {
    "cannot \(operation) \(VisibleText.line(path)): \(unsafe String(cString: strerror(code)))"
  }
}
