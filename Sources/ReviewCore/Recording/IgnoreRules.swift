/// The patterns of `.gitignore` files, as far as they say which new files nobody will commit.
///
/// A file that is taken for ignored and is not would escape the record, so a pattern that cannot be
/// read ignores nothing, and a `!` pattern takes back whatever it is for.
package struct IgnoreRules: Sendable {
  private struct Rule: Sendable {
    let glob: Glob
    let folder: [UInt8]
    let isNegated: Bool
    let isFolder: Bool
  }

  private var rules: [Rule] = []

  /// Rules beyond which no more are read.
  private static let most = 500

  /// No rules.
  package init() {}

  /// Adds the rules of a file in a folder, which is empty for the root.
  package mutating func add(_ bytes: [UInt8], in folder: [UInt8]) {
    for line in bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      var text = line
      while text.last == 0x20 || text.last == 0x09 { text.removeLast() }
      guard let first = text.first, first != UInt8(ascii: "#"), rules.count < Self.most else {
        continue
      }
      let isNegated = first == UInt8(ascii: "!")
      if isNegated { text.removeFirst() }
      let isFolder = text.last == UInt8(ascii: "/")
      if isFolder { text.removeLast() }
      guard let pattern = String(validating: text, as: UTF8.self), let glob = try? Glob(pattern)
      else { continue }
      rules.append(Rule(glob: glob, folder: folder, isNegated: isNegated, isFolder: isFolder))
    }
  }

  /// Whether a file or folder is ignored by itself; what holds it is asked before.
  package func ignores(_ path: RepositoryPath, isFolder: Bool) -> Bool {
    for rule in rules.reversed() where isFolder || !rule.isFolder {
      guard let inner = Self.below(rule.folder, path.bytes) else { continue }
      if rule.glob.matches(RepositoryPath(inner)) { return !rule.isNegated }
    }
    return false
  }

  private static func below(_ folder: [UInt8], _ path: [UInt8]) -> [UInt8]? {
    if folder.isEmpty { return path }
    guard path.count > folder.count, path.starts(with: folder), path[folder.count] == 0x2f else {
      return nil
    }
    return Array(path[(folder.count + 1)...])
  }
}
