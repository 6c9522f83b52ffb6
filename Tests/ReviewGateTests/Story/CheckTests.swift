import Foundation
import TestSupport
import Testing

/// What `check` answers to each way of asking: status, first line, and JSON.
@Suite struct CheckTests {
  private static let zero = String(repeating: "0", count: 40)

  /// A clone with an agent's commit on `topic`.
  private func topic(policy: String? = nil) throws -> (ada: Clone, base: String, head: String) {
    let ada = try Clone()
    if let policy {
      try ada.write(".reviewgate/policy.yml", policy)
      try ada.git("add", "--all")
      try ada.git("commit", "--quiet", "-m", "Add a policy")
    }
    let base = try ada.git("rev-parse", "HEAD")
    try ada.git("switch", "--quiet", "-c", "topic")
    return (ada, base, try ada.commitAgentWork())
  }

  /// One way of asking.
  struct Question: CustomTestStringConvertible {
    var arguments: [String]
    var stdin = ""
    var env: [String: String] = [:]
    var status: Int32
    var first: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  private func questions(_ ada: Clone, _ base: String, _ head: String) throws -> [Question] {
    let line = "refs/heads/topic \(head) refs/heads/topic \(base)\n"
    let short = base.prefix(10)
    let deletion = "(delete) \(Self.zero) refs/heads/topic \(head)\n"
    return [
      Question(arguments: [], status: 1, first: "blocked. main..HEAD"),
      Question(arguments: ["--branch"], status: 1, first: "blocked. main..HEAD"),
      Question(arguments: ["--base", base], status: 1, first: "blocked. \(short)..HEAD"),
      Question(arguments: ["--branch", base], status: 1, first: "blocked. \(short)..HEAD"),
      Question(arguments: ["--branch=\(base)"], status: 1, first: "blocked. \(short)..HEAD"),
      Question(arguments: ["--branch", "--base", base], status: 1, first: "blocked. \(short).."),
      Question(
        arguments: ["--message", "/nowhere"],
        status: 2,
        first: "The commit message cannot be read: /nowhere."
      ),
      Question(
        arguments: ["--range", "\(base)..\(head)"],
        status: 1,
        first: ", 1 commit: 6 AI-written lines"
      ),
      Question(arguments: ["--range", "\(base)..\(base)"], status: 0, first: "0 commits"),
      Question(arguments: ["--branch", "no/where"], status: 2, first: "revision 'no/where'"),
      Question(arguments: ["--commit", "HEAD"], status: 1, first: "blocked. commit "),
      Question(arguments: ["--commit", base], status: 0, first: "passed. commit "),
      Question(arguments: ["--staged"], status: 0, first: "nothing to judge. Index against HEAD"),
      Question(arguments: ["--stdin"], stdin: line, status: 1, first: "blocked. refs/heads/topic"),
      Question(arguments: ["--stdin"], stdin: deletion, status: 0, first: "nothing to judge"),
      Question(arguments: ["--stdin"], status: 0, first: "nothing to judge"),
      Question(arguments: ["--stdin"], stdin: "gibberish\n", status: 2, first: "gibberish"),
      Question(arguments: ["--range", "\(base)..nowhere"], status: 2, first: "'nowhere'"),
      Question(arguments: ["--base", "nowhere"], status: 2, first: "'nowhere'"),
      Question(
        arguments: ["--ci"],
        env: ["CI": "true"],
        status: 2,
        first: "No supported CI service"
      ),
      Question(
        arguments: ["--ci", "--no-fetch", "--no-require-records"],
        env: try ada.pullRequest(base: base, head: head),
        status: 1,
        first: "ci: blocked"
      ),
      Question(
        arguments: ["--ci", "--no-fetch"],
        env: try ada.pullRequest(base: head, head: head),
        status: 2,
        first: "no commits"
      ),
    ]
  }

  @Test func `every question has its status and a first line that names what was looked at`() throws
  {
    let (ada, base, head) = try topic()
    for question in try questions(ada, base, head) {
      let output = try ada.startGate(
        ["check"] + question.arguments,
        env: question.env,
        stdin: question.stdin
      ).wait()
      #expect(output.status == question.status, "\(question): \(output)")
      let said = output.stdout.isEmpty ? output.stderr : output.stdout
      let lines = said.split(separator: "\n").filter { !$0.hasPrefix("reviewgate: GitHub") }
      #expect(lines.first?.contains(question.first) ?? false, "\(question): \(output)")
    }
  }

