/// What an agent did for a commit, as far as is known while it is made.
package struct AgentContribution: Hashable, Sendable {
  /// The agent's canonical id.
  package let agent: String
  /// The model, where it is known.
  package let model: String?
  /// The lines it wrote, in the version that is committed.
  package let files: [AgentLines.File]

  /// Describes a contribution.
  package init(agent: String, model: String? = nil, files: [AgentLines.File] = []) {
    self.agent = agent
    self.model = model
    self.files = files
  }
}

/// The trailers that a policy asks for.
package enum CommitTrailers {
  /// The lines, in the order of the contributions.
  package static func lines(
    _ contributions: [AgentContribution],
    _ policy: Policy.Trailers
  ) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    if policy.write.contains(.assistedBy) {
      lines += contributions.compactMap(assistedBy)
    }
    if policy.write.contains(.agentLines) {
      lines += contributions.flatMap(agentLines)
    }
    return lines
  }

  /// The keys it writes, in normal form.
  package static let keys: Set<String> = ["assisted-by", AgentLines.key]

  /// `Assisted-by: AGENT:MODEL`; the agent alone where the model is not known.
  private static func assistedBy(_ contribution: AgentContribution) -> [UInt8]? {
    guard let agent = word(contribution.agent) else { return nil }
    let model = contribution.model.flatMap(word).map { ":" + $0 } ?? ""
    return Array("Assisted-by: \(agent)\(model)".utf8)
  }

  /// Names come from outside: one line of plain characters, or nothing.
  private static func word(_ text: String) -> String? {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
    guard isPlain, (1...100).contains(text.utf8.count), text.first != " " else { return nil }
    return text
  }

  /// As many lines as it takes to keep each one readable for other programs.
  private static func agentLines(_ contribution: AgentContribution) -> [[UInt8]] {
    guard let agent = word(contribution.agent), !agent.contains(";") else { return [] }
    let head = "Agent-Lines: \(agent)"
    var lines: [String] = []
    for file in contribution.files where !file.ranges.isEmpty {
      guard let part = text(of: file) else { continue }
      if let last = lines.last, last.utf8.count + part.utf8.count < 900 {
        lines[lines.count - 1] = last + "; " + part
      } else {
        lines.append(head + "; " + part)
      }
    }
    return lines.map { Array($0.utf8) }
  }

  /// Nil for a path that the form cannot carry, such as one with a `;` or a line end.
  private static func text(of file: AgentLines.File) -> String? {
    let isPlain = file.path.escaped.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: ";")
    }
    return isPlain ? file.text : nil
  }
}
