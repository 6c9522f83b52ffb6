import GitCommand
import GitKit
import ReviewCore

/// Judges a whole push on the server, before any reference moves (`pre-receive`).
///
/// One reference that is refused refuses all, so each is judged as if it came alone: what another
/// reference of the same push brings is as new as what this one brings.
struct ReceiveGate {
  private let project: Project
  private let server: ReceivingRepository

  /// Why a push cannot be judged at all.
  enum Problem: Error {
    /// git named no reference.
    case nothing
    /// An object of the push cannot be read: it is not in the quarantine that was opened.
    case invisible(reference: String, ObjectID)
  }

  /// Prepares to judge the updates.
  init(_ project: Project, _ updates: [ReferenceUpdate]) async throws {
    guard !updates.isEmpty else { throw Problem.nothing }
    for update in updates where !update.new.isZero {
      // Git runs beside libgit2 and is asked for ranges: both have to see the pushed objects.
      let kind = try await project.git.ask(["cat-file", "-t", update.new.hex])
      guard kind.status == 0, project.repository.contains(update.new) else {
        throw Problem.invisible(reference: update.name, update.new)
      }
    }
    let server = try await ReceivingRepository(project)
    var project = project
    project.push.logs = updates.filter { $0.isBelow(RecordRefs.logs) && !$0.new.isZero }.map {
      RecordLog.PushedLog(name: $0.name, tip: $0.new)
    }
    if server.defaultTip == nil {
      let branch = updates.first { server.isProtected($0.name) && !$0.new.isZero }
      project.push.firstHead = branch?.new
    }
    (self.project, self.server) = (project, server)
  }

  /// Judges every update and returns the exit status of the hook.
  func judge(_ updates: [ReferenceUpdate]) async throws -> Int32 {
    // A log that is refused must not have been believed: logs come first, and end it.
    // Where case does not count, another spelling is the same place.
    let records = updates.filter {
      $0.isBelow(inAnyCase: RecordRefs.all) || $0.isBelow(inAnyCase: "refs/replace/")
    }
    let worst = try await worst(of: records) { try await judge(records: $0) }
    if worst != 0 { return worst }
    let rest = updates.filter { update in !records.contains(update) }
    return try await self.worst(of: rest) { try await judge(reference: $0) }
  }

  private func worst(
    of updates: [ReferenceUpdate],
    _ judge: (ReferenceUpdate) async throws -> Int32
  ) async throws -> Int32 {
    var worst: Int32 = 0
    for update in updates {
      let status: Int32
      do {
        status = try await judge(update)
      } catch {
        Output.talk("reviewgate: \(VisibleText.line(update.name)) is refused:")
        status = ErrorOutput.print(error)
      }
      worst = max(worst, status)
    }
    return worst
  }

  /// Says why a reference is refused.
  private func refuse(_ update: ReferenceUpdate, _ why: String, _ remedy: String) -> Int32 {
    Output.talk(
      "reviewgate: push blocked. \(VisibleText.line(update.name)): \(why).\n  \(remedy)"
    )
    return Failure.Status.blocked.rawValue
  }

  // MARK: - Records

  private func judge(records update: ReferenceUpdate) async throws -> Int32 {
    if update.isBelow(inAnyCase: "refs/replace/") {
      return refuse(
        update,
        "replacements show people other code than what lands",
        "push without refs/replace/."
      )
    }
    guard let log = ReceivedLog(reference: update.name) else {
      return refuse(
        update,
        "no log of review records has this name",
        "push records with: reviewgate sync"
      )
    }
    if update.new.isZero {
      return refuse(update, "a log of records is never deleted", "withdraw a record instead.")
    }
    if !update.old.isZero, try await !project.git.isAncestor(update.old, of: update.new) {
      return refuse(
        update,
        "a log of records only grows, and this push would take records away",
        "unite both first: reviewgate sync"
      )
    }
    return try await judge(log, update)
  }

