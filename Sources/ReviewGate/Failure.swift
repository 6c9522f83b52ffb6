import GitCommand
import GitKit
import ReviewCore

/// Why nothing could be decided; each ends with what mends it.
enum Undecided: Error {
  /// The repository's format cannot be read.
  case unsupportedRepository(String)
  /// Records name the repository by its first commit, which a shallow clone does not have.
  case shallowIdentity
  /// The change is larger than the policy lets be judged.
  case tooManyHunks(count: Int, limit: Int)
  /// No branch to compare with was found.
  case noBase(tried: [String])
  /// More than one branch may be the one to compare with.
  case severalBases([String])
  /// The base that was named is no revision, and is a path.
  case pathForBase(String)
  /// A file that was named says nothing that can be used.
  case unusableFile(String, why: String)
  /// A file that was named cannot be read.
  case unreadableFile(String)
  /// The place cannot answer this selection.
  case noWorktree
  /// There is no remote to share records with, or more than one.
  case noRemote([String])
  /// What was given as a time is neither that nor a revision.
  case unknownTime(String)
}

/// What is wrong with where a policy is.
enum PolicyProblem: Error {
  /// The worktree's policy or roster differs from the staged one.
  case notStaged(String)
  /// The policy or the roster is a link, a directory or a submodule.
  case notAFile(String)
}

/// A failure as the user sees it: status, first line, facts and remedy.
struct Failure {
  /// How the program ends.
  enum Status: Int32 {
    case blocked = 1
    case undecided = 2
    case policy = 3
    case nobody = 4
    case overridden = 5
    case usage = 64
    case `internal` = 70
  }

  /// The exit status.
  let status: Status
  /// What happened.
  let problem: String
  /// What was wanted and found, by label.
  var facts: [(label: String, text: String)] = []
  /// What to do, by label.
  var remedy: [String] = []

  /// The one place where an error becomes words and an exit status.
  init(_ error: any Error) {
    switch error {
    case let error as Undecided: self.init(error)
    case let error as RangeProblem: self.init(error)
    case let error as ReceiveGate.Problem: self.init(error)
    case let error as OverrideEnd.Problem: self.init(error)
    case let error as IndexProblem: self.init(error)
    case let error as RecorderProblem: self.init(error)
    case let error as PolicyProblem: self.init(error)
    case is PushGate.InputProblem, is StandardInput.InputProblem:
      self.init(
        status: .undecided,
        problem: "\(error)",
        remedy: ["standard input takes: <local ref> <local oid> <remote ref> <remote oid>"]
      )
    case let error as PolicyErrors:
      self.init(
        status: .policy,
        problem: error.all.map(\.description).joined(separator: "\n  "),
        remedy: ["correct the file, then stage it: git add \(PolicyFile.path)"]
      )
    case let error as RosterErrors:
      self.init(
        status: .policy,
        problem: error.all.map(\.description).joined(separator: "\n  "),
        remedy: [
          "correct the file and stage it: git add \(RosterFile.path); "
            + "reviewgate reviewers check shows all of it"
        ]
      )
    case let error as SigningProblem: self.init(error)
    case let error as RosterProblem: self.init(error)
    case let error as GitError: self.init(error)
    case let error as CIProblem: self.init(error)
    case let error as Unready: self.init(error)
    case let error as RemoteGit.Problem: self.init(error)
    case let error as AgentProblem: self.init(error)
    case let error as SetupProblem: self.init(error)
    case let error as GitFailure where error.complaint.contains("unknown repository extension"):
      // Git lists the names on lines of their own, each after a tab.
      let names = error.complaint.split(separator: "\n").dropFirst()
        .map { $0.replacing("^I", with: "") }
      self.init(Undecided.unsupportedRepository("extensions." + names.joined(separator: ", ")))
    case let error as GitFailure:
      // All of what git said is among the facts.
      let first = error.complaint.split(separator: "\n").first.map(String.init) ?? error.complaint
      self.init(status: .undecided, problem: first, facts: [("git", error.description)])
    default: self.init(status: .internal, problem: VisibleText.line("\(error)"))
    }
  }

