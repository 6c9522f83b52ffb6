extension AgentCatalogue {
  private static func bot(_ id: String, slugs: [String], emails: [String] = []) -> AgentEntry {
    let marks = slugs.map { [Mark].slug($0) } + emails.map { [Mark].email($0) }
    let addresses = slugs.map { "1+\($0)@users.noreply.github.com" } + emails
    return AgentEntry(
      id,
      id,
      kind: .bot,
      marks: marks,
      matching: addresses.map { "author: \(id) <\($0)>" },
      notMatching: addresses.map { "Co-authored-by: \(id) <\($0)>" }
    )
  }

  /// Automation that is not a coding agent; other `…[bot]` authors count as bots too.
  static let bots: [AgentEntry] = [
    bot(
      "dependabot",
      slugs: ["dependabot[bot]", "dependabot-preview[bot]"],
      emails: ["support@dependabot.com", "support@github.com"]
    ),
    bot("renovate", slugs: ["renovate[bot]", "renovate-bot"], emails: ["bot@renovateapp.com"]),
    bot(
      "github-actions",
      slugs: ["github-actions[bot]", "github-actions"],
      emails: ["actions@github.com", "action@github.com", "github-actions@github.com"]
    ),
    bot("pre-commit-ci", slugs: ["pre-commit-ci[bot]"]),
    bot("gemini-cli-robot", slugs: ["gemini-cli-robot"], emails: ["gemini-cli-robot@google.com"]),
    bot("charmcli", slugs: ["charmcli"]),
    bot("mend-bolt", slugs: ["whitesource-bolt-for-github[bot]"]),
    bot("qodana", slugs: ["qodana-cloud[bot]"], emails: ["qodana-support@jetbrains.com"]),
    bot("ghostty-vouch", slugs: ["ghostty-vouch[bot]"]),
    bot("gittuf-app", slugs: ["gittuf-app-test[bot]", "gittuf-app[bot]"]),
    bot("jj-docs", slugs: ["jj-docs[bot]"], emails: ["jj-docs[bot]@users.noreply.github.io"]),
    bot("blacksmith", slugs: ["blacksmith-sh[bot]"]),
    bot("swift-ci", slugs: ["swift-ci"], emails: ["swift-ci@users.noreply.github.com"]),
    bot("facebook-github-bot", slugs: ["facebook-github-bot"]),
    bot("semgrep", slugs: ["semgrep-app[bot]"], emails: ["support@semgrep.com"]),
    bot("aikido-autofix", slugs: ["aikido-autofix[bot]"]),
    bot("bors", slugs: ["bors[bot]"], emails: ["bors@rust-lang.org"]),
    bot("mergify", slugs: ["mergify[bot]"]),
    bot("snyk", slugs: ["snyk-bot"], emails: ["snyk-bot@snyk.io"]),
    bot("greenkeeper", slugs: ["greenkeeper[bot]"]),
    bot("weblate", slugs: ["weblate"], emails: ["hosted@weblate.org", "noreply@weblate.org"]),
    bot(
      "semantic-release",
      slugs: ["semantic-release-bot"],
      emails: ["semantic-release-bot@martynus.net"]
    ),
    bot("allcontributors", slugs: ["allcontributors[bot]"]),
    bot("release-please", slugs: ["release-please[bot]"]),
    bot("copybara", slugs: ["copybara-service[bot]"], emails: ["copybara-worker@google.com"]),
    // Commits on these tools' own refs store records about code, not code.
    bot("git-ai", slugs: [], emails: ["git-ai@local", "bot@usegitai.com"]),
    bot("entire-records", slugs: [], emails: ["entire@local"]),
  ]
}
