extension Policy {
  /// Whose the accounts on hosting services are: an account of nobody approves nothing.
  package struct Forge: Hashable, Sendable {
    /// People by the numbers of their accounts on GitHub.
    package var github: [String: String] = [:]
    /// People by the numbers of their accounts on GitLab.
    package var gitlab: [String: String] = [:]

    /// Knows nobody.
    package init() {}

    /// The person with an account.
    func person(_ account: String, on service: ForgeReviews.Service) -> String? {
      switch service {
      case .github: github[account]
      case .gitlab: gitlab[account]
      }
    }

    private static let nameBytes = 254

    /// `583231 ada@example.com`: the number of an account, and the person's name in the roster.
    static func entry(_ text: String) -> (account: String, person: String)? {
      let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 2, let number = Int(words[0]), number > 0, String(number) == words[0],
        !words[1].isEmpty, words[1].utf8.count <= nameBytes, !ReviewerName.isAgent(words[1])
      else { return nil }
      return (words[0], words[1])
    }
  }
}
