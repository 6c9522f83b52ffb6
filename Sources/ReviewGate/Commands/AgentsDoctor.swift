import ArgumentParser
import ReviewCore

/// `reviewgate agents doctor`.
struct AgentsDoctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Prove each registered command with a made-up event, and say which agents are blind",
    discussion: """
      Runs the very command lines of the configuration in a scratch repository. Exit status: 0 when \
      everything that is registered arrives, 1 otherwise. An agent that is here without hooks is \
      mentioned and is no failure.
      """
  )

  @Argument(help: ArgumentHelp("The agents; all when left out", valueName: "agent"))
  var agents: [String] = []

  func run() async throws {
    try await reporting {
      let installer = await AgentInstaller(Surroundings())
      let chosen =
        try agents.isEmpty
        ? AgentIntegrations.all
        : agents.map { name in
          guard let agent = AgentIntegrations.named(name) else {
            throw AgentProblem.unknownAgent(name)
          }
          return agent
        }
      let canary = try await AgentCanary()
      defer { canary.remove() }
      var doctor = AgentExamination(installer: installer, canary: canary)
      for agent in chosen { await doctor.examine(agent) }
      Output.answer(doctor.lines.joined(separator: "\n"))
      return doctor.isWell ? 0 : Failure.Status.blocked.rawValue
    }
  }
}

/// Looks at agents one after the other and notes what is found.
struct AgentExamination {
  let installer: AgentInstaller
  let canary: AgentCanary
  private(set) var lines: [String] = []
  /// The same findings one by one: true for proven, false for a failure, nil for a remark.
  private(set) var notes: [(isGood: Bool?, text: String)] = []
  private(set) var isWell = true

  init(installer: AgentInstaller, canary: AgentCanary) {
    self.installer = installer
    self.canary = canary
  }

  mutating func examine(_ agent: any AgentIntegration) async {
    var registered: [AgentScope] = []
    for scope in AgentScope.allCases {
      switch AgentState(agent, scope, installer.places) {
      case .absent: continue
      case .unreadable(let reason):
        head(agent, scope)
        note(false, "unreadable: \(VisibleText.line(reason))")
      case .installed(let hooks, let missing):
        registered.append(scope)
        head(agent, scope)
        await examine(agent, scope, hooks, missing)
      }
    }
    let isPassedOver = examineUsual(agent)
    if isPassedOver, registered.isEmpty { return }
    if registered.isEmpty {
      let isHere = installer.isPresent(agent)
      let blind =
        "It is on this machine without hooks; its lines stay unknown unless the commit says so"
      lines.append(
        isHere
          ? "\(agent.id): blind. \(blind): reviewgate agents install \(agent.id)"
          : "\(agent.id): not here."
      )
      if isHere { notes.append((nil, "blind. \(blind)")) }
    } else if registered.count > 1 {
      lines.append(
        "  note   registered twice, for the project and for the person: events come twice"
      )
    }
  }

  /// Hooks in the usual file, where a variable makes the agent read another one; true when there are.
  private mutating func examineUsual(_ agent: any AgentIntegration) -> Bool {
    let usual = installer.places.withoutVariables
    guard let file = agent.file(.user, usual), file != agent.file(.user, installer.places),
      case .installed = AgentState(agent, .user, usual)
    else { return false }
    lines.append("\(agent.id), user: \(VisibleText.line(file))")
    note(
      false,
      "passed over: a variable of the environment names another folder"
        + " (reviewgate agents install --user \(agent.id))"
    )
    return true
  }

  private mutating func examine(
    _ agent: any AgentIntegration,
    _ scope: AgentScope,
    _ hooks: [InstalledHook],
    _ missing: [String]
  ) async {
    for program in Set(hooks.map(\.command.program)).sorted() where !installer.canRun(program) {
      note(
        false,
        "\(VisibleText.line(program)) is not there: reviewgate agents install \(agent.id)"
      )
    }
    if !missing.isEmpty { note(false, "not registered: \(missing.joined(separator: ", "))") }
    await proveEvents(agent, hooks)
    await proveGuard(agent, hooks)
    for conflict in agent.conflicts(scope, installer.places, read: { AgentFile(path: $0).bytes }) {
      note(
        conflict.preventsInstall ? nil : false,
        "\(VisibleText.line(conflict.file)): \(conflict.text)"
      )
    }
    if agent.id == "codex" {
      note(nil, "whether Codex trusts these hooks cannot be seen from here: open /hooks in Codex")
    }
    if case .script = agent.configuration {
      note(nil, "the commands were run, not the script around them, which only \(agent.name) loads")
    }
    for blindness in agent.blindFor { note(nil, "blind for: \(blindness)") }
  }

  private mutating func proveEvents(_ agent: any AgentIntegration, _ hooks: [InstalledHook]) async {
    let names = agent.canaryNames
    let events = hooks.filter { $0.command.role == .event }
    func line(_ name: String) -> String? {
      (events.first { $0.event == name } ?? events.first { $0.event.isEmpty })?.line
    }
    guard let before = line(names.before), let after = line(names.after) else { return }
    switch await canary.edit(agent, before: before, after: after) {
    case .arrived: note(true, "an edit arrives in the record")
    case .lost(let why): note(false, "an edit does not arrive: \(why)")
    }
  }

  private mutating func proveGuard(_ agent: any AgentIntegration, _ hooks: [InstalledHook]) async {
    guard let hook = hooks.first(where: { $0.command.role == .guardian }) else { return }
    switch await canary.denial(agent, hook.line) {
    case .arrived: note(true, "`git commit --no-verify` is denied")
    case .lost(let why): note(false, "the guard does not answer: \(why)")
    }
  }

  private mutating func head(_ agent: any AgentIntegration, _ scope: AgentScope) {
    let path = agent.file(scope, installer.places).map { VisibleText.line($0) } ?? ""
    lines.append("\(agent.id), \(scope.rawValue): \(path)")
  }

  /// True for what is proven, false for a failure, nil for a remark.
  private mutating func note(_ isGood: Bool?, _ text: String) {
    let mark = isGood.map { $0 ? "ok     " : "FAILED " } ?? "note   "
    lines.append("  \(mark)\(text)")
    notes.append((isGood, text))
    if isGood == false { isWell = false }
  }
}
