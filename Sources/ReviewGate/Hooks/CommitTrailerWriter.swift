import FoundationEssentials
import GitCommand
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
    guard source != "merge", let message = FileBytes.read(file) else { return }
    let earlier = MessageScanner.agentLines(in: message)
    // A replayed commit is not work of whoever runs the command.
    let agents = state.isReplaying ? [] : atWork
    guard !agents.isEmpty || state.hasEvents || !earlier.isEmpty,
      let policy = try? await state.stagedPolicy(), !policy.trailers.write.isEmpty,
      policy.gate.commit != .off
    else { return }
    let version = state.picked?.hex ?? (source == "commit" ? "HEAD" : nil)
    let known = try? await contributions(earlier, in: version)
    let missing = agents.filter { agent in known?.contains { $0.agent == agent } != true }
    let all = (known ?? []) + missing.map { AgentContribution(agent: $0) }
    let lines = CommitTrailers.lines(all, policy.trailers)
    // Numbers of an earlier version would name the wrong lines.
    let isRestated =
      policy.trailers.write.contains(.agentLines) && version != nil && known != nil
    let start = isRestated ? TrailerBlock.removing("agent-lines", from: message) : message
    let complete = TrailerBlock.adding(lines, to: start)
    if complete != message { try? FileBytes.write(complete, to: file) }
  }

  /// What is known line by line: recorded edits, and what an earlier version of the commit said.
  private func contributions(
    _ earlier: [AgentLines],
    in old: String?
  ) async throws -> [AgentContribution] {
    guard state.hasEvents || (old != nil && !earlier.isEmpty) else { return [] }
    var contributions = try await RecordedContributions(surroundings)
    if state.hasEvents, !state.isReplaying { try contributions.addRecorded() }
    if let old, !earlier.isEmpty, let commit = try await Git(directory: nil).object(named: old) {
      try contributions.carry(earlier, from: commit)
    }
    return contributions.all
  }

  /// The agents at work, as far as the environment shows; each once.
  private var atWork: [String] {
    var agents: [String] = []
    for item in surroundings.agentEvidence where item.accuses {
      if let agent = item.agent, !agents.contains(agent) { agents.append(agent) }
    }
    return agents
  }

  /// Empties a message that holds nothing but what was added, so that git gives up as usual.
  static func emptiesUnwritten(_ message: [UInt8], in file: String, _ policy: Policy) -> Bool {
    guard !policy.trailers.write.isEmpty, TrailerBlock.holdsOnly(CommitTrailers.keys, message)
    else { return false }
    return (try? FileBytes.write([], to: file)) != nil
  }
}
