/// The references whose updates a server judges, beside its default branch.
package struct ProtectedReferences: Hashable, Sendable {
  /// The patterns as they were written.
  package private(set) var texts: [String] = []
  private var patterns: [Glob] = []

  private static let all = "refs/"
  private static let branches = "refs/heads/"

  /// Protects nothing more.
  package init() {}

  /// Adds a pattern: for a branch, or for a full name when it starts with `refs/`.
  ///
  /// It always means the whole name: `main` is no other branch that ends in `/main`.
  package mutating func add(_ text: String) throws(GlobError) {
    if text.isEmpty { throw .empty }
    if text.utf8.first == UInt8(ascii: "!") { throw .negation }
    let isFull = text.utf8.starts(with: Self.all.utf8)
    let bare = text.utf8.first == UInt8(ascii: "/") ? String(text.dropFirst()) : text
    let pattern = try Glob("/" + (isFull ? "" : Self.branches) + bare)
    texts.append(text)
    patterns.append(pattern)
  }

  /// The same patterns for names whose capital letters were made small.
  package func lowercased() throws(GlobError) -> ProtectedReferences {
    var folded = ProtectedReferences()
    for text in texts { try folded.add(text.lowercased()) }
    return folded
  }

  /// Whether a reference, by its full name, is among them.
  package func contains(_ reference: String) -> Bool {
    let path = RepositoryPath(reference)
    return patterns.contains { $0.matches(path) }
  }
}
