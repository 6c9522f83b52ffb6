import GitKit
import ReviewCore

/// Makes records about one evaluated change and puts them into the author's log.
final class RecordWriter {
  /// In whose name.
  let author: RecordAuthor
  private let project: Project
  private let evaluation: Gate.Evaluation
  private let repositoryID: String
  private let isBulk: Bool
  private let started: Int
  /// The number of the next record in each log.
  private var nextNumber: [String: Int] = [:]

  /// Prepares to write.
  init(
    _ project: Project,
    _ evaluation: Gate.Evaluation,
    author: RecordAuthor,
    isBulk: Bool
  ) async throws {
    self.project = project
    self.evaluation = evaluation
    self.author = author
    self.isBulk = isBulk
    repositoryID = try await project.repositoryID()
    started = project.surroundings.now
  }

  /// Writes one answer, as several records where one would be too large; returns the last one's id.
  ///
  /// Signing may ask at `terminal`; without one it fails where it would have to ask.
  @discardableResult
  func write(
    _ verdict: ReviewRecord.Verdict,
    _ files: [ReviewedFile],
    scope: ReviewRecord.Scope = .partial,
    note: String? = nil,
    withdraws: [String] = [],
    exception: RecordException? = nil,
    isSigned: Bool = true,
    at terminal: ControllingTerminal? = nil
  ) throws -> String {
    let log =
      isSigned
      ? author.log(project, repositoryID: repositoryID)
      : project.unsignedLog(repositoryID: repositoryID)
    let number = try number(in: log.reference)
    var record = record(verdict, files, note: note, withdraws: withdraws, number: number)
    record.scope = scope
    record.until = exception?.until
    record.ticket = exception?.ticket
    let parts = record.parts().map { Envelope(payload: RecordPayload.encode($0)) }
    // All are signed before the first is stored: half an answer would be another answer.
    let envelopes = try parts.map { part in
      guard isSigned, let signer = author.signer else { return part }
      return try signer.sign(part, at: terminal)
    }
    for envelope in envelopes {
      try RecordLog(project.repository).append(
        envelope.encode(),
        to: log.reference,
        message: "\(verdict.rawValue): \(files.map(\.path.display).joined(separator: ", "))",
        time: Int64(project.surroundings.now)
      )
    }
    nextNumber[log.reference] = number + envelopes.count
    return envelopes.last?.payloadDigest ?? ""
  }

  /// Tells answers of one second apart: the same answer given again is another record.
  private func number(in log: String) throws -> Int {
    if let known = nextNumber[log] { return known }
    return try RecordLog(project.repository).entries(below: log).count
  }

  private func record(
    _ verdict: ReviewRecord.Verdict,
    _ files: [ReviewedFile],
    note: String?,
    withdraws: [String],
    number: Int
  ) -> ReviewRecord {
    let change = evaluation.change
    let now = project.surroundings.now
    return ReviewRecord(
      repositoryID: repositoryID,
      base: ReviewRecord.TreeState(commit: change.base, tree: change.baseTree),
      head: ReviewRecord.TreeState(commit: change.head, tree: change.headTree),
      verdict: verdict,
      scope: .partial,
      files: files,
      principal: author.principal,
      presentation: ReviewRecord.Presentation(
        tool: "reviewgate/\(ToolVersion.current)",
        seconds: max(0, now - started),
        changedLines: files.reduce(0) { $0 + $1.hunks.reduce(0) { $0 + $1.added + $1.removed } },
        bulk: isBulk
      ),
      policyBlob: evaluation.policy.blob,
      createdAt: RecordTime.text(now) ?? "1970-01-01T00:00:00Z",
      seq: number,
      withdraws: withdraws,
      note: note
    )
  }
}

/// What an override says beside its reason.
struct RecordException {
  /// Until when it holds.
  let until: String
  /// The ticket it is about.
  let ticket: String?
}
