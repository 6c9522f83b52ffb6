/// What a commit, or the surroundings of one that is being made, says of itself.
package struct CommitStatement: Hashable, Sendable {
  /// Everything it says, whether it accuses or not.
  package let evidence: [Evidence]
  /// Its readable `Agent-Lines` trailers.
  package let agentLines: [AgentLines]

  /// Reads a commit.
  package init(_ commit: CommitInfo) {
    var identities = KnownIdentities()
    self.init(commit, &identities)
  }

  /// Reads one of many commits.
  package init(_ commit: CommitInfo, _ identities: inout KnownIdentities) {
    let origin = CommitOrigin.of(
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      &identities
    )
    self.init(evidence: origin.evidence, message: commit.message)
  }

  /// Takes evidence, and the message it was found in.
  package init(evidence: [Evidence], message: [UInt8] = []) {
    self.evidence = evidence
    // The message is read twice only where the first reading found such a trailer.
    let isNamed = evidence.contains { $0.kind == .agentLines }
    agentLines = isNamed ? MessageScanner.agentLines(in: message) : []
  }

  /// What it says about every line, some of its evidence having been made precise elsewhere.
  ///
  /// `Agent-Lines` means the lines it names, as long as nothing else in the commit accuses: a message
  /// accuses and never clears.
  func general(without refined: Set<Evidence>) -> OriginAnswer? {
    let accusing = evidence.filter {
      $0.accuses && $0.kind != .agentLines && !refined.contains($0)
    }
    if let first = accusing.first {
      let name = accusing.lazy.compactMap(\.agent).first
      return OriginAnswer(source: first.source, origin: .agent(name), evidence: evidence)
    }
    let bot = evidence.first { $0.kind == .bot }
    let isAccused = evidence.contains(where: \.accuses)
    return isAccused
      ? nil : bot.map { OriginAnswer(source: $0.source, origin: .bot, evidence: evidence) }
  }

  /// The lines that it names, where it names lines.
  var named: [RepositoryPath: FileClaims] {
    if agentLines.isEmpty { return [:] }
    let pieces = evidence.filter { $0.kind == .agentLines }
    var files: [RepositoryPath: FileClaims] = [:]
    for statement in agentLines {
      guard let piece = pieces.first(where: { $0.agent == statement.agent }) ?? pieces.first else {
        continue
      }
      for file in statement.files {
        files[file.path, default: FileClaims()].lines += file.ranges.map {
          LineClaim(lines: $0, origin: .agent(statement.agent), evidence: piece)
        }
      }
    }
    return files
  }
}
