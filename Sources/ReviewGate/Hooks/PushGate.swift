import GitCommand
import GitKit
import ReviewCore

/// Judges the commits that reference updates bring.
struct PushGate {
  let project: Project
  let place: Policy.Place
  /// The name of the remote; nil where there is none.
  let remote: String?
  /// Whether hunks that nobody accuses are listed too.
  var isDetailed = false

  /// What becomes of the decision about one update: an exit status.
  typealias Reporting = (Gate.Evaluation, EvaluationPrinter) -> Int32

  /// Why a line was not understood: passing it over would let a ref through unseen.
  enum InputProblem: Error, CustomStringConvertible {
    case line(String)

    var description: String {
      switch self {
      case .line(let text): "This is no line git writes: \(VisibleText.line(text))"
      }
    }
  }

  /// Judges pre-push lines.
  func judge(
    _ lines: [String],
    _ report: Reporting = { $1.printForHook($0) }
  ) async throws -> Int32 {
    let updates = try lines.map { line in
      guard let update = ReferenceUpdate(pushed: line) else { throw InputProblem.line(line) }
      return update
    }
    return try await judge(updates, report)
  }

  /// Judges every update; one that is refused refuses all.
  func judge(
    _ updates: [ReferenceUpdate],
    _ report: Reporting = { $1.printForHook($0) }
  ) async throws -> Int32 {
    var worst: Int32 = 0
    for update in updates where update.isJudged {
      if try await bringsNoCommit(update) { continue }
      guard let evaluation = try await evaluate(update) else { continue }
      worst = max(worst, report(evaluation, printer(evaluation, update)))
    }
    return worst
  }

  private func printer(
    _ evaluation: Gate.Evaluation,
    _ update: ReferenceUpdate
  ) -> EvaluationPrinter {
    let range = (evaluation.change.base?.hex ?? ObjectID.emptyTree.hex) + ".." + update.new.hex
    return EvaluationPrinter(
      project: project,
      selection: "--range \(range)",
      continueCommands: place == .push
        ? ["git push", "reviewgate sync  (shares the records)"] : [],
      bypass: place == .push
        ? "REVIEWGATE_SKIP='why' git push ...  (recorded; not in CI)" : nil
    )
  }

  /// The verdict about one update; nil where the policy switches this place off.
  private func evaluate(_ update: ReferenceUpdate) async throws -> Gate.Evaluation? {
    let head = try await project.git.commit(named: update.new.hex)
    // Before the server, the policy that is pushed judges.
    let policy = try project.policy(in: try project.repository.commit(head).tree)
    if place != .manual, policy.policy.gate.mode(at: place) == .off { return nil }
    var excluded = try await known(to: update)
    if let baseline = policy.policy.gate.baseline {
      excluded.append(try await project.git.commit(named: baseline))
    }
    let range = try await project.git.range(
      of: head,
      excluding: excluded,
      limit: policy.policy.limits.maxCommits
    )
    return try await Gate(project: project, isDetailed: isDetailed).evaluate(
      range,
      subject: "\(VisibleText.line(update.name)) (\(update.old.short)..\(update.new.short))",
      policy: policy,
      at: place
    )
  }

  /// Whether a tag leads to a tree or a file, which no branch can be built on.
  private func bringsNoCommit(_ update: ReferenceUpdate) async throws -> Bool {
    guard update.isBelow("refs/tags/") else { return false }
    let kind = try await project.git.ask(["cat-file", "-t", update.new.hex + "^{}"]).lines.first
    return kind == "tree" || kind == "blob"
  }

  /// The commits the other side has already.
  private func known(to update: ReferenceUpdate) async throws -> [ObjectID] {
    var known: [ObjectID] = []
    if !update.old.isZero, project.repository.contains(update.old) { known.append(update.old) }
    switch place {
    case .push, .manual:
      guard let remote else { break }
      known += try project.repository.references(below: "refs/remotes/\(remote)/").map(\.target)
    case .commit, .receive:
      known += try project.repository.references(below: "refs/").map(\.target)
    case .ci: break
    }
    // Tags may point to other tags or trees; only commits bound a range.
    return known.filter { (try? project.repository.commit($0)) != nil }
  }

  /// What pre-commit and prek push: they give their hooks no standard input, only variables.
  func linesOfHookManager() async throws -> [String] {
    let variables = project.surroundings.variables
    guard let remoteBranch = variables["PRE_COMMIT_REMOTE_BRANCH"] else { return [] }
    let local = variables["PRE_COMMIT_LOCAL_BRANCH"] ?? "HEAD"
    let new = variables["PRE_COMMIT_TO_REF"] ?? local
    let head = try await project.git.commit(named: new)
    let old = variables["PRE_COMMIT_FROM_REF"].flatMap { ObjectID(hex: $0) } ?? .zero
    return ["\(local) \(head.hex) \(remoteBranch) \(old.hex)"]
  }
}
