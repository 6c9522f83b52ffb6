import FoundationEssentials
import GitCommand
import GitKit
import ReviewCore

/// Does the work of each hook; everything it says goes to standard error.
struct HookRunner {
  let surroundings: Surroundings

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Runs one hook and returns its exit status; an error blocks like any other refusal.
  func run(_ name: String, _ arguments: [String]) async -> Int32 {
    if arguments == [HookSelfTest.argument], let hook = HookName(rawValue: name) {
      Output.answer(HookSelfTest.answer(hook))
      return 0
    }
    do {
      switch name {
      case "pre-commit", "pre-merge-commit": return try await preCommit()
      case "commit-msg": return try await commitMessage(arguments)
      case "prepare-commit-msg": return await prepareCommitMessage(arguments)
      case "post-commit": return try await postCommit()
      case "post-rewrite": return try await postRewrite()
      case "pre-push": return try await prePush(arguments)
      case "reference-transaction": return try await referenceTransaction(arguments)
      case "pre-receive": return try await preReceive()
      default:
        Output.talk("reviewgate: unknown hook '\(VisibleText.line(name))'.")
        return Failure.Status.usage.rawValue
      }
    } catch {
      return ErrorOutput.print(error)
    }
  }

  // MARK: - Before a commit

  /// Judges before a message is typed, where the environment alone says who is at work.
  private func preCommit() async throws -> Int32 {
    let state = HookState(surroundings)
    let policy = try await state.stagedPolicy()
    if policy.gate.commit == .off { return 0 }
    let evidence = surroundings.agentEvidence
    // Nothing to decide yet: libgit2 is not even started.
    if policy.origin.unattributed == .human, !evidence.contains(where: \.accuses),
      !state.hasLineRecords, !state.hasEvents, policy.paths.prototype.isEmpty
    {
      return 0
    }
    return try await judgeStaged(message: nil, file: nil)
  }

  /// Judges with the message, which is where most agents say that they were there.
  private func commitMessage(_ arguments: [String]) async throws -> Int32 {
    guard let file = arguments.first else { return Failure.Status.usage.rawValue }
    guard let bytes = FileBytes.read(file) else {
      throw IndexProblem.unreadableMessage(file)
    }
    let state = HookState(surroundings)
    let policy = try await state.stagedPolicy()
    let message = CommitMessageCleaner.clean(bytes)
    if CommitTrailerWriter.emptiesUnwritten(message, in: file, policy) { return 0 }
    if policy.gate.commit == .off {
      state.leaveReceipt()
      return 0
    }
    let evidence =
      MessageScanner.scan(message) + surroundings.identityEvidence + surroundings.agentEvidence
    if policy.origin.unattributed == .human, !evidence.contains(where: \.accuses),
      !state.hasLineRecords, !state.hasEvents, policy.paths.prototype.isEmpty
    {
      state.leaveReceipt()
      return 0
    }
    let status = try await judgeStaged(message: message, file: file)
    if status == 0 { state.leaveReceipt() }
    return status
  }

  private func judgeStaged(message: [UInt8]?, file: String?) async throws -> Int32 {
    let project = try await Project(surroundings, readsIndex: true)
    let evaluation = try await Gate(project: project).evaluateStaged(message: message, at: .commit)
    let change = evaluation.change
    let blocked =
      evaluation.verdict.refuses
      ? await project.blockedCommit(of: change.headTree, on: change.base) : nil
    let again = blocked == nil ? "git commit" : "the same git commit with"
    let printer = EvaluationPrinter(
      project: project,
      selection: "--staged",
      continueCommands: file.map {
        ["\(again) -eF \(ShellWord.ascii($0))  (your message is saved)"]
      } ?? [blocked == nil ? "git commit" : "the same git commit"],
      bypass: "REVIEWGATE_SKIP='why' git commit ...  (recorded; not in CI)"
    )
    guard evaluation.verdict.refuses else {
      _ = printer.printForHook(evaluation)
      return 0
    }
    if let status = try SkipRequest(surroundings).handle(what: "commit", in: project) {
      return status
    }
    try Pending(evidence: project.stagedEvidence(message: message), commit: blocked)
      .write(to: project.pendingFile)
    return printer.printForHook(evaluation)
  }

  // MARK: - Around a commit

