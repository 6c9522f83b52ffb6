import FoundationEssentials
import Glibc
import ReviewCore

/// What the program finds around it: variables, terminal, ancestors, clock.
///
/// Read once, at the edge; everything below takes values.
struct Surroundings {
  /// The environment of this process.
  let variables: [String: String]

  /// Looks around.
  init() { variables = ProcessInfo.processInfo.environment }

  /// Seconds since 1970.
  var now: Int { Int(Date().timeIntervalSince1970) }

  /// Whether this process has a controlling terminal at all (`/dev/tty` opens).
  private static var hasTerminal: Bool {
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }

  /// What the environment and the ancestors of this process say about agents.
  ///
  /// Both are what they were when the process started.
  var agentEvidence: [Evidence] { Self.evidenceAtStart }

  private static let evidenceAtStart = EnvironmentOrigin.evidence(
    environment: ProcessInfo.processInfo.environment,
    ancestors: ProcessAncestry.ancestors(),
    hasControllingTerminal: hasTerminal
  )

  /// Whether an agent runs this process, as far as the environment shows.
  var isUnderAgent: Bool { agentEvidence.contains(where: \.accuses) }

  /// A stable name of this machine, which keeps the logs of unsigned records apart.
  var machineID: [UInt8] {
    for path in ["/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostname"] {
      if let text = try? String(contentsOfFile: path, encoding: .utf8), !text.isEmpty {
        return Array(text.utf8).filter { $0 > UInt8(ascii: " ") }
      }
    }
    return Array("unknown".utf8)
  }
}
