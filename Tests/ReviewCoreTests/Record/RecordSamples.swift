import ReviewCore

/// A generator that gives the same numbers every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  mutating func chance() -> Bool { Bool.random(using: &self) }

  /// An even number below `bound`.
  mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

enum RecordSamples {
  static let repository = "roots:sha256:" + String(repeating: "ab", count: 32)

  /// A proof as a verifier would give it.
  static func proof(_ strength: ReviewStrength, of person: String) -> RecordProof {
    RecordProof(strength: strength, person: person, names: [person.lowercased()], key: nil)
  }

  static func id(_ byte: UInt8) -> ObjectID {
    ObjectID(rawBytes: [UInt8](repeating: byte, count: 20)) ?? .zero
  }

  static func fingerprint(_ byte: UInt8) -> HunkFingerprint {
    let hunk = HunkFingerprintTests.hunk("", "line \(byte)\n")
    return HunkFingerprint.of(hunk: hunk, in: HunkFingerprintTests.transition())
  }

  static func content(_ byte: UInt8) -> ContentID {
    ContentID(gitBlob: id(byte), sha256: [UInt8](repeating: byte, count: 32))
  }

  static func hunk(_ byte: UInt8, count: Int = 1) -> ReviewedHunk {
    ReviewedHunk(
      fingerprint: fingerprint(byte),
      count: count,
      added: 1,
      removed: 1,
      trivial: false,
      origin: "agent",
      agent: "claude-code"
    )
  }

  static func file(
    _ path: String = "Sources/Auth.swift",
    from old: UInt8 = 1,
    to new: UInt8 = 2,
    complete: Bool = true,
    hunks: [ReviewedHunk] = [hunk(7)]
  ) -> ReviewedFile {
    ReviewedFile(
      path: RepositoryPath(path),
      oldMode: .regular,
      newMode: .regular,
      old: content(old),
      new: content(new),
      opaque: false,
      complete: complete,
      hunks: hunks
    )
  }

  static func record(
    _ verdict: ReviewRecord.Verdict = .approved,
    by principal: String = "alice@example.com",
    files: [ReviewedFile] = [file()],
    withdraws: [String] = [],
    seq: Int = 0
  ) -> ReviewRecord {
    ReviewRecord(
      repositoryID: repository,
      target: "refs/heads/main",
      base: ReviewRecord.TreeState(commit: id(0x11), tree: id(0x22)),
      head: ReviewRecord.TreeState(tree: id(0x33)),
      verdict: verdict,
      scope: .full,
      files: files,
      principal: principal,
      presentation: ReviewRecord.Presentation(
        tool: "reviewgate/1.0.0",
        seconds: 41,
        changedLines: 2,
        bulk: false
      ),
      createdAt: "2026-11-23T18:00:00Z",
      seq: seq,
      withdraws: withdraws,
      note: verdict == .rejected ? "leaks the token" : nil
    )
  }

  /// A change whose transition `file(from:to:)` describes.
  static func change(
    _ path: String = "Sources/Auth.swift",
    from old: UInt8 = 1,
    to new: UInt8 = 2,
    modes: (FileMode, FileMode) = (.regular, .regular),
    newSHA256: [UInt8]?? = .none
  ) -> FileChange {
    FileChange(
      transition: FileTransition(
        path: RepositoryPath(path),
        oldMode: modes.0,
        newMode: modes.1,
        oldID: id(old),
        newID: id(new)
      ),
      oldSHA256: [UInt8](repeating: old, count: 32),
      newSHA256: newSHA256 ?? [UInt8](repeating: new, count: 32),
      content: .text([])
    )
  }
}

/// Records with anything in them that the format allows.
struct RandomRecords {
  var random: SeededGenerator

  mutating func record() -> ReviewRecord {
    let verdict = ReviewRecord.Verdict.allCases[random.number(3)]
    var record = RecordSamples.record(verdict, by: name(), files: files(), seq: random.number(99))
    record.target = random.chance() ? name() : nil
    record.head.commit = random.chance() ? object() : nil
    record.scope = random.chance() ? .full : .partial
    record.policyBlob = random.chance() ? object() : nil
    record.prev = (0..<random.number(3)).map { _ in recordID() }
    record.withdraws = verdict == .withdrawn ? [recordID()] : []
    record.note = random.chance() ? name() + "\u{0}\u{1b}\"\\\n\u{7f}\u{2028}" : nil
    record.crit = random.chance() ? ["withdraws"] : []
    record.presentation.bulk = random.chance()
    return record
  }

  private mutating func files() -> [ReviewedFile] {
    var paths: Set<RepositoryPath> = []
    return (0..<random.number(4)).map { _ in file() }.filter { paths.insert($0.path).inserted }
  }

  private mutating func file() -> ReviewedFile {
    let modes: [FileMode] = [.regular, .executable, .symlink, .submodule]
    let sides = [(true, true), (true, false), (false, true)][random.number(3)]
    let opaque = random.chance()
    let hunks = opaque ? [] : (0..<random.number(4)).map { _ in hunk() }
    return ReviewedFile(
      path: RepositoryPath(random.bytes(1 + random.number(12))),
      oldMode: sides.0 ? modes[random.number(4)] : .absent,
      newMode: sides.1 ? modes[random.number(4)] : .absent,
      old: sides.0 ? content() : nil,
      new: sides.1 ? content() : nil,
      opaque: opaque,
      complete: (opaque || !hunks.isEmpty) && random.chance(),
      hunks: hunks
    )
  }

  private mutating func hunk() -> ReviewedHunk {
    ReviewedHunk(
      fingerprint: HunkFingerprint(rawBytes: random.bytes(32)) ?? RecordSamples.fingerprint(0),
      count: 1 + random.number(1 << 53 - 1),
      added: random.number(1000),
      removed: random.number(1000),
      trivial: random.chance(),
      origin: name(),
      agent: random.chance() ? name() : nil
    )
  }

  private mutating func content() -> ContentID {
    ContentID(gitBlob: object(), sha256: random.chance() ? random.bytes(32) : nil)
  }

  private mutating func object() -> ObjectID { ObjectID(rawBytes: random.bytes(20)) ?? .zero }

  private mutating func recordID() -> String { RecordPayload.id(of: random.bytes(8)) }

  private mutating func name() -> String {
    "n" + String(decoding: random.bytes(random.number(9)), as: UTF8.self)
  }
}
