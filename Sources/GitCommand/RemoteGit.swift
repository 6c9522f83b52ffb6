package import ReviewCore

/// Git where it reaches another repository: only to fetch, and only what is asked for.
///
/// No hook runs, nothing is pruned or tidied up, no submodule is followed, and no program is a
/// transport, whatever the configuration says.
package struct RemoteGit: Sendable {
  /// A configured remote, or an address.
  package let remote: String
  private let git: Git

  private static let settings = [
    "-c", "core.hooksPath=/dev/null", "-c", "fetch.writeCommitGraph=false",
    "-c", "maintenance.auto=false", "-c", "gc.auto=0",
  ]
  private static let options = [
    "fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head",
    "--no-recurse-submodules", "--no-show-forced-updates",
  ]
  private static let protocols = "file:git:http:https:ssh"
  /// More names than this may not fit on a command line.
  private static let mostNames = 64

  /// Reaches `remote` from the repository that `git` works in.
  package init(_ git: Git, remote: String) {
    self.remote = remote
    self.git = Git(
      directory: git.directory,
      variables: git.variables.merging(["GIT_ALLOW_PROTOCOL": Self.protocols]) { $1 }
    )
  }

  /// How much history a fetch brings.
  package enum Depth: Hashable, Sendable {
    /// As much as is missing up to where history is cut off here.
    case asHere
    /// So many commits of each line.
    case commits(Int)
    /// All of it.
    case whole

    fileprivate var arguments: [String] {
      switch self {
      case .asHere: []
      case .commits(let count): ["--depth=\(count)"]
      case .whole: ["--unshallow"]
      }
    }
  }

  /// Why a fetch brought nothing.
  package struct Problem: Error, Hashable, Sendable {
    /// What was asked for.
    package let wanted: [String]
    /// Where, as it is configured or given.
    package let remote: String
    /// What git said, safe to print.
    package let complaint: String
  }

  /// Fetches commits by name, or references without keeping their names.
  package func fetch(_ names: [String], depth: Depth = .asHere) async throws(Problem) {
    try await run(depth.arguments, names)
  }

  /// Fetches references into the names that the patterns give them, with all their content.
  package func fetch(patterns: [String]) async throws(Problem) {
    // A partial clone would get the notes without what is in them.
    try await run(["--no-filter"], patterns)
  }

  /// Fetches objects that a partial clone left out, all at once, as git itself would.
  package func fetch(objects: [ObjectID]) async throws(Problem) {
    let names = objects.map(\.hex)
    try await run(
      ["--filter=blob:none", "--stdin"],
      [],
      input: Array((names.joined(separator: "\n") + "\n").utf8),
      settings: ["-c", "fetch.negotiationAlgorithm=noop"],
      shown: names
    )
  }

  /// Fetches the trees of a clone that was made without any.
  package func fetchTrees(of names: [String]) async throws(Problem) {
    try await run(["--refetch", "--filter=blob:none"], names)
  }

  /// The commit that a reference of the remote points to; nil where there is no such reference.
  package func target(of reference: String) async throws(Problem) -> ObjectID? {
    let arguments = ["ls-remote", "--quiet", "--end-of-options", remote, reference]
    let answer = try await ask(Self.settings + arguments, wanted: [reference])
    guard answer.status == 0 else { throw problem([reference], answer) }
    for line in answer.lines {
      let parts = line.split(separator: "\t", maxSplits: 1)
      if parts.count == 2, parts[1] == reference { return ObjectID(hex: parts[0]) }
    }
    return nil
  }

  private func run(
    _ options: [String],
    _ names: [String],
    input: [UInt8] = [],
    settings: [String] = [],
    shown: [String]? = nil
  ) async throws(Problem) {
    let command = Self.settings + settings + Self.options + options
    let shown = shown ?? names
    let arguments = command + ["--end-of-options", remote] + names
    let answer = try await ask(arguments, input: input, wanted: shown)
    guard answer.status == 0 else { throw problem(shown, answer) }
  }

  private func ask(
    _ arguments: [String],
    input: [UInt8] = [],
    wanted: [String]
  ) async throws(Problem) -> Git.Answer {
    do {
      return try await git.ask(arguments, input: input)
    } catch {
      throw Problem(wanted: wanted, remote: remote, complaint: "\(error)")
    }
  }

  private func problem(_ wanted: [String], _ answer: Git.Answer) -> Problem {
    let said = answer.complaint.isEmpty ? "exit status \(answer.status)" : answer.complaint
    return Problem(
      wanted: Array(wanted.prefix(Self.mostNames)),
      remote: VisibleText.line(remote),
      complaint: said
    )
  }
}
