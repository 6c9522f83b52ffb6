import Foundation
import TestSupport
import Testing

/// Every command that `docs/ci.md` and the shipped files show works in a job like the one shown.
@Suite struct CIDocumentTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// One fenced block of the document, with its section.
  struct Block: CustomTestStringConvertible, Sendable {
    let section: String
    let language: String
    let lines: [String]
    var testDescription: String { "\(section): \(commands.first ?? language)" }

    /// What a shell would be given.
    var commands: [String] {
      if language == "sh" { return lines }
      return lines.compactMap { line in
        var text = line.trimmingCharacters(in: .whitespaces)
        for lead in ["- ", "run: ", "script: ", "command: ", "check_script: ", "sh '"]
        where text.hasPrefix(lead) {
          text = String(text.dropFirst(lead.count))
        }
        if text.hasSuffix("'"), line.contains("sh '") { text = String(text.dropLast()) }
        return text.hasPrefix("reviewgate ") || text.hasPrefix("git ") ? text : nil
      }
    }
  }

  static let blocks: [Block] = {
    var found: [Block] = []
    var (section, language) = ("", "")
    var lines: [String]?
    for line in ((try? text("docs/ci.md")) ?? "").split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).map(String.init) {
      if line.hasPrefix("```") {
        if let open = lines {
          found.append(Block(section: section, language: language, lines: open))
          lines = nil
        } else {
          language = String(line.dropFirst(3))
          lines = []
        }
      } else if lines != nil {
        lines?.append(line)
      } else if line.hasPrefix("#") {
        section = String(line.drop { $0 == "#" || $0 == " " })
      }
    }
    return found
  }()

  /// The job that a section is about.
  private static let jobs = [
    "Continuous integration": "GitHub Actions, pull_request",
    "Reports": "GitHub Actions, pull_request",
    "What is fetched": "GitHub Actions, pull_request", "GitLab CI": "GitLab CI, merge request",
    "Gitea and Forgejo": "Gitea Actions", "Azure Pipelines": "Azure Pipelines",
    "Bitbucket Pipelines": "Bitbucket Pipelines", "Buildkite": "Buildkite", "Jenkins": "Jenkins",
    "Drone": "Drone", "Woodpecker": "Woodpecker", "Gerrit": "Gerrit", "Travis CI": "Travis CI",
    "Cirrus CI": "Cirrus CI",
  ]

  /// Variables that a shell finds in a job, with the program in `PATH`.
  private func environment(_ forge: Forge, _ variables: [String: String]) throws -> [String: String]
  {
    let bin = forge.place.repository.sandbox + "/bin"
    let manager = FileManager.default
    if !manager.fileExists(atPath: bin + "/reviewgate") {
      try manager.createDirectory(atPath: bin, withIntermediateDirectories: true)
      try manager.createSymbolicLink(
        atPath: bin + "/reviewgate",
        withDestinationPath: Workplace.program
      )
    }
    let own = [
      "PATH": bin + ":/usr/bin:/bin",
      "GIT_CONFIG_GLOBAL": forge.place.repository.sandbox + "/home/.gitconfig",
    ]
    return variables.merging(own) { $1 }
  }

  private func run(
    _ script: String,
    in job: Forge.Job,
    _ variables: [String: String]
  ) throws -> CommandOutput {
    let shell = ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return try job.forge.place.repository.runDetached(
      shell,
      env: try environment(job.forge, variables),
      at: job.path
    )
  }

  @Test(arguments: blocks.filter { !$0.commands.isEmpty && $0.section != approvals })
  func `every command of the document passes a reviewed change`(block: Block) throws {
    let forge = try Forge()
    try forge.review()
    var job = try forge.job(depth: 1)
    var variables: [String: String]
    if block.section == "CircleCI" {
      let base = try #require(block.lines.first { $0.contains("REVIEWGATE_BASE: main") })
      #expect(base.contains("{REVIEWGATE_BASE: main}"))
      variables = ["CIRCLECI": "true", "CIRCLE_SHA1": forge.head, "REVIEWGATE_BASE": "main"]
    } else {
      let title = try #require(Self.jobs[block.section], "\(block.section) has no job")
      let sample = try #require(CIJobSample.all.first { $0.title.hasPrefix(title) })
      variables = try forge.variables(sample)
      let depth = block.section == "What is fetched" ? nil : sample.depth
      job = try forge.job(depth: depth, at: sample.checksOutMerge ? forge.merge : forge.head)
    }
    let output = try run(block.commands.joined(separator: "\n"), in: job, variables)
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("reviewgate: passed"), "\(output)")
  }

  /// What the services answer in the section about approvals.
  private static let answers = [
    "gh": """
    #!/bin/sh
    echo '[[{"id": 1, "state": "APPROVED", "commit_id": "{HEAD}", "submitted_at":
      "2026-11-20T00:00:00Z", "user": {"id": 7, "login": "grace", "type": "User"},
      "pull_request_url": "https://api.example.com/pulls/7"}]]'

    """,
    "curl": """
    #!/bin/sh
    for url; do :; done
    case $url in
      */merge_requests/7/versions)
        echo '[{"id": 1, "head_commit_sha": "{HEAD}", "created_at": "2026-11-19T00:00:00Z"}]' ;;
      */merge_requests/7/approvals)
        echo '{"approved_by": [{"approved_at": "2026-11-20T00:00:00Z",
          "user": {"id": 9, "username": "grace", "state": "active"}}]}' ;;
      *) exit 22 ;;
    esac

    """,
  ]

  @Test(arguments: [("gh ", "GitHub Actions, pull_request"), ("curl ", "GitLab CI, merge request")])
  func `the commands about approvals pass a request that was approved`(
    word: String,
    title: String
  ) throws {
    let section = Self.blocks.filter { $0.section == Self.approvals && $0.language == "sh" }
    let block = try #require(section.first { $0.lines.contains { $0.contains(word) } })
    let forge = try Forge(
      policy: """
        version: 1
        review: {require: forge}
        forge: {github: [7 grace@example.com], gitlab: [9 grace@example.com]}

        """
    )
    for (name, text) in Self.answers {
      let script = CIJobSample.fill(text, ["HEAD": forge.head])
      try forge.place.repository.write("../bin/" + name, script, executable: true)
    }
    let sample = try #require(CIJobSample.all.first { $0.title == title })
    let more = [
      "GITHUB_REPOSITORY": "team/project", "NUMBER": "7", "TOKEN": "t", "CI_PROJECT_ID": "1",
      "RUNNER_TEMP": forge.place.repository.sandbox, "CI_API_V4_URL": "https://api.example.com/v4",
    ]
    let job = try forge.job(depth: 1)
    let variables = try forge.variables(sample).merging(more) { $1 }
    let output = try run(block.lines.joined(separator: "\n"), in: job, variables)
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("forge: an approval of exactly this head"), "\(output)")
  }

  private static let approvals = "Approvals on the hosting service"

  @Test func `the document shows the workflow that is shipped, and commands for each service`()
    throws
  {
    let shipped = try Self.text("ci/github.yml")
    let start = try #require(shipped.firstRange(of: "name: ReviewGate")).lowerBound
    let workflow = Self.blocks.first { $0.section == "GitHub Actions" }
    #expect(
      workflow?.lines.joined(separator: "\n") == shipped[start...].trimmingCharacters(in: .newlines)
    )
    let shown = Set(Self.blocks.filter { !$0.commands.isEmpty }.map(\.section))
    #expect(Set(Self.jobs.keys).union(["CircleCI", Self.approvals]) == shown)
  }

  @Test func `the shipped workflow asks for little and is never skipped`() throws {
    let text = try Self.text("ci/github.yml")
    #expect(text.contains("on:\n  pull_request:\n  merge_group:\n"))
    #expect(text.contains("permissions:\n  contents: read\njobs:"))
    let yaml = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    for word in ["paths", "if:", "secrets", "write", "continue-on-error"] {
      #expect(!yaml.contains(word), "\(word)")
    }
  }

  @Test func `the GitLab template's script passes a reviewed request and stops others`() throws {
    let lines = try Self.text("ci/gitlab.yml").split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex(of: "  script:"))
    let script = lines[(start + 1)...].map { $0.replacing("    - ", with: "") }
    #expect(script.last == "reviewgate ci")
    let forge = try Forge()
    let sample = try #require(CIJobSample.all.first { $0.title.hasPrefix("GitLab CI, merge") })
    let job = try forge.job(depth: nil, at: forge.head)
    let variables = try forge.variables(sample).merging(["CI_PROJECT_DIR": job.path]) { $1 }
    let blocked = try run(script.joined(separator: "\n"), in: job, variables)
    #expect(blocked.status == 2, "\(blocked)")
    try forge.review()
    let passed = try run(script.joined(separator: "\n"), in: job, variables)
    #expect(passed.status == 0, "\(passed)")
  }

  // MARK: - The action

  /// The scripts of the action's steps, as the runner gets them.
  private static func steps() throws -> [String] {
    var (scripts, current): ([String], [String]?) = ([], nil)
    for line in try text("action.yml").split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "      run: |" {
        current = []
      } else if line.hasPrefix("        "), current != nil {
        current?.append(String(line.dropFirst(8)))
      } else if let script = current {
        scripts.append(script.joined(separator: "\n"))
        current = nil
      }
    }
    if let current { scripts.append(current.joined(separator: "\n")) }
    return scripts
  }

  /// Runs both steps as the runner does and returns what the second one said.
  private func act(
    _ job: Forge.Job,
    arguments: String = "",
    _ variables: [String: String]
  ) throws -> (output: CommandOutput, outputs: String) {
    let steps = try Self.steps()
    try #require(steps.count == 2)
    let file = job.forge.place.repository.sandbox + "/output-\(UUID().uuidString)"
    try Data().write(to: URL(filePath: file))
    var variables = variables
    variables["GITHUB_OUTPUT"] = file
    variables["GIVEN"] = ""
    variables["SOURCE"] = "/nowhere"
    let found = try run(steps[0], in: job, variables)
    try #require(found.status == 0, "\(found)")
    let line = try String(contentsOfFile: file, encoding: .utf8)
    variables["PROGRAM"] = line.trimmingCharacters(in: .newlines).replacing("path=", with: "")
    variables["ARGUMENTS"] = arguments
    let output = try run(steps[1], in: job, variables)
    return (output, try String(contentsOfFile: file, encoding: .utf8))
  }

  @Test func `the action blocks a request at depth one and lets it pass when it is reviewed`()
    throws
  {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let variables = try forge.pullRequest()
    let open = try act(job, variables)
    #expect(open.output.status == 2, "\(open.output)")
    #expect(open.outputs.contains("status=2\n"), "\(open.outputs)")
    let lenient = try act(job, arguments: "--no-require-records", variables)
    #expect(lenient.output.status == 1, "\(lenient.output)")
    try forge.review()
    let passed = try act(job, variables)
    #expect(passed.output.status == 0, "\(passed.output)")
    #expect(passed.outputs.hasSuffix("status=0\n"))
    let queue = try #require(CIJobSample.all.first { $0.title == "GitHub Actions, merge_group" })
    let merged = try act(try forge.job(depth: 1, at: forge.head), try forge.variables(queue))
    #expect(merged.output.status == 0, "\(merged.output)")
  }

  @Test func `nothing of the change is run by the action`() throws {
    let text = try Self.text("action.yml")
    #expect(!text.contains("github.event"))
    for script in try Self.steps() { #expect(!script.contains("${{"), "\(script)") }
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let marker = forge.place.repository.sandbox + "/ran"
    for name in ["git", "reviewgate", "install.sh"] {
      let program = "#!/bin/sh\ntouch '\(marker)'\n"
      try Data(program.utf8).write(to: URL(filePath: job.path + "/" + name))
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: job.path + "/" + name
      )
    }
    let output = try act(job, arguments: "$(touch \(marker)) ;x", try forge.pullRequest())
    #expect(output.output.status == 64, "\(output)")
    _ = try act(job, try forge.pullRequest())
    #expect(!FileManager.default.fileExists(atPath: marker))
  }
}