  @Test func `every answer is JSON when asked, and the same bytes twice`() throws {
    let (ada, base, head) = try topic()
    for question in try questions(ada, base, head) {
      let command = ["check", "--format", "json"] + question.arguments
      let answers = try (1...2).map { _ in
        try ada.startGate(command, env: question.env, stdin: question.stdin).wait()
      }
      #expect(answers[0].status == question.status, "\(question): \(answers[0])")
      #expect(answers[0].stdout == answers[1].stdout, "\(question)")
      let document = try CheckDocument(answers[0].stdout)
      let verdict = [0: "pass", 1: "blocked", 2: "undecided"][question.status]
      #expect(document.verdict == verdict, "\(question): \(answers[0].stdout)")
      #expect(document.members["schema"] as? String == "reviewgate.check/1")
    }
  }

  @Test func `each pushed reference is answered on a line of its own`() throws {
    let (ada, base, head) = try topic()
    let lines = """
      refs/heads/topic \(head) refs/heads/topic \(base)
      refs/heads/main \(base) refs/heads/main \(Self.zero)
      refs/reviewgate/v1/log/a \(head) refs/reviewgate/v1/log/a \(Self.zero)

      """
    let output = try ada.gate("check", "--stdin", "--format", "json", stdin: lines)
    #expect(output.status == 1, "\(output)")
    let documents = try output.stdout.split(separator: "\n").map { try CheckDocument(String($0)) }
    #expect(documents.map(\.verdict) == ["blocked", "pass"])
    #expect(documents.map(\.hunks.count) == [3, 2])
  }

  @Test(arguments: [
    ["--staged", "--branch"], ["--range", "main"], ["--range", "a...b"], ["--commit"],
    ["--format", "xml"], ["--nonsense"], ["--stdin", "--staged"], ["--commit", "a", "--base", "b"],
    ["--branch", "a", "--base", "b"],
  ])
  func `a wrong question is a usage error`(arguments: [String]) throws {
    // The directory goes with the clone, which has to outlive the program that starts in it.
    let ada = try Clone()
    let output = try withExtendedLifetime(ada) { try $0.startGate(["check"] + arguments).wait() }
    #expect(output.status == 64, "\(output)")
    #expect(output.stdout == "")
  }

  @Test func `no commits yet and no repository are undecided`() throws {
    let ada = try Clone()
    try ada.git("switch", "--quiet", "--orphan", "other")
    #expect(try ada.gate("check").status == 2)
    let outside = try ada.gate("-C", ada.temp.sandbox, "check")
    #expect(outside.status == 2, "\(outside)")
    #expect(try ada.gate("-C", ada.temp.sandbox + "/nowhere", "check").status == 64)
  }

  @Test func `a wrong policy has its own status and place`() throws {
    let (ada, base, head) = try topic(policy: "version: 1\ngates: {}\n")
    for arguments in [["--branch"], ["--range", "\(base)..\(head)"], ["--commit", "HEAD"]] {
      let output = try ada.startGate(["check"] + arguments).wait()
      #expect(output.status == 3, "\(output)")
      #expect(output.stderr.contains("policy.yml:2:1"), "\(output.stderr)")
    }
    let document = try ada.check("--branch")
    #expect(document.verdict == "undecided")
  }

  @Test func `an event without a range names those that have one`() throws {
    let (ada, base, head) = try topic()
    var event = try ada.pullRequest(base: base, head: head)
    event["GITHUB_EVENT_NAME"] = "schedule"
    let output = try ada.gate("check", "--ci", env: event)
    #expect(output.status == 2)
    #expect(
      output.stderr.contains(
        "'schedule' carries no range; supported: merge_group, pull_request, pull_request_review, pull_request_target, push"
      ),
      "\(output.stderr)"
    )
  }

  @Test(arguments: ["GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH"])
  func `a service that says too little is undecided`(missing: String) throws {
    let (ada, base, head) = try topic()
    var event = try ada.pullRequest(base: base, head: head)
    event[missing] = nil
    let output = try ada.gate("check", "--ci", env: event)
    #expect(output.status == 2)
    #expect(output.stderr.contains(missing))
  }

