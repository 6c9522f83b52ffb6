import ReviewCore
import TestSupport

/// The setting of the adversarial cases: a policy that asks for a touch, Alice with a hardware key and
/// one in software, Bob who drove the agent, Carol with a hardware key, and Mallory whom nobody lists.
struct CaseWorld {
  static let alice = TestKey(.hardwareEd25519, seed: 10)
  static let aliceSoftware = TestKey(seed: 11)
  static let bob = TestKey(.p256, seed: 20)
  static let carol = TestKey(.hardwareP256, seed: 40)
  static let mallory = TestKey(seed: 30)
  /// 2026-11-24.
  static let now = 1_795_478_400

  static let roster = """
    alice@example.com \(alice.line)
    alice@example.com \(aliceSoftware.line)
    bob@example.com,77+bob@users.noreply.github.com \(bob.line)
    carol@example.com \(carol.line)
    """

  var roster: String? = Self.roster
  var policy = Policy.default
  var people: Set<String> = ["bob@example.com"]
  var now = Self.now

  init(_ require: ReviewStrength = .touched) {
    policy.review.require = require
    policy.review.isRequireGiven = true
  }

  // MARK: - Changes

  /// A hunk that adds a line worth reading, at a line of the file.
  static func hunk(_ text: String, at line: Int = 10) -> Hunk {
    Hunk(
      span: HunkSpan(old: LineRange(start: line, count: 0), new: LineRange(start: line, count: 1)),
      removed: [],
      added: Array((text + "\n").utf8),
      contextBefore: Array("func run() {\n".utf8),
      contextAfter: Array("  finish()\n".utf8)
    )
  }

  /// A change of one file by an agent.
  static func change(
    _ hunks: [Hunk] = [hunk("  let token = try refresh(session)")],
    path: String = "Sources/Auth.swift",
    new: UInt8 = 2,
    newSHA256: UInt8? = nil
  ) -> FileChange {
    FileChange(
      transition: FileTransition(
        path: RepositoryPath(path),
        oldMode: .regular,
        newMode: .regular,
        oldID: RecordSamples.id(1),
        newID: RecordSamples.id(new)
      ),
      oldSHA256: [UInt8](repeating: 1, count: 32),
      newSHA256: [UInt8](repeating: newSHA256 ?? new, count: 32),
      content: .text(hunks)
    )
  }

  // MARK: - Records

  /// What a record says of a change: each fingerprint once, with how often it is there.
  static func file(_ change: FileChange, complete: Bool = true) -> ReviewedFile {
    var hunks: [ReviewedHunk] = []
    for hunk in change.hunks {
      let fingerprint = HunkFingerprint.of(hunk: hunk, in: change.transition)
      if let known = hunks.firstIndex(where: { $0.fingerprint == fingerprint }) {
        hunks[known].count += 1
        continue
      }
      hunks.append(
        ReviewedHunk(
          fingerprint: fingerprint,
          added: hunk.span.new.count,
          removed: hunk.span.old.count,
          trivial: hunk.isTrivial(in: change.transition),
          origin: "agent"
        )
      )
    }
    let transition = change.transition
    return ReviewedFile(
      path: transition.path,
      oldMode: transition.oldMode,
      newMode: transition.newMode,
      old: ContentID(gitBlob: transition.oldID, sha256: change.oldSHA256),
      new: ContentID(gitBlob: transition.newID, sha256: change.newSHA256),
      opaque: false,
      complete: complete,
      hunks: hunks
    )
  }

  /// A record by a person about changes.
  static func record(
    by person: String = "alice@example.com",
    _ changes: [FileChange] = [change()],
    complete: Bool = true,
    at time: String = "2026-11-23T18:00:00Z",
    seq: Int = 0
  ) -> ReviewRecord {
    var record = RecordSamples.record(
      by: person,
      files: changes.map { file($0, complete: complete) },
      seq: seq
    )
    record.createdAt = time
    return record
  }

  /// The envelope of a record, signed by a key unless none is given.
  static func envelope(
    _ record: ReviewRecord,
    _ key: TestKey?,
    _ change: (inout TestKey.Form) -> Void = { _ in }
  ) throws -> Envelope {
    var envelope = Envelope(payload: RecordPayload.encode(record))
    guard let key else { return envelope }
    var form = TestKey.Form()
    change(&form)
    let bytes = try key.sign(envelope.preAuthenticationEncoding(), form)
    envelope.signatures = [Envelope.Signature(keyID: key.fingerprint, bytes: bytes)]
    return envelope
  }

  /// The same of Alice's approval of the usual change.
  static func envelope(
    _ key: TestKey?,
    _ change: (inout TestKey.Form) -> Void = { _ in }
  ) throws -> Envelope {
    try envelope(record(), key, change)
  }

  // MARK: - Judging

  /// The verdict about changes under records.
  func judge(
    _ envelopes: [Envelope],
    _ changes: [FileChange] = [change()],
    log: String = "refs/reviewgate/v1/log/alice-example.com/1",
    forge: ForgeApprovals = .none
  ) throws -> Verdict {
    try judge(stored: envelopes.map { $0.encode() }, changes, log: log, forge: forge)
  }

  /// The same with the bytes as they are stored.
  func judge(
    stored: [[UInt8]],
    _ changes: [FileChange] = [change()],
    log: String = "log",
    forge: ForgeApprovals = .none
  ) throws -> Verdict {
    let list = try roster.map { try RosterFile.parse(Array($0.utf8)) }
    let ledger = ReviewLedger.read(
      stored.map { RecordSource(name: log, envelope: $0) },
      repositoryID: RecordSamples.repository,
      verifier: RecordVerifier(roster: list, now: now)
    )
    let files = changes.map { change in
      let items = change.hunks.map { hunk in
        let line = Contribution(
          origin: .agent("claude-code"),
          evidence: [],
          commit: RecordSamples.id(0xc1),
          lines: 1
        )
        return CandidateItem(hunk: hunk, contributions: [line])
      }
      return CandidateFile(change: change, items: items)
    }
    var judge = Judge(policy: policy.judging(with: list), ledger: ledger, now: now)
    judge.forge = forge
    return judge.judge(Candidate(files: files, people: people), at: .ci)
  }
}

extension Verdict {
  /// The outcomes in their order.
  var outcomes: [Finding.Outcome] { findings.map(\.outcome) }

  /// What the warnings say, without where.
  var said: String { warnings.map(\.description).joined(separator: "\n") }
}
