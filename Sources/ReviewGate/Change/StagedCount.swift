import FoundationEssentials
import GitCommand
import GitKit
import ReviewCore

/// `check --staged` where nobody is accused: all that is left to say is how much was looked at.
///
/// The answer is the one that `Gate` gives, from one process of git instead of two, without the tree
/// of the index. Whatever is out of the ordinary is answered by `Gate`.
struct StagedCount {
  private let surroundings: Surroundings

  /// What may lie in the program's own directories and says nothing about who wrote a line.
  private static let harmless: Set<String> = [
    "gate-passed", "bypassed", "scratch", "repository-id", "repository-name", "records.lock",
  ]

  /// Prepares an answer.
  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Prints the answer and returns the exit status; nil where `Gate` has to be asked.
  func answer() -> Int32? {
    let variables = surroundings.variables
    // A job on GitHub has a summary, which is not written here.
    guard variables["GIT_QUARANTINE_PATH"] == nil, variables["GIT_INDEX_FILE"] == nil,
      variables["GITHUB_ACTIONS"] != "true",
      !surroundings.isUnderAgent,
      let listing = try? Git(directory: nil).stagedListing(),
      isUnclaimed(listing), let policy = try? policy(listing),
      policy.origin.unattributed == .human, policy.paths.prototype.isEmpty,
      let hunks = try? count(listing, policy.limits)
    else { return nil }
    let verdict = Judge(policy: policy, ledger: .empty, now: surroundings.now)
      .judge(Candidate(files: [], people: []), at: .manual)
    let context = context(listing, hunks, policy)
    let style = Output.style(1, variables)
    Output.answer(TextReport.render(verdict, context, style: style))
    return 0
  }

  /// Whether no other file could say that an agent wrote something here.
  private func isUnclaimed(_ listing: StagedListing) -> Bool {
    let files = FileManager.default
    for directory in Set([listing.gitDirectory, listing.commonDirectory]) {
      let own = (try? files.contentsOfDirectory(atPath: directory + "/reviewgate")) ?? []
      guard Self.harmless.isSuperset(of: own), !files.fileExists(atPath: directory + "/ai") else {
        return false
      }
    }
    return !files.fileExists(atPath: listing.worktree + "/.agent-trace")
  }

  /// The policy of the index, where that is known without git.
  private func policy(_ listing: StagedListing) throws -> Policy? {
    let paths = [PolicyFile.path, RosterFile.path]
    let index = listing.gitDirectory + "/index"
    guard
      let staged = StagedFiles.known(paths, index: index, worktree: listing.worktree),
      zip(paths, staged).allSatisfy({ path, content in
        content != nil || !FileManager.default.fileExists(atPath: listing.worktree + "/" + path)
      })
    else { return nil }
    let policy = try staged[0].map { try PolicyFile.parse($0) } ?? .default
    return policy.judging(with: try staged[1].map { try RosterFile.parse($0) })
  }

  private func count(_ listing: StagedListing, _ limits: Policy.Limits) throws -> Int? {
    let repository = try Repository(gitDirectory: listing.gitDirectory)
    var hunks = 0
    for transition in listing.transitions {
      switch try repository.lineView(of: transition, sizeCap: limits.maxFileBytes) {
      case .spans(let spans): hunks += spans.count
      case .opaque: hunks += 1
      }
    }
    return hunks <= limits.maxHunks ? hunks : nil
  }

  private func context(_ listing: StagedListing, _ hunks: Int, _ policy: Policy) -> ReportContext {
    var context = ReportContext(
      scope: EvaluatedScope(
        place: .manual,
        subject: "index against HEAD",
        commits: 0,
        files: listing.transitions.count,
        hunks: hunks,
        base: nil,
        head: nil,
        // Trees are not in what is printed here, and were not made.
        baseTree: .zero,
        headTree: .zero
      ),
      policy: policy,
      reviewCommand: "reviewgate review --staged",
      unicode: Output.isRich(1, surroundings.variables)
    )
    context.width = Output.width(1)
    return context
  }
}
