import ReviewCore

/// Shows what is about to change, asks, and does it.
struct AgentsChange {
  let installer: AgentInstaller
  let plans: [AgentInstaller.Plan]
  let isInstall: Bool

  /// Returns the exit status: 0 done, 1 declined, 2 some could not be done, 4 nobody to ask.
  func run(_ consent: ConsentOptions) throws -> Int32 {
    let refused = plans.filter { $0.refusal != nil }
    let changes = plans.filter { $0.refusal == nil && !$0.change.isEmpty }
    for plan in refused { sayRefused(plan) }
    for plan in changes { Output.answer(AgentsReport.difference(plan)) }
    if changes.isEmpty {
      if refused.isEmpty {
        Output.answer(
          isInstall ? "already installed; nothing changed." : "nothing of reviewgate here."
        )
      }
      return status(refused)
    }
    if consent.dryRun { return status(refused) }
    guard try consent.yes || agrees(changes.count) else {
      Output.talk("reviewgate: nothing changed.")
      return Failure.Status.blocked.rawValue
    }
    for plan in changes {
      try installer.apply(plan, isInstall: isInstall)
      sayDone(plan)
    }
    return status(refused)
  }

  private func status(_ refused: [AgentInstaller.Plan]) -> Int32 {
    refused.isEmpty ? 0 : Failure.Status.undecided.rawValue
  }

  private func agrees(_ count: Int) throws -> Bool {
    guard let terminal = try? ControllingTerminal() else { throw AgentProblem.nobodyToAsk }
    let files = count == 1 ? "this file" : "these \(count) files"
    let answer = try terminal.readLine(prompt: "Change \(files)? [y/N] ")
    return ["y", "yes"].contains(answer?.lowercased())
  }

  private func sayDone(_ plan: AgentInstaller.Plan) {
    let verb = plan.change.after == nil ? "removed" : isInstall ? "registered in" : "taken out of"
    Output.answer("\(plan.agent.id): \(verb) \(VisibleText.line(plan.path))")
    guard isInstall else { return }
    for step in plan.agent.steps(plan.scope) { Output.answer("  next: \(step)") }
  }

  private func sayRefused(_ plan: AgentInstaller.Plan) {
    let reason = VisibleText.line(plan.refusal ?? "")
    Output.talk(
      "reviewgate: \(plan.agent.id): \(VisibleText.line(plan.path)) is left alone: \(reason)."
    )
    guard isInstall, let snippet = plan.snippet else { return }
    Output.talk("  To do it by hand, this belongs there:\n\n\(snippet)")
  }
}

/// What the commands about agents print.
enum AgentsReport {
  /// Rows in aligned columns.
  static func table(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.count))
      }
      let line = cells.joined(separator: "   ")
      return "  "
        + line.prefix(upTo: line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)
    }
  }

  /// A change as a diff of lines.
  static func difference(_ plan: AgentInstaller.Plan) -> String {
    let path = VisibleText.line(plan.path)
    let old = plan.change.before == nil ? "/dev/null" : path
    let new = plan.change.after == nil ? "/dev/null" : path
    let lines = LineDifference(plan.change.before ?? [], plan.change.after ?? []).lines
    return (["--- \(old)", "+++ \(new)"] + lines).joined(separator: "\n")
  }
}