  @Test(arguments: ["CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"])
  func `a merge request without its revisions is undecided`(missing: String) throws {
    let (ada, base, head) = try topic()
    var event = ada.mergeRequest(base: base, head: head)
    event[missing] = nil
    event["CI_COMMIT_SHA"] = nil
    let output = try ada.gate("check", "--ci", env: event)
    #expect(output.status == 2)
    #expect(output.stderr.contains(missing))
  }

  // Attack 57.
  @Test func `a history that is cut off is undecided`() throws {
    let (ada, base, head) = try topic()
    let remote = try ada.makeRemote()
    try ada.git("push", "--quiet", "--no-verify", "origin", "topic")
    try ada.git(
      "clone",
      "--quiet",
      "--depth=1",
      "--branch=topic",
      "file://" + remote,
      ada.temp.sandbox + "/job"
    )
    let output = try ada.startGate(
      ["-C", ada.temp.sandbox + "/job", "check", "--ci", "--no-fetch"],
      env: try ada.pullRequest(base: base, head: head)
    ).wait()
    #expect(output.status == 2, "\(output)")
    #expect(output.stderr.contains("NOT EVALUATED"))
    for question in [["--commit", "HEAD"], ["--range", "\(base)..HEAD"]] {
      let output = try ada.startGate(["-C", ada.temp.sandbox + "/job", "check"] + question).wait()
      #expect(output.status == 2, "\(output)")
    }
    let boundary = try ada.startGate(
      ["-C", ada.temp.sandbox + "/job", "check", "--commit", "HEAD"]
    ).wait()
    #expect(boundary.stderr.contains("git fetch --unshallow"), "\(boundary)")
  }

  @Test func `a git that ends without reading its question is undecided`() throws {
    let (ada, base, head) = try topic()
    let folder = ada.temp.sandbox + "/bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = """
      #!/bin/sh
      case " $* " in *" rev-list "*) echo garbage; exit 0 ;; esac
      exec /usr/bin/git "$@"

      """
    FileManager.default.createFile(
      atPath: folder + "/git",
      contents: Data(script.utf8),
      attributes: [.posixPermissions: 0o755]
    )
    for _ in 1...8 {
      let output = try ada.gate(
        "check",
        "--range",
        "\(base)..\(head)",
        env: ["PATH": folder + ":/usr/bin:/bin"]
      )
      #expect(output.status == 2, "\(output)")
    }
  }

  @Test func `a repository format that nobody here reads is named`() throws {
    let ada = try Clone()
    try ada.git("config", "core.repositoryformatversion", "1")
    try ada.git("config", "extensions.refstorage", "reftable")
    let output = try ada.gate("check", "--staged")
    #expect(output.status == 2)
    #expect(output.stderr.contains("cannot be read: extensions.refstorage."), "\(output)")
    #expect(output.stderr.contains("git refs migrate --ref-format=files"))
  }

  @Test(arguments: [
    "version: 1\ngate:\n  ci: off\n", "version: 1\npaths:\n  exempt: [\"**\"]\n",
    "version: 1\nunknown: true\n",
  ])
  func `a pull request is judged by the policy it would replace`(policy: String) throws {
    let (ada, base, _) = try topic(policy: "version: 1\n")
    try ada.write(".reviewgate/policy.yml", policy)
    try ada.git("add", "--all")
    let head = try ada.commitAsAgent()
    try ada.git("update-ref", "refs/remotes/origin/main", base)
    let events = [
      try ada.pullRequest(base: base, head: head), ada.mergeRequest(base: base, head: head),
    ]
    let here = ["--ci", "--no-fetch", "--no-require-records"]
    for event in events {
      let document = try ada.check(here[0], here[1], here[2], env: event)
      #expect(document.verdict == "blocked")
      #expect(document.outcomes(of: ".reviewgate/policy.yml") == ["unreviewed"])
      #expect(document.outcomes(of: "Sources/Greeting.txt") == ["unreviewed", "unreviewed"])
      #expect(try ada.startGate(["check"] + here, env: event).wait().status == 1)
    }
  }
}
