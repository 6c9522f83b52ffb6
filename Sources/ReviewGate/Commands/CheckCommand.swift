import ArgumentParser
import GitCommand
import ReviewCore

/// `reviewgate check`: decides, and never asks or changes anything.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Decide whether a change may land",
    usage: "reviewgate check [<selection>] [<options>]",
    discussion: """
      Exit status: 0 allowed, 1 blocked, 2 could not evaluate, 3 policy wrong, 5 overridden \
      (with --strict), 64 usage. \
      Without a selection the current branch is judged against its base.
      """
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  @Flag(help: "pre-push lines on standard input: local ref, oid, remote ref, oid")
  var stdin = false

  @Flag(help: "The range of this CI job; the policy comes from the target branch")
  var ci = false

  @OptionGroup(title: "CI") var ciOptions: CIOptions

  @OptionGroup(title: "Reports") var reports: ReportOptions

  @Flag(help: "Judge each commit's own change, also of what a later one takes back")
  var everyCommit = false

  @Flag(help: "Exit with status 5 when only an override lets the change pass")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Approvals of the head on GitHub or GitLab, as the API or the event says; - for standard input",
      valueName: "file"
    )
  )
  var forgeReviews: [String] = []

  @Flag(help: "Accept a range without commits under --ci")
  var allowEmpty = false

  mutating func validate() throws {
    let ways = (stdin ? 1 : 0) + (ci ? 1 : 0) + (selected.selection == nil ? 0 : 1)
    // A range beside --ci is the explicit one that always wins.
    let isExplicitCI = ci && !stdin && selected.selection != nil
    guard ways <= 1 || isExplicitCI else {
      throw ValidationError("--stdin excludes every other selection")
    }
  }

  func run() async throws {
    try await reporting(reports, at: ci ? .ci : .manual) { run in
      let surroundings = Surroundings()
      let isStaged = if case .staged? = selected.selection { true } else { false }
      let project = try await Project(surroundings, readsIndex: isStaged)
      if ci { return try await checkCI(project, &run) }
      if stdin { return try await checkPush(project, &run) }
      guard !ciOptions.isGiven else {
        throw ValidationError("options about fetching, records and the remote need --ci")
      }
      let selection = try await chosen(project)
      let evaluation = try await gate(project).evaluate(selection, at: .manual)
      let printer = EvaluationPrinter(project: project, selection: arguments(of: selection))
      return status(run.add(evaluation, printer), evaluation)
    }
  }

  private func gate(_ project: Project) -> Gate {
    var gate = Gate(project: project, isDetailed: reports.listsEverything, everyCommit: everyCommit)
    gate.forge = ForgeEvidence(files: forgeReviews)
    return gate
  }

  private func arguments(of selection: Selection) -> String {
    if case .staged = selection { return "--staged" }
    return selected.arguments
  }

  private func checkPush(_ project: Project, _ run: inout ReportRun) async throws -> Int32 {
    let gate = PushGate(
      project: project,
      place: .manual,
      remote: nil,
      isDetailed: reports.listsEverything
    )
    let status = try await gate.judge(try StandardInput.lines()) { run.add($0, $1) }
    if run.report.evaluations.isEmpty { run.addNothing("no reference update brings commits") }
    return status
  }

  private func checkCI(_ project: Project, _ run: inout ReportRun) async throws -> Int32 {
    guard !stdin else { throw ValidationError("--stdin excludes every other selection") }
    // A decision that is tried again cannot read its input again.
    var forge = ForgeEvidence(files: forgeReviews)
    try forge.readInput()
    let evidence = forge
    let check = CICheck(
      options: ciOptions,
      selected: selected,
      allowEmpty: allowEmpty,
      hasApprovals: !forgeReviews.isEmpty
    ) { project in
      var gate = gate(project)
      gate.forge = evidence
      return gate
    }
    let outcome = try await check.run(project)
    var printer = EvaluationPrinter(project: outcome.project, selection: outcome.arguments)
    printer.job = outcome.job
    let evaluation = outcome.evaluation
    return status(run.add(evaluation, printer), evaluation)
  }

  /// Under `--strict` an override is no plain pass.
  private func status(_ printed: Int32, _ evaluation: Gate.Evaluation) -> Int32 {
    guard strict, printed == 0, evaluation.verdict.isOverridden else { return printed }
    return Failure.Status.overridden.rawValue
  }

  /// What was selected, or the branch.
  private func chosen(_ project: Project) async throws -> Selection {
    if let selection = selected.selection { return selection }
    guard try await project.git.object(named: "HEAD^{commit}") != nil else {
      throw RangeProblem.noCommits
    }
    return .branch(base: nil)
  }
}