  private func judge(_ log: ReceivedLog, _ update: ReferenceUpdate) async throws -> Int32 {
    let added = try await project.git.range(
      of: update.new,
      excluding: update.old.isZero ? [] : [update.old],
      limit: server.policy.policy.limits.maxCommits
    )
    let identity = try await project.knownRepositoryID()
    let records = RecordLog(project.repository)
    // The tip by its own name too: a tag there would lead to good records and stop every reader.
    for commit in added.commits + [update.new] {
      do throws(ReceivedLog.Problem) {
        switch try content(of: commit, records) {
        case .nothing: continue
        case .foreign: throw .content
        case .record(let envelope):
          try log.check(envelope, repositoryID: identity, roster: server.policy.roster)
        }
      } catch {
        return refuse(
          update,
          "commit \(commit.short) does not belong into this log: \(error)",
          "drop the log here, then sync: git update-ref -d \(VisibleText.line(update.name))"
        )
      }
    }
    return 0
  }

  /// What cannot be read, such as a tag in the place of a commit, is foreign too.
  private func content(
    of commit: ObjectID,
    _ log: RecordLog
  ) throws(ReceivedLog.Problem) -> RecordLog.Content {
    do { return try log.content(of: commit) } catch { throw .content }
  }

  // MARK: - Code

  private func judge(reference update: ReferenceUpdate) async throws -> Int32 {
    guard server.isProtected(update.name) else {
      guard try await server.decidesBaseline(update, project) else { return 0 }
      return refuse(
        update,
        "it is the baseline of the policy, or hides it, and could let anything pass",
        "name the baseline by its commit in \(PolicyFile.path), or use another name here."
      )
    }
    let policy = try await server.policy(judging: update, project)
    let old = try await project.git.object(named: update.old.hex + "^{commit}")
    if update.new.isZero {
      guard policy.policy.gate.rewrite == .refuse else { return 0 }
      return refuse(
        update,
        "it is protected, and deleting it would take its policy away",
        "gate.rewrite: allow in \(PolicyFile.path) lets it go."
      )
    }
    let head = try await project.git.commit(named: update.new.hex)
    if !update.old.isZero, policy.policy.gate.rewrite == .refuse {
      guard let old, try await project.git.isAncestor(old, of: head) else {
        return refuse(
          update,
          "it is protected, and this push would take commits away from it",
          "build on what is there: git pull --rebase"
        )
      }
    }
    // A file that nobody can read would close the branch to everybody.
    let next = try project.policy(in: try project.repository.commit(head).tree)
    announce(next, after: policy, update)
    guard policy.policy.gate.receive != .off else {
      Output.talk("reviewgate: not judged. \(subject(update)): its policy says gate.receive: off.")
      return 0
    }
    return try await judge(update, head, old, policy)
  }

  /// What was not there before has nobody to vouch for it.
  private func announce(
    _ next: LoadedPolicy,
    after policy: LoadedPolicy,
    _ update: ReferenceUpdate
  ) {
    guard policy.blob == nil, policy.roster == nil, next.blob != nil || next.roster != nil else {
      return
    }
    let what = [
      next.blob == nil ? nil : PolicyFile.path, next.roster == nil ? nil : RosterFile.path,
    ]
    Output.talk(
      """
      reviewgate: trust on first use. \(subject(update)) brings the first \
      \(what.compactMap(\.self).joined(separator: " and ")); the next push is judged by it.
      """
    )
  }

  private func judge(
    _ update: ReferenceUpdate,
    _ head: ObjectID,
    _ old: ObjectID?,
    _ policy: LoadedPolicy
  ) async throws -> Int32 {
    var excluded = server.landed + (old.map { [$0] } ?? [])
    let landed = [server.defaultTip, old].compactMap(\.self)
    if let baseline = try await project.baseline(of: policy.policy, at: .receive, landed: landed) {
      excluded.append(baseline)
    }
    let range = try await project.git.range(
      of: head,
      excluding: excluded,
      limit: policy.policy.limits.maxCommits
    )
    let evaluation = try await Gate(project: project).evaluate(
      range,
      subject: subject(update),
      policy: policy,
      at: .receive
    )
    let base = evaluation.change.base?.hex ?? ObjectID.emptyTree.hex
    let printer = EvaluationPrinter(
      project: project,
      selection: "--range \(base)..\(head.hex)",
      continueCommands: ["reviewgate sync     (sends the records)", "git push"]
    )
    return printer.printForServer(evaluation)
  }

  private func subject(_ update: ReferenceUpdate) -> String {
    "\(VisibleText.line(update.name)) (\(update.old.short)..\(update.new.short))"
  }
}
