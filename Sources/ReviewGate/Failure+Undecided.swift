import ReviewCore

/// The words for why nothing could be decided.
extension Failure {
  init(_ error: Undecided) {
    switch error {
    case .unsupportedRepository(let detail):
      self.init(
        status: .undecided,
        problem: "This repository cannot be read: \(VisibleText.line(detail)).",
        facts: [("supported", "sha1 objects, files ref storage")],
        remedy: Self.remedy(forFormat: detail)
      )
    case .shallowIdentity:
      self.init(
        status: .undecided,
        problem:
          "Review records name a repository by its first commits, and this clone is shallow.",
        remedy: ["actions/checkout with fetch-depth: 0, or run: git fetch --unshallow"]
      )
    case .tooManyHunks(let count, let limit):
      self.init(
        status: .undecided,
        problem: "The change has \(count) hunks; the policy lets \(limit) be judged.",
        remedy: ["judge it in parts, or raise limits.max-hunks in \(PolicyFile.path)"]
      )
    case .noBase(let tried):
      self.init(
        status: .undecided,
        problem: "No base branch was found to compare with.",
        facts: [("tried", tried.map { VisibleText.line($0) }.joined(separator: ", "))],
        remedy: [
          "name it: reviewgate check --base REV, or set REVIEWGATE_BASE",
          "to judge the last commit alone: reviewgate check --commit HEAD",
        ]
      )
    case .severalBases(let names):
      self.init(
        status: .undecided,
        problem: "More than one branch may be the base: "
          + names.map { VisibleText.line($0) }.joined(separator: ", ") + ".",
        remedy: ["name it: reviewgate check --base REV, or set REVIEWGATE_BASE"]
      )
    case .pathForBase(let name):
      let word = ShellWord.ascii(bytes: Array(name.utf8))
      self.init(
        status: .usage,
        problem: "'\(VisibleText.line(name))' is a path and no revision: --branch takes the word "
          + "after it as the base.",
        remedy: ["the path: --branch -- \(word)", "with a base: --branch=BASE -- \(word)"]
      )
    case .unusableFile(let name, let why):
      self.init(status: .undecided, problem: "\(VisibleText.line(name)) is not used: \(why).")
    case .unreadableFile(let name):
      self.init(status: .undecided, problem: "\(VisibleText.line(name)) cannot be read.")
    case .noRemote(let names):
      self.init(
        status: .undecided,
        problem: names.isEmpty
          ? "There is no remote to share records with."
          : "It is not clear which remote to share records with: "
            + names.map { VisibleText.line($0) }.joined(separator: ", ") + ".",
        remedy: names.isEmpty ? ["git remote add origin ADDRESS"] : ["reviewgate sync REMOTE"]
      )
    case .unknownTime(let text):
      self.init(
        status: .undecided,
        problem: "'\(VisibleText.line(text))' is no time and no revision that git knows.",
        remedy: ["--since takes days (30d), weeks (8w), a day (2026-01-31) or a revision"]
      )
    case .noWorktree:
      self.init(
        status: .usage,
        problem: "A bare repository has no index; use --range A..B or --commit REV."
      )
    }
  }

  private static func remedy(forFormat detail: String) -> [String] {
    let uninstall = "to keep working without the hooks: reviewgate uninstall"
    // CI has a clone of its own, with the same objects.
    guard !detail.hasSuffix(" objects") else { return [uninstall] }
    return (detail.contains("refstorage") ? ["git refs migrate --ref-format=files"] : [])
      + [uninstall + "     (CI still enforces the policy)"]
  }
}
