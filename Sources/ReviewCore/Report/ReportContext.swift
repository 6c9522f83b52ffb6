/// What was looked at to reach a verdict.
package struct EvaluatedScope: Hashable, Sendable {
  /// Where it was judged.
  package let place: Policy.Place
  /// In words, safe to print: `index against HEAD`, `main..HEAD (3f2a9c1b20..9d0e1f2a3b)`.
  package let subject: String
  /// How many commits; 0 for the index.
  package let commits: Int
  /// How many files the change touches.
  package let files: Int
  /// How many hunks it has; a file without a line view counts as one.
  package let hunks: Int
  /// The commit it starts from; nil where there is none yet.
  package let base: ObjectID?
  /// The commit it ends at; nil for what is not committed yet.
  package let head: ObjectID?
  /// The tree it starts from.
  package let baseTree: ObjectID
  /// The tree it ends at.
  package let headTree: ObjectID

  /// Describes what was looked at.
  package init(
    place: Policy.Place,
    subject: String,
    commits: Int,
    files: Int,
    hunks: Int,
    base: ObjectID?,
    head: ObjectID?,
    baseTree: ObjectID,
    headTree: ObjectID
  ) {
    self.place = place
    self.subject = subject
    self.commits = commits
    self.files = files
    self.hunks = hunks
    self.base = base
    self.head = head
    self.baseTree = baseTree
    self.headTree = headTree
  }

  /// Whether it is a range of commits; otherwise it is what is not committed yet.
  var isRange: Bool { head != nil }

  /// The subject with its size, like `main..HEAD, 3 commits`.
  var range: String { isRange ? name + ", " + Count.of(commits, "commit") : name }

  /// The subject, with whole ids of commits cut as git shows them.
  var name: String {
    subject.split(separator: "..", omittingEmptySubsequences: false).map { part in
      ObjectID(hex: String(part))?.short ?? String(part)
    }.joined(separator: "..")
  }
}

/// Everything a report needs beside the verdict; no report asks the machine for anything.
package struct ReportContext: Hashable, Sendable {
  /// What was looked at.
  package var scope: EvaluatedScope
  /// What the repository asks, to say what a record falls short of.
  package var policy: Policy
  /// The commands that continue after a review, one line each.
  package var continueCommand: [String]
  /// The command that starts the review of exactly this change.
  package var reviewCommand: String
  /// The command that explains a line, without the line.
  package var explainPrefix: String
  /// The honest way around the gate, and what it records; nil where there is none.
  package var bypass: String?
  /// Whether an agent reads the report.
  package var underAgent: Bool
  /// Whether the reader sees more than ASCII.
  package var unicode: Bool
  /// What a CI service asked; nil elsewhere.
  package var job: CIJob?
  /// The cells that a line of the reader's terminal has; nil where lines may be of any length.
  package var width: Int?

  /// Describes the surroundings of a report.
  package init(
    scope: EvaluatedScope,
    policy: Policy,
    reviewCommand: String,
    explainPrefix: String = "reviewgate explain",
    continueCommand: [String] = [],
    bypass: String? = nil,
    underAgent: Bool = false,
    unicode: Bool = false
  ) {
    self.scope = scope
    self.policy = policy
    self.reviewCommand = reviewCommand
    self.explainPrefix = explainPrefix
    self.continueCommand = continueCommand
    self.bypass = bypass
    self.underAgent = underAgent
    self.unicode = unicode
  }

  /// How foreign text is shown to this reader.
  var charset: Charset { unicode ? .unicode : .ascii }
}
