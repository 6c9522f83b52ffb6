/// What the `.gitattributes` files of one tree call generated (`linguist-generated`).
///
/// Git's own rules: the file nearest to the path decides first, the last line of a file wins, and a
/// line that takes the attribute back ends the search. Nothing outside the tree takes part.
package struct GeneratedPaths: Hashable, Sendable {
  /// The file and the pattern that call a path generated.
  package struct Source: Hashable, Sendable {
    /// The `.gitattributes` file.
    package let file: RepositoryPath
    /// The pattern as it was written.
    package let pattern: String
  }

  /// The name of the files.
  package static let fileName = ".gitattributes"

  /// Nothing is called generated.
  package static let none = GeneratedPaths()

  private var files: [RepositoryPath: AttributeFile] = [:]

  private init() {}

  /// Reads the files that stand in the folders above some paths; a folder without one is left out.
  package init(
    for paths: [RepositoryPath],
    content: (RepositoryPath) throws -> [UInt8]?
  ) rethrows {
    let folders = Set(paths.flatMap(Self.folders)).sorted()
    var macros: [String: AttributeFile.State] = [:]
    for folder in folders {
      guard let bytes = try content(folder.appending(Array(Self.fileName.utf8))) else { continue }
      // Only the file at the root may define macros.
      let file = AttributeFile(bytes, isRoot: folder.bytes.isEmpty, macros: macros)
      if folder.bytes.isEmpty { macros = file.macros }
      if !file.lines.isEmpty { files[folder] = file }
    }
  }

  /// What calls a path generated; nil where nothing does.
  package func source(of path: RepositoryPath) -> Source? {
    guard !files.isEmpty else { return nil }
    for folder in Self.folders(path) {
      guard let file = files[folder] else { continue }
      let rest = path.bytes.dropFirst(folder.bytes.isEmpty ? 0 : folder.bytes.count + 1)
      guard let line = file.decision(about: RepositoryPath(Array(rest))) else { continue }
      guard line.state == .set else { return nil }
      return Source(
        file: folder.appending(Array(Self.fileName.utf8)),
        pattern: line.text
      )
    }
    return nil
  }

  /// The folders above a path, the nearest first; the root is the empty path.
  private static func folders(_ path: RepositoryPath) -> [RepositoryPath] {
    var folders: [RepositoryPath] = []
    var rest = path.bytes[...]
    while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
      rest = rest[..<slash]
      folders.append(RepositoryPath(Array(rest)))
    }
    return folders + [RepositoryPath([])]
  }
}
