/// The command line that an agent's configuration starts.
package struct AgentCommand: Hashable, Sendable {
  /// The program: a bare name or an absolute path.
  package let program: String
  /// What it does with the event.
  package let role: AgentRole
  /// The canonical id of the agent.
  package let agent: String

  /// Puts a command together.
  package init(program: String, role: AgentRole, agent: String) {
    self.program = program
    self.role = role
    self.agent = agent
  }

  /// Recognises one of our commands, however it is spelled; nil for anything else.
  package init?(_ text: String) {
    guard text.contains("reviewgate"),
      let words = ShellScript(text).commands.last?.words, words.count >= 3,
      ShellGuard.base(words[0]).hasPrefix("reviewgate"),
      let role = AgentRole(rawValue: words[1]),
      let agent = AgentIntegrations.named(words[2])
    else { return nil }
    self.init(program: words[0], role: role, agent: agent.id)
  }

  /// The command line for a shell.
  package var text: String {
    "\(ShellWord.ascii(program)) \(role.rawValue) \(agent)"
  }
}
