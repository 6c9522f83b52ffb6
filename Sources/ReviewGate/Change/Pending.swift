import ReviewCore

/// The evidence of a commit that was blocked, kept until it is made.
///
/// The message that named an agent is gone from git's view once the commit was refused; without it
/// `review --staged` would not know which lines need a person. No message text is kept, only the
/// lines that are evidence.
struct Pending {
  let evidence: [Evidence]

  private static let header = "reviewgate-pending 1"

  /// Reads what an earlier blocked commit left; nothing when there is none.
  static func read(_ path: String) -> Pending? {
    guard let bytes = FileBytes.read(path) else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let first = lines.first, first == header else { return nil }
    lines.removeFirst()
    return Pending(evidence: lines.compactMap(evidence))
  }

  /// Writes the evidence for later.
  func write(to path: String) throws {
    let lines = evidence.map { piece in
      [
        piece.kind.rawValue, piece.strength.rawValue, piece.agent ?? "",
        RepositoryPath(piece.text).escaped,
      ].joined(separator: "\t")
    }
    try FileBytes.write(
      Array(([Self.header] + lines).joined(separator: "\n").utf8) + [UInt8(ascii: "\n")],
      to: path
    )
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

extension Project {
  /// Where the evidence of a blocked commit is kept.
  var pendingFile: String { stateDirectory + "/pending" }
}
