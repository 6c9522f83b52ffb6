import FoundationEssentials
import GitCommand
import GitKit
import ReviewCore

/// A repository that git accepts and this program can read.
struct Project {
  /// What is around the program.
  let surroundings: Surroundings
  /// Git, run where the user is.
  let git: Git
  /// Where the parts of the repository are.
  let layout: RepositoryLayout
  /// The objects and references.
  let repository: Repository
  /// Whether the objects of a push are still apart from the repository (`git-receive-pack`).
  private let isQuarantined: Bool
  /// What workers read with.
  private let pool = RepositoryPool()
  /// What a push would add to this repository; nothing but on a server.
  var push = IncomingRecords()
  /// A commit of the main line that names the repository, where HEAD is a stranger's; nil where it is
  /// not.
  var mainLine: ObjectID?
  /// The index as it was while git was asked for the layout.
  let earlyIndex: EarlyIndex?

  /// The object formats libgit2 1.5 can read.
  private static let readableFormat = "sha1"

  /// Finds the repository from the working directory.
  ///
  /// Git is asked first: it knows `safe.directory`, `GIT_DIR`, worktrees and submodules, and its
  /// own words are what the user reads when it refuses.
  /// `readsIndex` says that the index will be asked for, so that git can be asked for it at once.
  init(_ surroundings: Surroundings, readsIndex: Bool = false) async throws {
    self.surroundings = surroundings
    let git = Git(directory: nil)
    self.git = git
    let variables = surroundings.variables
    // Both take as long as all the rest of a small check.
    Repository.prepare()
    async let early = readsIndex ? EarlyIndex.read(variables, git) : nil
    layout = try await RepositoryLayout(git)
    earlyIndex = await early
    guard layout.objectFormat == Self.readableFormat else {
      throw Undecided.unsupportedRepository("\(layout.objectFormat) objects")
    }
    isQuarantined = surroundings.variables["GIT_QUARANTINE_PATH"] != nil
    do {
      repository = try Repository(gitDirectory: layout.gitDirectory, fromEnvironment: isQuarantined)
      repository.keepUntilExit()
      pool.keepUntilExit()
    } catch {
      throw Undecided.unsupportedRepository(error.message)
    }
  }

  /// Reads many commits on all cores.
  func scanner(_ policy: Policy) -> RangeScanner {
    RangeScanner(
      gitDirectory: layout.gitDirectory,
      fromEnvironment: isQuarantined,
      sizeCap: policy.limits.maxFileBytes,
      pool: pool
    )
  }

  /// The part of the git directory this program keeps its own state in.
  var stateDirectory: String { layout.gitDirectory + "/reviewgate" }

  /// The same, shared by all worktrees.
  var sharedStateDirectory: String { layout.commonDirectory + "/reviewgate" }

  // MARK: - Records

  /// A name of the repository that is the same in every clone.
  ///
  /// Finding the first commit walks all of the main line, so the answer is kept; it does not change.
  /// A shallow clone does not have it.
  func repositoryID() async throws -> String {
    // Not `repository-id`: it may have a name that follows from all first commits.
    let file = sharedStateDirectory + "/repository-name"
    if mainLine == nil, let kept = FileBytes.read(file),
      let text = String(validating: kept, as: UTF8.self), text.hasPrefix("roots:sha256:")
    {
      return text
    }
    if layout.isShallow { throw Undecided.shallowIdentity }
    if let mainLine {
      return RepositoryIdentity.ofHistory(since: try await git.firstCommit(of: mainLine))
    }
    // What is checked out may be a branch with a beginning of its own.
    var head: ObjectID?
    for name in ["refs/remotes/origin/HEAD", "HEAD"] where head == nil {
      head = try await git.object(named: name + "^{commit}")
    }
    guard let head else {
      // Before the first commit there is nothing to be known by yet, but what a push brings.
      guard let first = push.firstHead else { return RepositoryIdentity.rootless }
      return RepositoryIdentity.ofHistory(since: try await git.firstCommit(of: first))
    }
    let id = RepositoryIdentity.ofHistory(since: try await git.firstCommit(of: head))
    try? FileBytes.write(Array(id.utf8), to: file)
    return id
  }

  /// Everything people recorded that is here, own and fetched, as one roster proves it.
  ///
  /// With `paths`, only what is about any of them.
  func ledger(
    _ roster: Roster?,
    about paths: Set<RepositoryPath>? = nil
  ) async throws -> ReviewLedger {
    let entries = try RecordLog(repository).entries(below: RecordRefs.all, and: push.logs)
      .filter { !$0.isVisiting || roster != nil && $0.isSigned }
    guard !entries.isEmpty else { return .empty }
    return ReviewLedger.read(
      entries.map { RecordSource(name: $0.reference, envelope: $0.envelope) },
      repositoryID: try await repositoryID(),
      verifier: RecordVerifier(roster: roster, now: surroundings.now),
      about: paths
    )
  }
}

extension RecordLog.Entry {
  /// Whether it comes from the repository of a fork, where the author of a change decides what is.
  fileprivate var isVisiting: Bool { reference.hasPrefix(CIReferences.forkLogs) }

  fileprivate var isSigned: Bool {
    (try? Envelope.decode(envelope))?.signatures.isEmpty == false
  }
}

/// What a push brings that references do not show yet.
struct IncomingRecords {
  /// Logs of records as they will be.
  var logs: [RecordLog.PushedLog] = []
  /// The first branch of a repository that has none.
  var firstHead: ObjectID?
}

/// Whole files as bytes.
enum FileBytes {
  /// The content of a file; nil when it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: path))).map { Array($0) }
  }

  /// How long a regular file is; nil for anything else.
  static func size(of path: String) -> Int? {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
      facts[.type] as? FileAttributeType == .typeRegular
    else { return nil }
    return (facts[.size] as? UInt64).map(Int.init(clamping:)) ?? facts[.size] as? Int
  }

  /// Whether a path is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  /// Replaces a file in one step, making its directory where needed.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let directory = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: path), options: .atomic)
  }

  /// Writes a file that is not there yet; one that came up meanwhile is an error and stays.
  static func create(_ bytes: [UInt8], at path: String) throws {
    let directory = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
  }

  /// Adds one line to a file.
  static func append(line: String, to path: String) throws {
    try write((read(path) ?? []) + Array((line + "\n").utf8), to: path)
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
