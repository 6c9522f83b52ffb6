/// The range that a CI service's variables name.
package struct CIEnvironment: Hashable, Sendable {
  /// The service.
  package let provider: String
  /// What started the job, as the service calls it.
  package let event: String
  /// The revision the change is compared with.
  package let base: String
  /// The revision to judge: the change itself, never a merge the service made up.
  package let head: String
  /// The variables and fields that said so.
  package let sources: [String]

  /// The events of GitHub Actions that carry a range.
  package static let githubEvents = [
    "merge_group", "pull_request", "pull_request_review", "pull_request_target", "push",
  ]

  /// Finds the range from variables; `githubEvent` is the file `GITHUB_EVENT_PATH` names.
  ///
  /// A service that is recognised and says too little is an error, never a smaller range.
  package static func detect(
    _ variables: [String: String],
    githubEvent: [UInt8]?
  ) throws(CIProblem) -> CIEnvironment {
    if variables["GITHUB_ACTIONS"] == "true" { return try github(variables, githubEvent) }
    if variables["GITLAB_CI"] == "true" { return try gitlab(variables) }
    throw .noService
  }

  // MARK: - GitHub

  private static func github(
    _ variables: [String: String],
    _ file: [UInt8]?
  ) throws(CIProblem) -> CIEnvironment {
    guard let event = variables["GITHUB_EVENT_NAME"], !event.isEmpty else {
      throw .missing("GITHUB_EVENT_NAME")
    }
    guard githubEvents.contains(event) else { throw .unknownEvent(event) }
    guard let file, let json = try? StrictJSON.parse(file, depth: 64) else {
      throw .missing("a readable file at GITHUB_EVENT_PATH")
    }
    func field(_ path: [String]) throws(CIProblem) -> String {
      guard let text = json.text(at: path), !text.isEmpty else {
        throw .missing(path.joined(separator: ".") + " in the event")
      }
      return text
    }
    let places: (base: [String], head: [String]) =
      switch event {
      case "merge_group": (["merge_group", "base_sha"], ["merge_group", "head_sha"])
      case "push": (["before"], ["after"])
      default: (["pull_request", "base", "sha"], ["pull_request", "head", "sha"])
      }
    let head = try field(places.head)
    var base = try field(places.base)
    var source = places.base
    if base.allSatisfy({ $0 == "0" }) {
      // A new branch has nothing before it; the default branch is what it grew from.
      source = ["repository", "default_branch"]
      base = "origin/" + (try field(source))
    }
    guard isSafe(base), isSafe(head) else { throw .missing("usable revisions in the event") }
    return CIEnvironment(
      provider: "GitHub Actions",
      event: event,
      base: base,
      head: head,
      sources: [source, places.head].map { $0.joined(separator: ".") }
    )
  }

  // MARK: - GitLab

  private static func gitlab(_ variables: [String: String]) throws(CIProblem) -> CIEnvironment {
    func variable(_ names: [String]) throws(CIProblem) -> (name: String, value: String) {
      for name in names {
        if let value = variables[name], !value.isEmpty, isSafe(value) { return (name, value) }
      }
      throw .missing(names.joined(separator: " or "))
    }
    let isMergeRequest = variables["CI_MERGE_REQUEST_IID"] != nil
    if isMergeRequest {
      let base = try variable([
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA",
      ])
      let head = try variable(["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"])
      return CIEnvironment(
        provider: "GitLab CI",
        event: "merge request",
        base: base.value,
        head: head.value,
        sources: [base.name, head.name]
      )
    }
    let head = try variable(["CI_COMMIT_SHA"])
    var base = try variable(["CI_COMMIT_BEFORE_SHA"])
    if base.value.allSatisfy({ $0 == "0" }) {
      let branch = try variable(["CI_DEFAULT_BRANCH"])
      base = (branch.name, "origin/" + branch.value)
    }
    return CIEnvironment(
      provider: "GitLab CI",
      event: "push",
      base: base.value,
      head: head.value,
      sources: [base.name, head.name]
    )
  }

  /// Whether a text from outside is a revision and cannot be taken for an option.
  private static func isSafe(_ text: String) -> Bool {
    !text.hasPrefix("-") && text.utf8.count <= 512
      && text.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7f }
  }
}

/// Why a CI service's range is not known.
package enum CIProblem: Error, Hashable, Sendable {
  /// No supported service was recognised.
  case noService
  /// The service did not say this.
  case missing(String)
  /// The job was started by something that carries no range.
  case unknownEvent(String)

  /// What to read.
  package var description: String {
    switch self {
    case .noService:
      "No supported CI service was recognised (GitHub Actions, GitLab CI)."
    case .missing(let what): "The CI service did not give \(what)."
    case .unknownEvent(let name):
      "The event '\(VisibleText.line(name))' carries no range; supported: "
        + CIEnvironment.githubEvents.joined(separator: ", ") + "."
    }
  }
}

extension StrictJSON {
  /// The text at the end of a path of members.
  fileprivate func text(at path: [String]) -> String? {
    var value = self
    for key in path {
      guard case .object(let members) = value, let next = members[Array(key.utf8)] else {
        return nil
      }
      value = next
    }
    if case .string(let text) = value { return text }
    return nil
  }
}
