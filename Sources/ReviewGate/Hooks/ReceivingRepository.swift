import GitCommand
import GitKit
import ReviewCore

/// A server's repository as it is before a push.
struct ReceivingRepository {
  /// What the default branch points to; nil when it does not exist yet.
  let defaultTip: ObjectID?
  /// The policy and the roster of the default branch.
  let policy: LoadedPolicy
  private let defaultBranch: String?
  private let references: [(name: String, target: ObjectID)]
  /// References that are only other names, as after a branch was renamed, and what they name.
  private let aliases: [String: String]

  private static let branches = "refs/heads/"

  /// Looks at the references and at the default branch's policy.
  init(_ project: Project) async throws {
    let head = try await project.git.ask(["symbolic-ref", "--quiet", "HEAD"])
    let branch = head.status == 0 ? head.lines.first : nil
    defaultTip = try branch.flatMap { try project.repository.target(of: $0) }
    defaultBranch = defaultTip == nil ? nil : branch
    references = try project.repository.references(below: "refs/")
    aliases = try await project.git.symbolicReferences()
    policy =
      try defaultTip.map { try project.policy(in: try project.repository.commit($0).tree) }
      ?? .defaults
  }

  /// Whether updates of a reference are judged.
  ///
  /// As long as the default branch does not exist every branch may become it, so every one is: a
  /// server whose `HEAD` names a branch that nobody uses would judge nothing for ever.
  func isProtected(_ given: String) -> Bool {
    // Git moves what a symbolic reference names.
    let name = aliases[given] ?? given
    if policy.policy.gate.protected.contains(given) { return true }
    if policy.policy.gate.protected.contains(name) { return true }
    guard let defaultBranch else { return name.utf8.starts(with: Self.branches.utf8) }
    return name.utf8.elementsEqual(defaultBranch.utf8)
  }

  /// Whether a reference could decide what the baseline of a policy means.
  ///
  /// Whoever could make or move it could have everything pass. As long as the name means nothing,
  /// a tag may give it its meaning.
  func decidesBaseline(_ name: String, _ project: Project) async throws -> Bool {
    for baseline in baselines(project) {
      // The names that git tries for a short one (gitrevisions).
      let names = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].map { $0 + baseline }
      guard names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { continue }
      let isTag = name.utf8.starts(with: "refs/tags/".utf8)
      if !isTag { return true }
      if try await project.git.object(named: baseline + "^{commit}") != nil { return true }
    }
    return false
  }

  /// The baselines of the policies that judge here.
  private func baselines(_ project: Project) -> Set<String> {
    var names = Set([policy.policy.gate.baseline].compactMap { $0 })
    for reference in references where isProtected(reference.name) {
      guard let commit = try? project.repository.commit(reference.target),
        let own = try? project.policy(in: commit.tree)
      else { continue }
      if let baseline = own.policy.gate.baseline { names.insert(baseline) }
    }
    return names
  }

  /// The policy that judges an update: the reference's own before the push, else the default branch's.
  func policy(judging update: ReferenceUpdate, _ project: Project) async throws -> LoadedPolicy {
    guard !update.old.isZero,
      let old = try await project.git.object(named: update.old.hex + "^{commit}")
    else { return policy }
    return try project.policy(in: try project.repository.commit(old).tree)
  }

  /// The commits that were judged when they came: those that protected references lead to.
  ///
  /// A reference whose own policy blocks nothing, or cannot be read, vouches for nothing. One that is
  /// judged by other settings than `policy` vouches for nothing either, unless it is the default
  /// branch: what a looser branch let in would land everywhere without another look.
  func landed(_ project: Project, for policy: LoadedPolicy) -> [ObjectID] {
    references.filter { isProtected($0.name) }.filter { reference in
      // Tags may point to other tags or trees; only commits bound a range.
      guard let commit = try? project.repository.commit(reference.target),
        let own = try? project.policy(in: commit.tree), own.policy.gate.receive == .block
      else { return false }
      let isDefault = defaultBranch.map { reference.name.utf8.elementsEqual($0.utf8) } ?? false
      return isDefault || own.policy == policy.policy && own.roster == policy.roster
    }.map(\.target)
  }
}

extension Project {
  /// The identity of this repository; nil where it has no commit to be known by.
  func knownRepositoryID() async throws -> String? {
    let id = try await repositoryID()
    return id.utf8.elementsEqual(RepositoryIdentity.rootless.utf8) ? nil : id
  }
}
