import Foundation
import TestSupport
import Testing

/// A hosting service as git sees it: a bare repository that gives commits by name, a branch `topic`
/// with an agent's and a person's commits, and the references of a pull request.
struct Forge {
  /// Where the change was made.
  let place: Workplace
  /// Where every address of the service is below.
  let server: String
  /// The tip of `main`, which went on after the branch was made.
  let base: String
  /// The commit that `topic` was made from.
  let forkPoint: String
  /// The tip of `topic`.
  let head: String

  /// Both as a headline has them.
  var shortRange: String { "\(base.prefix(10))..\(head.prefix(10))" }
  /// The merge that the service made to try the change.
  let merge: String

  /// How many commits `main` has before the branch, and after it.
  static let history = 6
  static let advance = 3

  /// Makes it; `commits` is how many the branch has, the first of which is the agent's.
  ///
  /// With a roster Ada's key is listed on `main`, and her reviews are signed with it.
  init(
    commits: Int = 2,
    isAgents: Bool = true,
    policy: String? = nil,
    hasRoster: Bool = false
  ) throws {
    place = try Workplace(hooks: false)
    let repository = place.repository
    server = "file://\(repository.sandbox)/forge"
    try FileManager.default.createDirectory(
      atPath: repository.sandbox + "/forge/team",
      withIntermediateDirectories: true
    )
    try Self.makeBare("forge/team/project.git", in: repository)
    try repository.git("remote", "add", "origin", server + "/team/project.git")
    if let policy { try place.land([".reviewgate/policy.yml": policy], message: "policy") }
    if hasRoster { try Self.listKey(of: place) }
    for number in 1...Self.history {
      try place.land(["main.txt": "main \(number)\n"], message: "main \(number)")
    }
    forkPoint = try repository.head
    try place.goTo("topic", from: "main")
    for number in 1...commits {
      let files = number == 1 ? ["a.swift": Workplace.block] : ["n.txt": "note \(number)\n"]
      let subject = "topic \(number)"
      let isAgent = number == 1 && isAgents
      try place.land(files, message: isAgent ? Workplace.message(subject) : subject)
    }
    head = try repository.head
    try place.goTo("main")
    for number in 1...Self.advance {
      let files = ["later\(number).txt": Workplace.lines(1...3, "later")]
      try place.land(files, message: Workplace.message("later \(number)"))
    }
    base = try repository.head
    try repository.git("merge", "--quiet", "--no-ff", "-m", "try", "topic")
    merge = try repository.head
    try repository.git("reset", "--quiet", "--hard", base)
    try repository.git(
      "push",
      "--quiet",
      "origin",
      "main",
      "topic",
      "\(head):refs/pull/7/head",
      "\(merge):refs/pull/7/merge",
      "\(head):refs/changes/07/7/1"
    )
  }

  private static func listKey(of place: Workplace) throws {
    let key = place.repository.sandbox + "/home/.ssh/id_ed25519"
    try place.repository.write("../home/.ssh/README", "")
    let command = ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key]
    let made = try place.repository.run(command)
    try #require(made.status == 0, "\(made)")
    let listed = try place.gate("reviewers", "add")
    try #require(listed.status == 0, "\(listed)")
    try place.repository.commit("list the reviewers")
  }

  private static func makeBare(_ name: String, in repository: TempRepository) throws {
    let path = repository.sandbox + "/" + name
    try repository.git("init", "--quiet", "--bare", "--initial-branch=main", path)
    // What GitHub, GitLab and Gitea allow.
    for setting in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
      try repository.git("config", setting, "true", at: path)
    }
  }

  /// The path of the service's repository.
  var origin: String { place.repository.sandbox + "/forge/team/project.git" }

  /// What a job is told, as the sample has it.
  func variables(_ sample: CIJobSample) throws -> [String: String] {
    let values = [
      "BASE": base, "HEAD": head, "MERGE": merge, "ZERO": String(repeating: "0", count: 40),
      "FORKPOINT": forkPoint, "SERVER": server,
    ]
    guard let event = sample.event else { return sample.filled(values) }
    let file = place.repository.sandbox + "/event-\(UUID().uuidString).json"
    try Data(CIJobSample.fill(event, values).utf8).write(to: URL(filePath: file))
    return sample.filled(values.merging(["EVENT": file]) { $1 })
  }

  /// The most usual job: a pull request at depth 1 of the merge.
  func pullRequest() throws -> [String: String] { try variables(CIJobSample.all[0]) }

  /// A job's clone: one commit is fetched and checked out, as runners do.
  func job(depth: Int?, at commit: String? = nil, filter: String? = nil) throws -> Job {
    let path = place.repository.sandbox + "/job-\(UUID().uuidString)"
    let repository = place.repository
    try repository.git("init", "--quiet", "--initial-branch=main", path)
    try repository.git("remote", "add", "origin", server + "/team/project.git", at: path)
    var fetch = ["fetch", "--quiet", "--no-tags"]
    if let depth { fetch.append("--depth=\(depth)") }
    if let filter { fetch.append("--filter=" + filter) }
    try repository.git(fetch + ["origin", commit ?? merge], at: path)
    try repository.git("checkout", "--quiet", "--detach", commit ?? merge, at: path)
    return Job(forge: self, path: path)
  }

  /// Approves the branch as a person would, and shares the record.
  func review() throws {
    try place.approve("--range", "\(base)..\(head)")
    let shared = try place.gate("sync")
    try #require(shared.status == 0, "\(shared)")
  }

  /// A clone of the service's repository in which a job runs.
  struct Job {
    let forge: Forge
    let path: String

    @discardableResult
    func git(_ arguments: String...) throws -> String {
      try forge.place.repository.git(arguments, at: path)
    }

    /// Runs the program as the job.
    func ci(_ arguments: String..., env: [String: String]) throws -> CommandOutput {
      try forge.place.repository.runDetached(
        [Workplace.program, "ci"] + arguments,
        env: env,
        at: path
      )
    }
  }
}
