import ArgumentParser

/// `reviewgate guard`: only its help comes here, its work goes past the parser.
struct GuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Answer an agent that asks before a tool call: deny what goes past the gate",
    discussion: """
      Agents start it as `reviewgate agents install` told them to, with the event on standard input. \
      See docs/agents.md.
      """
  )

  @Argument(help: "The agent: claude-code, codex, pi, cursor, gemini-cli, opencode or copilot")
  var agent: String

  func run() throws { throw ExitCode(GuardRunner.run([agent])) }
}
