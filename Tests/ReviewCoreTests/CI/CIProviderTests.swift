import Testing
import TestSupport

@testable import ReviewCore

/// What the variables of each service say, and that too little of them is never a smaller range.
@Suite struct CIProviderTests {
  private static let values: [String: String] = [
    "BASE": String(repeating: "b", count: 40), "HEAD": String(repeating: "a", count: 40),
    "MERGE": String(repeating: "c", count: 40), "ZERO": String(repeating: "0", count: 40),
    "FORKPOINT": String(repeating: "d", count: 40), "SERVER": "https://forge.example.com",
    "EVENT": "/event.json",
  ]

  private static func id(_ name: String) throws -> ObjectID {
    try #require(ObjectID(hex: values[name] ?? ""))
  }

  private func job(
    _ sample: CIJobSample,
    without name: String? = nil,
    base: String? = nil
  ) throws -> CIJob {
    var variables = sample.filled(Self.values)
    var event = sample.event.map { CIJobSample.fill($0, Self.values) }
    if let name, variables.removeValue(forKey: name) == nil,
      let key = name.split(separator: ".").last
    {
      event = event?.replacing("\"\(key)\":", with: "\"other\":")
    }
    return try CIProviders.job(variables, event: event.map { Array($0.utf8) }, base: base)
  }

  @Test(arguments: CIJobSample.all)
  func `the change is what its author pushed and never a merge the service made`(
    sample: CIJobSample
  ) throws {
    let job = try job(sample)
    #expect("\(job.provider), \(job.event)" == sample.title)
    guard case .commit(let head, _) = job.head else {
      Issue.record("\(job.head)")
      return
    }
    #expect(head == (try Self.id("HEAD")))
    switch job.base {
    case .commit(let base), .previous(let base, _): #expect(base == (try Self.id("BASE")))
    case .branch(let name, _): #expect(name == "main")
    case .firstParent(let commit): #expect(commit == head)
    case .revision, .detected: Issue.record("\(job.base)")
    }
    #expect(!job.facts.isEmpty)
    #expect(job.fork == nil)
  }

  @Test(arguments: CIJobSample.all)
  func `a service that says too little is a problem`(sample: CIJobSample) throws {
    for name in sample.needed {
      #expect(throws: CIProblem.self, "\(name)") { try job(sample, without: name) }
    }
  }

  @Test(arguments: CIJobSample.all)
  func `a base that a person named wins over the service`(sample: CIJobSample) throws {
    let job = try job(sample, base: "release")
    #expect(job.base == .revision("release"))
    #expect(job.event == "given base")
    var variables = sample.filled(Self.values)
    variables["REVIEWGATE_BASE"] = "stable"
    let event = sample.event.map { Array(CIJobSample.fill($0, Self.values).utf8) }
    let other = try CIProviders.job(variables, event: event)
    #expect(other.base == .revision("stable"))
    #expect(other.head == job.head)
    #expect(other.facts.contains(CIFact("REVIEWGATE_BASE", "stable")))
  }

  /// A variable that starts a job, and a value of it that carries no range.
  static let otherEvents: [(variables: [String: String], supported: String)] = [
    (["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"], "merge_group"),
    (["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request_review_comment"], "push"),
    (["TF_BUILD": "True", "BUILD_REASON": "Schedule"], "PullRequest"),
    (["DRONE": "true", "DRONE_BUILD_EVENT": "cron"], "pull_request"),
    (["CI": "woodpecker", "CI_PIPELINE_EVENT": "tag"], "pull_request"),
    (["TRAVIS": "true", "TRAVIS_EVENT_TYPE": "cron"], "pull_request"),
  ]

  @Test(arguments: otherEvents.indices)
  func `an event without a range names those that have one`(index: Int) throws {
    let (variables, supported) = Self.otherEvents[index]
    do throws(CIProblem) {
      _ = try CIProviders.job(variables, event: Array("{}".utf8))
      Issue.record("no problem")
    } catch {
      guard case .unknownEvent(_, _, let names) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(names.contains(supported))
    }
  }

  /// Jobs of services that never say what a change is compared with.
  static let baseless: [[String: String]] = [
    ["CIRCLECI": "true", "CIRCLE_SHA1": String(repeating: "a", count: 40)],
    ["TF_BUILD": "True", "BUILD_REASON": "IndividualCI"], ["BITBUCKET_BUILD_NUMBER": "3"],
  ]

  @Test(arguments: baseless)
  func `a service without a base asks for one`(variables: [String: String]) {
    #expect(throws: CIProblem.self) { try CIProviders.job(variables, event: nil) }
  }

  @Test func `a service that nobody knows is a problem, and no service is a branch`() throws {
    #expect(throws: CIProblem.self) { try CIProviders.job(["CI": "true"], event: nil) }
    let job = try CIProviders.job([:], event: nil)
    #expect(job.base == .detected)
    #expect(job.head == .revision("HEAD"))
    #expect(try CIProviders.job(["CI": "1"], event: nil, base: "main").base == .revision("main"))
  }

  // MARK: - GitHub

