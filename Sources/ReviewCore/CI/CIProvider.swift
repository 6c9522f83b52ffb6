/// One CI service: how its jobs are recognised, and what their variables say about the range.
package protocol CIProvider: Sendable {
  /// What it is called.
  var name: String { get }
  /// Whether these are the variables of one of its jobs.
  func isHere(_ variables: [String: String]) -> Bool
  /// The range of a job: what started it, the two ends, and where a fork's change comes from.
  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange
  /// The end of a job's change alone, for a base that a person named.
  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead
}

/// What one job is about.
package struct CIRange: Hashable, Sendable {
  /// What started it.
  let event: String
  /// What the change is compared with.
  let base: CIBase
  /// The change itself.
  let head: CIHead
  /// Where a fork's change comes from.
  var fork: String?

  init(_ event: String, from base: CIBase, to head: CIHead, fork: String? = nil) {
    self.event = event
    self.base = base
    self.head = head
    self.fork = fork
  }
}

/// The services that are known, and the one that runs this job.
package enum CIProviders {
  /// All of them; one that others imitate, or run inside of, comes after those.
  package static let all: [any CIProvider] = [
    GiteaActions.forgejo, GiteaActions.gitea, GitHubActions(), GitLabCI(), AzurePipelines(),
    BitbucketPipelines(), Buildkite(), CircleCI(), Gerrit(), Jenkins(), Woodpecker(), Drone(),
    TravisCI(), CirrusCI(),
  ]

  /// The service whose variables these are.
  package static func here(_ variables: [String: String]) -> (any CIProvider)? {
    all.first { $0.isHere(variables) }
  }

  /// Finds the range of a job; `event` is the file that `GITHUB_EVENT_PATH` names.
  ///
  /// A base that a person named wins. A service that is recognised and says too little is a
  /// problem, never a smaller range; outside CI the branch is judged as by hand.
  package static func job(
    _ variables: [String: String],
    event: [UInt8]?,
    base named: String? = nil
  ) throws(CIProblem) -> CIJob {
    guard let provider = here(variables) else {
      return try withoutService(variables, base: named)
    }
    var read = CIVariables(variables, event: event, provider: provider.name)
    if let base = named ?? read.text(baseVariable) {
      let head = try provider.head(&read)
      return CIJob(
        provider: provider.name,
        event: "given base",
        base: .revision(base),
        head: head,
        facts: read.facts
      )
    }
    let range = try provider.range(&read)
    return CIJob(
      provider: provider.name,
      event: range.event,
      base: range.base,
      head: range.head,
      fork: range.fork,
      facts: read.facts
    )
  }

  /// The variable that names the base where the service does not.
  package static let baseVariable = "REVIEWGATE_BASE"

  /// The provider of a job that no service runs.
  package static let noService = "none"

  private static func withoutService(
    _ variables: [String: String],
    base named: String?
  ) throws(CIProblem) -> CIJob {
    var read = CIVariables(variables, event: nil, provider: noService)
    let base = named ?? read.text(baseVariable)
    let isCI = !(variables["CI"] ?? "").isEmpty && variables["CI"]?.lowercased() != "false"
    guard base != nil || !isCI else { throw .noService(known: all.map(\.name)) }
    return CIJob(
      provider: noService,
      event: base == nil ? "branch" : "given base",
      base: base.map { .revision($0) } ?? .detected,
      head: .revision("HEAD"),
      facts: read.facts
    )
  }
}
