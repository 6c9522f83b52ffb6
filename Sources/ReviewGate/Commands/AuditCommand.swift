import ArgumentParser
import GitCommand
import GitKit
import ReviewCore

/// `reviewgate audit`: decides landed history again, offline.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Decide landed history again: every landing with its records and exceptions",
    discussion: """
      Follows the first parents from A to B. Each landing is judged by the policy and roster that \
      were there before it; ages and ends of overrides do not matter. What rests on a key that the \
      roster at B calls compromised needs another review. Exit status: 0 everything may stand, 1 \
      something was blocked, 2 something could not be decided.
      """
  )

  @Option(help: "text, json, jsonl, or csv")
  var format = AuditFormat.text

  @Argument(help: ArgumentHelp("A..B", valueName: "range"))
  var range: String

  mutating func validate() throws {
    guard range.contains(".."), !range.contains("...") else {
      throw ValidationError("audit takes A..B, not '\(VisibleText.line(range))'")
    }
  }

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let names = range.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "HEAD" : String($0) }
      let base = try await project.git.commit(named: names[0])
      let head = try await project.git.commit(named: names.last ?? "HEAD")
      let audit = Audit(project: project)
      let report = try await audit.report(from: base, to: head, called: VisibleText.line(range))
      switch format {
      case .text:
        let isRich = Output.isRich(1, project.surroundings.variables)
        Output.answer(report.report.text(unicode: isRich))
      case .json: Output.answer(report.report.json)
      case .jsonl: Output.answer(report.report.jsonLines)
      case .csv: Output.answer(report.report.csv)
      }
      return report.status
    }
  }
}

/// The forms `audit` answers in.
enum AuditFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case jsonl
  case csv
}

/// Judges what has landed.
struct Audit {
  let project: Project

  /// The report, and how the program ends.
  func report(
    from base: ObjectID,
    to head: ObjectID,
    called name: String
  ) async throws -> (report: AuditReport, status: Int32) {
    let limit = Policy.default.limits.maxCommits
    var bypasses: [String: String] = [:]
    for bypass in BypassLog(project).entries { bypasses[bypass.commit] = bypass.reason }
    let now = try project.policy(in: try project.repository.commit(head).tree)
    let today = now.roster
    // A name could mean any commit of today: only an id, or what base has, keeps landings out.
    let baseline = try await project.baseline(of: now.policy, at: .ci, landed: [base])
    let steps = try await project.git.landings(
      from: base,
      to: head,
      excluding: baseline.map { [$0] } ?? [],
      limit: limit
    )
    let variables = project.surroundings.variables
    let entries = try await Progress.during("landings", of: steps.count, variables) { progress in
      var entries: [AuditEntry] = []
      for step in steps {
        entries.append(try await entry(step.commit, from: step.parent, today, bypasses))
        progress.step()
      }
      return entries
    }
    let total = try await entry(head, from: base, today, [:], baseline)
    let ledger = try await project.ledger(today)
    let proven = Set(ledger.records.filter { $0.strength != .recorded }.map(\.id))
    // Only what a key once proved can have lost it: neither promises nor a service's word.
    let used = (entries + [total]).flatMap(\.records).filter { $0.key != nil }.map(\.id)
    let report = AuditReport(
      subject: name,
      entries: entries,
      total: total,
      debts: try await project.debts(at: head),
      unproven: Set(used).subtracting(proven)
    )
    return (report, Self.status(entries))
  }

  private static func status(_ entries: [AuditEntry]) -> Int32 {
    let words = Set(entries.map(\.verdict))
    if words.contains("undecided") { return Failure.Status.undecided.rawValue }
    return words.contains("blocked") ? Failure.Status.blocked.rawValue : 0
  }

  /// The keys that proved nothing when a commit landed, as the roster of today says.
  ///
  /// What landed after the last good commit is whatever that one does not contain.
  private func compromised(in roster: Roster, at commit: ObjectID) async throws -> Set<String> {
    var keys: Set<String> = []
    for (fingerprint, since) in roster.compromises where try await !held(since, at: commit) {
      keys.insert(fingerprint)
    }
    return keys
  }

  private func held(_ since: Roster.Compromise, at commit: ObjectID) async throws -> Bool {
    guard case .after(let last) = since,
      try await project.git.object(named: last.hex + "^{commit}") != nil
    else { return false }
    return try await project.git.isAncestor(commit, of: last)
  }

  /// One step, by the policy that was there before it.
  private func entry(
    _ commit: ObjectID,
    from parent: ObjectID?,
    _ today: Roster?,
    _ bypasses: [String: String],
    _ baseline: ObjectID? = nil
  ) async throws -> AuditEntry {
    let info = try project.repository.commit(commit)
    do {
      var policy =
        try parent.map { try project.policy(in: try project.repository.commit($0).tree) }
        ?? .defaults
      if let roster = policy.roster { policy = policy.judging(by: roster.withoutEnds) }
      let range = try await project.git.range(
        of: commit,
        excluding: [parent, baseline].compactMap(\.self),
        limit: policy.policy.limits.maxCommits
      )
      let gate = Gate(project: project, isHistorical: true)
      func verdict(_ policy: LoadedPolicy) async throws -> Verdict {
        try await gate.evaluate(range, subject: commit.short, policy: policy, at: .ci).verdict
      }
      var answer = try await verdict(policy)
      var keys: Set<String> = []
      if let today, let old = policy.roster {
        let bad = try await compromised(in: today, at: commit)
          .intersection(old.entries.map(\.key.fingerprint))
        if !bad.isEmpty {
          // Whoever may review today can have read it again since.
          let other = try await verdict(policy.judging(by: old.without(bad, joining: today)))
          if !other.rests(onSameAs: answer) { (keys, answer) = (bad, other) }
        }
      }
      return AuditEntry(
        commit: info,
        commits: range.commits.count,
        result: .success(answer),
        compromised: keys.sorted(),
        bypass: bypasses[commit.hex]
      )
    } catch {
      return AuditEntry(
        commit: info,
        commits: 1,
        result: .failure(AuditEntry.AuditProblem(Failure(error).problem)),
        bypass: bypasses[commit.hex]
      )
    }
  }
}
