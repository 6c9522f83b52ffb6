package import ReviewCore

/// What the index changes against HEAD, and where the repository is: one answer of one git.
package struct StagedListing: Sendable {
  /// The git directory of this worktree.
  package let gitDirectory: String
  /// The part shared by all worktrees.
  package let commonDirectory: String
  /// The root of the worktree.
  package let worktree: String
  /// Every path that differs from HEAD.
  package let transitions: [FileTransition]
}

extension Git {
  /// Asks for both at once; nil where git's answer is out of the ordinary in any way.
  ///
  /// The tree of an index (`tree(ofIndex:)`) and the layout (`RepositoryLayout`) take two processes.
  /// Where only the differences are needed, git finds them without making a tree, and says where it
  /// works when it is asked to trace its start.
  package func stagedListing() throws -> StagedListing? {
    let tracing = Git(
      directory: directory,
      variables: variables.merging(["GIT_TRACE_SETUP": "1"]) { $1 }
    )
    let answer = try tracing.askNow([
      "diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames",
      "--ignore-submodules=none", "--ita-invisible-in-index", "HEAD", "--",
    ])
    guard answer.status == 0, let places = SetupTrace(answer.complaint),
      let transitions = RawDifferences.read(answer.output)
    else { return nil }
    return StagedListing(
      gitDirectory: places.gitDirectory,
      commonDirectory: places.commonDirectory,
      worktree: places.worktree,
      transitions: transitions
    )
  }
}

/// What git says with `GIT_TRACE_SETUP`: lines that end in `setup: <what>: <value>`.
struct SetupTrace {
  let gitDirectory: String
  let commonDirectory: String
  let worktree: String

  private static let marker = " setup: "

  /// Reads the lines; nil when one is missing, there are others, or a path is not plain text.
  init?(_ text: String) {
    var values: [Substring: String] = [:]
    for line in text.split(separator: "\n") {
      guard let marker = line.firstRange(of: Self.marker) else { return nil }
      let rest = line[marker.upperBound...]
      guard let colon = rest.firstRange(of: ": ") else { return nil }
      values[rest[..<colon.lowerBound]] = String(rest[colon.upperBound...])
    }
    guard values.count == 5, values.values.allSatisfy(Self.isPlain), let here = values["cwd"],
      here.hasPrefix("/"), let git = values["git_dir"], let common = values["git_common_dir"],
      let worktree = values["worktree"], worktree.hasPrefix("/"), values["prefix"] != nil
    else { return nil }
    let places = [git, common].map { $0.hasPrefix("/") ? $0 : here + "/" + $0 }
    (gitDirectory, commonDirectory, self.worktree) = (places[0], places[1], worktree)
  }

  /// Whether nothing in a value was quoted on its way here.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy { (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }
  }
}

/// Git's raw form of differences, `:<mode> <mode> <id> <id> <letter>`, a zero byte, a path, another.
enum RawDifferences {
  private static let letters: [UInt8] = Array("AMDT".utf8)

  /// Reads it; nil for anything else, where a path has conflicts, and where it comes twice.
  static func read(_ bytes: [UInt8]) -> [FileTransition]? {
    guard bytes.isEmpty || bytes.last == 0 else { return nil }
    let parts = bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false)
    if bytes.isEmpty { return [] }
    guard parts.count.isMultiple(of: 2) else { return nil }
    var found: [FileTransition] = []
    var seen: Set<RepositoryPath> = []
    for index in stride(from: 0, to: parts.count, by: 2) {
      guard let transition = transition(parts[index], parts[index + 1]),
        seen.insert(transition.path).inserted
      else { return nil }
      found.append(transition)
    }
    return found
  }

  private static func transition(
    _ head: ArraySlice<UInt8>,
    _ path: ArraySlice<UInt8>
  ) -> FileTransition? {
    let fields = head.dropFirst().split(separator: UInt8(ascii: " "))
    guard head.first == UInt8(ascii: ":"), fields.count == 5, !path.isEmpty,
      fields[4].count == 1, letters.contains(fields[4][fields[4].startIndex])
    else { return nil }
    let texts = fields.prefix(4).map { String(decoding: $0, as: UTF8.self) }
    guard let oldMode = FileMode(octal: texts[0]), let newMode = FileMode(octal: texts[1]),
      let oldID = ObjectID(hex: texts[2]), let newID = ObjectID(hex: texts[3])
    else { return nil }
    return FileTransition(
      path: RepositoryPath(Array(path)),
      oldMode: oldMode,
      newMode: newMode,
      oldID: oldID,
      newID: newID
    )
  }
}