  /// Runs even under `--no-verify`: forgets the receipt of an earlier commit, adds trailers.
  private func prepareCommitMessage(_ arguments: [String]) async -> Int32 {
    let state = HookState(surroundings)
    state.removeReceipt()
    state.noteOthersWork()
    if let file = arguments.first {
      await CommitTrailerWriter(surroundings: surroundings, state: state)
        .write(file, source: arguments.dropFirst().first)
    }
    return 0
  }

  /// Records who wrote the commit that was just made, and whether the gate was asked about it.
  private func postCommit() async throws -> Int32 {
    let state = HookState(surroundings)
    do {
      try await recordOrigins(state)
    } catch {
      _ = ErrorOutput.print(error)
    }
    return try await noteBypass(state)
  }

  private func recordOrigins(_ state: HookState) async throws {
    guard state.hasEvents || state.picked != nil else { return }
    let project = try await Project(surroundings)
    if let picked = state.picked, let head = try project.repository.target(of: "HEAD") {
      try RewriteCarrier(project: project).carry([(old: picked, new: head)])
    }
    try await CommitRecorder(project: project, isCommit: state.lastActionWasCommit).record()
  }

  /// Carries what is known of rewritten commits to those that take their place.
  private func postRewrite() async throws -> Int32 {
    let pairs = try StandardInput.lines().compactMap { line -> (old: ObjectID, new: ObjectID)? in
      let ids = line.split(separator: " ").prefix(2).map { ObjectID(hex: $0) }
      guard ids.count == 2, let old = ids[0], let new = ids[1] else { return nil }
      return (old, new)
    }
    guard !pairs.isEmpty else { return 0 }
    try RewriteCarrier(project: try await Project(surroundings)).carry(pairs)
    return 0
  }

  private func noteBypass(_ state: HookState) async throws -> Int32 {
    if state.takeReceipt() {
      FileBytes.remove(state.directory + "/pending")
      return 0
    }
    guard state.lastActionWasCommit else { return 0 }
    // However it came about, the commit that was refused before is made now.
    FileBytes.remove(state.directory + "/pending")
    if let policy = try? await state.stagedPolicy(), policy.gate.commit == .off { return 0 }
    let git = Git(directory: nil)
    guard let id = try await git.object(named: "HEAD^{commit}") else { return 0 }
    try BypassLog(state).add(
      commit: id.hex,
      reason: "hooks were skipped (--no-verify)",
      surroundings
    )
    Output.talk("reviewgate: hooks were skipped for \(id.short) ; push and CI will ask again.")
    return 0
  }

  // MARK: - Refs

  private func prePush(_ arguments: [String]) async throws -> Int32 {
    let lines = try StandardInput.lines()
    let project = try await Project(surroundings)
    // Hook managers give no arguments; pre-commit and prek name the remote in a variable.
    let remote = arguments.first ?? surroundings.variables["PRE_COMMIT_REMOTE_NAME"]
    let gate = PushGate(project: project, place: .push, remote: remote)
    let pushed = lines.isEmpty ? try await gate.linesOfHookManager() : lines
    let status = try await Progress.during("judging what is pushed", surroundings.variables) { _ in
      try await gate.judge(pushed)
    }
    if status == Failure.Status.blocked.rawValue,
      let skipped = try SkipRequest(surroundings).handle(what: "push", in: project)
    {
      return skipped
    }
    return status
  }

  /// The opt-in strict mode: refuses new commits that no other hook let pass.
  private func referenceTransaction(_ arguments: [String]) async throws -> Int32 {
    guard arguments.first == "prepared" else { return 0 }
    let updates = try StandardInput.lines().compactMap(ReferenceUpdate.init(transaction:))
      .filter { $0.name.hasPrefix("refs/heads/") && !$0.new.isZero }
    guard !updates.isEmpty else { return 0 }
    let project = try await Project(surroundings)
    let gate = PushGate(project: project, place: .commit, remote: nil)
    let status = try await gate.judge(updates)
    if status != 0 {
      Output.talk(
        "reviewgate: refused by the reference-transaction hook, which --no-verify does not skip."
      )
    }
    return status
  }

  private func preReceive() async throws -> Int32 {
    let updates = try ReferenceUpdate.received(StandardInput.lines())
    let project = try await Project(surroundings)
    return try await ReceiveGate(project, updates).judge(updates)
  }
}
