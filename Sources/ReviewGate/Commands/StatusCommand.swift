import ArgumentParser
import GitCommand
import ReviewCore

/// `reviewgate status`: how far the review is; always exit 0 when it could look.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the review coverage of a change, file by file",
    usage: "reviewgate status [<selection>]"
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let selection = selected.selection ?? ReviewCommandLine.pendingOrBranch(project)
      let variables = project.surroundings.variables
      let evaluation = try await Progress.during("judging", variables) { _ in
        try await Gate(project: project).evaluate(selection, at: .manual)
      }
      let arguments = if case .staged = selection { "--staged" } else { selected.arguments }
      let printer = EvaluationPrinter(project: project, selection: arguments)
      Output.answer(
        StatusReport.render(
          evaluation.verdict,
          printer.context(evaluation, 1),
          bypasses: BypassLog(project).entries,
          gaps: RecorderStore.gaps(in: project),
          debts: try await project.debts(
            at: try await project.git.object(named: "HEAD^{commit}")
          )
        )
      )
      return 0
    }
  }
}
