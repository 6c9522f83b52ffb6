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
    } catch {
      throw Undecided.unsupportedRepository(error.message)
    }
  }

  /// Reads many commits on all cores.
  func scanner(_ policy: Policy) -> RangeScanner {
    RangeScanner(
      gitDirectory: layout.gitDirectory,
      fromEnvironment: isQuarantined,
      sizeCap: policy.limits.maxFileBytes
    )
  }

  /// The part of the git directory this program keeps its own state in.
  var stateDirectory: String { layout.gitDirectory + "/reviewgate" }

  /// The same, shared by all worktrees.
  var sharedStateDirectory: String { layout.commonDirectory + "/reviewgate" }

  // MARK: - Policy

  /// The policy in a tree; the defaults where there is none.
  func policy(in tree: ObjectID) throws -> LoadedPolicy {
    let path = RepositoryPath(PolicyFile.path)
    guard let entry = try repository.entry(at: path, in: tree) else { return .defaults }
    guard entry.mode == .regular || entry.mode == .executable else {
      throw PolicyProblem.notAFile(PolicyFile.path)
    }
    return LoadedPolicy(
      policy: try PolicyFile.parse(try repository.blob(entry.id)),
      blob: entry.id
    )
  }

  /// The policy of the index, after making sure that the worktree shows the same one.
  func stagedPolicy(in tree: ObjectID) throws -> LoadedPolicy {
    let loaded = try policy(in: tree)
    guard let worktree = layout.worktree else { return loaded }
    let staged = try loaded.blob.map { try repository.blob($0) }
    let shown = FileBytes.read(worktree + "/" + PolicyFile.path)
    try PolicyFile.refuseUnstaged(shown: shown, staged: staged)
    return loaded
  }

  // MARK: - Records

  /// A name of the repository that is the same in every clone.
  ///
  /// Finding the root commits walks all of history, so the answer is kept; history's roots do not
  /// change. A shallow clone does not have them.
  func repositoryID() async throws -> String {
    let file = sharedStateDirectory + "/repository-id"
    if let kept = FileBytes.read(file), let text = String(validating: kept, as: UTF8.self),
      text.hasPrefix("roots:sha256:")
    {
      return text
    }
    if layout.isShallow { throw Undecided.shallowIdentity }
    guard let head = try await git.object(named: "HEAD^{commit}") else {
      // Before the first commit there is nothing to be known by yet.
      return RepositoryIdentity.fromRoots([])
    }
    let id = RepositoryIdentity.fromRoots(try await git.roots(of: head))
    try? FileBytes.write(Array(id.utf8), to: file)
    return id
  }

  /// Everything people recorded that is here, own and fetched.
  func ledger() async throws -> ReviewLedger {
    let entries = try RecordLog(repository).entries(below: "refs/reviewgate/")
    guard !entries.isEmpty else { return .empty }
    let sources = entries.map { RecordSource(name: $0.reference, envelope: $0.envelope) }
    return ReviewLedger.read(sources, repositoryID: try await repositoryID())
  }
}

extension PolicyFile {
  /// Refuses a file in the worktree that differs from the index: which one holds is not clear.
  ///
  /// Where the worktree has none, as in a sparse checkout, the staged one holds.
  static func refuseUnstaged(shown: [UInt8]?, staged: [UInt8]?) throws {
    guard let shown, shown != staged else { return }
    // Git may convert line ends on the way into the index.
    let lines = shown.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let text = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    guard Array(text.joined(separator: [UInt8(ascii: "\n")])) == staged else {
      throw PolicyProblem.notStaged(path)
    }
  }
}

/// A policy and the blob it was read from; nil for the defaults.
struct LoadedPolicy {
  let policy: Policy
  let blob: ObjectID?

  static let defaults = LoadedPolicy(policy: .default, blob: nil)
}

/// Whole files as bytes.
enum FileBytes {
  /// The content of a file; nil when it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(filePath: path))).map { Array($0) }
  }

  /// Replaces a file in one step, making its directory where needed.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let directory = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: path), options: .atomic)
  }

  /// Adds one line to a file.
  static func append(line: String, to path: String) throws {
    try write((read(path) ?? []) + Array((line + "\n").utf8), to: path)
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
