import GitCommand
import GitKit
import ReviewCore

/// Brings what a decision needs and a CI service's clone does not have.
struct CIFetcher {
  let git: Git
  let remote: RemoteGit
  /// With how much history to begin; nil for the smallest step, 0 for all of it.
  let startDepth: Int?
  /// What could not be fetched and is not needed.
  private(set) var notes: [String] = []
  /// What was fetched, in words.
  private var brought: [String] = []

  private static let steps = [4, 16, 64, 256, 1_024]
  /// Folders and files that a decision reads wherever they are.
  private static let settings: Set<String> = [".reviewgate", ".agent-trace", ".gitattributes"]
  /// More ends of a shallow history than this are not asked for by name.
  private static let mostBoundaries = 64

  init(git: Git, remote: String, startDepth: Int?) {
    self.git = git
    self.remote = RemoteGit(git, remote: remote)
    self.startDepth = startDepth
  }

  /// What was fetched; nil where nothing had to be.
  var summary: String? {
    guard !brought.isEmpty else { return nil }
    let name = VisibleText.line(remote.remote)
    return "fetched from \(name): \(brought.joined(separator: "; "))"
  }

  // MARK: - References

  /// Fetches records, and the notes that say who wrote what; there may be none of either.
  mutating func fetchReferences(fork: String?, replacing: Bool) async throws {
    let logs = "refs/reviewgate/remotes/\(RecordSync.slug(remote.remote))/log/"
    try await remote.fetch(
      patterns: [CIReferences.logs(into: logs)]
        + CIReferences.origins(ofRemote: remote.remote, replacing: replacing)
    )
    let count = try await git.answer(["for-each-ref", "--format=%(refname)", logs]).lines.count
    brought.append(
      count == 0 ? "no records (there are none)" : Count.of(count, "log") + " of records"
    )
    if let fork { await fetchFork(fork) }
  }

  /// Fetches what a fork has; its author decides what that is, so it may be missing.
  private mutating func fetchFork(_ address: String) async {
    let name = VisibleText.line(address)
    do {
      try await RemoteGit(git, remote: address).fetch(patterns: CIReferences.ofFork)
      for (from, to) in CIReferences.forkCopies {
        guard let id = try await git.object(named: from) else { continue }
        // No hook of this repository is asked.
        let quiet = ["-c", "core.hooksPath=/dev/null", "update-ref", "--no-deref"]
        _ = try await git.answer(quiet + [to, id.hex])
      }
      brought.append("signed records of \(name)")
    } catch {
      notes.append(
        "nothing could be fetched from the head repository \(name): \(Self.words(error))"
      )
    }
  }

  private static func words(_ error: any Error) -> String {
    let text = (error as? RemoteGit.Problem)?.complaint ?? "\(error)"
    return VisibleText.line(String(text.split(separator: "\n").last ?? ""))
  }

  // MARK: - History

  /// Fetches one commit, by name or by the reference that leads to it.
  mutating func bring(_ id: ObjectID, _ reference: String?) async throws {
    var depth = RemoteGit.Depth.asHere
    var words = "commit \(id.short)"
    if try await git.isShallow() {
      let head = try await git.object(named: "HEAD^{commit}")
      let count = try await depths(of: head).first ?? Self.steps[0]
      depth = .commits(count)
      words += " with history to depth \(count)"
    }
    do {
      try await remote.fetch([id.hex], depth: depth)
    } catch {
      // A server may give commits by reference alone.
      guard let reference else { throw error }
      try await remote.fetch([reference], depth: depth)
    }
    brought.append(words)
  }

  /// Fetches heads that records name; they may be gone from the remote, which is no failure.
  mutating func bring(heads: [ObjectID]) async -> Bool {
    if (try? await remote.fetch(heads.map(\.hex))) != nil { return true }
    var isAny = false
    for head in heads where (try? await remote.fetch([head.hex])) != nil { isAny = true }
    return isAny
  }

  /// Deepens a shallow history step by step until the range is whole.
  mutating func bringHistory(_ range: CIResolvedRange) async throws {
    guard try await git.isShallow() else { return }
    let depths = startDepth == 0 ? [] : try await depths(of: range.head)
    var tried: [String] = []
    do {
      for depth in depths {
        if try await isWhole(range) { return }
        tried.append("depth \(depth)")
        try await fetchEnds(of: range, .commits(depth))
        brought.append("history to depth \(depth)")
      }
      if startDepth != 0, try await isWhole(range) { return }
      tried.append("all of history")
      try await completeHistory(range)
    } catch let problem as RemoteGit.Problem {
      throw Unready.notDeepened(problem, base: range.base, head: range.head, tried: tried)
    }
  }

