import Foundation
import TestSupport
import Testing

/// Each service's job, run in a clone like the service's own.
@Suite struct CIProviderRunTests {
  // Cases 54 and 56.
  @Test(arguments: CIJobSample.all)
  func `every service's job is judged at its own depth from the target to the head`(
    sample: CIJobSample
  ) throws {
    let forge = try Forge()
    let commit = sample.checksOutMerge ? forge.merge : forge.head
    let job = try forge.job(depth: sample.depth, at: commit)
    let output = try job.ci("--no-require-records", env: try forge.variables(sample))
    let isGerrit = sample.title.hasPrefix("Gerrit")
    // A patch set is its last commit alone.
    #expect(output.status == (isGerrit ? 0 : 1), "\(output)")
    let start =
      isGerrit ? try forge.place.repository.git("rev-parse", forge.head + "^") : forge.base
    #expect(
      output.stderr.hasPrefix("reviewgate: \(sample.title): \(start)..\(forge.head) (from "),
      "\(output.stderr)"
    )
    let commits = isGerrit ? "1 commit" : "2 commits"
    let found = isGerrit ? "no AI-written lines found" : "10 AI-written lines in 1 file"
    #expect(
      output.stdout.contains("\(start.prefix(10))..\(forge.head.prefix(10)), \(commits)"),
      "\(output.stdout)"
    )
    #expect(output.stdout.contains(found), "\(output.stdout)")
  }

  @Test func `the document names the service, the event and what they said`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let options = ["--no-require-records", "--format", "json"]
    let output = try job.ci(options[0], options[1], options[2], env: try forge.pullRequest())
    let document = try CheckDocument(output.stdout)
    #expect(document.verdict == "blocked", "\(output)")
    #expect(document.members["provider"] as? String == "GitHub Actions")
    #expect(document.members["event"] as? String == "pull_request")
    let variables = try #require(document.members["variables"] as? [String: String])
    #expect(variables["pull_request.base.sha"] == forge.base)
    #expect(variables["GITHUB_EVENT_NAME"] == "pull_request")
    #expect(variables["GITHUB_SERVER_URL"] == nil, "nothing is said that was not used")
  }

  // Case 54.
  @Test func `without the event file the parents of the merge are the ends`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    var variables = try forge.pullRequest()
    variables["GITHUB_EVENT_PATH"] = "/nowhere"
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("\(forge.shortRange), 2 commits"), "\(output.stdout)")
    // What is checked out is no merge: there are no two ends.
    variables["GITHUB_SHA"] = forge.head
    let other = try job.ci("--no-require-records", env: variables)
    #expect(other.status == 2, "\(other)")
    #expect(other.stderr.contains("is not the merge"), "\(other.stderr)")
  }

  // Case 56.
  @Test func `an unknown event is undecided and lists those that are known`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    var variables = try forge.pullRequest()
    variables["GITHUB_EVENT_NAME"] = "workflow_dispatch"
    let output = try job.ci(env: variables)
    #expect(output.status == 2, "\(output)")
    let supported =
      "supported: merge_group, pull_request, pull_request_review, pull_request_target, push."
    #expect(output.stderr.contains(supported), "\(output.stderr)")
    variables["REVIEWGATE_BASE"] = "main"
    variables["GITHUB_SHA"] = forge.head
    let given = try job.ci("--no-require-records", env: variables)
    #expect(given.status == 1, "\(given)")
    #expect(
      given.stderr.contains("given base: \(forge.base)..\(forge.head) (from REVIEWGATE_BASE=")
    )
  }

  // Case 57.
  @Test func `a base that a merge request kept from its old target is not used`() throws {
    let forge = try Forge()
    let repository = forge.place.repository
    // The request was against `release`, which holds what is new to `main`.
    try repository.git("push", "--quiet", "origin", "\(forge.head)^:refs/heads/release")
    let old = try repository.git("rev-parse", forge.head + "^")
    let sample = try #require(CIJobSample.all.first { $0.title == "GitLab CI, merge request" })
    var variables = try forge.variables(sample)
    #expect(variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] == forge.forkPoint)
    let job = try forge.job(depth: 20, at: forge.head)
    let right = try job.ci("--no-require-records", env: variables)
    #expect(!right.stderr.contains("note:"), "\(right.stderr)")
    variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = old
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("2 commits: 10 AI-written lines"), "\(output.stdout)")
    #expect(output.stderr.contains("is not where the change leaves main"), "\(output.stderr)")
    #expect(output.stderr.contains("merge base \(forge.forkPoint.prefix(10)) is used"))
  }

  // Case 58.
  @Test func `CircleCI needs a base, and takes a branch of the remote`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: nil, at: forge.head)
    var variables = ["CI": "true", "CIRCLECI": "true", "CIRCLE_SHA1": forge.head]
    let without = try job.ci(env: variables)
    #expect(without.status == 2, "\(without)")
    #expect(without.stderr.contains("set REVIEWGATE_BASE"), "\(without.stderr)")
    let named = try job.ci("--base", "origin/main", "--no-require-records", env: variables)
    #expect(named.status == 1, "\(named)")
    variables["REVIEWGATE_BASE"] = "main"
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.stdout.contains("\(forge.shortRange), 2 commits"), "\(output)")
    variables["REVIEWGATE_BASE"] = "nowhere"
    #expect(try job.ci(env: variables).status == 2)
  }

  // Case 59.
  @Test func `what only the target changed is not reported`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let output = try job.ci("--no-require-records", env: try forge.pullRequest())
    #expect(output.stdout.contains("a.swift"), "\(output)")
    #expect(!output.stdout.contains("later"), "\(output)")
  }

  // Case 60.
  @Test func `a change of the policy is judged by the policy of the target`() throws {
    let forge = try Forge(policy: "version: 1\n")
    let place = forge.place
    try place.goTo("topic")
    let everything = "version: 1\npaths:\n  exempt: [\"**\"]\n"
    let head = try place.land([".reviewgate/policy.yml": everything])
    try place.repository.git("push", "--quiet", "origin", "topic")
    var variables = ["CI": "true", "CIRCLECI": "true", "REVIEWGATE_BASE": forge.base]
    variables["CIRCLE_SHA1"] = head
    let job = try forge.job(depth: 1, at: head)
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains(".reviewgate/policy.yml"), "\(output)")
    #expect(output.stdout.contains("a.swift"), "\(output)")
  }

  // Case 61.
  @Test func `a change without an agent's lines passes without any record`() throws {
    let forge = try Forge(isAgents: false)
    let job = try forge.job(depth: 1)
    let output = try job.ci(env: try forge.pullRequest())
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("2 commits, 2 hunks: no AI-written lines found"), "\(output)")
    #expect(output.stderr.contains("no records (there are none)"), "\(output)")
  }

  // Case 62.
  @Test func `no records on the remote yet is no failure to fetch, and says what to do`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let output = try job.ci(env: try forge.pullRequest())
    #expect(output.status == 2, "\(output)")
    #expect(
      output.stderr.contains("10 lines in 1 file need a review, and there are no records"),
      "\(output.stderr)"
    )
    let range = "\(forge.base)..\(forge.head)"
    #expect(output.stderr.contains("reviewgate review --range \(range)\n"))
    #expect(output.stderr.contains("reviewgate sync, then start the job again\n"))
    #expect(!output.stderr.contains("could not be fetched"))
    try forge.review()
    let after = try job.ci(env: try forge.pullRequest())
    #expect(after.status == 0, "\(after)")
    #expect(after.stderr.contains("1 log of records"), "\(after.stderr)")
  }

  @Test func `a sealed runner decides with what it has`() throws {
    let forge = try Forge()
    try forge.review()
    let job = try forge.job(depth: nil)
    try job.git("remote", "set-url", "origin", "file:///nowhere")
    let broken = try job.ci(env: try forge.pullRequest())
    #expect(broken.status == 2, "\(broken)")
    #expect(broken.stderr.contains("could not be fetched"), "\(broken.stderr)")
    #expect(broken.stderr.contains("reviewgate ci --no-fetch"), "\(broken.stderr)")
    let without = try job.ci("--no-fetch", env: try forge.pullRequest())
    #expect(without.status == 2, "\(without)")
    #expect(without.stderr.contains("there are no records of any review here"))
    try job.git(
      "fetch",
      "--quiet",
      forge.origin,
      "+refs/reviewgate/v1/log/*:refs/reviewgate/v1/log/*"
    )
    let output = try job.ci("--no-fetch", env: try forge.pullRequest())
    #expect(output.status == 0, "\(output)")
    try job.git("remote", "remove", "origin")
    let alone = try job.ci(env: try forge.pullRequest())
    #expect(alone.status == 2, "\(alone)")
    #expect(alone.stderr.contains("--remote NAME"), "\(alone.stderr)")
  }

  @Test func `a range that is named wins over the service`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let range = "\(forge.head)^..\(forge.head)"
    try job.git("fetch", "--quiet", "--depth=2", "origin", forge.head)
    let output = try job.ci("--range", range, env: try forge.pullRequest())
    #expect(output.status == 0, "\(output)")
    #expect(output.stderr.contains("GitHub Actions, given range: "), "\(output.stderr)")
    #expect(output.stdout.contains("..\(forge.head.prefix(10)), 1 commit"), "\(output.stdout)")
  }

  @Test(arguments: [
    ["--fetch-depth", "-1"], ["--remote", ""], ["--remote=-x"], ["--stdin"],
    ["--range", "a..b", "--staged"],
  ])
  func `a wrong question is a usage error`(arguments: [String]) throws {
    let place = try Workplace(hooks: false)
    let output = try place.repository.runDetached([Workplace.program, "ci"] + arguments)
    #expect(output.status == 64, "\(output)")
    let check = try place.repository.runDetached([Workplace.program, "check", "--no-fetch"])
    #expect(check.status == 64, "\(check)")
  }
}
