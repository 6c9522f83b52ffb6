import ReviewCore
import Subprocess
import SystemPackage

/// Starts an installed shim so that it only says which program it found.
enum HookSelfTest {
  /// What git gives to no hook.
  static let argument = "--self-test"

  /// What came of it.
  enum Result: Equatable {
    /// The program of this version answered.
    case answered(version: String)
    case failed(String)
  }

  private static let head = "reviewgate "
  private static let tail = ": hook "

  /// What the program answers.
  static func answer(_ hook: HookName) -> String {
    head + ToolVersion.current + tail + hook.rawValue
  }

  /// Whether a command of the configuration asks ReviewGate at a hook.
  static func isOurs(_ command: String, _ hook: HookName) -> Bool {
    command.contains(hook.call) || command.contains("reviewgate' hook \(hook)")
  }

  /// Runs a command that `install` writes into the configuration; nil for any other.
  static func run(command: String, _ hook: HookName) async -> Result? {
    let tail = " hook \(hook)"
    guard command.hasSuffix(tail), HookScripts.isQuotedWord(String(command.dropLast(tail.count)))
    else { return nil }
    return await run(["/bin/sh", "-c", command + " \"$@\"", command, argument])
  }

  /// Runs one shim, which is known to be ours.
  static func run(_ path: String) async -> Result { await run([path, argument]) }

  private static func run(_ words: [String]) async -> Result {
    do {
      let answer = try await Subprocess.run(
        .path("/usr/bin/env"),
        arguments: Arguments(["timeout", "10"] + words),
        input: .none,
        output: .bytes(limit: 65_536),
        error: .bytes(limit: 65_536)
      )
      let said = String(decoding: answer.standardOutput, as: UTF8.self)
      guard answer.terminationStatus.isSuccess, said.hasPrefix(head),
        let end = said.firstRange(of: tail)?.lowerBound
      else {
        let complaint = VisibleText.line(answer.standardError.prefix(200))
        return .failed(complaint.isEmpty ? "it said nothing" : complaint)
      }
      let version = said[said.index(said.startIndex, offsetBy: head.count)..<end]
      return .answered(version: VisibleText.line(String(version)))
    } catch {
      return .failed("it cannot be started: \(VisibleText.line("\(error)"))")
    }
  }
}
