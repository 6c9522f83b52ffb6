import GitCommand
import GitKit
import ReviewCore

/// The policy, the people, and the key of who is at work.
extension Doctor {
  private static let area = "policy"

  /// Examines what is committed, and whether the worktree shows the same.
  mutating func policy(_ project: Project) async throws {
    guard let head = try project.repository.target(of: "HEAD") else {
      return report.add(Self.area, .note, "there is no commit yet, and so no policy")
    }
    let loaded = try project.policy(in: try project.repository.commit(head).tree)
    describe(loaded)
    if project.layout.worktree != nil {
      do {
        _ = try project.stagedPolicy(in: try await project.staged().tree)
      } catch { add(Self.area, error) }
    }
    try await baseline(loaded.policy)
    await people(loaded, project)
  }

  private mutating func describe(_ loaded: LoadedPolicy) {
    if loaded.blob == nil {
      report.add(
        Self.area,
        .note,
        "there is no \(PolicyFile.path): the defaults hold, and every place blocks",
        fix: ["reviewgate init"]
      )
    }
    let gate = loaded.policy.gate
    let places = [Policy.Place.commit, .push, .receive, .ci]
    let modes = places.map { "\($0.rawValue) \(gate.mode(at: $0).rawValue)" }
    let text = modes.joined(separator: ", ")
    let isLoose = places.allSatisfy { gate.mode(at: $0) != .block }
    report.add(
      Self.area,
      isLoose ? .note : .good,
      isLoose ? "no place refuses anything: \(text)" : text,
      fix: isLoose ? ["set gate.ci, gate.receive or others to block in \(PolicyFile.path)"] : []
    )
  }

  private mutating func baseline(_ policy: Policy) async throws {
    guard let name = policy.gate.baseline else { return }
    guard let id = try await git.object(named: name + "^{commit}") else {
      return report.add(
        Self.area,
        .problem,
        "git does not know the baseline \(name): nothing can be judged",
        fix: ["git fetch --tags origin"]
      )
    }
    guard ObjectID(hex: name) != id else { return }
    report.add(
      Self.area,
      .note,
      "the baseline \(name) is a name: whoever moves it lets everything pass",
      fix: ["gate.baseline: \(id.hex)   in \(PolicyFile.path)"]
    )
  }

  // MARK: - People

  private mutating func people(_ loaded: LoadedPolicy, _ project: Project) async {
    guard let roster = loaded.roster else {
      return report.add(
        "people",
        .note,
        "there is no \(RosterFile.path): reviews are promises, not proofs",
        fix: ["reviewgate reviewers add"]
      )
    }
    let now = surroundings.now
    let valid = roster.entries.filter { entry in
      entry.compromised == nil
        && entry.validBefore.map { now < $0 } ?? true && entry.validAfter.map { now >= $0 } ?? true
    }
    if valid.isEmpty {
      report.add(
        "people",
        .problem,
        "\(RosterFile.path) lists nobody whose key is valid today: nobody can review",
        fix: ["reviewgate reviewers add"]
      )
    } else {
      let count = Set(valid.map(\.person)).count
      report.add("people", .good, "\(count) \(count == 1 ? "person" : "people") may review")
    }
    await key(loaded, roster, project)
  }

  private mutating func key(_ loaded: LoadedPolicy, _ roster: Roster, _ project: Project) async {
    do {
      guard let own = try await SigningKey.find(project, roster) else {
        return report.add(
          "people",
          .note,
          "no key of yours is listed: you cannot review here",
          fix: ["reviewgate reviewers add, and land that change"]
        )
      }
      let required = loaded.policy.review.require
      let isEnough =
        own.key.reach.satisfies(required) || (own.key.kind.isHardware && required == .verified)
      report.add(
        "people",
        isEnough ? .good : .problem,
        "you sign as \(own.principal) with \(own.key.fingerprint), which reaches "
          + "\(own.key.reach.rawValue)\(isEnough ? "" : "; the policy asks for \(required.rawValue)")",
        fix: isEnough
          ? []
          : ["ssh-keygen -t ed25519-sk -O application=ssh:reviewgate", "reviewgate reviewers add"]
      )
    } catch { add("people", error) }
  }
}
