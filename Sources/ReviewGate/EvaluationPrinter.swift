import ReviewCore

/// Prints an evaluation where git shows what hooks say, and says how the program ends.
struct EvaluationPrinter {
  let project: Project
  /// The selection as arguments of `review`.
  let selection: String
  /// The commands that go on after a review.
  var continueCommands: [String] = []
  /// The honest way around, and what it records.
  var bypass: String?
  /// What a CI service asked; nil elsewhere.
  var job: CIJob?

  /// Prints to standard error, where git shows what hooks say; silent when there is nothing to say.
  func printForHook(_ evaluation: Gate.Evaluation) -> Int32 {
    let verdict = evaluation.verdict
    if !verdict.passes {
      let style = Output.style(2, project.surroundings.variables)
      Output.talk(TextReport.render(verdict, context(evaluation, 2), style: style))
    }
    return verdict.refuses ? Failure.Status.blocked.rawValue : 0
  }

  /// The same on a server, where a pass says what was looked at too.
  func printForServer(_ evaluation: Gate.Evaluation) -> Int32 {
    Output.talk(TextReport.render(evaluation.verdict, context(evaluation, 2)))
    return evaluation.verdict.refuses ? Failure.Status.blocked.rawValue : 0
  }

  /// What surrounds the report.
  func context(_ evaluation: Gate.Evaluation, _ descriptor: Int32) -> ReportContext {
    let variables = project.surroundings.variables
    var context = ReportContext(
      scope: evaluation.scope,
      policy: evaluation.policy.policy,
      reviewCommand: "reviewgate review \(selection)",
      explainPrefix: isDefault ? "reviewgate explain" : "reviewgate explain \(selection)",
      continueCommand: continueCommands,
      bypass: bypass,
      underAgent: project.surroundings.isUnderAgent,
      unicode: Output.isRich(descriptor, variables)
    )
    context.job = job
    context.width = Output.width(descriptor)
    return context
  }

  /// Whether `explain` looks at the same change when nothing is named.
  private var isDefault: Bool { selection == "--staged" || selection == "--branch" }

  /// Its commits with who wrote them.
  func commits(_ evaluation: Gate.Evaluation) -> [CommitSummary] {
    evaluation.change.commits.map { commit in
      // The verdict stands: a commit that cannot be read again is listed with what it says itself.
      let origin = try? CommitOrigin.of(
        commit.info,
        commit.claims,
        in: project.repository,
        sizeCap: evaluation.policy.policy.limits.maxFileBytes
      )
      return CommitSummary(id: commit.info.id, origin: origin ?? .of(commit: commit.info))
    }
  }
}

extension Gate.Evaluation {
  /// What was looked at, for reports.
  var scope: EvaluatedScope {
    EvaluatedScope(
      place: verdict.place,
      subject: subject,
      commits: change.commits.count,
      files: change.files,
      hunks: change.hunks,
      base: change.base,
      head: change.head,
      baseTree: change.baseTree,
      headTree: change.headTree
    )
  }
}
