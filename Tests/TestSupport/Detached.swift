import Foundation

/// Runs a program away from whatever started the tests, and waits for it.
///
/// An orphan in a session of its own, without a terminal, with exactly the environment given. A
/// test that an agent started therefore sees what a person's own commands would see.
package enum Detached {
  /// The program did not end in time.
  package struct Timeout: Error, CustomStringConvertible {
    /// The program and its arguments.
    package let command: [String]

    package var description: String { "still running: \(command.joined(separator: " "))" }
  }

  private static let patience: TimeInterval = 90

  /// Runs a program, found by the given `PATH`, and returns whatever came of it.
  package static func run(
    _ arguments: [String],
    directory: String,
    environment: [String: String],
    input: String? = nil
  ) throws -> CommandOutput {
    let state = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: state) }
    if let input { try Data(input.utf8).write(to: state.appending(path: "in")) }
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let words = (["env", "-i"] + variables + arguments).map(quoted).joined(separator: " ")
    let script = """
      cd \(quoted(directory)) || exit 70
      here=\(quoted(state.path))
      \(words) <\(input == nil ? "/dev/null" : "\"$here/in\"") >"$here/out" 2>"$here/err"
      echo $? >"$here/status.new"
      mv "$here/status.new" "$here/status"
      """
    try Data(script.utf8).write(to: state.appending(path: "session"))
    try start(state.appending(path: "session").path)
    guard let status = wait(for: state.appending(path: "status")) else {
      throw Timeout(command: arguments)
    }
    return CommandOutput(
      status: status,
      stdout: try text("out", state),
      stderr: try text("err", state)
    )
  }

  private static func start(_ script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/setsid")
    process.arguments = ["--fork", "sh", script]
    process.environment = ["PATH": "/usr/bin:/bin"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try TempRepository.starting.withLock { _ in try process.run() }
    process.waitUntilExit()
  }

  private static func wait(for status: URL) -> Int32? {
    let end = Date(timeIntervalSinceNow: patience)
    repeat {
      if let data = try? Data(contentsOf: status) {
        let text = String(decoding: data, as: UTF8.self)
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      usleep(3_000)
    } while Date() < end
    return nil
  }

  private static func text(_ name: String, _ state: URL) throws -> String {
    String(decoding: try Data(contentsOf: state.appending(path: name)), as: UTF8.self)
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
