import GitCommand
import ReviewCore

/// The words for what goes wrong in CI before anything can be judged.
extension Failure {
  init(_ error: CIProblem) {
    let range = "name the range: reviewgate ci --range BASE..HEAD"
    switch error {
    case .noService(let known):
      self.init(
        status: .undecided,
        problem: "No supported CI service was recognised.",
        facts: [("supported", known.joined(separator: ", "))],
        remedy: ["set REVIEWGATE_BASE to the branch or commit to compare with", range]
      )
    case .missing(let provider, let names):
      self.init(
        status: .undecided,
        problem: "\(provider) did not give \(names.joined(separator: " or ")).",
        remedy: ["set REVIEWGATE_BASE to the branch or commit to compare with", range]
      )
    case .unusable(let provider, let name, let value, let wanted):
      self.init(
        status: .undecided,
        problem:
          "\(provider) gave \(name) as '\(VisibleText.line(value))', which is not \(wanted).",
        remedy: [range]
      )
    case .unreadableEvent(let provider):
      self.init(
        status: .undecided,
        problem: "The event file of \(provider), at GITHUB_EVENT_PATH, cannot be read as JSON.",
        remedy: [range]
      )
    case .unknownEvent(let provider, let name, let supported):
      self.init(
        status: .undecided,
        problem: "\(provider): the event '\(VisibleText.line(name))' carries no range; supported: "
          + supported.joined(separator: ", ") + ".",
        remedy: ["run it for one of these, or set REVIEWGATE_BASE", range]
      )
    case .noBase(let provider, let event):
      self.init(
        status: .undecided,
        problem: "\(provider) does not say what this change is compared with "
          + "(\(VisibleText.line(event))).",
        remedy: ["set REVIEWGATE_BASE to the branch or commit to compare with", range]
      )
    }
  }

  init(_ error: Unready) {
    switch error {
    case .emptyRange:
      self.init(
        status: .undecided,
        problem: "The range has no commits, so nothing was checked.",
        remedy: [
          "name the range: reviewgate ci --range BASE..HEAD", "to accept that: --allow-empty",
        ]
      )
    case .noRemote(let names):
      let found = names.map { VisibleText.line($0) }.joined(separator: ", ")
      self.init(
        status: .undecided,
        problem: "It is not clear where to fetch records and history from.",
        facts: [("remotes", found.isEmpty ? "none" : found)],
        remedy: ["name one: --remote NAME", "to decide with what is here: --no-fetch"]
      )
    case .noBranch(let name, let remote):
      self.init(
        status: .undecided,
        problem: "\(VisibleText.line(remote)) has no branch '\(VisibleText.line(name))' "
          + "to compare the change with.",
        remedy: ["name the range: reviewgate ci --range BASE..HEAD"]
      )
    case .noMerge(let id):
      self.init(
        status: .undecided,
        problem: "\(id.short) is not the merge that the service makes of a change.",
        remedy: ["let the job see GITHUB_EVENT_PATH, or: reviewgate ci --range BASE..HEAD"]
      )
    case .notDeepened(let problem, let base, let head, let tried):
      let start = base.map { "the merge base of \($0.hex) and" } ?? "all of"
      self.init(
        status: .undecided,
        problem: "The history needed is not here, so nothing was checked.",
        facts: [
          ("wanted", "\(start) \(head.hex)"), ("found", "a shallow clone"),
          ("tried", "to fetch \(tried.joined(separator: ", ")) from \(problem.remote)"),
          ("git", problem.complaint),
        ],
        remedy: Self.remedy(for: problem.complaint)
      )
    case .noRecords(let lines, let files, let range, let isFetched):
      let need = "\(lines) lines in \(files) \(files == 1 ? "file" : "files") need a review"
      self.init(
        status: .undecided,
        problem: "\(need), and there are no records of any review here.",
        facts: [
          (
            "looked for",
            "refs/reviewgate/v1/log/*, \(isFetched ? "here and on the remote" : "here")"
          )
        ],
        remedy: [
          "reviewgate review --range \(range)", "reviewgate sync, then start the job again",
          "or, to have it judged without records: --no-require-records",
        ]
      )
    case .newerRecords(let count):
      self.init(
        status: .undecided,
        problem: "\(Count.of(count, "record")) of reviews here cannot be read by this version.",
        remedy: ["update reviewgate, \(ToolVersion.current) is too old; then start the job again"]
      )
    }
  }

  init(_ error: RemoteGit.Problem) {
    let wanted = error.wanted.map { VisibleText.line($0) }
    let shown = wanted.prefix(4).joined(separator: " ") + (wanted.count > 4 ? " ..." : "")
    self.init(
      status: .undecided,
      problem: "What the decision needs could not be fetched, so nothing was checked.",
      facts: [("wanted", shown), ("from", error.remote), ("git", error.complaint)],
      remedy: Self.remedy(for: error.complaint)
    )
  }

  private static func remedy(for complaint: String) -> [String] {
    let sealed = "on a runner without network: fetch before, then reviewgate ci --no-fetch"
    let signs = [
      "could not read Username", "Authentication failed", "Permission denied", "403", "401",
      "terminal prompts disabled", "Repository not found",
    ]
    if signs.contains(where: complaint.contains) {
      return [
        "the job needs credentials to fetch: do not set persist-credentials: false", sealed,
      ]
    }
    if complaint.contains("not our ref") || complaint.contains("couldn't find remote ref")
      || complaint.contains("unadvertised object")
    {
      return [
        "it is not on the remote: a forced push may have taken it away; start the job again",
        "or clone with all of history (fetch-depth: 0, GIT_DEPTH: 0)",
      ]
    }
    return ["see what git says above; then start the job again", sealed]
  }
}
