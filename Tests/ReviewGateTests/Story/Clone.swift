import Foundation
import TestSupport
import Testing

/// The built program, as people run it.
enum BuiltProgram {
  /// Its path, beside the test bundle; a missing program is a broken test run, not a skipped one.
  static let path: String = {
    let bundles =
      CommandLine.arguments + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
    var tried: [String] = []
    for bundle in bundles where bundle.hasPrefix("/") {
      var folder = URL(filePath: bundle)
      for _ in 0..<3 {
        folder = folder.deletingLastPathComponent()
        let program = folder.appending(path: "reviewgate").path
        tried.append(program)
        if FileManager.default.isExecutableFile(atPath: program) { return program }
      }
    }
    preconditionFailure("build the program before its tests run; tried \(tried)")
  }()
}

/// One person's clone on a machine without agents: git and the program run detached and clean.
final class Clone {
  /// Holds everything and removes it; shared by the clones of one story.
  let temp: TempRepository
  /// The top of the worktree.
  let path: String

  /// A repository with one commit of two files, the program's hooks not installed.
  init() throws {
    temp = try TempRepository()
    path = temp.path
    try introduce("Ada Example", "ada@example.com")
    try write("Sources/Greeting.txt", lines: Self.greeting)
    try write("Sources/Parting.txt", lines: Self.parting)
    try git("add", "--all")
    try git("commit", "--quiet", "-m", "Begin")
  }

  /// A clone of `remote` below the same folder.
  init(of remote: String, named name: String, temp: TempRepository) throws {
    self.temp = temp
    path = temp.sandbox + "/" + name
    try Self.start(
      ["git", "clone", "--quiet", remote, path],
      temp: temp,
      directory: temp.sandbox
    ).wait().expectSuccess("clone")
    try introduce("Grace Example", "grace@example.com")
  }

  static let greeting = (1...30).map { "The greeting has a line of number \($0)" }
  static let parting = (1...12).map { "The parting has a line of number \($0)" }

  // MARK: - Running

  /// What every program finds around it.
  static func environment(_ temp: TempRepository) -> [String: String] {
    [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": temp.sandbox + "/home", "LC_ALL": "C",
      "TZ": "UTC", "TERM": "xterm", "GIT_EDITOR": "true", "GIT_TERMINAL_PROMPT": "0",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_AUTHOR_DATE": "1767225600 +0000", "GIT_COMMITTER_DATE": "1767225600 +0000",
    ]
  }

  private static func start(
    _ command: [String],
    temp: TempRepository,
    env: [String: String] = [:],
    stdin: String = "",
    directory: String
  ) throws -> DetachedCommand {
    try DetachedCommand(
      command,
      environment: environment(temp).merging(env) { $1 },
      directory: directory,
      stdin: stdin
    )
  }

  /// Runs git and returns whatever came of it.
  func tryGit(
    _ arguments: String...,
    env: [String: String] = [:],
    stdin: String = ""
  ) throws -> CommandOutput {
    try Self.start(["git"] + arguments, temp: temp, env: env, stdin: stdin, directory: path).wait()
  }

  /// Runs git, expects success, and returns its output without blanks around it.
  @discardableResult
  func git(_ arguments: String..., env: [String: String] = [:]) throws -> String {
    let output = try Self.start(["git"] + arguments, temp: temp, env: env, directory: path).wait()
    try output.expectSuccess("git " + arguments.joined(separator: " "))
    return output.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Runs the program without a terminal.
  @discardableResult
  func gate(
    _ arguments: String...,
    env: [String: String] = [:],
    stdin: String = ""
  ) throws -> CommandOutput {
    try startGate(arguments, env: env, stdin: stdin).wait()
  }

  /// Starts the program without a terminal and does not wait.
  func startGate(
    _ arguments: [String],
    env: [String: String] = [:],
    stdin: String = ""
  ) throws -> DetachedCommand {
    let command = [BuiltProgram.path] + arguments
    return try Self.start(command, temp: temp, env: env, stdin: stdin, directory: path)
  }

  /// Starts the program at a terminal.
  func atTerminal(_ arguments: String..., env: [String: String] = [:]) throws -> PseudoTerminal {
    try atTerminal(BuiltProgram.path, arguments, env: env)
  }

  /// Starts any program at a terminal.
  func atTerminal(
    _ program: String,
    _ arguments: [String],
    env: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      program,
      arguments,
      environment: Self.environment(temp).merging(env) { $1 },
      directory: path,
      columns: 120,
      rows: 40
    )
  }

  // MARK: - Files and commits

  func introduce(_ name: String, _ email: String) throws {
    try git("config", "user.name", name)
    try git("config", "user.email", email)
  }

  func write(_ file: String, _ text: String) throws {
    let url = URL(filePath: path).appending(path: file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: url)
  }

  func write(_ file: String, lines: [String]) throws {
    try write(file, lines.joined(separator: "\n") + "\n")
  }

  func bytes(_ file: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path).appending(path: file))
  }

  /// Two hunks in one file and one in the other, staged.
  func stageAgentWork() throws {
    try writeAgentWork(first: "The agent says good morning to everybody")
    try git("add", "--all")
  }

  /// The same with a line of choice.
  func writeAgentWork(first: String) throws {
    var greeting = Self.greeting
    greeting[4] = first
    greeting[20] = "The agent says good evening to everybody"
    var parting = Self.parting
    parting[5] = "The agent says farewell to everybody here"
    try write("Sources/Greeting.txt", lines: greeting)
    try write("Sources/Parting.txt", lines: parting)
  }

  static let agentMessage = """
    Say more

    Co-Authored-By: Claude <noreply@anthropic.com>

    """

  /// An agent's commit of everything, past any hook.
  @discardableResult
  func commitAgentWork() throws -> String {
    try stageAgentWork()
    return try commitAsAgent()
  }

  /// Commits what is staged in an agent's name, past any hook.
  @discardableResult
  func commitAsAgent(_ message: String = Clone.agentMessage) throws -> String {
    let made = try tryGit("commit", "--quiet", "--no-verify", "-F", "-", stdin: message)
    try made.expectSuccess("commit")
    return try git("rev-parse", "HEAD")
  }
}

extension CommandOutput {
  /// Fails with everything the command wrote.
  func expectSuccess(_ what: String) throws {
    guard status == 0 else { throw CommandFailure(command: [what], output: self) }
  }
}
