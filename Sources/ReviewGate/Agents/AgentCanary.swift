import FoundationEssentials
import GitCommand
import Glibc
import ReviewCore
import Subprocess
import SystemPackage

/// A made-up tool call in a scratch repository, sent through the very command of a configuration.
struct AgentCanary {
  /// What became of it.
  enum Result: Equatable {
    case arrived
    /// The command ran and nothing came of it.
    case lost(String)
  }

  /// The scratch repository, which uses ReviewGate.
  private let directory: String
  private static let file = "canary.txt"

  /// Makes the scratch repository.
  init() async throws {
    let base = FileManager.default.temporaryDirectory.path
    directory = base + "/reviewgate-doctor-\(getpid())"
    try FileManager.default.createDirectory(
      atPath: directory + "/.reviewgate",
      withIntermediateDirectories: true
    )
    _ = try await Git(directory: directory).ask(["init", "--quiet", "."])
  }

  /// Removes the scratch repository.
  func remove() { FileBytes.remove(directory) }

  /// Sends an edit through the commands for the time before and after it.
  func edit(_ agent: any AgentIntegration, before: String, after: String) async -> Result {
    FileBytes.remove(directory + "/.git/reviewgate")
    let path = directory + "/" + Self.file
    FileBytes.remove(path)
    let first = await run(before, agent.canaryEvent(agent.canaryNames.before, path, directory))
    if case .failed(let why) = first { return .lost(why) }
    try? FileBytes.write(Array("a canary\n".utf8), to: path)
    let second = await run(after, agent.canaryEvent(agent.canaryNames.after, path, directory))
    if case .failed(let why) = second { return .lost(why) }
    guard let state = FileBytes.read(directory + "/.git/reviewgate/events/state") else {
      return .lost("it ran, and nothing was recorded")
    }
    let isNamed = state.firstRange(of: Array(Self.file.utf8)) != nil
    return isNamed ? .arrived : .lost("it ran, and the edit is not in the record")
  }

  /// Sends a command that has to be denied.
  func denial(_ agent: any AgentIntegration, _ line: String) async -> Result {
    let event = agent.canaryEvent(
      agent.canaryNames.before,
      command: "git commit --no-verify",
      directory
    )
    switch await run(line, event) {
    case .failed(let why): return .lost(why)
    case .ended(let status, let output):
      let isDenied = status == 2 || output.firstRange(of: Array("\"deny\"".utf8)) != nil
      return isDenied ? .arrived : .lost("it ran, and `git commit --no-verify` was not denied")
    }
  }

  // MARK: - Running

  private enum Run {
    case ended(status: Int, output: [UInt8])
    case failed(String)
  }

  /// Runs a command line as agents do: in a shell, with the event on standard input.
  private func run(_ line: String, _ event: JSONValue) async -> Run {
    var variables: [Subprocess.Environment.Key: String?] = [:]
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"] {
      variables[Subprocess.Environment.Key(stringLiteral: name)] = .some(nil)
    }
    do {
      // From a file: writing to a command that ends without reading would end this program too.
      let input = directory + "/.git/event"
      try FileBytes.write(Array(event.line.utf8), to: input)
      let result = try await Subprocess.run(
        .path("/usr/bin/env"),
        arguments: ["timeout", "10", "/bin/sh", "-c", line],
        environment: Environment.inherit.updating(variables),
        workingDirectory: FilePath(directory),
        input: .fileDescriptor(
          try FileDescriptor.open(FilePath(input), .readOnly),
          closeAfterSpawningProcess: true
        ),
        output: .bytes(limit: 1 << 20),
        error: .bytes(limit: 1 << 20)
      )
      switch result.terminationStatus {
      case .exited(126), .exited(127): return .failed("the command cannot be started")
      case .exited(124): return .failed("it did not end within 10 seconds")
      case .exited(64): return .failed("the program does not know this command")
      case .exited(let code):
        return .ended(status: Int(code), output: result.standardOutput)
      case .signaled(let signal): return .failed("it ended with signal \(signal)")
      }
    } catch {
      return .failed("it cannot be run: \(VisibleText.line("\(error)"))")
    }
  }
}
