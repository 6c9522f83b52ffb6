import GitCommand
import GitKit
import ReviewCore

/// Writes what a person answered into the repository, one record an answer.
final class Recorder {
  private let project: Project
  private let evaluation: Gate.Evaluation
  private let principal: String
  private let repositoryID: String
  private let isBulk: Bool
  private let started: Int
  /// The findings of each file that this person has approved, by path.
  private var approved: [RepositoryPath: [Int]] = [:]
  /// The findings each record of this session speaks about, by the record's id.
  private var written: [String: [Int]] = [:]
  /// The number of the next record in the log.
  private var nextNumber: Int

  /// Prepares to record answers about one evaluated change.
  init(
    _ project: Project,
    _ evaluation: Gate.Evaluation,
    principal: String,
    isBulk: Bool
  ) async throws {
    self.project = project
    self.evaluation = evaluation
    self.principal = principal
    self.isBulk = isBulk
    repositoryID = try await project.repositoryID()
    started = project.surroundings.now
    // Tells answers of one second apart: the same answer given again is another record.
    let log = project.unsignedLog(repositoryID: repositoryID)
    nextNumber = try RecordLog(project.repository).entries(below: log.reference).count
    for (number, finding) in evaluation.verdict.findings.enumerated()
    where wasReviewed(finding) {
      approved[finding.path, default: []].append(number)
    }
  }

  /// Records an approval of one finding, and of the whole file when it was the last one open.
  func approve(_ number: Int) throws {
    let finding = evaluation.verdict.findings[number]
    approved[finding.path, default: []].append(number)
    let read = Set(approved[finding.path] ?? [])
    let all = evaluation.verdict.findings.indices.filter {
      evaluation.verdict.findings[$0].path == finding.path
    }
    let isComplete = all.allSatisfy(read.contains)
    let numbers = isComplete ? all : [number]
    let file = reviewedFile(numbers, isComplete: isComplete)
    written[try write(.approved, [file], note: nil)] = numbers
  }

  /// Records approvals of many findings in as few records as fit.
  func approve(all numbers: [Int]) throws {
    for number in numbers {
      approved[evaluation.verdict.findings[number].path, default: []].append(number)
    }
    let byPath = Dictionary(grouping: numbers) { evaluation.verdict.findings[$0].path }
    let files = byPath.sorted { $0.key < $1.key }.map { path, own in
      let read = Set(approved[path] ?? [])
      let all = evaluation.verdict.findings.indices.filter {
        evaluation.verdict.findings[$0].path == path
      }
      let isComplete = all.allSatisfy(read.contains)
      return reviewedFile(isComplete ? all : own, isComplete: isComplete)
    }
    _ = try write(.approved, files, note: nil)
  }

  /// Records a rejection with its reason.
  func reject(_ number: Int, reason: String) throws {
    forget(number)
    let file = reviewedFile([number], isComplete: false)
    written[try write(.rejected, [file], note: reason)] = [number]
  }

  /// Takes every answer of this session about a finding back.
  ///
  /// The record that completed a file speaks about its other findings too: they are said again.
  func withdraw(_ number: Int) throws {
    forget(number)
    let ids = written.filter { $0.value.contains(number) }.keys.sorted()
    guard !ids.isEmpty else { return }
    var others = Set(ids.flatMap { written.removeValue(forKey: $0) ?? [] })
    others.subtract(written.values.flatMap { $0 } + [number])
    _ = try write(.withdrawn, [], note: nil, withdraws: ids)
    for other in others.sorted() where !wasReviewed(evaluation.verdict.findings[other]) {
      let file = reviewedFile([other], isComplete: false)
      written[try write(.approved, [file], note: nil)] = [other]
    }
  }

  /// A finding that is not approved any more keeps its file from being complete.
  private func forget(_ number: Int) {
    approved[evaluation.verdict.findings[number].path]?.removeAll { $0 == number }
  }

  /// Whether this person had approved it before this session.
  private func wasReviewed(_ finding: Finding) -> Bool {
    finding.outcome == .reviewed && finding.review?.principal == principal
  }

  // MARK: - Records

