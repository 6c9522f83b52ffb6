/// Which paths guard the gate; decided by their text alone.
package enum GuardedPath {
  /// The path from the root, with `.` and `..` resolved as text.
  static func components(_ path: String, in directory: String) -> [String] {
    let isWhole = path.hasPrefix("/") || path.hasPrefix("~") || path.hasPrefix("$")
    let whole = isWhole ? path : directory + "/" + path
    var result: [String] = []
    for part in whole.split(separator: "/") {
      switch part {
      case ".": break
      case "..": if !result.isEmpty { result.removeLast() }
      default: result.append(String(part))
      }
    }
    return result
  }

  /// Whether writing to the path changes what guards the gate.
  package static func isGuarded(_ path: String, in directory: String) -> Bool {
    let parts = components(path, in: directory)
    if parts.contains(".reviewgate") { return true }
    if let git = parts.lastIndex(of: ".git"), guardsGit(parts[(git + 1)...]) { return true }
    return AgentIntegrations.all.flatMap(\.guardedEndings).contains { ending in
      ends(parts, with: ending)
    }
  }

  /// Whether taking the path away, or its right to be run, does.
  static func isGuardedFromRemoval(_ path: String, in directory: String) -> Bool {
    if isGuarded(path, in: directory) { return true }
    let parts = components(path, in: directory)
    guard let last = parts.last else { return false }
    // Other repositories below this one are not guarded by taking this one's hooks away.
    if last == ".git" { return parts.dropLast().elementsEqual(components("", in: directory)) }
    if let folder = parts.dropLast().last, folder == ".husky" || folder == ".githooks" {
      return hooks.contains(last)
    }
    return AgentIntegrations.all.flatMap(\.guardedEndings).contains { ending in
      (1..<ending.count).contains { ends(parts, with: Array(ending.prefix($0))) }
        && last != ".github" && last != ".config"
    }
  }

  private static func guardsGit(_ inside: ArraySlice<String>) -> Bool {
    guard let first = inside.first else { return false }
    return inside.contains("hooks") || inside.contains("reviewgate") || inside.last == "config"
      || inside.last == "config.worktree" || first == "packed-refs"
      || inside.contains("reviewgate-ai")
  }

  /// `*` in an ending stands for any name.
  private static func ends(_ parts: [String], with ending: [String]) -> Bool {
    guard parts.count >= ending.count else { return false }
    return zip(parts.suffix(ending.count), ending).allSatisfy { $1 == "*" || $0 == $1 }
  }

  private static let hooks: Set<String> = [
    "pre-commit", "commit-msg", "prepare-commit-msg", "pre-merge-commit", "post-commit",
    "post-rewrite", "pre-push", "reference-transaction", "pre-receive", "*",
  ]
}
