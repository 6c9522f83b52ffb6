import GitKit
import Glibc
import ReviewCore

/// Where a worktree's ignore patterns stand, in the order in which later ones hold.
struct IgnoreFiles {
  let worktree: Worktree

  private static let name = Array(".gitignore".utf8)

  /// Reads them all; `tracked` are the paths that git knows.
  func rules(_ repository: Repository?, tracked: [IndexEntries.Entry]) -> IgnoreRules {
    var rules = IgnoreRules()
    for file in [personal(repository), worktree.commonDirectory + Array("/info/exclude".utf8)] {
      rules.add(file.flatMap { Disk.read($0, limit: 1 << 16) } ?? [], in: [])
    }
    rules.add(Disk.read(worktree.root + [0x2f] + Self.name, limit: 1 << 18) ?? [], in: [])
    let suffix = [0x2f] + Self.name
    for entry in tracked where entry.path.bytes.count > suffix.count {
      let path = entry.path.bytes
      guard path.suffix(suffix.count).elementsEqual(suffix) else { continue }
      let content = Disk.read(worktree.place(of: entry.path), limit: 1 << 16) ?? []
      rules.add(content, in: Array(path.dropLast(suffix.count)))
    }
    return rules
  }

  /// `core.excludesFile`, or what stands in for it.
  private func personal(_ repository: Repository?) -> [UInt8]? {
    if let set = repository?.configuredFile("core.excludesfile") { return Array(set.utf8) }
    if let folder = Self.variable("XDG_CONFIG_HOME") { return Array((folder + "/git/ignore").utf8) }
    return Self.variable("HOME").map { Array(($0 + "/.config/git/ignore").utf8) }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
