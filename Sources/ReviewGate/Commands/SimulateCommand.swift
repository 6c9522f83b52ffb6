import ArgumentParser
import GitCommand
import GitKit
import ReviewCore

/// `reviewgate simulate`: which past changes the policy would have blocked.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Show which past changes the policy would have blocked, and why",
    usage: "reviewgate simulate [--since <when>] [<options>]",
    discussion: """
      Follows the first parents of a branch: each commit or merge on it is one change. Every change is \
      judged by the policy and the roster of the worktree as if every place blocked, without the \
      baseline, and records count as they do today. Nothing is written. Exit status: 0 all of it was \
      looked at, 2 something could not be.
      """
  )

  @Option(
    help: ArgumentHelp("30d, 8w, a day as 2026-01-31, or a revision", valueName: "when")
  )
  var since = "30d"

  @Option(help: ArgumentHelp("The branch that changes landed on", valueName: "rev"))
  var branch = "HEAD"

  @Option(help: ArgumentHelp("Another policy file than the worktree's", valueName: "file"))
  var policy: String?

  @Flag(help: "List the changes that would have passed too")
  var all = false

  @Option(help: "text, or json with a stable schema")
  var format = CheckFormat.text

  func run() async throws {
    try await reporting(format) {
      let project = try await Project(Surroundings())
      let simulation = try Simulation(project, policyFile: policy)
      let report = try await simulation.report(since: since, branch: branch)
      switch format {
      case .json: Output.answer(report.json)
      case .text:
        let isRich = Output.isRich(1, project.surroundings.variables)
        Output.answer(report.text(all: all, unicode: isRich))
      }
      return report.isIncomplete ? Failure.Status.undecided.rawValue : 0
    }
  }
}

/// Judges what landed on a branch by the policy that is about to hold.
struct Simulation {
  private let project: Project
  private let policy: LoadedPolicy
  private let policyName: String
  private let baseline: String?

  init(_ project: Project, policyFile: String?) throws {
    self.project = project
    let root = project.layout.worktree
    let own = root.map { $0 + "/" + PolicyFile.path }.flatMap(FileBytes.read)
    let named = try policyFile.map { file in
      guard let bytes = FileBytes.read(file) else { throw Undecided.unreadableFile(file) }
      return bytes
    }
    let bytes = named ?? own
    var policy = try bytes.map { try PolicyFile.parse($0) } ?? .default
    let list = root.map { $0 + "/" + RosterFile.path }.flatMap(FileBytes.read)
    let roster = try list.map { try RosterFile.parse($0) }
    policyName =
      policyFile.map { VisibleText.line($0) }
      ?? (own == nil ? "the defaults, without \(PolicyFile.path)" : PolicyFile.path)
    baseline = policy.gate.baseline
    policy.gate.baseline = nil
    policy.gate.ci = .block
    let head = try project.repository.target(of: "HEAD")
    self.policy = LoadedPolicy(
      policy: policy.judging(with: roster),
      blob: nil,
      roster: roster,
      tree: try head.map { try project.repository.commit($0).tree }
    )
  }

  func report(since text: String, branch: String) async throws -> SimulationReport {
    let head = try await project.git.commit(named: branch)
    let start = try await start(text, on: head)
    let steps = try await project.git.steps(
      to: head,
      after: start.commit,
      limit: policy.policy.limits.maxCommits
    )
    let variables = project.surroundings.variables
    let changes = try await Progress.during("changes", of: steps.count, variables) { progress in
      var changes: [SimulationReport.Change] = []
      for step in steps {
        changes.append(SimulationReport.Change(try await entry(step), time: step.time))
        progress.step()
      }
      return changes
    }
    return SimulationReport(
      subject: "\(VisibleText.line(branch)) since \(start.name)",
      policyName: policyName,
      baseline: baseline,
      lastLanding: changes.isEmpty
        ? try await project.git.steps(to: head, after: nil, limit: .max).last?.time : nil,
      changes: changes
    )
  }

  /// The commit to start after; nil from the beginning.
  private func start(
    _ text: String,
    on head: ObjectID
  ) async throws -> (commit: ObjectID?, name: String) {
    if let time = PastTime.seconds(text, now: project.surroundings.now) {
      let day = RecordTime.text(time).map { String($0.prefix(10)) } ?? text
      return (try await project.git.step(on: head, before: time), day)
    }
    do {
      return (try await project.git.commit(named: text), VisibleText.line(text))
    } catch RangeProblem.unknownRevision {
      throw Undecided.unknownTime(text)
    }
  }

  /// What would have been decided about one step; what cannot be looked at says why.
  private func entry(_ step: LandedStep) async throws -> AuditEntry {
    let info = try project.repository.commit(step.commit)
    var count = 1
    var result: Result<Verdict, AuditEntry.AuditProblem>
    do {
      let range = try await project.git.range(
        of: step.commit,
        excluding: step.parent.map { [$0] } ?? [],
        limit: policy.policy.limits.maxCommits
      )
      count = range.commits.count
      let evaluation = try await Gate(project: project, isHistorical: true).evaluate(
        range,
        subject: step.commit.short,
        policy: policy,
        at: .ci
      )
      result = .success(evaluation.verdict)
    } catch {
      result = .failure(AuditEntry.AuditProblem(Failure(error).problem))
    }
    return AuditEntry(commit: info, commits: count, result: result, bypass: nil)
  }
}
