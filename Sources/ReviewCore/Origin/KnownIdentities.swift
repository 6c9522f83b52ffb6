/// What the identities of many commits say, each read once: the same few people make most commits.
package struct KnownIdentities {
  private var authors: [Identity: Evidence?] = [:]
  private var committers: [Identity: Evidence?] = [:]

  /// More people than these are forgotten again.
  private static let most = 4_096

  /// Knows nobody yet.
  package init() {}

  /// What an author says, if anything.
  mutating func author(_ identity: Identity) -> Evidence? {
    if let known = authors[identity] { return known }
    let evidence = IdentityMatcher.author(identity)
    if authors.count >= Self.most { authors = [:] }
    authors[identity] = .some(evidence)
    return evidence
  }

  /// What a committer says, if anything.
  mutating func committer(_ identity: Identity) -> Evidence? {
    if let known = committers[identity] { return known }
    let evidence = IdentityMatcher.committer(identity)
    if committers.count >= Self.most { committers = [:] }
    committers[identity] = .some(evidence)
    return evidence
  }
}
