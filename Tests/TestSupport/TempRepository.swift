import Foundation
import Synchronization

/// What a finished command left behind.
package struct CommandOutput: Sendable {
  /// The exit status, or 128 plus the signal that ended the command.
  package var status: Int32

  /// What it wrote to standard output.
  package var stdout: String

  /// What it wrote to standard error.
  package var stderr: String
}

/// A command that had to succeed and did not.
package struct CommandFailure: Error, CustomStringConvertible {
  /// The program and its arguments.
  package var command: [String]

  /// What it left behind.
  package var output: CommandOutput

  /// Describes a command that failed.
  package init(command: [String], output: CommandOutput) {
    self.command = command
    self.output = output
  }

  package var description: String {
    "\(command.joined(separator: " ")): status \(output.status)\n\(output.stdout)\(output.stderr)"
  }
}

/// A throw-away repository made with the real `git`, cut off from this machine's configuration.
///
/// Home is empty, no global or system configuration is read, identity is fixed, and every command
/// runs one second after the one before, so the same calls make the same object names everywhere.
package final class TempRepository {
  /// The directory that holds everything of this repository and goes away with it.
  package let sandbox: String

  /// The top of the worktree, or the repository itself when it is bare.
  package let path: String

  private var seconds = 0

  /// Creates a repository with an unborn branch `main` in a directory called `name`.
  package init(named name: String = "repository", bare: Bool = false) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    sandbox = "\(base)/reviewgate-test-\(UUID().uuidString)"
    path = "\(sandbox)/\(name)"
    for directory in [path, sandbox + "/home", sandbox + "/streams"] {
      try FileManager.default.createDirectory(
        atPath: directory,
        withIntermediateDirectories: true
      )
    }
    try git(["init", "--quiet", "--initial-branch=main"] + (bare ? ["--bare"] : []))
  }

  deinit { try? FileManager.default.removeItem(atPath: sandbox) }

  /// The object name `HEAD` stands for.
  package var head: String { get throws { try git("rev-parse", "--verify", "HEAD") } }

  /// Runs git, expects success, and returns its output without the final line feed.
  @discardableResult
  package func git(
    _ arguments: String...,
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> String {
    try git(arguments, env: env, stdin: stdin, at: directory)
  }

  /// Runs git with a list of arguments; otherwise the same.
  @discardableResult
  package func git(
    _ arguments: [String],
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> String {
    var output = try tryGit(arguments, env: env, stdin: stdin, at: directory)
    guard output.status == 0 else {
      throw CommandFailure(command: ["git"] + arguments, output: output)
    }
    if output.stdout.hasSuffix("\n") { output.stdout.removeLast() }
    return output.stdout
  }

  /// Runs git and returns whatever came of it.
  package func tryGit(
    _ arguments: String...,
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    try tryGit(arguments, env: env, stdin: stdin, at: directory)
  }

  /// Runs git with a list of arguments and returns whatever came of it.
  package func tryGit(
    _ arguments: [String],
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    try run(["/usr/bin/env", "git"] + arguments, env: env, stdin: stdin, at: directory)
  }

  /// Runs any program by absolute path, in the worktree unless told otherwise.
  package func run(
    _ command: [String],
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    seconds += 1
    let streams = try Streams(in: sandbox + "/streams", stdin: stdin)
    let process = Process()
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(filePath: directory ?? path, directoryHint: .isDirectory)
    process.environment = environment.merging(env) { _, given in given }
    try streams.connect(process)
    // A child inherits whatever another test has open for writing until it runs its program, and
    // a script held open that way cannot be run. One start at a time closes the window.
    try Self.starting.withLock { _ in try process.run() }
    process.waitUntilExit()
    let signalled = process.terminationReason == .uncaughtSignal
    return CommandOutput(
      status: process.terminationStatus + (signalled ? 128 : 0),
      stdout: try streams.read("out"),
      stderr: try streams.read("err")
    )
  }

  /// Runs any program as somebody at work would, away from whatever started the tests.
  package func runDetached(
    _ command: [String],
    env: [String: String] = [:],
    stdin: String = "",
    at directory: String? = nil
  ) throws -> CommandOutput {
    seconds += 1
    return try DetachedCommand(
      command,
      environment: environment.merging(env) { _, given in given },
      directory: directory ?? path,
      stdin: stdin
    ).wait()
  }

  /// Writes a text file below the worktree, creating its directories.
  package func write(_ file: String, _ text: String, executable: Bool = false) throws {
    try write(file, bytes: Array(text.utf8), executable: executable)
  }

  /// Writes a file of any bytes below the worktree, creating its directories.
  package func write(_ file: String, bytes: [UInt8], executable: Bool = false) throws {
    let url = URL(filePath: path).appending(path: file)
    let manager = FileManager.default
    try manager.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(bytes).write(to: url)
    try manager.setAttributes(
      [.posixPermissions: executable ? 0o755 : 0o644],
      ofItemAtPath: url.path
    )
  }

  /// Stages everything, commits it with exactly this message, and returns the commit's name.
  @discardableResult
  package func commit(_ message: String, env: [String: String] = [:]) throws -> String {
    try git("add", "--all", env: env)
    try git(
      "commit",
      "--quiet",
      "--allow-empty",
      "--cleanup=verbatim",
      "--file=-",
      env: env,
      stdin: message
    )
    return try head
  }

  static let starting = Mutex(())

  /// The variables every command runs with, and no others.
  package var environment: [String: String] {
    // 2026-01-01T00:00:00Z
    let now = "\(1_767_225_600 + seconds) +0000"
    return [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": sandbox + "/home", "XDG_CONFIG_HOME": sandbox + "/home/.config",
      "TMPDIR": sandbox + "/streams", "LC_ALL": "C", "TZ": "UTC", "TERM": "dumb",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true",
      "GIT_AUTHOR_NAME": "Ada Example", "GIT_AUTHOR_EMAIL": "ada@example.com",
      "GIT_COMMITTER_NAME": "Ada Example", "GIT_COMMITTER_EMAIL": "ada@example.com",
      "GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now,
    ]
  }
}

/// The standard streams of one command as files, so that no pipe can fill up and stop it.
private struct Streams {
  let stem: String

  init(in directory: String, stdin: String) throws {
    stem = "\(directory)/\(UUID().uuidString)"
    try Data(stdin.utf8).write(to: URL(filePath: stem + ".in"))
    for name in ["out", "err"] { try Data().write(to: URL(filePath: "\(stem).\(name)")) }
  }

  func connect(_ process: Process) throws {
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: stem + ".in"))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: stem + ".out"))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: stem + ".err"))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(stem).\(name)")), as: UTF8.self)
  }
}
