import FoundationEssentials
import Glibc
import ReviewCore

/// `reviewgate guard AGENT`: answers an agent that asks before it uses a tool.
///
/// It must be quick and must not get in the way: no git, no libgit2, no argument parser, and
/// whatever goes wrong lets the call go on and says so.
enum GuardRunner {
  /// Reads the event, answers in the agent's own form, and returns the exit status.
  static func run(_ arguments: [String]) -> Int32 {
    guard let name = arguments.first, let agent = AgentIntegrations.named(name) else {
      let known = AgentIntegrations.all.map(\.id).joined(separator: ", ")
      Output.talk("reviewgate: guard takes one of: \(known).")
      return Failure.Status.usage.rawValue
    }
    return say(answer(agent))
  }

  private static func answer(_ agent: any AgentIntegration) -> GuardAnswer {
    guard let bytes = try? StandardInput.bytes(), let event = GuardEvent(bytes) else {
      return agent.remark(
        "reviewgate: guard could not read this tool call and lets it pass."
      )
    }
    let here = FileManager.default.currentDirectoryPath
    let scan = event.scan(directory: here)
    let places = [event.directory ?? here, here] + scan.directories
    let isGuarded = places.contains(where: GuardedRepository.contains)
    // Cursor runs the hooks of Claude Code too, and expects its own answer.
    let agent = event.isCursor ? AgentIntegrations.named("cursor") ?? agent : agent
    if let finding = scan.findings.first(where: { isGuarded || $0.rule.holdsEverywhere }) {
      return agent.denial(finding.message)
    }
    if !scan.isComplete, isGuarded {
      return agent.remark(
        "reviewgate: guard could not follow this command to its end and lets it pass."
      )
    }
    return agent.allowance
  }

  private static func say(_ answer: GuardAnswer) -> Int32 {
    if !answer.output.isEmpty { Output.answer(answer.output) }
    if !answer.error.isEmpty { Output.talk(answer.error) }
    return answer.status
  }
}

/// Whether a directory is in a repository that uses ReviewGate, seen by its files alone.
enum GuardedRepository {
  /// Looks upward for a repository, and there for a policy, our state or our hooks.
  static func contains(_ directory: String) -> Bool {
    guard directory.hasPrefix("/") else { return false }
    var parts = directory.split(separator: "/", omittingEmptySubsequences: true)
    while true {
      let folder = "/" + parts.joined(separator: "/")
      if exists(folder + "/.git") { return usesReviewGate(folder) }
      if parts.popLast() == nil { return false }
    }
  }

  private static func usesReviewGate(_ folder: String) -> Bool {
    if exists(folder + "/.reviewgate") || exists(folder + "/.git/reviewgate") { return true }
    guard let git = gitDirectory(folder) else { return false }
    return ["commit-msg", "pre-commit", "pre-push"].contains { hook in
      guard let text = FileBytes.read(git + "/hooks/" + hook)?.prefix(200) else { return false }
      return String(decoding: text, as: UTF8.self).contains(HookScripts.anyMarker)
    }
  }

  /// The directory with the hooks, also where `.git` is a file of a linked worktree.
  private static func gitDirectory(_ folder: String) -> String? {
    guard let bytes = FileBytes.read(folder + "/.git") else { return folder + "/.git" }
    let text = String(decoding: bytes.prefix(4_096), as: UTF8.self)
    guard text.hasPrefix("gitdir: "), let line = text.dropFirst(8).split(separator: "\n").first
    else { return nil }
    let git = line.hasPrefix("/") ? String(line) : folder + "/" + line
    guard let common = FileBytes.read(git + "/commondir"),
      let name = String(decoding: common, as: UTF8.self).split(separator: "\n").first
    else { return git }
    return name.hasPrefix("/") ? String(name) : git + "/" + name
  }

  private static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }
}
