import ReviewCore

/// The hooks of coding agents.
extension Doctor {
  /// Proves what is registered, and names agents that are here without hooks.
  mutating func agents() async {
    let installer = await AgentInstaller(surroundings)
    let present = AgentIntegrations.all.filter { agent in
      installer.isPresent(agent)
        || AgentScope.allCases.contains { scope in
          if case .absent = AgentState(agent, scope, installer.places) { false } else { true }
        }
    }
    guard !present.isEmpty else { return }
    let canary: AgentCanary
    do { canary = try await AgentCanary() } catch { return add("agents", error) }
    defer { canary.remove() }
    for agent in present {
      var examination = AgentExamination(installer: installer, canary: canary)
      await examination.examine(agent)
      for note in examination.notes {
        let level: DoctorReport.Level = note.isGood.map { $0 ? .good : .problem } ?? .note
        report.add(
          "agents",
          level,
          "\(agent.id): \(note.text)",
          fix: level == .problem ? ["reviewgate agents install \(agent.id)"] : []
        )
      }
    }
  }
}