  init(
    status: Status,
    problem: String,
    facts: [(label: String, text: String)] = [],
    remedy: [String] = []
  ) {
    self.status = status
    self.problem = problem
    self.facts = facts
    self.remedy = remedy
  }

  private init(_ error: OverrideEnd.Problem) {
    switch error {
    case .unreadable(let text):
      self.init(
        status: .usage,
        problem: "--until takes a day that is not over, as 2026-12-31, or days as 7d; "
          + "not '\(VisibleText.line(text))'."
      )
    case .forbidden:
      self.init(
        status: .blocked,
        problem: "The policy lets nobody override (override.max-days: 0)."
      )
    case .tooLate(let text, let limit):
      self.init(
        status: .blocked,
        problem: "\(VisibleText.line(text)) is later than the policy allows: "
          + "\(limit) days (override.max-days)."
      )
    }
  }

  private init(_ error: ReceiveGate.Problem) {
    switch error {
    case .nothing:
      self.init(
        status: .undecided,
        problem: "git named no reference on standard input, so nothing was judged.",
        remedy: ["run it as hooks/pre-receive: git gives that hook its input"]
      )
    case .invisible(let reference, let id):
      self.init(
        status: .undecided,
        problem: "The pushed objects cannot be seen, so nothing was judged.",
        facts: [("missing", "\(id.short) of \(VisibleText.line(reference))")],
        remedy: [
          "let the hook keep GIT_QUARANTINE_PATH, GIT_OBJECT_DIRECTORY and their like as git sets them"
        ]
      )
    }
  }

  private init(_ error: RangeProblem) {
    switch error {
    case .ambiguous(let name, let meanings):
      let names = meanings.prefix(5).map { VisibleText.line($0) }
      self.init(
        status: .undecided,
        problem: "'\(VisibleText.line(name))' can mean \(names.joined(separator: " or ")).",
        remedy: ["write the whole name or id of the one that is meant"]
      )
    case .unknownRevision(let name):
      self.init(
        status: .undecided,
        problem: "git does not know the revision '\(VisibleText.line(name))'.",
        remedy: ["fetch it: git fetch origin, or check the spelling"]
      )
    case .unreadableWalk:
      self.init(
        status: .undecided,
        problem: "git lists the commits of the range in a form that is not understood.",
        remedy: ["see what `git rev-list --parents A..B` prints"]
      )
    case .noCommits:
      self.init(
        status: .undecided,
        problem: "There are no commits yet.",
        remedy: ["to judge what is staged: reviewgate check --staged"]
      )
    case .shallow(let boundary):
      self.init(
        status: .undecided,
        problem: "The history needed is not here, so nothing was checked.",
        facts: [("found", "shallow clone, boundary \(boundary.short)")],
        remedy: ["actions/checkout with fetch-depth: 0, or run: git fetch --unshallow"]
      )
    case .shallowWithoutBase:
      self.init(
        status: .undecided,
        problem: "The history needed is not here, so nothing was checked.",
        facts: [("found", "shallow clone without the merge base")],
        remedy: ["actions/checkout with fetch-depth: 0, or run: git fetch --unshallow"]
      )
    case .tooManyCommits(let count, let limit):
      self.init(
        status: .undecided,
        problem: "The range has \(count) commits; the policy lets \(limit) be judged.",
        remedy: ["judge a shorter range, or raise limits.max-commits in \(PolicyFile.path)"]
      )
    }
  }

  private init(_ error: IndexProblem) {
    switch error {
    case .unmerged(let detail):
      self.init(
        status: .undecided,
        problem: "The index has conflicts; resolve conflicts first.",
        facts: [("git", detail)],
        remedy: ["git status shows them; git add each one when it is resolved"]
      )
    case .unreadableMessage(let file):
      self.init(
        status: .undecided,
        problem: "The commit message cannot be read: \(VisibleText.line(file))."
      )
    case .unreadable(let detail):
      self.init(
        status: .undecided,
        problem: "The index cannot be read.",
        facts: [("git", VisibleText.line(detail))]
      )
    }
  }

