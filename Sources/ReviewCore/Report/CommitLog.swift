/// Who wrote each commit of a range, one commit at a time.
package enum CommitLog {
  /// One line of JSON Lines, with its line feed.
  package static func line(commit: CommitInfo, origin: CommitOrigin) -> String {
    ReportJSON.text(
      .object([
        "commit": .string(commit.id.hex),
        "origin": .string(origin.origin.name),
        "agents": .array(origin.agents.map(ReportJSON.text)),
        "evidence": .array(origin.evidence.map(evidence)),
      ])
    )
  }

  /// Every piece has the same four keys; `agent` is null when some agent is meant, nobody knows which.
  private static func evidence(_ evidence: Evidence) -> StrictJSON {
    .object([
      "kind": .string(evidence.kind.rawValue),
      "agent": evidence.agent.map(ReportJSON.text) ?? .null,
      "line": .string(evidence.display),
      "strength": .string(evidence.strength.rawValue),
    ])
  }

  /// One line for people, and the evidence below it where an agent took part.
  package static func text(
    commit: CommitInfo,
    origin: CommitOrigin,
    unicode: Bool = false
  ) -> String {
    let charset = Charset(unicode: unicode)
    let name = origin.origin.name
    let agents = origin.agents.map { charset.show($0.utf8, width: 40) }.joined(separator: ", ")
    let head = [
      commit.id.short, name + String(repeating: " ", count: 7 - name.utf8.count), agents,
      charset.show(commit.subject, width: 100),
    ]
    var lines = [head.filter { !$0.isEmpty }.joined(separator: "  ")]
    if origin.origin.isAgent {
      lines += origin.evidence.map { "    \($0.facts): " + charset.show($0.text, width: 160) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension CommitInfo {
  /// The first line of the message that says something, as raw bytes.
  var subject: [UInt8] {
    let lines = message.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    let first = lines.first { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 } } ?? []
    return Array(first)
  }
}
