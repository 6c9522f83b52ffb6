import Foundation
import Glibc

/// Runs a program without a terminal and without the ancestors of the tests.
///
/// Like `PseudoTerminal`, but for what a script or a service would start: a new session whose
/// parents are a shell and the reaper of orphans, exactly the environment given, streams in files.
package final class DetachedCommand {
  private let command: [String]
  private let state: URL

  /// Starts `command`, whose first word is a program on the given `PATH` or an absolute path.
  package init(
    _ command: [String],
    environment: [String: String],
    directory: String,
    stdin: String = ""
  ) throws {
    self.command = command
    state = URL(filePath: NSTemporaryDirectory()).appending(path: "run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let words = (["env", "-i"] + variables + command).map(PseudoTerminal.quoted)
    let folder = PseudoTerminal.quoted(state.path)
    try Data(stdin.utf8).write(to: state.appending(path: "stdin"))
    let session = """
      cd \(folder) || exit 70
      sh ./program <stdin >stdout 2>stderr
      echo $? >status.new
      mv status.new status
      """
    let program = """
      echo $$ >pid
      cd \(PseudoTerminal.quoted(directory)) || exit 70
      exec \(words.joined(separator: " "))
      """
    try Data(session.utf8).write(to: state.appending(path: "session"))
    try Data(program.utf8).write(to: state.appending(path: "program"))
    try PseudoTerminal.detach(
      "/usr/bin/setsid",
      ["setsid", "--fork", "sh", state.path + "/session"]
    )
  }

  deinit {
    if text("status") == nil { kill() }
    // The session writes the status last; its folder cannot go before.
    for _ in 0..<200 where text("status") == nil { usleep(10_000) }
    try? FileManager.default.removeItem(at: state)
  }

  /// Ends the program with SIGKILL, if it still runs.
  package func kill() {
    let process = text("pid").flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    if let process, process > 1 { Glibc.kill(process, SIGKILL) }
  }

  /// Waits for the end and returns what the program left behind.
  package func wait(seconds: Double = 60) throws -> CommandOutput {
    let end = Date(timeIntervalSinceNow: seconds)
    repeat {
      if let status = text("status").flatMap({
        Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }) {
        return CommandOutput(
          status: status,
          stdout: text("stdout") ?? "",
          stderr: text("stderr") ?? ""
        )
      }
      usleep(5_000)
    } while Date() < end
    throw CommandFailure(
      command: command,
      output: CommandOutput(status: -1, stdout: text("stdout") ?? "", stderr: "still running")
    )
  }

  private func text(_ name: String) -> String? {
    (try? Data(contentsOf: state.appending(path: name))).map { String(decoding: $0, as: UTF8.self) }
  }
}
