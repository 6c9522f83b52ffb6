/// What one run of the gate has to say: everything that was judged, and why nothing more was.
package struct Report: Sendable {
  /// One change that was judged.
  package struct Evaluation: Sendable {
    /// The decision.
    package let verdict: Verdict
    /// What surrounds it.
    package let context: ReportContext
    /// Its commits, where a form lists them.
    package let commits: [CommitSummary]

    /// Puts a decision together with what surrounds it.
    package init(verdict: Verdict, context: ReportContext, commits: [CommitSummary] = []) {
      self.verdict = verdict
      self.context = context
      self.commits = commits
    }

    /// The first line of a report about it, without the program's name.
    var headline: String {
      String(Headline.of(verdict, context.everywhere).dropFirst("reviewgate: ".count))
    }
  }

  /// Why something could not be judged; it never reads as a change without findings.
  package struct Problem: Sendable {
    /// What kept the gate from judging.
    package enum Kind: Sendable {
      /// History, objects, records or a format are missing or unreadable.
      case notEvaluated
      /// The policy or the roster is wrong.
      case policy
    }

    /// A line of a file that is wrong.
    package struct Place: Sendable {
      /// The file.
      package let path: RepositoryPath
      /// The line, from 1.
      package let line: Int
      /// What is wrong there.
      package let text: String

      /// Describes a place.
      package init(path: RepositoryPath, line: Int, text: String) {
        self.path = path
        self.line = line
        self.text = text
      }
    }

    /// What kept the gate from judging.
    package let kind: Kind
    /// In words.
    package let text: String
    /// What was wanted and found, by label.
    package let facts: [(label: String, text: String)]
    /// What mends it.
    package let remedy: [String]
    /// Where files are wrong.
    package let places: [Place]

    /// Describes a problem.
    package init(
      kind: Kind,
      text: String,
      facts: [(label: String, text: String)] = [],
      remedy: [String] = [],
      places: [Place] = []
    ) {
      self.kind = kind
      self.text = text
      self.facts = facts
      self.remedy = remedy
      self.places = places
    }
  }

  /// Where it was judged.
  package let place: Policy.Place
  /// What was judged, in the order in which it was asked.
  package var evaluations: [Evaluation]
  /// Why nothing more could be judged.
  package var problem: Problem?

  /// Starts a report, or makes a whole one.
  package init(
    place: Policy.Place,
    evaluations: [Evaluation] = [],
    problem: Problem? = nil
  ) {
    self.place = place
    self.evaluations = evaluations
    self.problem = problem
  }

  /// The word for all of it: `not evaluated` before `blocked` before `overridden` before `passed`.
  var verdict: String {
    if problem != nil || evaluations.isEmpty { return "not evaluated" }
    if evaluations.contains(where: { $0.verdict.refuses }) { return "blocked" }
    if evaluations.contains(where: { !$0.verdict.passes }) { return "would be blocked" }
    return evaluations.contains { $0.verdict.isOverridden } ? "passed by an override" : "passed"
  }

  /// What was looked at and what came of it, one line for each evaluation, then the problem.
  var headlines: [String] {
    evaluations.map(\.headline) + (problem.map { ["NOT EVALUATED. " + $0.line] } ?? [])
  }
}

extension Report.Problem {
  /// The problem as one line that is safe to print.
  var line: String {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    return lines.map { VisibleText.line($0).drop { $0 == " " } }.joined(separator: "; ")
  }

  /// The problem, its facts and what mends it, each on a line that is safe to print.
  var lines: [String] {
    let details = facts.map { "\($0.label): \($0.text)" } + remedy.map { "fix: \($0)" }
    return [line] + details.map { VisibleText.line($0.replacing("\n", with: "; ")) }
  }
}

extension ReportContext {
  /// The same for a file, which shows more than ASCII.
  var everywhere: ReportContext {
    var context = self
    context.unicode = true
    return context
  }
}
