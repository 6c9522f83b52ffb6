import GitCommand
import GitKit
import ReviewCore

/// One decision of a CI job: what the service asks, what has to be fetched for it, and the verdict.
struct CICheck {
  let options: CIOptions
  let selected: SelectionOptions
  let allowEmpty: Bool
  /// Whether approvals of a hosting service were passed on, which stand for records.
  let hasApprovals: Bool
  /// Makes the gate that decides in a repository.
  let gate: (Project) -> Gate

  /// More attempts to bring what a decision turned out to need, and it is given up.
  private static let mostMendings = 64

  /// What was decided, and where.
  struct Outcome {
    let project: Project
    let evaluation: Gate.Evaluation
    /// What the service asked; nil for what is no range of commits.
    let job: CIJob?
    /// The selection as arguments.
    let arguments: String
  }

  /// Finds the range, brings what is missing, and decides.
  func run(_ project: Project) async throws -> Outcome {
    guard let job = try job(project) else {
      let selection = selected.selection ?? .branch(base: nil)
      Output.talk("reviewgate: \(selected.arguments), as given on the command line")
      return Outcome(
        project: project,
        evaluation: try await decide(project, selection, nil),
        job: nil,
        arguments: selected.arguments
      )
    }
    var fetcher = try await fetcher(project)
    var resolver = CIResolver(project: project, fetcher: fetcher, options: options)
    let range = try await resolver.resolve(job)
    fetcher = resolver.fetcher
    Self.announce(job, range)
    let isService = CIProviders.here(project.surroundings.variables) != nil
    try await fetcher?.fetchReferences(fork: job.fork, replacing: isService)
    try await fetcher?.bringHistory(range)
    try await fetcher?.bringBlobs(range)
    for note in try await range.notes(project.git) + (fetcher?.notes ?? []) {
      Output.talk("reviewgate: note: \(note)")
    }
    if let brought = fetcher?.summary { Output.talk("reviewgate: \(brought)") }
    return try await decide(job, range, fetcher, project.surroundings)
  }

  // MARK: - What is asked

  /// What the job is about; nil where something else than a range was named.
  private func job(_ project: Project) throws -> CIJob? {
    let variables = project.surroundings.variables
    let provider = CIProviders.here(variables)?.name ?? CIProviders.noService
    switch selected.selection {
    case .staged, .commit: return nil
    case .range(let from, let to):
      return CIJob(
        provider: provider,
        event: "given range",
        base: .revision(from),
        head: .revision(to),
        facts: []
      )
    case .branch(nil):
      return CIJob(
        provider: provider,
        event: "given branch",
        base: .detected,
        head: .revision("HEAD"),
        facts: []
      )
    case .branch(let base?): return try detect(variables, base: base)
    case nil: return try detect(variables, base: nil)
    }
  }

  private func detect(_ variables: [String: String], base: String?) throws -> CIJob {
    let event = variables["GITHUB_EVENT_PATH"].flatMap { FileBytes.read($0) }
    return try CIProviders.job(variables, event: event, base: base)
  }

  private func fetcher(_ project: Project) async throws -> CIFetcher? {
    guard options.fetch else { return nil }
    let names = try await project.git.remotes()
    let name =
      options.remote ?? (names.contains("origin") ? "origin" : names.count == 1 ? names[0] : nil)
    guard let name else { throw Unready.noRemote(names) }
    return CIFetcher(git: project.git, remote: name, startDepth: options.fetchDepth)
  }

  /// Says what was found and where, before anything can fail.
  private static func announce(_ job: CIJob, _ range: CIResolvedRange) {
    let facts = job.facts.map { VisibleText.line("\($0.name)=\($0.value)") }
    let from = facts.isEmpty ? "" : " (from \(facts.joined(separator: ", ")))"
    let event = VisibleText.line(job.event)
    let service = job.provider == CIProviders.noService ? "no CI service" : job.provider
    Output.talk("reviewgate: \(service), \(event): \(range.name)\(from)")
  }

  // MARK: - The decision

  private func decide(
    _ job: CIJob,
    _ range: CIResolvedRange,
    _ fetcher: CIFetcher?,
    _ surroundings: Surroundings
  ) async throws -> Outcome {
    var mender = CIMender(range, fetcher: fetcher, left: Self.mostMendings)
    while true {
      // What was fetched is seen by a repository that is opened after it.
      let project = try await Project(surroundings)
      do {
        let evaluation = try await decide(project, range.selection, range)
        if evaluation.isBlocked, try await mender.completes(evaluation, project) { continue }
        try requireRecords(evaluation, project, range)
        try requireReadable(evaluation)
        return Outcome(
          project: project,
          evaluation: evaluation,
          job: job,
          arguments: "--range \(range.name)"
        )
      } catch {
        guard try await mender.mends(error, project) else { throw error }
      }
    }
  }

  private func decide(
    _ project: Project,
    _ selection: Selection,
    _ range: CIResolvedRange?
  ) async throws -> Gate.Evaluation {
    let evaluation = try await gate(project).evaluate(selection, at: .ci)
    if evaluation.change.commits.isEmpty, !allowEmpty { throw Unready.emptyRange }
    return evaluation
  }

  /// Without any record, nothing can be said about lines that need one.
  private func requireRecords(
    _ evaluation: Gate.Evaluation,
    _ project: Project,
    _ range: CIResolvedRange
  ) throws {
    guard options.requireRecords, !hasApprovals, evaluation.isBlocked, try project.hasNoRecords
    else { return }
    let open = evaluation.verdict.blocking
    throw Unready.noRecords(
      lines: Count.lines(open),
      files: Count.files(open),
      range: range.name,
      isFetched: options.fetch
    )
  }

  /// What a newer program recorded may be the review that is missing.
  private func requireReadable(_ evaluation: Gate.Evaluation) throws {
    let newer = evaluation.ledger.warnings.count { $0.reason.isOfNewerVersion }
    guard evaluation.isBlocked, newer > 0 else { return }
    throw Unready.newerRecords(newer)
  }
}

extension LedgerWarning.Reason {
  /// Whether a record has a form that this version does not know.
  fileprivate var isOfNewerVersion: Bool {
    switch self {
    case .unreadable(.unknownVersion), .unreadable(.unknownCritical): true
    default: false
    }
  }
}

extension Gate.Evaluation {
  /// Whether lines without a review keep the change from landing here.
  fileprivate var isBlocked: Bool { verdict.refuses && !verdict.blocking.isEmpty }
}

extension Project {
  /// Whether no log of records is here at all.
  var hasNoRecords: Bool {
    get throws {
      try repository.references(below: RecordRefs.all).allSatisfy { $0.name.contains("/notes/") }
    }
  }
}