  private static let request = CIJobSample.all[0]
  private static let push = CIJobSample.all.first { $0.title == "GitHub Actions, push" } ?? request

  // Case 54.
  @Test func `without an event file the merge's parents are the ends`() throws {
    let variables = Self.request.filled(Self.values)
    let job = try CIProviders.job(variables, event: nil)
    #expect(job.base == .firstParent(of: try Self.id("MERGE")))
    #expect(job.head == .secondParent(of: try Self.id("MERGE")))
    var target = variables
    target["GITHUB_EVENT_NAME"] = "pull_request_target"
    #expect(throws: CIProblem.self) { try CIProviders.job(target, event: nil) }
  }

  @Test(arguments: ["", "{", "[]", "{\"pull_request\": 7}", "\u{feff}{}", "null"])
  func `an event file that is none is a problem`(text: String) {
    #expect(throws: CIProblem.self) {
      try CIProviders.job(Self.request.filled(Self.values), event: Array(text.utf8))
    }
  }

  @Test func `an event file that nests without end or says everything twice is a problem`() {
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    let twice = Array("{\"pull_request\": {}, \"pull_request\": {}}".utf8)
    for event in [deep, twice, [0xff, 0xfe]] {
      #expect(throws: CIProblem.self) {
        try CIProviders.job(Self.request.filled(Self.values), event: event)
      }
    }
  }

  /// The head repository's address, and whether anything is fetched from it.
  static let addresses = [
    ("https://forge.example.com/grace/project.git", true),
    ("https://forge.example.com/team/project.git", false),
    ("https://forge.example.com.evil.example/grace/project.git", false),
    ("ext::sh -c true", false), ("/srv/other.git", false), ("--upload-pack=x", false),
    ("https://forge.example.com/a b.git", false),
  ]

  @Test(arguments: addresses)
  func `a fork is fetched from only where it is on the same server`(
    address: String,
    isUsed: Bool
  ) throws {
    let text = CIJobSample.fill(Self.request.event ?? "", Self.values)
    let head = "\"head\": {\"label\": \"team:topic\", \"ref\": \"topic\""
    let start = try #require(text.firstRange(of: head)).lowerBound
    let own = "https://forge.example.com/team/project.git"
    let event = text[..<start] + text[start...].replacing(own, with: address)
    let variables = Self.request.filled(Self.values)
    let job = try CIProviders.job(variables, event: Array(event.utf8))
    #expect(job.fork == (isUsed ? address : nil))
  }

  @Test func `a GitLab fork is fetched from only where it is on the same server`() throws {
    let sample = try #require(CIJobSample.all.first { $0.title == "GitLab CI, merge request" })
    var variables = sample.filled(Self.values)
    variables["CI_SERVER_URL"] = "https://forge.example.com"
    variables["CI_MERGE_REQUEST_PROJECT_URL"] = "https://forge.example.com/team/project"
    let addresses = [
      ("https://forge.example.com/team/project", nil),
      ("https://forge.example.com/ann/project", "https://forge.example.com/ann/project.git"),
      ("https://elsewhere.example.com/ann/project", nil),
    ]
    for (source, fork) in addresses {
      variables["CI_MERGE_REQUEST_SOURCE_PROJECT_URL"] = source
      #expect(try CIProviders.job(variables, event: nil).fork == fork)
    }
    variables["CI_SERVER_URL"] = ""
    #expect(try CIProviders.job(variables, event: nil).fork == nil)
  }

  @Test func `a push that lost what was before is compared with the default branch`() throws {
    let job = try job(Self.push)
    #expect(job.base == .previous(try Self.id("BASE"), otherwise: "main"))
    let main = CIJobSample.fill(Self.push.event ?? "", Self.values)
      .replacing("refs/heads/topic", with: "refs/heads/main")
    let variables = Self.push.filled(Self.values)
    let own = try CIProviders.job(variables, event: Array(main.utf8))
    #expect(own.base == .previous(try Self.id("BASE"), otherwise: nil))
  }

  // MARK: - Values

  @Test(arguments: [
    ("main", "main"), ("refs/heads/a/b", "a/b"), ("feature/ümlaut", "feature/ümlaut"), ("", nil),
    ("-x", nil), ("a b", nil), ("a:b", nil), ("a*", nil), ("a..b", nil), ("a@{1}", nil),
    ("a\nb", nil), ("+a^", nil), ("a//b", nil), ("a.lock", nil), ("a/.b", nil), ("a.", nil),
    ("refs/heads/", nil), (String(repeating: "a", count: 600), nil),
  ])
  func `a branch name that git would read as more is refused`(text: String, name: String?) {
    #expect(BranchName.plain(text) == name)
  }

  @Test(arguments: ["main", "HEAD", "-x", "0123456789ab", String(repeating: "g", count: 40)])
  func `a head that is no whole commit id is refused`(value: String) {
    var variables = ["BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "7"]
    variables["BUILDKITE_PULL_REQUEST_BASE_BRANCH"] = "main"
    variables["BUILDKITE_COMMIT"] = value
    #expect(throws: CIProblem.self) { try CIProviders.job(variables, event: nil) }
  }
}
