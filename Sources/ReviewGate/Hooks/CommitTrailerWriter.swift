import FoundationEssentials
import ReviewCore

/// Adds the trailers that the policy asks for to a message that is being prepared.
///
/// In prepare-commit-msg, so that whoever opens an editor sees them and may take them out; git runs
/// that hook for `-m`, `-F`, `--amend` and `--no-verify` as well.
struct CommitTrailerWriter {
  let surroundings: Surroundings
  let state: HookState

  /// Adds what is missing; whatever goes wrong leaves the message as it is.
  ///
  /// - Parameters:
  ///   - file: The file with the message.
  ///   - source: Where git took the message from; nil for an empty one.
  func write(_ file: String, source: String?) async {
    // A merge or a replayed commit is not work of whoever runs the command.
    guard source != "merge", !state.isReplaying else { return }
    let contributions = contributions
    guard !contributions.isEmpty, let policy = try? await state.stagedPolicy(),
      !policy.trailers.write.isEmpty, policy.gate.commit != .off,
      let message = FileBytes.read(file)
    else { return }
    let lines = CommitTrailers.lines(contributions, policy.trailers)
    let complete = TrailerBlock.adding(lines, to: message)
    if !lines.isEmpty, complete != message { try? FileBytes.write(complete, to: file) }
  }

  /// The agents at work, as far as the environment shows; each once.
  private var contributions: [AgentContribution] {
    var agents: [String] = []
    for item in surroundings.agentEvidence where item.accuses {
      if let agent = item.agent, !agents.contains(agent) { agents.append(agent) }
    }
    return agents.map { AgentContribution(agent: $0) }
  }

  /// Empties a message that holds nothing but what was added, so that git gives up as usual.
  static func emptiesUnwritten(_ message: [UInt8], in file: String, _ policy: Policy) -> Bool {
    guard !policy.trailers.write.isEmpty, TrailerBlock.holdsOnly(CommitTrailers.keys, message)
    else { return false }
    return (try? FileBytes.write([], to: file)) != nil
  }
}
