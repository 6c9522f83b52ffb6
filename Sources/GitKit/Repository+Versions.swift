import CGit2
import Glibc
package import ReviewCore

extension Repository {
  /// What steps of a branch did to some files, oldest first; steps that leave a file alone are left
  /// out.
  ///
  /// `landings` are all commits of the first-parent history of one branch that changed any of the
  /// files, newest first.
  package func steps(
    of paths: [RepositoryPath],
    along landings: [ObjectID]
  ) throws(GitError) -> [RepositoryPath: [FileTransition]] {
    guard let oldest = landings.last else { return [:] }
    var before: [(mode: FileMode, id: ObjectID)] = []
    let parent = try commit(oldest).parents.first
    let tree = if let parent { try commit(parent).tree } else { ObjectID.emptyTree }
    for path in paths { before.append(try version(of: path, in: tree)) }
    var steps: [RepositoryPath: [FileTransition]] = [:]
    for landing in landings.reversed() {
      let tree = try commit(landing).tree
      for (number, path) in paths.enumerated() {
        let after = try version(of: path, in: tree)
        let old = before[number]
        guard after != old else { continue }
        before[number] = after
        let step = FileTransition(
          path: path,
          oldMode: old.mode,
          newMode: after.mode,
          oldID: old.id,
          newID: after.id
        )
        steps[path, default: []].append(step)
      }
    }
    return steps
  }

  /// The mode and the object of a file in a tree; absent and zero where it is not.
  package func version(
    of path: RepositoryPath,
    in tree: ObjectID
  ) throws(GitError) -> (mode: FileMode, id: ObjectID) {
    try entry(at: path, in: tree) ?? (.absent, .zero)
  }

  /// How often each mark's lines stand in a version of a file; nil for one that is over the cap.
  ///
  /// What is absent or no file has none.
  package func counts(
    of marks: [HunkMark],
    in version: (mode: FileMode, id: ObjectID),
    sizeCap: Int
  ) throws(GitError) -> [Int]? {
    guard version.mode.isFile else { return marks.map { _ in 0 } }
    guard try size(of: version.id) <= sizeCap else { return nil }
    let blob = try keptBlob(version.id)
    defer { withExtendedLifetime(blob) {} }
    return marks.map { Self.count($0.lines, in: blob.bytes) }
  }

  /// How often whole lines stand in a text whose last line may lack its line feed.
  ///
  /// The line feed before them is looked for with them, so that no long line is tried at every byte.
  private static func count(_ lines: [UInt8], in text: UnsafeRawBufferPointer) -> Int {
    guard !text.isEmpty else { return 0 }
    let line = [lineFeed] + lines
    let open = lines.dropLast()
    var found = text.starts(with: lines) ? 1 : 0
    // Whatever ends without a line feed stands there once.
    if text.elementsEqual(open) || text.suffix(line.count - 1).elementsEqual(line.dropLast()) {
      found += 1
    }
    return line.withUnsafeBytes { line in
      guard let start = text.baseAddress, let first = line.baseAddress else { return found }
      var position = 0
      while let hit = memmem(start + position, text.count - position, first, line.count) {
        found += 1
        // The last line feed may be the one before the next.
        position = UnsafeRawPointer(hit) - start + line.count - 1
      }
      return found
    }
  }

  private static let lineFeed = UInt8(ascii: "\n")
}