  private func reviewedFile(_ numbers: [Int], isComplete: Bool) -> ReviewedFile {
    let findings = numbers.map { evaluation.verdict.findings[$0] }
    let change = findings[0].change
    let transition = change.transition
    var hunks: [HunkFingerprint: ReviewedHunk] = [:]
    var order: [HunkFingerprint] = []
    for finding in findings {
      guard let hunk = finding.item.hunk else { continue }
      let fingerprint = HunkFingerprint.of(hunk: hunk, in: transition)
      if let known = hunks[fingerprint] {
        hunks[fingerprint]?.count = known.count + 1
        continue
      }
      order.append(fingerprint)
      hunks[fingerprint] = ReviewedHunk(
        fingerprint: fingerprint,
        added: hunk.span.new.count,
        removed: hunk.span.old.count,
        trivial: hunk.isTrivial(in: transition),
        origin: finding.origin.name,
        agent: finding.origin.agent
      )
    }
    let isOpaque = change.hunks.isEmpty
    return ReviewedFile(
      path: transition.path,
      oldMode: transition.oldMode,
      newMode: transition.newMode,
      old: transition.isAddition
        ? nil : ContentID(gitBlob: transition.oldID, sha256: change.oldSHA256),
      new: transition.isDeletion
        ? nil : ContentID(gitBlob: transition.newID, sha256: change.newSHA256),
      opaque: isOpaque,
      complete: isOpaque || isComplete,
      hunks: order.compactMap { hunks[$0] }
    )
  }

  private func write(
    _ verdict: ReviewRecord.Verdict,
    _ files: [ReviewedFile],
    note: String?,
    withdraws: [String] = []
  ) throws -> String {
    let log = project.unsignedLog(repositoryID: repositoryID)
    let change = evaluation.change
    let now = project.surroundings.now
    let record = ReviewRecord(
      repositoryID: repositoryID,
      base: ReviewRecord.TreeState(commit: change.base, tree: change.baseTree),
      head: ReviewRecord.TreeState(commit: change.head, tree: change.headTree),
      verdict: verdict,
      scope: .partial,
      files: files,
      principal: principal,
      presentation: ReviewRecord.Presentation(
        tool: "reviewgate/\(ToolVersion.current)",
        seconds: max(0, now - started),
        changedLines: files.reduce(0) { $0 + $1.hunks.reduce(0) { $0 + $1.added + $1.removed } },
        bulk: isBulk
      ),
      policyBlob: evaluation.policy.blob,
      createdAt: RecordTime.text(now) ?? "1970-01-01T00:00:00Z",
      seq: nextNumber,
      withdraws: withdraws,
      note: note
    )
    var last = ""
    for part in record.parts() {
      let envelope = Envelope(payload: RecordPayload.encode(part))
      try RecordLog(project.repository).append(
        envelope.encode(),
        to: log.reference,
        message: "\(verdict.rawValue): \(files.map(\.path.display).joined(separator: ", "))",
        time: Int64(now)
      )
      last = envelope.payloadDigest
      nextNumber += 1
    }
    return last
  }
}

extension Project {
  /// The log of this machine's unsigned records.
  func unsignedLog(repositoryID: String) -> RecordLogName {
    RecordLogName.unsigned(repositoryID: repositoryID, machineID: surroundings.machineID)
  }

  /// The name a person's records carry: the address git knows them by.
  ///
  /// Unsigned, it is a claim; a service identity of an agent is refused all the same.
  func principal() async throws -> String {
    let email = try await git.ask(["config", "--get", "user.email"]).lines.first ?? ""
    guard !email.isEmpty else { throw ReviewProblem.noIdentity }
    let name = try await git.ask(["config", "--get", "user.name"]).lines.first ?? ""
    if let evidence = IdentityMatcher.author(Identity(name: name, email: email)) {
      if evidence.accuses || evidence.kind == .bot { throw ReviewProblem.agentIdentity(email) }
    }
    return email
  }
}

/// Why nothing can be reviewed now.
enum ReviewProblem: Error {
  /// No person, or no terminal to ask one at.
  case nobody
  /// git does not know who the reviewer is.
  case noIdentity
  /// The configured identity belongs to an agent.
  case agentIdentity(String)
}
