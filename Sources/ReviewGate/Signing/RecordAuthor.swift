import GitCommand
import ReviewCore

/// In whose name records are written, and what makes them more than a promise.
struct RecordAuthor {
  /// The person's name.
  let principal: String
  /// What signs; nil where records are promises.
  let signer: Signer?
  /// Whether answers can be signed one by one, without asking the person each time.
  let isSilent: Bool

  /// The strongest record this author can make.
  let reach: ReviewStrength

  /// Finds out who is at work and with which key, for records about what was evaluated.
  ///
  /// A change of the roster is judged by the one before it: who is taken out may still agree to that.
  init(_ project: Project, _ evaluation: Gate.Evaluation) async throws {
    let before = (try? project.policy(in: evaluation.change.baseTree))?.roster
    try await self.init(project, evaluation.policy.roster, before: before)
  }

  private init(_ project: Project, _ roster: Roster?, before: Roster?) async throws {
    let key = try await Self.key(project, roster, before: before)
    signer = try key.map { try Signer($0, project) }
    if let key {
      principal = key.principal
      reach = key.isListed ? key.key.reach : .recorded
    } else {
      let address = try await project.principal()
      principal = roster?.person(named: address) ?? address
      reach = .recorded
    }
    isSilent = signer?.isSilent() ?? true
  }

  private static func key(
    _ project: Project,
    _ roster: Roster?,
    before: Roster?
  ) async throws -> SigningKey? {
    guard let before, before != roster else { return try await SigningKey.find(project, roster) }
    if let key = try? await SigningKey.find(project, roster), key.isListed { return key }
    if let key = try? await SigningKey.find(project, before), key.isListed { return key }
    return try await SigningKey.find(project, roster)
  }

  /// Refuses to let a person read for nothing: where nothing they can say would count.
  func check(against findings: [Finding], _ policy: Policy) throws {
    try check(required: findings.map { policy.requirement(for: $0.path).require })
  }

  /// The same for statements of another kind than reviews.
  func check(stating findings: [Finding], _ policy: Policy) throws {
    try check(required: findings.map { policy.requirement(for: $0.path).statement })
  }

  private func check(required: [ReviewStrength]) throws {
    guard let weakest = required.min(by: { $1.satisfies($0) && !$0.satisfies($1) }),
      !required.contains(where: reach.satisfies)
    else { return }
    throw SigningProblem.tooWeak(required: weakest, reach: reach)
  }

  /// The log that the records go to.
  func log(_ project: Project, repositoryID: String) -> RecordLogName {
    guard let signer else { return project.unsignedLog(repositoryID: repositoryID) }
    return RecordLogName.signed(principal: principal, publicKey: signer.signing.key.blob)
  }

  /// What the records are worth, in one sentence.
  var statement: String {
    guard let signer else { return "Recorded without a signature: a promise, not a proof." }
    let key = signer.signing.key.fingerprint
    return signer.signing.isListed
      ? "Signed with \(key)." : "Signed with \(key); it counts once \(RosterFile.path) lists it."
  }
}

extension Project {
  /// The log of this machine's unsigned records.
  func unsignedLog(repositoryID: String) -> RecordLogName {
    RecordLogName.unsigned(repositoryID: repositoryID, machineID: surroundings.machineID)
  }

  /// The name a person's unsigned records carry: the address git knows them by.
  ///
  /// It is a claim; a service identity of an agent is refused all the same.
  func principal() async throws -> String {
    guard let email = try await git.setting("user.email") else { throw ReviewProblem.noIdentity }
    let name = try await git.setting("user.name") ?? ""
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
