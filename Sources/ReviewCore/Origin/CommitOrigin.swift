/// Who a commit says wrote it: the sum of its message and its identities.
package struct CommitOrigin: Hashable, Sendable {
  /// The class of the commit.
  package let origin: Origin
  /// Everything that says so, identities first, then the message in its order.
  package let evidence: [Evidence]
  /// The agents named by evidence that accuses, sorted.
  package let agents: [String]

  /// Judges a commit by itself.
  ///
  /// `.human` means that a person committed without any mark: it is the absence of evidence and
  /// proves nothing. `.unknown` means that hints remain which decide nothing, or that nobody is
  /// named as the author.
  package static func of(commit: CommitInfo) -> CommitOrigin {
    of(author: commit.author, committer: commit.committer, message: commit.message)
  }

  /// Judges identities and a message that are not a commit yet.
  package static func of(
    author: Identity,
    committer: Identity,
    message: [UInt8]
  ) -> CommitOrigin {
    var identities = KnownIdentities()
    return of(author: author, committer: committer, message: message, &identities)
  }

  /// Judges one of many commits.
  static func of(
    author: Identity,
    committer: Identity,
    message: [UInt8],
    _ identities: inout KnownIdentities
  ) -> CommitOrigin {
    let named = [identities.author(author), identities.committer(committer)]
    let evidence = named.compactMap { $0 } + MessageScanner.scan(message)
    let accusing = evidence.filter(\.accuses)
    let agents = Set(accusing.compactMap(\.agent)).sorted()
    let origin = origin(evidence, accusing: accusing, author: author)
    return CommitOrigin(origin: origin, evidence: evidence, agents: agents)
  }

  private static func origin(
    _ evidence: [Evidence],
    accusing: [Evidence],
    author: Identity
  ) -> Origin {
    if !accusing.isEmpty {
      let named = accusing.first { $0.agent != nil }
      return .agent(named?.agent)
    }
    if evidence.contains(where: { $0.kind == .bot }) { return .bot }
    let isNamed = !Bytes.trimmed((author.name + author.email)[...]).isEmpty
    return evidence.isEmpty && isNamed ? .human : .unknown
  }
}
