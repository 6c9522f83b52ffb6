import ReviewCore

/// Keeps what a person answers about one evaluated change.
///
/// Where signing asks nothing of the person, each answer becomes a record at once. Where it wants a
/// touch or a passphrase, the answers wait for the end, so that it is asked for once.
final class Recorder {
  private let evaluation: Gate.Evaluation
  private let writer: RecordWriter
  /// The findings of each file that this person has approved, by path.
  private var approved: [RepositoryPath: [Int]] = [:]
  /// The findings each record of this session speaks about, by the record's id.
  private var written: [String: [Int]] = [:]
  /// What the person made of hunks in the editor, by finding.
  private let edits: ReviewEdits?
  /// Answers that wait for a signature.
  private var waiting = WaitingAnswers()

  /// Prepares to record answers.
  init(_ evaluation: Gate.Evaluation, _ writer: RecordWriter, edits: ReviewEdits? = nil) {
    self.evaluation = evaluation
    self.edits = edits
    self.writer = writer
    for (number, finding) in evaluation.verdict.findings.enumerated()
    where wasReviewed(finding) {
      approved[finding.path, default: []].append(number)
    }
  }

  private var isDeferred: Bool { !writer.author.isSilent }

  /// Records an approval of one finding, and of the whole file when it was the last one open.
  func approve(_ number: Int) throws {
    let path = evaluation.verdict.findings[number].path
    if isEdited(number) {
      if isDeferred { return waiting.approve(number) }
      return try write(edited: number, at: nil)
    }
    approved[path, default: []].append(number)
    if isDeferred { return waiting.approve(number) }
    if let all = whole {
      written[try writer.write(.approved, files(of: all), scope: .full)] = all
      return
    }
    let (numbers, isComplete) = known(path, or: [number])
    written[try writer.write(.approved, [reviewedFile(numbers, isComplete: isComplete)])] = numbers
  }

  /// Records approvals of many findings in as few records as fit.
  func approve(all numbers: [Int], at terminal: ControllingTerminal?) throws {
    for number in numbers {
      approved[evaluation.verdict.findings[number].path, default: []].append(number)
    }
    try write(approvals: numbers, at: terminal)
  }

  /// Records a rejection with its reason.
  func reject(_ number: Int, reason: String) throws {
    forget(number)
    if isDeferred { return waiting.reject(number, reason) }
    let file = reviewedFile([number], isComplete: false)
    written[try writer.write(.rejected, [file], note: reason)] = [number]
  }

  /// Takes every answer of this session about a finding back.
  ///
  /// The record that completed a file speaks about its other findings too: they are said again.
  func withdraw(_ number: Int) throws {
    forget(number)
    waiting.forget(number)
    let ids = written.filter { $0.value.contains(number) }.keys.sorted()
    guard !ids.isEmpty else { return }
    var others = Set(ids.flatMap { written.removeValue(forKey: $0) ?? [] })
    others.subtract(written.values.flatMap { $0 } + [number])
    try writer.write(.withdrawn, [], withdraws: ids)
    for other in others.sorted() where !wasReviewed(evaluation.verdict.findings[other]) {
      let file = reviewedFile([other], isComplete: false)
      written[try writer.write(.approved, [file])] = [other]
    }
  }

  /// Records a statement of another kind about findings that nobody has read.
  func state(
    _ verdict: ReviewRecord.Verdict,
    about numbers: [Int],
    note: String?,
    exception: RecordException? = nil,
    at terminal: ControllingTerminal?
  ) throws {
    let byPath = Dictionary(grouping: numbers) { evaluation.verdict.findings[$0].path }
    let files = byPath.sorted { $0.key < $1.key }.map { path, own in
      let all = evaluation.verdict.findings.count { $0.path == path }
      return reviewedFile(own, isComplete: own.count == all)
    }
    try writer.write(verdict, files, note: note, exception: exception, at: terminal)
  }

  // MARK: - At the end

  /// Signs and records the answers that waited; false when the person gave up on it.
  func finish(at terminal: ControllingTerminal) throws -> Bool {
    guard !waiting.isEmpty else { return true }
    terminal.write("\(waiting.announcement) \(writer.author.statement)\n")
    while !waiting.isEmpty {
      do {
        try writeWaiting(at: terminal)
      } catch SigningProblem.notSigned {
        let prompt = "Not signed. Enter: try again; q: forget these answers: "
        guard let answer = try terminal.readLine(prompt: prompt), answer.first != "q" else {
          return false
        }
      }
    }
    return true
  }

  private func writeWaiting(at terminal: ControllingTerminal) throws {
    if !waiting.approvals.isEmpty {
      try write(approvals: waiting.approvals, at: terminal)
      waiting.forgetApprovals()
    }
    while let rejection = waiting.rejections.first {
      let file = reviewedFile([rejection.number], isComplete: false)
      try writer.write(.rejected, [file], note: rejection.reason, at: terminal)
      waiting.forget(rejection.number)
    }
  }

