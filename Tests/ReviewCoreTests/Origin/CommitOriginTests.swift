import Testing

@testable import ReviewCore

@Suite struct CommitOriginTests {
  static let person = Identity(name: "Jo Example", email: "jo@example.org")

  private func origin(
    _ author: Identity,
    committer: Identity = person,
    message: String = "Add x\n"
  ) -> CommitOrigin {
    CommitOrigin.of(author: author, committer: committer, message: Array(message.utf8))
  }

  @Test func `a person without marks is human`() {
    #expect(origin(Self.person).origin == .human)
    #expect(origin(Self.person).evidence == [])
  }

  @Test func `an agent's identity makes the commit the agent's`() {
    let found = origin(Identity(name: "Anything", email: "Codex@OpenAI.com"))
    #expect(found.origin == .agent("codex"))
    #expect(found.agents == ["codex"])
    #expect(found.evidence.map(\.display) == ["Anything <Codex@OpenAI.com>"])
  }

  @Test(arguments: [
    ("1+dependabot[bot]@users.noreply.github.com"), ("9+unlisted[bot]@users.noreply.github.com"),
    ("entire@local"), ("git-ai@local"), ("qodana-support@jetbrains.com"),
    ("semantic-release-bot@martynus.net"), ("noreply@weblate.org"), ("support@github.com"),
  ])
  func `automation is a bot`(email: String) {
    #expect(origin(Identity(name: "x", email: email)).origin == .bot)
  }

  @Test func `an app is a bot at an address of its own too`() {
    #expect(origin(Identity(name: "cool-app[bot]", email: "app@example.org")).origin == .bot)
    #expect(origin(Identity(name: "Jo [bot] Example", email: "jo@example.org")).origin == .human)
  }

  @Test func `a bot that credits an agent is that agent's commit`() {
    let bot = Identity(name: "x", email: "1+renovate[bot]@users.noreply.github.com")
    let found = origin(bot, message: "x\n\nCo-authored-by: Codex <codex@openai.com>\n")
    #expect(found.origin == .agent("codex"))
  }

  @Test func `an agent that committed in a person's name is found`() {
    let committer = Identity(name: "Claude", email: "noreply@anthropic.com")
    let found = origin(Self.person, committer: committer)
    #expect(found.origin == .agent("claude-code"))
    #expect(found.evidence.map(\.kind) == [.committer])
  }

  @Test func `aider committing a person's own edits is a hint`() {
    let committer = Identity(name: "Jo Example (aider)", email: "jo@example.org")
    let found = origin(Self.person, committer: committer)
    #expect(found.origin == .unknown)
    #expect(found.evidence.map(\.strength) == [.weak])
    #expect(found.agents == [])
  }

  @Test func `a bot that only committed says nothing`() {
    let bot = Identity(name: "x", email: "1+github-actions[bot]@users.noreply.github.com")
    #expect(origin(Self.person, committer: bot).origin == .human)
  }

  @Test(arguments: ["", "  "])
  func `nobody as author is unknown`(text: String) {
    #expect(origin(Identity(name: text, email: "")).origin == .unknown)
  }

  @Test func `an unnamed agent is still an agent, and a named one goes first`() {
    let one = origin(Self.person, message: "x\n\nAssisted-by: Claude Opus 4.6\n")
    #expect(one.origin == .agent(nil))
    let two = origin(
      Self.person,
      message: "x\n\nAssisted-by: Claude Opus 4.6\nAssisted-by: Crush:opus\n"
    )
    #expect(two.origin == .agent("crush"))
  }

  @Test(arguments: [
    Identity(name: "Claude Example", email: "claude@example.org"),
    Identity(name: "Jo Example", email: "jo@anthropic.com"),
    Identity(name: "Pat", email: "aider@example.org"),
    Identity(name: "Jo (goose) Example", email: "jo@example.org"),
    Identity(name: "Jo (gemini-2.5-pro)", email: "jo@example.org"),
    Identity(name: "GitHub", email: "noreply@github.com"),
    Identity(name: "Codex", email: "codex@example.com"),
    Identity(name: "pi", email: "pi@raspberrypi"),
    Identity(name: "Claude", email: "claude@claudes-laptop.local"),
    Identity(name: "x", email: "175728472+someone@users.noreply.github.com"),
  ])
  func `names, domains and digits accuse nobody`(identity: Identity) {
    #expect(origin(identity, committer: identity).origin == .human)
  }
}
