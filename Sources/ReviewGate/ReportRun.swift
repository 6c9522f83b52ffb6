import ArgumentParser
import FoundationEssentials
import Glibc
import ReviewCore
import Synchronization

/// One run of a command that reports: what it decided, and every report of it.
struct ReportRun {
  private let options: ReportOptions
  let variables: [String: String]
  private(set) var report: Report
  private var failure: Failure?
  /// What was decided, to the end of the process: taking tens of thousands of findings apart takes
  /// longer than judging them.
  private static let evaluations = Mutex<[Gate.Evaluation]>([])

  init(_ options: ReportOptions, at place: Policy.Place, _ variables: [String: String]) {
    self.options = options
    self.variables = variables
    report = Report(place: place)
  }

  /// Takes in a decision and returns the exit status that goes with it.
  mutating func add(_ evaluation: Gate.Evaluation, _ printer: EvaluationPrinter) -> Int32 {
    Self.evaluations.withLock { $0.append(evaluation) }
    report.evaluations.append(
      Report.Evaluation(
        verdict: evaluation.verdict,
        context: printer.context(evaluation, 1),
        commits: options.listsCommits ? printer.commits(evaluation) : []
      )
    )
    for line in evaluation.forge.lines { Output.talk("reviewgate: \(line)") }
    return evaluation.verdict.refuses ? Failure.Status.blocked.rawValue : 0
  }

  /// Takes in that there was nothing to decide, so that it cannot look like a pass of something.
  mutating func addNothing(_ subject: String) {
    let scope = EvaluatedScope(
      place: report.place,
      subject: subject,
      commits: 0,
      files: 0,
      hunks: 0,
      base: nil,
      head: nil,
      baseTree: .emptyTree,
      headTree: .emptyTree
    )
    let verdict = Verdict(place: report.place, mode: .block, findings: [], warnings: [])
    let context = ReportContext(scope: scope, policy: .default, reviewCommand: "reviewgate review")
    report.evaluations.append(Report.Evaluation(verdict: verdict, context: context))
  }

  /// Takes in why nothing more could be decided, and returns the exit status that goes with it.
  mutating func add(_ error: any Error) -> Int32 {
    let failure = Failure(error)
    self.failure = failure
    report.problem = Report.Problem(failure, error)
    return failure.status.rawValue
  }

  // MARK: - Writing

  /// Writes every report; a report that cannot be written is not there, so that nothing passes.
  func write(_ status: Int32) -> Int32 {
    answer()
    if let failure { Output.talk(ErrorOutput.text(failure)) }
    var isComplete = true
    for file in options.out where !write(file) { isComplete = false }
    if options.github ?? (variables["GITHUB_ACTIONS"] == "true"), !writeToJob() {
      // Nobody asked for a summary that comes by itself.
      isComplete = isComplete && options.github != true
    }
    let isJudged = status < Failure.Status.undecided.rawValue
    let isPassed = isJudged || status == Failure.Status.overridden.rawValue
    return isComplete || !isPassed ? status : Failure.Status.undecided.rawValue
  }

  private func answer() {
    var report = report
    // A person reads of a problem on standard error.
    if options.format == .text { report.problem = nil }
    let settings = ReportSettings(
      style: Output.style(1, variables, options.colour.choice),
      isRich: Output.isRich(1, variables),
      width: Output.width(1),
      mostAnnotations: options.maxAnnotations
    )
    Output.answer(bytes: options.format.reporter(settings).bytes(of: report))
  }

  private func write(_ file: ReportFile) -> Bool {
    let settings = ReportSettings(mostAnnotations: options.maxAnnotations)
    do {
      try FileBytes.replace(file.path, with: file.format.reporter(settings).bytes(of: report))
      return true
    } catch {
      return complain("the \(file.format.rawValue) report", file.path, error)
    }
  }

  private func complain(_ what: String, _ path: String, _ error: (any Error)? = nil) -> Bool {
    let why = error.flatMap(Self.reason).map { ": " + $0 } ?? ""
    Output.talk("reviewgate: cannot write \(what) to \(VisibleText.line(path))\(why).")
    return false
  }

  private static func reason(_ error: any Error) -> String? {
    guard let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code else { return nil }
    // Making the folders above says no more than that there is something.
    return code == .EEXIST
      ? "a file is in the way" : unsafe String(cString: strerror(code.rawValue))
  }

  // MARK: - GitHub

  /// What a step's summary may hold; over 1 MiB GitHub drops all of it.
  private static let summaryLimit = 900 * 1024

  /// The annotations of the job, and the summary of its step; false when that cannot be written.
  private func writeToJob() -> Bool {
    if options.format != .github {
      let settings = ReportSettings(mostAnnotations: options.maxAnnotations)
      let lines = ReportFormat.github.reporter(settings).bytes(of: report)
      Output.talk(String(decoding: lines, as: UTF8.self))
    }
    // Forges that run GitHub's workflows need not have summaries.
    guard let path = variables["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return true }
    let room = Self.summaryLimit - (FileBytes.size(of: path) ?? 0)
    let text = MarkdownReporter.summary(limit: room).bytes(of: report)
    guard text.count <= room, FileBytes.append(text, to: path) else {
      return complain("the summary of the step", path)
    }
    return true
  }
}

extension Report.Problem {
  /// A failure as a report has it, with the lines of the files that are wrong.
  init(_ failure: Failure, _ error: any Error) {
    let places: [Place]
    switch error {
    case let errors as PolicyErrors:
      places = errors.all.map {
        Place(path: RepositoryPath(PolicyFile.path), line: $0.line, text: $0.description)
      }
    case let errors as RosterErrors:
      places = errors.all.map {
        Place(path: RepositoryPath(RosterFile.path), line: $0.line, text: $0.description)
      }
    default: places = []
    }
    self.init(
      kind: failure.status == .policy ? .policy : .notEvaluated,
      text: failure.problem,
      facts: failure.facts,
      remedy: failure.remedy,
      places: places
    )
  }
}

/// Runs a command's work, writes every report of it, and ends with the status of both.
func reporting(
  _ options: ReportOptions,
  at place: Policy.Place,
  _ work: (inout ReportRun) async throws -> Int32
) async throws {
  var run = ReportRun(options, at: place, Surroundings().variables)
  var status: Int32
  do {
    status = try await Progress.during("judging", run.variables) { _ in try await work(&run) }
  } catch let code as ExitCode {
    throw code
  } catch let error as ValidationError {
    throw error
  } catch {
    status = run.add(error)
  }
  status = run.write(status)
  if status != 0 { throw ExitCode(status) }
}
