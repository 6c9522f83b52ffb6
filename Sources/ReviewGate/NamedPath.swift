import GitCommand
import ReviewCore

/// What a person may mean by the name of a file or folder.
///
/// As for git, a name starts in the folder where the person is. Reports print paths from the root of
/// the repository, the same wherever they are read: what the folder does not have is one of those.
struct NamedPath {
  /// The likeliest first.
  private let meanings: [RepositoryPath]

  /// Reads a name as somebody in `folder` wrote it; the folder is empty at the root.
  init(_ name: String, in folder: RepositoryPath) {
    let here = Self.joined(folder.bytes, name)
    let isFromHere = ["./", "../"].contains { name.hasPrefix($0) } || [".", ".."].contains(name)
    let fromRoot = isFromHere ? nil : Self.joined([], name)
    // What is neither below the root nor written from it is nothing here, as it was written.
    let found = [here, fromRoot].compactMap(\.self)
    meanings = found.isEmpty ? [RepositoryPath(name)] : found
  }

  /// The first meaning that there is; the likeliest where there is none.
  func path(where exists: (RepositoryPath) throws -> Bool) rethrows -> RepositoryPath {
    try meanings.first(where: exists) ?? meanings[0]
  }

  /// A path without `.` and `..`; nil where it leads out of the repository.
  private static func joined(_ folder: [UInt8], _ name: String) -> RepositoryPath? {
    let slash = UInt8(ascii: "/")
    var parts = folder.split(separator: slash)
    for part in Array(name.utf8).split(separator: slash) where !part.elementsEqual(".".utf8) {
      guard part.elementsEqual("..".utf8) else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else { return nil }
    }
    return RepositoryPath(Array(parts.joined(separator: [slash])))
  }
}

extension Project {
  /// The folder where the person is, from the root of the worktree; empty outside of it.
  func folder() async throws -> RepositoryPath {
    let answer = try await git.ask(["rev-parse", "--show-prefix"])
    let line = answer.status == 0 ? answer.output.prefix { $0 != UInt8(ascii: "\n") } : []
    return RepositoryPath(Array(line.last == UInt8(ascii: "/") ? line.dropLast() : line))
  }
}
