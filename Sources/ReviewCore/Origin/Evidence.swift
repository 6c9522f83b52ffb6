/// One fact that says who took part in writing a change.
package struct Evidence: Hashable, Sendable {
  /// Where the fact was found.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The author of a commit is a service identity of an agent.
    case author
    /// The committer of a commit is a service identity of an agent.
    case committer
    /// A `Co-authored-by`, `Assisted-by` or similar line names an agent.
    case trailer
    /// A `Generated with …` line of an agent.
    case footer
    /// A session key or address of an agent.
    case session
    /// An `Agent-Lines` trailer names the lines an agent wrote.
    case agentLines = "agent-lines"
    /// A marker variable or ancestor process of the committing process.
    case environment
    /// An automation account that is not a coding agent.
    case bot
    /// A record names lines that an agent wrote.
    case lines
    /// A record names files that an agent worked on.
    case file
    /// A record about the change as a whole, or one that cannot be read.
    case record
    /// A record names lines that a person wrote.
    case person
  }

  /// How sure the fact is.
  package enum Strength: String, Hashable, Sendable, CaseIterable {
    /// Only that agent's tooling writes it.
    case certain
    /// The agent's form, which people also write.
    case likely
    /// A hint that decides nothing alone.
    case weak
  }

  /// Where the fact was found.
  package let kind: Kind
  /// The canonical id of the agent; nil when some agent is meant that cannot be named.
  package let agent: String?
  /// The line, identity or variable that says so, as raw bytes.
  package let text: [UInt8]
  /// How sure it is.
  package let strength: Strength
  /// The source it was found in.
  package let source: OriginSource

  /// Creates a piece of evidence; without a source, a commit or its environment says it.
  package init(
    kind: Kind,
    agent: String?,
    text: [UInt8],
    strength: Strength,
    source: OriginSource? = nil
  ) {
    self.kind = kind
    self.agent = agent
    self.text = text
    self.strength = strength
    self.source = source ?? (kind == .environment ? .environment : .commit)
  }

  /// Whether it makes the change an agent's: strong enough, and about neither a bot nor a person.
  package var accuses: Bool { kind != .bot && kind != .person && strength != .weak }

  /// What said so, safe to print.
  package var display: String { VisibleText.line(text) }
}