  /// Fetches all of history, also that of what is checked out.
  mutating func completeHistory(_ range: CIResolvedRange) async throws {
    guard try await git.isShallow() else { return }
    let ends = Self.ends(range)
    let layout = try await RepositoryLayout(git)
    let boundaries = git.boundaries(layout).prefix(Self.mostBoundaries)
    do {
      try await remote.fetch((ends + boundaries).map(\.hex), depth: .whole)
    } catch {
      // One of the boundaries may be gone from the remote, or be a merge that only this machine has.
      for id in ends + boundaries where try await git.isShallow() {
        try? await remote.fetch([id.hex], depth: .whole)
      }
      if try await git.isShallow() { try await fetchEnds(of: range, .whole) }
    }
    brought.append("all of history")
  }

  private func isWhole(_ range: CIResolvedRange) async throws -> Bool {
    guard let base = range.base else {
      do {
        _ = try await git.range(of: range.head, excluding: [], limit: .max)
        return true
      } catch RangeProblem.shallow {
        return false
      }
    }
    return try await git.hasRange(of: range.head, from: base)
  }

  private static func ends(_ range: CIResolvedRange) -> [ObjectID] {
    (range.base.map { [$0] } ?? []) + [range.head]
  }

  private func fetchEnds(of range: CIResolvedRange, _ depth: RemoteGit.Depth) async throws {
    let ends = Self.ends(range)
    do {
      try await remote.fetch(ends.map(\.hex), depth: depth)
    } catch {
      for id in ends {
        do {
          try await remote.fetch([id.hex], depth: depth)
        } catch let problem {
          try await fetchInstead(of: id, range, depth, problem)
        }
      }
    }
  }

  /// For a commit that the server does not give by name: by reference, or its parents where it is a
  /// merge that only this machine has.
  private func fetchInstead(
    of id: ObjectID,
    _ range: CIResolvedRange,
    _ depth: RemoteGit.Depth,
    _ problem: RemoteGit.Problem
  ) async throws {
    if depth == .whole, try await !git.isShallow() { return }
    if id == range.head, let reference = range.headReference {
      if (try? await remote.fetch([reference], depth: depth)) != nil { return }
    }
    let parents = try await git.namedParents(of: id)
    guard parents.count > 1 else { throw problem }
    do {
      try await remote.fetch(parents.map(\.hex), depth: depth)
    } catch {
      throw problem
    }
  }

  /// The steps that bring more than what is here: a smaller one would cut history again.
  private func depths(of head: ObjectID?) async throws -> [Int] {
    var visible = 0
    if let head { visible = try await git.visibleDepth(of: head) }
    let start = startDepth.map { max($0, 1) } ?? Self.steps[0]
    return ([start] + Self.steps.filter { $0 > start }).filter { $0 > visible }
  }

  // MARK: - Partial clones

  /// Fetches the files of the range that a partial clone left out, all at once.
  mutating func bringBlobs(_ range: CIResolvedRange) async throws {
    guard try await git.isPartial() else { return }
    let wanted: Set<ObjectID>
    do {
      wanted = try await blobs(of: range)
    } catch is GitFailure {
      // A clone without trees: they come first.
      try await remote.fetchTrees(of: Self.ends(range).map(\.hex))
      brought.append("trees")
      wanted = try await blobs(of: range)
    }
    let layout = try await RepositoryLayout(git)
    let repository = try Repository(gitDirectory: layout.gitDirectory)
    let missing = wanted.filter { !repository.contains($0) }.sorted()
    guard !missing.isEmpty else { return }
    try await remote.fetch(objects: missing)
    brought.append(Count.of(missing.count, "object") + " of the range")
  }

  /// The files that a decision about a range reads.
  private func blobs(of range: CIResolvedRange) async throws -> Set<ObjectID> {
    let excluded = range.base.map { [$0] } ?? []
    let commits = try await git.range(of: range.head, excluding: excluded, limit: .max)
    var wanted = try await git.changedBlobs(
      in: commits.commits,
      between: commits.base,
      and: range.head
    )
    for end in Self.ends(range) {
      wanted.formUnion(try await git.blobs(named: Self.settings, of: end))
    }
    return wanted
  }

  /// Fetches one object that a decision turned out to need.
  mutating func bring(object: ObjectID) async throws {
    try await remote.fetch(objects: [object])
  }

  /// Fetches a tag by its name; false where the remote has none of that name.
  mutating func bring(tag: String) async throws -> Bool {
    let reference = "refs/tags/" + tag
    guard try await remote.target(of: reference) != nil else { return false }
    try await remote.fetch(patterns: ["+\(reference):\(reference)"])
    return true
  }
}