  private init(_ error: PolicyProblem) {
    switch error {
    case .notStaged(let path):
      self.init(
        status: .policy,
        problem: "\(path) differs from what is staged, so it is not clear which one holds.",
        remedy: ["stage or stash it: git add \(path)"]
      )
    case .notAFile(let path):
      self.init(
        status: .policy,
        problem: "\(path) is not a regular file.",
        remedy: ["put the file itself there; links are not followed"]
      )
    }
  }

  private init(_ error: SigningProblem) {
    let name = "name it: git config reviewgate.signingKey FILE"
    let list = "list it: reviewgate reviewers add, and land that change"
    func nobody(_ problem: String, _ remedy: String...) -> Failure {
      Failure(status: .nobody, problem: problem, remedy: remedy)
    }
    switch error {
    case .unreadable(let file):
      self = nobody("The key file \(VisibleText.line(file)) cannot be read.", name)
    case .unusable(let key, let problem):
      self = nobody("\(VisibleText.line(key)) cannot sign reviews: \(problem).", name)
    case .notListed(let key):
      self = nobody("The configured key \(key) is not in \(RosterFile.path).", list, name)
    case .severalPeople(let people):
      let names = people.map { VisibleText.line($0) }.joined(separator: ", ")
      self = nobody("Keys of several reviewers are here: \(names).", name)
    case .tooWeak(.forge, _):
      self = nobody("The policy asks for an approval on the hosting service here; no key counts.")
    case .tooWeak(let required, .recorded):
      self = nobody(
        "The policy asks for '\(required.rawValue)' reviews here, and no key of yours was found that "
          + "\(RosterFile.path) lists.",
        name,
        list
      )
    case .tooWeak(let required, let reach):
      self = nobody(
        "The policy asks for '\(required.rawValue)' reviews here, and your key reaches "
          + "'\(reach.rawValue)'.",
        "use a hardware key: ssh-keygen -t ed25519-sk -O application=ssh:reviewgate",
        list
      )
    case .noProgram:
      self = nobody("ssh-keygen is not installed.", "apt-get install openssh-client")
    case .notSigned(let key):
      self = nobody("ssh-keygen did not sign with \(VisibleText.line(key)); nothing was recorded.")
    case .wrongSignature(let problem):
      self = nobody("What ssh-keygen signed does not hold: \(problem). Nothing was recorded.")
    }
  }

  private init(_ error: AgentProblem) {
    let known = AgentIntegrations.all.map(\.id).joined(separator: ", ")
    switch error {
    case .unknownAgent(let name):
      self.init(status: .usage, problem: "'\(VisibleText.line(name))' is none of: \(known).")
    case .outsideRepository:
      self.init(
        status: .usage,
        problem: "This is no worktree of a repository; --user changes your own configuration."
      )
    case .noAgentHere:
      self.init(
        status: .usage,
        problem: "No coding agent was found on this machine; name one of: \(known)."
      )
    case .changedMeanwhile(let path):
      self.init(
        status: .blocked,
        problem:
          "\(VisibleText.line(path)) changed while the question was open and was left alone; run it again."
      )
    case .nobodyToAsk:
      self.init(
        status: .nobody,
        problem: "There is no terminal to ask at; --yes makes the change without asking."
      )
    }
  }

  private init(_ error: GitError) {
    let missing = error.object.map { "object \($0.hex)" } ?? "an object"
    self.init(
      status: .undecided,
      problem: error.isNotFound
        ? "\(missing) is not here, so nothing was checked." : error.description,
      facts: error.isNotFound ? [("libgit2", error.description)] : [],
      remedy: [
        "fetch what is missing: git fetch origin",
        "in a partial clone: git fetch --refetch --no-filter origin",
        "to find damage: git fsck",
      ]
    )
  }
}
