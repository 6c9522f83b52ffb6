/// The references that a decision needs besides branches, as patterns to fetch.
///
/// Patterns, because a single name fails where the remote has nothing of the kind yet.
package enum CIReferences {
  /// The notes and references that formats of attribution read, each under its own name.
  private static let origins = [
    "refs/agentdiff/", "refs/ai/authorship/", "refs/entire/checkpoints/", "refs/notes/agent-trace",
    "refs/notes/agentblame", "refs/notes/ai", "refs/notes/origin", "refs/notes/reviewgate-ai",
    "refs/notes/whogitit",
  ]
  private static let checkpoints = "entire/checkpoints/"

  /// Where a fork's logs are kept apart, behind all others: only what is signed there counts.
  package static let forkLogs = "refs/reviewgate/visitors/log/"
  /// Where a fork's notes are kept until they have the names under which they clear nothing.
  package static let forkNotes = "refs/reviewgate/visitors/notes/"

  /// Logs of records, below a prefix of their own.
  package static func logs(into prefix: String) -> String {
    "+\(RecordLogName.prefix)*:\(prefix)*"
  }

  /// Everything that may say who wrote what.
  ///
  /// `replacing` is for a service's own clone: what is here is somebody's work elsewhere.
  package static func origins(ofRemote remote: String, replacing: Bool) -> [String] {
    let sign = replacing ? "+" : ""
    let copies = "+refs/heads/\(checkpoints)*:refs/remotes/\(remote)/\(checkpoints)*"
    return origins.map { "\(sign)\($0)*:\($0)*" } + [copies]
  }

  /// What is taken from the repository that a fork's change comes from.
  package static let ofFork = [
    logs(into: forkLogs), "+refs/notes/ai*:\(forkNotes)ai*",
    "+refs/notes/reviewgate-ai*:\(forkNotes)reviewgate-ai*",
  ]

  /// The names that a fork's notes get: they accuse and clear nothing.
  package static let forkCopies = [
    (from: forkNotes + "ai", to: GitAINotes.forkPrefix + "-head-ai"),
    (from: forkNotes + "reviewgate-ai", to: GitAINotes.forkPrefix + "-head-reviewgate-ai"),
  ]
}
