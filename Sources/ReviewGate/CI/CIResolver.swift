import GitCommand
import ReviewCore

/// The two ends of a job's change, both here.
struct CIResolvedRange {
  /// The commit of the target; nil when the change starts from nothing.
  let base: ObjectID?
  let head: ObjectID
  /// A reference of the remote that leads to the head, where the service has one.
  let headReference: String?
  /// A base that the service claimed, with the branch it is checked against.
  let claimed: (base: ObjectID, branch: String)?
  /// What had to be done differently, in words.
  let remarks: [String]

  /// The range as `check` and `review` take it.
  var name: String { "\((base ?? .emptyTree).hex)..\(head.hex)" }

  var selection: Selection { .range(from: (base ?? .emptyTree).hex, to: head.hex) }

  /// What the reader has to know about how the range was found, once history is here.
  func notes(_ git: Git) async throws -> [String] {
    guard let claimed, let base, let shared = try await git.mergeBase(base, head),
      shared != claimed.base
    else { return remarks }
    return remarks + [
      "the base that the service names, \(claimed.base.short), is not where the change leaves "
        + "\(VisibleText.line(claimed.branch)); their merge base \(shared.short) is used"
    ]
  }
}

/// Looks up what a service named, and fetches the two ends where they are not here.
struct CIResolver {
  let project: Project
  var fetcher: CIFetcher?
  let options: CIOptions
  private var remarks: [String] = []

  init(project: Project, fetcher: CIFetcher?, options: CIOptions) {
    self.project = project
    self.fetcher = fetcher
    self.options = options
  }

  /// Finds both ends; what is nowhere is a problem that names it.
  mutating func resolve(_ job: CIJob) async throws -> CIResolvedRange {
    let head = try await self.head(job.head)
    var claimed: (base: ObjectID, branch: String)?
    if case .branch(let name, let base?) = job.base { claimed = (base, name) }
    var reference: String?
    if case .commit(_, let name) = job.head { reference = name }
    return CIResolvedRange(
      base: try await base(job.base),
      head: head,
      headReference: reference,
      claimed: claimed,
      remarks: remarks
    )
  }

  // MARK: - The head

  private mutating func head(_ head: CIHead) async throws -> ObjectID {
    switch head {
    case .commit(let id, let reference): return try await here(id, reference)
    case .secondParent(let merge):
      let parents = try await project.git.namedParents(of: try await here(merge))
      guard parents.count == 2 else { throw Unready.noMerge(merge) }
      return try await here(parents[1])
    case .revision(let name): return try await revision(name)
    }
  }

  // MARK: - The base

  private mutating func base(_ base: CIBase) async throws -> ObjectID? {
    switch base {
    case .commit(let id): return try await here(id)
    case .branch(let name, _): return try await branch(name)
    case .previous(let id, let other): return try await previous(id, otherwise: other)
    case .firstParent(let commit):
      let parents = try await project.git.namedParents(of: try await here(commit))
      guard let first = parents.first else { return nil }
      return try await here(first)
    case .revision(let name):
      return name == ObjectID.emptyTree.hex ? nil : try await revision(name)
    case .detected: return try await project.base(named: nil).id
    }
  }

  /// Where a branch was before a push; a forced push may have taken it away.
  private mutating func previous(
    _ id: ObjectID,
    otherwise other: String?
  ) async throws -> ObjectID {
    guard let other else { return try await here(id) }
    do {
      return try await here(id)
    } catch is RemoteGit.Problem, is RangeProblem {
      remarks.append(
        "\(id.short), where the branch was before the push, is gone; "
          + "the change is compared with \(VisibleText.line(other))"
      )
      return try await branch(other)
    }
  }

  /// The tip that a branch has on the remote now, or had when it was last fetched.
  private mutating func branch(_ name: String) async throws -> ObjectID {
    guard let fetcher else {
      let remote = options.remote ?? "origin"
      let reference = "refs/remotes/\(remote)/\(name)"
      guard let id = try await project.git.object(named: reference + "^{commit}") else {
        throw RangeProblem.unknownRevision("\(remote)/\(name)")
      }
      return id
    }
    guard let tip = try await fetcher.remote.target(of: "refs/heads/" + name) else {
      throw Unready.noBranch(name, remote: fetcher.remote.remote)
    }
    return try await here(tip, "refs/heads/" + name)
  }

  // MARK: - Looking up

  /// A revision that a person named: one that is here, a commit, or a branch of the remote.
  private mutating func revision(_ name: String) async throws -> ObjectID {
    let given = name.isEmpty ? "HEAD" : name
    try await project.git.refuseAmbiguous(given)
    if let id = try await project.git.object(named: given + "^{commit}") { return id }
    guard let fetcher, given != "HEAD" else { return try await project.git.commit(named: given) }
    if let id = ObjectID(hex: given) { return try await here(id) }
    let prefix = fetcher.remote.remote + "/"
    let short = given.hasPrefix(prefix) ? String(given.dropFirst(prefix.count)) : given
    guard let branch = BranchName.plain(short) else { throw RangeProblem.unknownRevision(given) }
    return try await self.branch(branch)
  }

  /// A commit, fetched where it is not here.
  private mutating func here(
    _ id: ObjectID,
    _ reference: String? = nil
  ) async throws -> ObjectID {
    // A tag's own id stands for its commit.
    let name = id.hex + "^{commit}"
    if let commit = try await project.git.object(named: name) { return commit }
    try await fetcher?.bring(id, reference)
    guard let commit = try await project.git.object(named: name) else {
      throw RangeProblem.unknownRevision(id.hex)
    }
    return commit
  }
}
