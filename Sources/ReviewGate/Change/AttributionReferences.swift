import GitKit
import ReviewCore

/// The references of a repository that may say who wrote what, as they are at the start of a run.
struct AttributionReferences: Sendable {
  private let targets: [String: ObjectID]
  private let names: [String]

  /// Everything below these is looked at; copies of remotes only where a message names a checkpoint.
  private static let prefixes = [
    "refs/agentdiff/", "refs/ai/authorship/", "refs/entire/checkpoints/",
    "refs/heads/entire/checkpoints/", "refs/notes/",
  ]

  /// Lists them.
  init(_ repository: Repository) throws {
    var targets: [String: ObjectID] = [:]
    for prefix in Self.prefixes {
      for (name, target) in try repository.references(below: prefix) { targets[name] = target }
    }
    self.targets = targets
    names = targets.keys.sorted()
  }

  /// Whether no format keeps anything in this repository's references.
  var isEmpty: Bool { names.isEmpty }

  /// What a reference points at.
  func target(_ name: String) -> ObjectID? { targets[name] }

  /// The names below a prefix, sorted.
  func below(_ prefix: String) -> [String] { names.filter { $0.hasPrefix(prefix) } }
}
