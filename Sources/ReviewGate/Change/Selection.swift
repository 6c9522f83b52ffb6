import FoundationEssentials
import GitCommand
import GitKit
import ReviewCore

/// What the user asked to have judged.
enum Selection: Equatable {
  /// The index against HEAD, with a message where one is known.
  case staged(message: String?)
  /// One commit against its first parent.
  case commit(String)
  /// Commits reachable from the second revision and not from the first.
  case range(from: String, to: String)
  /// Commits of the current branch that its base does not have.
  case branch(base: String?)
}

/// A selection with every name looked up.
struct ResolvedRange {
  /// The commits and the trees around them.
  let range: CommitRange
  /// How the range was named, safe to print.
  let subject: String
  /// The commit whose policy judges, where it is not the change's own.
  let policySource: ObjectID?
}

extension Project {
  /// Looks up a selection of commits.
  func resolve(
    _ selection: Selection,
    _ policy: Policy,
    at place: Policy.Place
  ) async throws -> ResolvedRange {
    switch selection {
    case .staged: throw Undecided.noWorktree
    case .commit(let name):
      let id = try await git.commit(named: name)
      let parents = try repository.commit(id).parents
      let range = try await range(to: id, from: parents, policy, at: place)
      return ResolvedRange(
        range: CommitRange(base: parents.first, head: id, commits: range.commits),
        subject: "commit \(id.short)",
        policySource: nil
      )
    case .range(let from, let to):
      // The empty tree stands for "from nothing", as reports name the base of a whole history.
      let git = git
      async let named = from == ObjectID.emptyTree.hex ? nil : git.commit(named: from)
      let head = try await git.commit(named: to.isEmpty ? "HEAD" : to)
      let base = try await named
      return ResolvedRange(
        range: try await range(to: head, from: base.map { [$0] } ?? [], policy, at: place),
        subject: "\(VisibleText.line(from))..\(VisibleText.line(to))",
        policySource: base
      )
    case .branch(let name):
      guard let head = try await git.object(named: "HEAD^{commit}") else {
        throw RangeProblem.noCommits
      }
      let base = try await base(named: name)
      return ResolvedRange(
        range: try await range(to: head, from: [base.id], policy, at: place),
        subject: "\(VisibleText.line(base.name))..HEAD",
        policySource: base.id
      )
    }
  }

  /// The commits that lead to `head` and are reachable from none of `excluded`, nor the baseline.
  func range(
    to head: ObjectID,
    from excluded: [ObjectID],
    _ policy: Policy,
    at place: Policy.Place
  ) async throws -> CommitRange {
    var excluded = excluded
    if let baseline = try await baseline(of: policy, at: place, landed: excluded) {
      excluded.append(baseline)
    }
    return try await git.range(of: head, excluding: excluded, limit: policy.limits.maxCommits)
  }

  /// The commit of the policy's baseline; nil where there is none, or where it must not count.
  ///
  /// Where it decides, a name counts only for what has `landed`: whoever can push a tag can let it
  /// mean the very change that is judged. An id means the same commit for ever.
  func baseline(
    of policy: Policy,
    at place: Policy.Place,
    landed: [ObjectID]
  ) async throws -> ObjectID? {
    guard let name = policy.gate.baseline else { return nil }
    let commit = try await git.commit(named: name)
    guard place == .ci || place == .receive, ObjectID(hex: name) == nil else { return commit }
    return try await git.covers(landed, [commit]) ? commit : nil
  }

  /// The branch a person works against: named, configured, or the only one it can be.
  ///
  /// Never a guess between two: a wrong base is an empty or a foreign range.
  func base(named name: String?) async throws -> (name: String, id: ObjectID) {
    if let name { return (name, try await base(given: name)) }
    if let name = surroundings.variables["REVIEWGATE_BASE"], !name.isEmpty {
      return (name, try await git.commit(named: name))
    }
    let current = try await git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"]).lines.first
    var tried: [String] = []
    for candidate in try await baseCandidates(of: current) {
      tried.append(candidate)
      if let id = try await git.object(named: candidate + "^{commit}") { return (candidate, id) }
    }
    let usual: [String] = ["main", "master"].filter { $0 != current }
    tried += usual
    var found: [(name: String, id: ObjectID)] = []
    for candidate in usual {
      if let id = try await git.object(named: "refs/heads/\(candidate)^{commit}") {
        found.append((candidate, id))
      }
    }
    guard found.count == 1 else {
      let isChoice = found.count > 1
      throw isChoice ? Undecided.severalBases(found.map(\.name)) : .noBase(tried: tried)
    }
    return found[0]
  }

  /// The commit that a person named as the base; a path there was meant as one.
  private func base(given name: String) async throws -> ObjectID {
    do {
      return try await git.commit(named: name)
    } catch let error as RangeProblem {
      guard case .unknownRevision = error, try await isPath(name) else { throw error }
      throw Undecided.pathForBase(name)
    }
  }

  private func isPath(_ name: String) async throws -> Bool {
    let places = [name] + (layout.worktree.map { ["\($0)/\(name)"] } ?? [])
    if places.contains(where: FileManager.default.fileExists(atPath:)) { return true }
    // One that the change deletes.
    return try await git.object(named: "HEAD:" + name) != nil
  }

  private func baseCandidates(of current: String?) async throws -> [String] {
    var candidates: [String] = []
    if let current {
      // An upstream of another name is what the branch will be merged into; one of the same name
      // is the branch itself on a server.
      let upstream = try await git.ask(["rev-parse", "--abbrev-ref", "@{upstream}"])
      if upstream.status == 0, let name = upstream.lines.first,
        name.split(separator: "/", maxSplits: 1).last.map(String.init) != current
      {
        candidates.append(name)
      }
    }
    let remote = try await git.ask(["rev-parse", "--abbrev-ref", "origin/HEAD"])
    if remote.status == 0, let name = remote.lines.first { candidates.append(name) }
    return candidates
  }
}
