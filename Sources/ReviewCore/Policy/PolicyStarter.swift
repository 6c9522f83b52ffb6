/// The policy that a repository begins with: few keys, and only what somebody answered.
package struct PolicyStarter: Sendable {
  /// What every place but a check by hand does with unread AI code.
  package var mode: Policy.Mode
  /// The branch that a server judges beside its default branch; nil for that one alone.
  package var branch: String?
  /// The commit from which nothing is judged, and how to call it; nil where there is none.
  package var baseline: (id: ObjectID, name: String)?

  /// Collects the answers.
  package init(
    mode: Policy.Mode,
    branch: String?,
    baseline: (id: ObjectID, name: String)?
  ) {
    self.mode = mode
    self.branch = branch
    self.baseline = baseline
  }

  /// The modes one can begin with.
  package static let modes: [Policy.Mode] = [.observe, .warn, .block]

  /// The text of the file.
  package var text: String {
    var lines = [
      "# What ReviewGate asks of a change in this repository. Only `version` has to be here; every",
      "# other key and its default is in docs/policy.md of ReviewGate.",
      "version: 1",
      "",
      "# off: judge nothing. observe: report only. warn: say it, let it pass. block: refuse.",
      "gate:",
    ]
    lines += ["commit", "push", "receive", "ci"].map { "  \($0): \(mode.rawValue)" }
    if let baseline {
      lines += [
        "  # Nothing reachable from this commit is judged: \(VisibleText.line(baseline.name)) when"
          + " this file was made.",
        "  baseline: \(baseline.id.hex)",
      ]
    }
    if let branch {
      lines += [
        "  # Branches that a server with the pre-receive hook judges, beside its default branch.",
        "  protected: [\(Self.quoted(branch))]",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A name as YAML's single quotes keep it, whatever is in it.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
