import Foundation
import TestSupport
import Testing

/// What is answered without looking at everything is what would be answered otherwise, and really
/// is answered without.
@Suite struct FastPathTests {
  /// Stands before git in `PATH` and writes down that it was started.
  private struct CountedGit {
    private let directory: String
    private let log: String

    init(_ workplace: Workplace) throws {
      directory = workplace.repository.sandbox + "/counted"
      log = workplace.repository.sandbox + "/calls"
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      let path = workplace.repository.environment["PATH"] ?? ""
      let script = """
        #!/bin/sh
        PATH='\(path)'
        echo "$*" >>'\(log)'
        exec git "$@"

        """
      let file = directory + "/git"
      try TempRepository.whileNothingStarts {
        try Data(script.utf8).write(to: URL(filePath: file))
      }
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }

    func environment(_ workplace: Workplace) -> [String: String] {
      try? FileManager.default.removeItem(atPath: log)
      return ["PATH": directory + ":" + (workplace.repository.environment["PATH"] ?? "")]
    }

    /// How many times git was started since the environment was made.
    var calls: Int {
      guard let text = try? String(contentsOfFile: log, encoding: .utf8) else { return 0 }
      return text.split(separator: "\n").count
    }
  }

  /// A state of the repository, and whether one process of git is enough to judge its index.
  struct State: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let isQuick: Bool
    var environment: [String: String] = [:]
    let make: @Sendable (Workplace) throws -> Void
  }

  static let states: [State] = [
    State(testDescription: "nothing staged", isQuick: true) { _ in },
    State(testDescription: "two files", isQuick: true) {
      try $0.repository.write("README", "Another project.\n")
      try $0.repository.write("code.swift", Workplace.block)
      try $0.repository.git("add", "--all")
    },
    State(testDescription: "opaque files", isQuick: true) {
      try $0.repository.write("picture", bytes: [0, 1, 2, 0])
      try $0.repository.write("empty", "")
      try $0.repository.write("README", "A project.\n", executable: true)
      try $0.repository.git("add", "--all")
    },
    State(testDescription: "a file that is gone", isQuick: true) {
      try $0.repository.git("rm", "--quiet", "README")
    },
    State(testDescription: "a policy", isQuick: true) {
      try $0.repository.write(".reviewgate/policy.yml", "version: 1\ngate:\n  manual: warn\n")
      try $0.repository.git("add", "--all")
    },
    State(testDescription: "a policy that asks about everybody", isQuick: false) {
      try $0.repository.write(
        ".reviewgate/policy.yml",
        "version: 1\norigin:\n  unattributed: agent\n"
      )
      try $0.repository.write("code.swift", Workplace.block)
      try $0.repository.git("add", "--all")
    },
    State(testDescription: "a policy that is not staged", isQuick: false) {
      try $0.repository.write(".reviewgate/policy.yml", "version: 1\n")
    },
    State(testDescription: "a policy that is wrong", isQuick: false) {
      try $0.repository.write(".reviewgate/policy.yml", "version: [\n")
      try $0.repository.git("add", "--all")
    },
    State(testDescription: "an agent", isQuick: false, environment: ["CLAUDECODE": "1"]) {
      try $0.repository.write("code.swift", Workplace.block)
      try $0.repository.git("add", "--all")
    },
    State(testDescription: "a commit that was refused", isQuick: false) {
      try $0.repository.write("code.swift", Workplace.block)
      try $0.repository.git("add", "--all")
      let refused = try $0.git("commit", "--message", Workplace.message("add code"))
      #expect(refused.status != 0)
    },
    State(testDescription: "conflicts", isQuick: false) {
      let id = try $0.repository.git("rev-parse", ":README")
      let lines = (1...3).map { "100644 \(id) \($0)\tREADME\n" }.joined()
      try $0.repository.git("update-index", "--index-info", stdin: "0 \(id)\tREADME\n" + lines)
    },
  ]

  @Test(arguments: states)
  func `the index is judged the same, with one git where nobody is accused`(state: State) throws {
    let workplace = try Workplace()
    try state.make(workplace)
    let git = try CountedGit(workplace)
    let variables = state.environment.merging(git.environment(workplace)) { $1 }
    let answer = try workplace.gate("check", "--staged", env: variables)
    if state.isQuick { #expect(git.calls == 1) } else { #expect(git.calls > 1) }
    // The same question in more words goes the long way.
    let other = try workplace.gate("check", "--staged", "--format", "text", env: variables)
    #expect(answer.stdout == other.stdout)
    #expect(answer.stderr == other.stderr)
    #expect(answer.status == other.status)
  }

  @Test func `an unborn branch is judged the same`() throws {
    let workplace = try Workplace(isEmpty: true)
    try workplace.repository.write("code.swift", Workplace.block)
    try workplace.repository.git("add", "--all")
    let answer = try workplace.gate("check", "--staged")
    let other = try workplace.gate("check", "--staged", "--format", "text")
    #expect(answer.stdout == other.stdout)
    #expect(answer.stdout.contains("empty tree"))
  }

  @Test(arguments: [nil, "version: 1\n"])
  func `a hook with nothing to decide starts no git`(policy: String?) throws {
    let workplace = try Workplace()
    if let policy { try workplace.repository.write(".reviewgate/policy.yml", policy) }
    try workplace.repository.write("code.swift", Workplace.block)
    try workplace.repository.git("add", "--all")
    let message = workplace.path + "/.git/COMMIT_EDITMSG"
    try Data("add code\n".utf8).write(to: URL(filePath: message))
    let git = try CountedGit(workplace)
    let variables = git.environment(workplace)
    for hook in [
      ["pre-commit"], ["prepare-commit-msg", message], ["commit-msg", message], ["post-commit"],
    ] {
      let output = try workplace.repository.runDetached(
        [Workplace.program, "hook"] + hook,
        env: variables
      )
      #expect(output.status == 0, "\(output.stderr)")
    }
    #expect(git.calls == 0)
  }

  @Test func `a policy that git alone can read is asked of git`() throws {
    let workplace = try Workplace()
    try workplace.repository.write(".reviewgate/policy.yml", "version: 1\ngate:\n  commit: off\n")
    try workplace.repository.git("add", "--all")
    try workplace.repository.git("update-index", "--index-version", "4")
    try workplace.repository.write("code.swift", Workplace.block)
    try workplace.repository.git("add", "code.swift")
    let commit = try workplace.git("commit", "--message", Workplace.message("add code"))
    #expect(commit.status == 0, "\(commit.stderr)")
  }
}
