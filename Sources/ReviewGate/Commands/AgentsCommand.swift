import ArgumentParser
import ReviewCore

/// `reviewgate agents`: ReviewGate in the configuration of coding agents.
struct AgentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents",
    abstract: "Record what coding agents write, and keep them from going past the gate",
    discussion: """
      Known: claude-code, codex, pi, cursor, gemini-cli, opencode, copilot. What is written where is \
      in docs/agents.md.
      """,
    subcommands: [ListAgents.self, InstallAgents.self, UninstallAgents.self, AgentsDoctor.self],
    defaultSubcommand: ListAgents.self
  )
}

/// Which agents, and whose configuration.
struct AgentOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The agents; those found on this machine when left out", valueName: "agent")
  )
  var agents: [String] = []

  @Flag(help: "The person's own configuration, for all their repositories")
  var user = false

  @Flag(help: "The configuration in this repository, shared with everybody (the default)")
  var project = false

  mutating func validate() throws {
    guard !user || !project else { throw ValidationError("--user excludes --project") }
  }

  /// The agents that are meant.
  func chosen(_ installer: AgentInstaller) throws -> [any AgentIntegration] {
    guard !agents.isEmpty else {
      let present = AgentIntegrations.all.filter(installer.isPresent)
      guard !present.isEmpty else { throw AgentProblem.noAgentHere }
      return present
    }
    return try agents.map { name in
      guard let agent = AgentIntegrations.named(name) else {
        throw AgentProblem.unknownAgent(name)
      }
      return agent
    }
  }

  /// Whose files.
  func scope(_ installer: AgentInstaller) throws -> AgentScope {
    if user { return .user }
    guard installer.places.project != nil else { throw AgentProblem.outsideRepository }
    return .project
  }
}

/// How a change is agreed to.
struct ConsentOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Make the change without asking")
  var yes = false

  @Flag(help: "Show the change and make none")
  var dryRun = false

  mutating func validate() throws {
    guard !yes || !dryRun else { throw ValidationError("--yes excludes --dry-run") }
  }
}

/// `reviewgate agents list`.
struct ListAgents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show which agents are here and where ReviewGate is registered"
  )

  func run() async throws {
    try await reporting {
      let installer = await AgentInstaller(Surroundings())
      let rows = AgentIntegrations.all.map { agent in
        [agent.id, installer.isPresent(agent) ? "yes" : "no"]
          + AgentScope.allCases.map { scope in
            AgentState(agent, scope, installer.places).summary(installer)
          }
      }
      let head = ["agent", "here", "project", "user"]
      Output.answer(AgentsReport.table([head] + rows).joined(separator: "\n"))
      return 0
    }
  }
}

/// `reviewgate agents install`.
struct InstallAgents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Register ReviewGate in the configuration of agents, keeping what is there",
    usage: "reviewgate agents install [<agent> ...] [<options>]",
    discussion: "The change is shown first. Doing it again changes nothing."
  )

  @OptionGroup var options: AgentOptions
  @OptionGroup var consent: ConsentOptions

  func run() async throws {
    try await reporting {
      let installer = await AgentInstaller(Surroundings())
      let scope = try options.scope(installer)
      let plans = try options.chosen(installer).compactMap { installer.install($0, scope) }
      let status = try AgentsChange(installer: installer, plans: plans, isInstall: true)
        .run(consent)
      if status == 0, scope == .project, !installer.finds("reviewgate") {
        Output.talk(
          "reviewgate: files of the project name the program `reviewgate`, which is not in your PATH."
        )
      }
      return status
    }
  }
}

/// `reviewgate agents uninstall`.
struct UninstallAgents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Take ReviewGate out of the configuration of agents",
    usage: "reviewgate agents uninstall [<agent> ...] [<options>]",
    discussion: """
      A file that nobody changed since is restored byte for byte. Without names, every agent that has \
      ReviewGate is meant.
      """
  )

  @OptionGroup var options: AgentOptions
  @OptionGroup var consent: ConsentOptions

  func run() async throws {
    try await reporting {
      let installer = await AgentInstaller(Surroundings())
      let scope = try options.scope(installer)
      let agents = options.agents.isEmpty ? AgentIntegrations.all : try options.chosen(installer)
      let plans = agents.compactMap { installer.uninstall($0, scope) }
      return try AgentsChange(installer: installer, plans: plans, isInstall: false).run(consent)
    }
  }
}
