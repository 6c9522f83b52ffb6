/// What a guarded agent may not do, and what it is told.
package enum GuardRule: String, Hashable, Sendable, CaseIterable {
  /// Skips git's hooks for one command.
  case skipsHooks
  /// Points git at other hooks.
  case hooksPath
  /// Switches hooks off by a variable.
  case variable
  /// Gives a review, or tries to look like a person who does.
  case approves
  /// Takes ReviewGate away.
  case uninstalls
  /// Writes records or origin notes by hand.
  case records
  /// Makes or moves commits past the hooks.
  case plumbing
  /// Changes files that guard the gate.
  case files

  /// Whether it holds in repositories that do not use ReviewGate too.
  package var holdsEverywhere: Bool {
    switch self {
    case .approves, .uninstalls, .records: true
    case .skipsHooks, .hooksPath, .variable, .plumbing, .files: false
    }
  }

  /// What is wrong with it, as the end of a sentence.
  var reason: String {
    switch self {
    case .skipsHooks: "skips the hooks that ask for a human review"
    case .hooksPath: "points git away from the hooks that ask for a human review"
    case .variable: "switches the review hooks off"
    case .approves: "records a review, which only a person may do"
    case .uninstalls: "removes the review gate"
    case .records: "changes review records or origin notes by hand"
    case .plumbing: "makes or moves commits past the review hooks"
    case .files: "changes a file that guards the review gate"
    }
  }

  /// What to do instead.
  var remedy: String {
    switch self {
    case .skipsHooks, .hooksPath, .variable, .plumbing:
      "Commit without it; if the gate blocks, ask a person to run `reviewgate review`."
    case .approves: "Ask a person to run `reviewgate review`."
    case .uninstalls, .records: "Ask a person if that is really wanted; they can do it themselves."
    case .files: "Tell a person what should change there; they can edit it themselves."
    }
  }
}

/// One thing a tool call would do that a guarded agent may not.
package struct GuardFinding: Hashable, Sendable {
  /// The rule it breaks.
  package let rule: GuardRule
  /// The words of the call that do.
  package let excerpt: String

  /// Names a finding.
  package init(_ rule: GuardRule, _ excerpt: String) {
    self.rule = rule
    self.excerpt = excerpt
  }

  /// What the agent reads; safe to print.
  package var message: String {
    let shown = VisibleText.line(excerpt.utf8.prefix(120))
    return "reviewgate: `\(shown)` \(rule.reason). \(rule.remedy) Do not retry or work around this."
  }
}

/// Everything that a look at a tool call brought to light.
package struct GuardScan: Hashable, Sendable {
  /// What is not allowed, in the order of the call; each once.
  package private(set) var findings: [GuardFinding] = []
  /// Directories the call works in, as it names them.
  package private(set) var directories: [String] = []
  /// Whether the call could be followed to its end.
  package var isComplete = true

  /// Nothing yet.
  package init() {}

  mutating func add(_ rule: GuardRule, _ excerpt: String) {
    let finding = GuardFinding(rule, excerpt)
    if findings.count < 50, !findings.contains(finding) { findings.append(finding) }
  }

  mutating func visit(_ directory: String) {
    if directories.count < 20, !directories.contains(directory) { directories.append(directory) }
  }

  /// Adds what another part of the call does.
  package mutating func add(_ other: GuardScan) {
    for finding in other.findings { add(finding.rule, finding.excerpt) }
    for directory in other.directories { visit(directory) }
    isComplete = isComplete && other.isComplete
  }
}
