import GitCommand
import ReviewCore

/// The evidence of a commit that was blocked, kept until it is made.
///
/// The message that named an agent is gone from git's view once the commit was refused; without it
/// `review --staged` would not know which lines need a person. No message text is kept, only the
/// lines that are evidence.
struct Pending {
  let evidence: [Evidence]
  /// What was to be committed, where that was not the index (`git commit -a`, `git commit FILE`).
  var commit: BlockedCommit?

  private static let header = "reviewgate-pending 1"
  private static let commitKey = "commit"

  /// Reads what an earlier blocked commit left; nothing when there is none.
  static func read(_ path: String) -> Pending? {
    guard let bytes = FileBytes.read(path) else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let first = lines.first, first == header else { return nil }
    lines.removeFirst()
    return Pending(
      evidence: lines.compactMap(evidence),
      commit: lines.lazy.compactMap(commit).first
    )
  }

  /// Writes the evidence for later.
  func write(to path: String) throws {
    let lines = evidence.map { piece in
      [
        piece.kind.rawValue, piece.strength.rawValue, piece.agent ?? "",
        RepositoryPath(piece.text).escaped,
      ].joined(separator: "\t")
    }
    let commit = commit.map { commit in
      [Self.commitKey, commit.head?.hex ?? "", commit.index.hex, commit.tree.hex]
        .joined(separator: "\t")
    }
    try FileBytes.write(
      Array(([Self.header] + [commit].compactMap { $0 } + lines).joined(separator: "\n").utf8) + [
        UInt8(ascii: "\n")
      ],
      to: path
    )
  }

  private static func commit(_ line: Substring) -> BlockedCommit? {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 4, fields[0] == commitKey, let index = ObjectID(hex: fields[2]),
      let tree = ObjectID(hex: fields[3])
    else { return nil }
    return BlockedCommit(head: ObjectID(hex: fields[1]), index: index, tree: tree)
  }

  private static func evidence(_ line: Substring) -> Evidence? {
    let fields = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
    guard fields.count == 4, let kind = Evidence.Kind(rawValue: String(fields[0])),
      let strength = Evidence.Strength(rawValue: String(fields[1])),
      let text = RepositoryPath(escaped: String(fields[3]))
    else { return nil }
    return Evidence(
      kind: kind,
      agent: fields[2].isEmpty ? nil : String(fields[2]),
      text: text.bytes,
      strength: strength
    )
  }
}

/// A refused commit of more or less than the index, which git forgets as soon as it is refused.
struct BlockedCommit: Equatable {
  /// The commit it was to follow; nil before the first one.
  let head: ObjectID?
  /// The tree of the index at that time.
  let index: ObjectID
  /// The tree that was to be committed.
  let tree: ObjectID
}

extension Project {
  /// The refused commit that `tree` belongs to; nil when it was what the index holds.
  func blockedCommit(of tree: ObjectID, on head: ObjectID?) async -> BlockedCommit? {
    let index = try? await git.tree(
      ofIndex: layout.gitDirectory + "/index",
      scratch: stateDirectory + "/scratch"
    )
    guard let index, index != tree else { return nil }
    return BlockedCommit(head: head, index: index, tree: tree)
  }

  /// Where the evidence of a blocked commit is kept.
  var pendingFile: String { stateDirectory + "/pending" }
}