  private func write(approvals numbers: [Int], at terminal: ControllingTerminal?) throws {
    for number in numbers where isEdited(number) { try write(edited: number, at: terminal) }
    let plain = numbers.filter { !isEdited($0) }
    guard !plain.isEmpty else { return }
    let all = whole
    try writer.write(
      .approved,
      files(of: all ?? plain),
      scope: all == nil ? .partial : .full,
      at: terminal
    )
  }

  private func files(of numbers: [Int]) -> [ReviewedFile] {
    let byPath = Dictionary(grouping: numbers) { evaluation.verdict.findings[$0].path }
    return byPath.sorted { $0.key < $1.key }.map { path, own in
      let (numbers, isComplete) = known(path, or: own)
      return reviewedFile(numbers, isComplete: isComplete)
    }
  }

  /// Every finding, when this person has read all there is between both trees.
  private var whole: [Int]? {
    let findings = evaluation.verdict.findings
    guard findings.count == evaluation.change.hunks, edits?.edited.isEmpty ?? true,
      Set(findings.map(\.path)).allSatisfy({ known($0, or: []).isComplete })
    else { return nil }
    return Array(findings.indices)
  }

  // MARK: - Edits

  private func isEdited(_ number: Int) -> Bool { edits?.edited[number] != nil }

  /// Records what became of a finding in the editor; it is another file's content by now.
  private func write(edited number: Int, at terminal: ControllingTerminal?) throws {
    guard let edit = edits?.edited[number], !edit.hunks.isEmpty else { return }
    let finding = evaluation.verdict.findings[number]
    let pieces = edit.hunks.map { (hunk: $0, origin: finding.origin) }
    let isComplete = edit.hunks.count == edit.change.hunks.count
    let file = Self.reviewedFile(edit.change, pieces, isComplete: isComplete)
    written[try writer.write(.approved, [file], at: terminal)] = [number]
  }

  // MARK: - Findings

  /// All findings of a file when the person has read every one, else those given.
  private func known(_ path: RepositoryPath, or own: [Int]) -> (numbers: [Int], isComplete: Bool) {
    let read = Set(approved[path] ?? [])
    let all = evaluation.verdict.findings.indices.filter {
      evaluation.verdict.findings[$0].path == path
    }
    let isComplete = all.allSatisfy(read.contains)
    return (isComplete ? all : own, isComplete)
  }

  /// A finding that is not approved any more keeps its file from being complete.
  private func forget(_ number: Int) {
    approved[evaluation.verdict.findings[number].path]?.removeAll { $0 == number }
  }

  /// Whether this person had approved it before this session.
  private func wasReviewed(_ finding: Finding) -> Bool {
    finding.outcome == .reviewed && finding.review?.principal == writer.author.principal
  }

  private func reviewedFile(_ numbers: [Int], isComplete: Bool) -> ReviewedFile {
    let findings = numbers.map { evaluation.verdict.findings[$0] }
    let pieces = findings.compactMap { finding in
      finding.item.hunk.map { (hunk: $0, origin: finding.origin) }
    }
    return Self.reviewedFile(findings[0].change, pieces, isComplete: isComplete)
  }

  private static func reviewedFile(
    _ change: FileChange,
    _ pieces: [(hunk: Hunk, origin: Origin)],
    isComplete: Bool
  ) -> ReviewedFile {
    let transition = change.transition
    var hunks: [HunkFingerprint: ReviewedHunk] = [:]
    var order: [HunkFingerprint] = []
    for (hunk, origin) in pieces {
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
        origin: origin.name,
        agent: origin.agent
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
}

/// Answers that wait for a signature, each finding's last one.
struct WaitingAnswers {
  private(set) var approvals: [Int] = []
  private(set) var rejections: [(number: Int, reason: String)] = []

  var isEmpty: Bool { approvals.isEmpty && rejections.isEmpty }

  mutating func approve(_ number: Int) {
    forget(number)
    approvals.append(number)
  }

  mutating func reject(_ number: Int, _ reason: String) {
    forget(number)
    rejections.append((number, reason))
  }

  mutating func forget(_ number: Int) {
    approvals.removeAll { $0 == number }
    rejections.removeAll { $0.number == number }
  }

  mutating func forgetApprovals() { approvals = [] }

  /// How many times the person will be asked.
  var announcement: String {
    let count = (approvals.isEmpty ? 0 : 1) + rejections.count
    let answers = approvals.count + rejections.count
    return "Signing \(answers) \(answers == 1 ? "answer" : "answers")"
      + (count == 1 ? "." : " with \(count) signatures.")
  }
}
