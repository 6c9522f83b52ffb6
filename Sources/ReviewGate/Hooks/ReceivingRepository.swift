import GitCommand
import GitKit
import ReviewCore

/// A server's repository as it is before a push.
struct ReceivingRepository {
  /// What the default branch points to; nil when it does not exist yet.
  let defaultTip: ObjectID?
  /// The policy and the roster of the default branch.
  let policy: LoadedPolicy
  /// What it is called and what is protected besides, as `place` has names.
  private let defaultBranch: String?
  private let protected: ProtectedReferences
  private let references: [(name: String, target: ObjectID)]
  /// References that are only other names, as after a branch was renamed, and what they name.
  private let aliases: [String: String]
  /// Whether two names that differ in case are one file here.
  private let ignoresCase: Bool

  private static let branches = "refs/heads/"

  /// Looks at the references and at the default branch's policy.
  init(_ project: Project) async throws {
    let head = try await project.git.ask(["symbolic-ref", "--quiet", "HEAD"])
    let branch = head.status == 0 ? head.lines.first : nil
    defaultTip = try branch.flatMap { try project.repository.target(of: $0) }
    references = try project.repository.references(below: "refs/")
    let setting = try await project.git.ask(["config", "--type=bool", "core.ignorecase"])
    let ignoresCase = setting.lines.first == "true"
    self.ignoresCase = ignoresCase
    func place(_ name: String) -> String { Self.place(name, ignoringCase: ignoresCase) }
    defaultBranch = defaultTip == nil ? nil : branch.map(place)
    let names = try await project.git.symbolicReferences()
    aliases = Dictionary(names.map { (place($0), place($1)) }) { first, _ in first }
    policy =
      try defaultTip.map { try project.policy(in: try project.repository.commit($0).tree) }
      ?? .defaults
    let listed = policy.policy.gate.protected
    protected = ignoresCase ? try listed.lowercased() : listed
  }

  /// Where a reference is kept: one place for all spellings where case does not count.
  private static func place(_ name: String, ignoringCase: Bool) -> String {
    ignoringCase ? name.lowercased() : name
  }

  /// Whether updates of a reference are judged.
  ///
  /// As long as the default branch does not exist every branch may become it, so every one is: a
  /// server whose `HEAD` names a branch that nobody uses would judge nothing for ever.
  func isProtected(_ given: String) -> Bool {
    let name = Self.place(given, ignoringCase: ignoresCase)
    // Git moves what a symbolic reference names.
    return isListed(name) || aliases[name].map(isListed) ?? false
  }

  private func isListed(_ name: String) -> Bool {
    if protected.contains(name) { return true }
    guard let defaultBranch else { return name.utf8.starts(with: Self.branches.utf8) }
    return name.utf8.elementsEqual(defaultBranch.utf8)
  }

  /// Whether an update could decide what the baseline of a policy means.
  ///
  /// Whoever could make or move it could have everything pass. As long as the name means nothing, a
  /// tag of what has landed may give it its meaning.
  func decidesBaseline(_ update: ReferenceUpdate, _ project: Project) async throws -> Bool {
    for baseline in baselines(project) where baseline.isNamed(by: update.name) {
      guard case .revision(let revision) = baseline, update.isBelow("refs/tags/") else {
        return true
      }
      if try await project.git.object(named: revision + "^{commit}") != nil { return true }
      guard let commit = try await project.git.object(named: update.new.hex + "^{commit}"),
        try await project.git.covers([defaultTip].compactMap(\.self), [commit])
      else { return true }
    }
    return false
  }

  /// What a policy here has as its baseline.
  private enum Baseline: Hashable {
    case revision(String)
    /// The words of a policy that nobody can read: every name among them may be meant.
    case unreadable(Set<[UInt8]>)

    /// Whether the name of a reference is one that git tries (gitrevisions).
    func isNamed(by reference: String) -> Bool {
      let prefixes = ["refs/heads/", "refs/tags/", "refs/remotes/", "refs/", ""]
      let names = prefixes.filter { reference.utf8.starts(with: $0.utf8) }.map { prefix in
        let name = reference.dropFirst(prefix.count)
        return name.hasSuffix("/HEAD") ? [name, name.dropLast(5)] : [name]
      }
      .joined()
      switch self {
      case .revision(let revision):
        let base = revision.prefix { !"~^".contains($0) }
        let name = base.firstRange(of: "@{").map { base[..<$0.lowerBound] } ?? base
        return names.contains { $0.utf8.elementsEqual(name.utf8) }
      case .unreadable(let words): return names.contains { words.contains(Array($0.utf8)) }
      }
    }
  }

  /// The baselines of the policies that judge here.
  private func baselines(_ project: Project) -> Set<Baseline> {
    var found = Set([policy.policy.gate.baseline].compactMap { $0 }.map(Baseline.revision))
    for reference in references where isProtected(reference.name) {
      // A tag's own object is no commit: what its policy names counts for nothing that is new.
      guard let tree = try? project.repository.commit(reference.target).tree else { continue }
      do {
        let own = try project.policy(in: tree)
        if let baseline = own.policy.gate.baseline { found.insert(.revision(baseline)) }
      } catch {
        // Whoever mends it will mean by a name what it means today.
        let text = (try? project.policyText(in: tree)) ?? []
        let words = text.split { $0 <= 0x20 || "\"',:[]{}~^#".utf8.contains($0) }
        found.insert(.unreadable(Set(words.map(Array.init))))
      }
    }
    return found
  }

  /// The policy that judges an update: the reference's own before the push, else the default branch's.
  func policy(judging update: ReferenceUpdate, _ project: Project) async throws -> LoadedPolicy {
    guard !update.old.isZero,
      let old = try await project.git.object(named: update.old.hex + "^{commit}")
    else { return policy }
    return try project.policy(in: try project.repository.commit(old).tree)
  }

  /// The commits that were judged when they came: those of the default branch, if it blocks.
  ///
  /// No other reference vouches for any, however well it is protected today: it may have taken them
  /// in before it was, or under settings that were looser for a while.
  var landed: [ObjectID] {
    guard let defaultTip, policy.policy.gate.receive == .block else { return [] }
    return [defaultTip]
  }
}

extension Project {
  /// The identity of this repository; nil where it has no commit to be known by.
  func knownRepositoryID() async throws -> String? {
    let id = try await repositoryID()
    return id.utf8.elementsEqual(RepositoryIdentity.rootless.utf8) ? nil : id
  }
}
