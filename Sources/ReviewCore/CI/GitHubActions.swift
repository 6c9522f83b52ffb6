/// GitHub Actions, and the services that give their jobs the same variables and event files.
///
/// https://docs.github.com/en/actions/writing-workflows/choosing-when-your-workflow-runs/events-that-trigger-workflows
struct GitHubActions: CIProvider {
  let name = "GitHub Actions"

  /// The events that carry a range.
  static let events = [
    "merge_group", "pull_request", "pull_request_review", "pull_request_target", "push",
  ]

  func isHere(_ variables: [String: String]) -> Bool { variables["GITHUB_ACTIONS"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let event = try variables.need("GITHUB_EVENT_NAME")
    switch event {
    case "pull_request", "pull_request_review", "pull_request_target":
      return try request(event, &variables)
    case "merge_group":
      let base = try variables.eventCommit("merge_group", "base_sha")
      return CIRange(event, from: .commit(base), to: try head(&variables))
    case "push":
      let before = try variables.eventCommit("before")
      let head = try self.head(&variables)
      return CIRange(event, from: try before.base(&variables), to: head)
    default:
      throw .unknownEvent(provider: name, name: event, supported: Self.events)
    }
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    switch try variables.need("GITHUB_EVENT_NAME") {
    case "pull_request", "pull_request_review", "pull_request_target":
      guard variables.hasEvent else { return .secondParent(of: try merge(&variables)) }
      let number = try variables.eventNumber("number")
      let reference = number.map { "refs/pull/\($0)/head" }
      return .commit(
        try variables.eventCommit("pull_request", "head", "sha"),
        reference: reference
      )
    case "merge_group":
      return .commit(try variables.eventCommit("merge_group", "head_sha"), reference: nil)
    case "push":
      let after = try variables.eventCommit("after")
      // A deleted branch has nothing after it, and nothing to judge.
      guard !after.isZero else { throw .missing(provider: name, ["a commit in after"]) }
      return .commit(after, reference: nil)
    default:
      // Somebody who names the base of another event means what is checked out for it.
      return .commit(try variables.commit("GITHUB_SHA"), reference: nil)
    }
  }

  private func request(
    _ event: String,
    _ variables: inout CIVariables
  ) throws(CIProblem) -> CIRange {
    guard variables.hasEvent else {
      // What is checked out is a merge of both, which `pull_request_target` does not check out.
      guard event != "pull_request_target" else {
        throw .missing(provider: name, ["a readable file at GITHUB_EVENT_PATH"])
      }
      let merge = try merge(&variables)
      return CIRange(event, from: .firstParent(of: merge), to: .secondParent(of: merge))
    }
    let base = try variables.eventCommit("pull_request", "base", "sha")
    let head = try self.head(&variables)
    return CIRange(event, from: .commit(base), to: head, fork: try fork(&variables))
  }

  /// The merge that the service made to try the change.
  private func merge(_ variables: inout CIVariables) throws(CIProblem) -> ObjectID {
    guard let merge = try variables.commitIfAny("GITHUB_SHA") else {
      throw .missing(
        provider: variables.provider,
        ["a readable file at GITHUB_EVENT_PATH", "GITHUB_SHA"]
      )
    }
    return merge
  }

  /// The address of the head repository, where it is another one of the same server.
  private func fork(_ variables: inout CIVariables) throws(CIProblem) -> String? {
    // Each read is noted, and only what is used should be.
    var quiet = variables
    guard let server = quiet.text("GITHUB_SERVER_URL"),
      let head = try quiet.eventText(["pull_request", "head", "repo", "clone_url"]),
      head != (try quiet.eventText(["pull_request", "base", "repo", "clone_url"])),
      HeadRepository.isOn(server, head)
    else { return nil }
    _ = variables.text("GITHUB_SERVER_URL")
    return try variables.eventText(["pull_request", "head", "repo", "clone_url"])
  }
}

extension ObjectID {
  /// What a push is compared with: where the branch was, or the default branch for a new one.
  fileprivate func base(_ variables: inout CIVariables) throws(CIProblem) -> CIBase {
    let main = try variables.eventBranch("repository", "default_branch")
    if isZero {
      guard let main else {
        throw .missing(
          provider: variables.provider,
          ["repository.default_branch in the event"]
        )
      }
      return .branch(main, claimed: nil)
    }
    // A push to the default branch itself has no other branch to be compared with.
    let pushed = try variables.eventText(["ref"])
    return .previous(self, otherwise: pushed == main.map { "refs/heads/" + $0 } ? nil : main)
  }
}
