import FoundationEssentials
import Subprocess
import SystemPackage

/// OpenSSH's own programs, which reach agents and hardware keys; they only ever sign, never decide.
enum SSHProgram {
  /// Where the system installs programs; a repository or an agent can not put one there.
  private static let directories = ["/usr/bin", "/usr/local/bin", "/run/current-system/sw/bin"]

  /// The absolute path of a program, without asking `PATH`.
  static func path(_ name: String) -> String? {
    directories.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// The variables a program may see: enough to reach an agent and to ask at the terminal.
  ///
  /// No provider or helper of hardware keys, no askpass: those name programs and libraries.
  static func environment(_ variables: [String: String]) -> [String: String] {
    let kept = ["HOME", "SSH_AUTH_SOCK", "TERM", "GPG_TTY", "XDG_RUNTIME_DIR", "USER", "LOGNAME"]
    var result = variables.filter { kept.contains($0.key) }
    result["PATH"] = "/usr/bin:/bin"
    result["LC_ALL"] = "C"
    return result
  }

  /// The public keys an agent holds, one line each; none where there is no agent.
  static func agentKeys(_ variables: [String: String]) async -> [String] {
    guard variables["SSH_AUTH_SOCK"]?.isEmpty == false, let program = path("ssh-add") else {
      return []
    }
    let pairs = environment(variables).map {
      (Subprocess.Environment.Key(stringLiteral: $0.key), $0.value)
    }
    let answer = try? await Subprocess.run(
      .path(FilePath(program)),
      arguments: ["-L"],
      environment: .custom(Dictionary(uniqueKeysWithValues: pairs)),
      output: .bytes(limit: 1 << 20),
      error: .discarded
    )
    guard let answer, answer.terminationStatus.isSuccess else { return [] }
    return String(decoding: answer.standardOutput, as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }
}
