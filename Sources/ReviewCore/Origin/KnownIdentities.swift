/// What the identities of many commits say, each read once: the same few people make most commits.
package struct KnownIdentities {
  private var authors = Answers(read: IdentityMatcher.author)
  private var committers = Answers(read: IdentityMatcher.committer)

  /// Knows nobody yet.
  package init() {}

  /// What an author says, if anything.
  mutating func author(_ identity: Identity) -> Evidence? { authors.answer(identity) }

  /// What a committer says, if anything.
  mutating func committer(_ identity: Identity) -> Evidence? { committers.answer(identity) }

  /// What was read of identities in one place of a commit.
  private struct Answers {
    let read: (Identity) -> Evidence?
    var known: [Identity: Evidence?] = [:]

    /// More people than these are forgotten again.
    static let most = 4_096

    mutating func answer(_ identity: Identity) -> Evidence? {
      if let answer = known[identity] { return answer }
      if known.count >= Self.most { known = [:] }
      let answer = read(identity)
      known[identity] = .some(answer)
      return answer
    }
  }
}
