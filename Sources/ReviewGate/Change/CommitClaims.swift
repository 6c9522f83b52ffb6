import ReviewCore

/// What the evidence of one commit, or of the index, says about its lines.
struct CommitClaims {
  /// The commit; nil for the index.
  let commit: ObjectID?
  /// Who wrote it as a whole.
  let origin: Origin
  /// What says so.
  let evidence: [Evidence]
  /// The lines named by `Agent-Lines`; nil when the whole commit is meant.
  private let named: [RepositoryPath: [LineRange]]?

  /// Reads the claims of a commit.
  init(_ info: CommitInfo) {
    let found = CommitOrigin.of(commit: info)
    self.init(
      commit: info.id,
      origin: found.origin,
      evidence: found.evidence,
      message: info.message
    )
  }

  /// Reads the claims of a change that is not committed yet.
  init(staged evidence: [Evidence], message: [UInt8]) {
    let accused = evidence.contains(where: \.accuses)
    let agent = evidence.first { $0.accuses && $0.agent != nil }?.agent
    self.init(
      commit: nil,
      origin: accused ? .agent(agent) : .unknown,
      evidence: evidence,
      message: message
    )
  }

  private init(commit: ObjectID?, origin: Origin, evidence: [Evidence], message: [UInt8]) {
    self.commit = commit
    self.evidence = evidence
    // "human" in a commit's report means that nothing says otherwise, which is no statement.
    self.origin = origin == .human ? .unknown : origin
    let accusing = evidence.filter(\.accuses)
    // A message can accuse and never clear: other evidence of the same commit means all of it.
    if !accusing.isEmpty, accusing.allSatisfy({ $0.kind == .agentLines }) {
      var named: [RepositoryPath: [LineRange]] = [:]
      for claim in MessageScanner.agentLines(in: message) {
        for file in claim.files { named[file.path, default: []] += file.ranges }
      }
      self.named = named
    } else {
      named = nil
    }
  }

  /// Whether any line may need a reviewer under this policy.
  func mayNeedReview(_ policy: Policy) -> Bool {
    if case .agent = origin { return true }
    return policy.origin.unattributed == .agent
  }

  /// Who added these lines of the commit's own version, as counts by origin.
  func origins(of lines: LineRange, in path: RepositoryPath) -> [Origin: Int] {
    guard let named else { return [origin: lines.count] }
    let ranges = named[path] ?? []
    let claimed = lines.lines.count { line in ranges.contains { $0.lines.contains(line) } }
    return [origin: claimed, .unknown: lines.count - claimed].filter { $0.value > 0 }
  }

  /// Who removed lines: `Agent-Lines` cannot name what is gone, so a named file means the agent.
  func removalOrigin(in path: RepositoryPath) -> Origin {
    guard let named else { return origin }
    return named[path] == nil ? .unknown : origin
  }
}
