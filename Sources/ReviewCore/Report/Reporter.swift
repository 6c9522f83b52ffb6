/// One form of a report.
package protocol Reporter: Sendable {
  /// The whole report in this form; the same report gives the same bytes.
  func bytes(of report: Report) -> [UInt8]
}

/// Every form that a report takes; the one list of them.
package enum ReportFormat: String, CaseIterable, Sendable {
  /// For people at a terminal.
  case text
  /// `reviewgate.check/1`, for programs.
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// Annotations of a GitHub job.
  case github
  /// GitLab's Code Quality.
  case gitlab
  /// JUnit XML, for lists of tests.
  case junit
  /// Checkstyle XML.
  case checkstyle
  /// Reviewdog's diagnostic format.
  case rdjson
  /// The body of a comment on a pull request.
  case markdown
  /// One page that needs nothing beside it.
  case html

  /// What writes this form.
  package func reporter(_ settings: ReportSettings = ReportSettings()) -> any Reporter {
    switch self {
    case .text:
      TextReporter(style: settings.style, isRich: settings.isRich, width: settings.width)
    case .json: JSONReporter()
    case .sarif: SARIFReporter()
    case .github: GitHubReporter(most: settings.mostAnnotations)
    case .gitlab: GitLabReporter()
    case .junit: JUnitReporter()
    case .checkstyle: CheckstyleReporter()
    case .rdjson: RDJSONReporter()
    case .markdown: MarkdownReporter.comment
    case .html: HTMLReporter()
    }
  }

  /// Whether it lists hunks that nobody accuses too, so that they have to be read.
  package var listsEverything: Bool { self == .json || self == .junit }
}

/// What a reader may choose about a report.
package struct ReportSettings: Sendable {
  /// The colours of text; nil for none.
  package var style: Style?
  /// Whether text may be more than ASCII.
  package var isRich: Bool
  /// The cells of a line of text; nil for lines of any length.
  package var width: Int?
  /// How many annotations a job shows.
  package var mostAnnotations: Int

  /// GitHub shows ten of a kind for each step.
  package static let usualAnnotations = 10

  /// Chooses; without a word, plain ASCII and as many annotations as GitHub shows.
  package init(
    style: Style? = nil,
    isRich: Bool = false,
    width: Int? = nil,
    mostAnnotations: Int = ReportSettings.usualAnnotations
  ) {
    self.style = style
    self.isRich = isRich
    self.width = width
    self.mostAnnotations = mostAnnotations
  }
}

/// The report for people, one evaluation after the other.
struct TextReporter: Reporter {
  let style: Style?
  let isRich: Bool
  let width: Int?

  func bytes(of report: Report) -> [UInt8] {
    var parts = report.evaluations.map { evaluation in
      var context = evaluation.context
      context.unicode = isRich
      context.width = width
      return TextReport.render(evaluation.verdict, context, style: style)
    }
    if let problem = report.problem {
      parts.append(
        UndecidedReport.render(
          problem: problem.text,
          facts: problem.facts,
          remedy: problem.remedy,
          width: width
        )
      )
    }
    return Array(parts.joined().utf8)
  }
}

/// One JSON document on each line.
struct JSONReporter: Reporter {
  func bytes(of report: Report) -> [UInt8] {
    var lines = report.evaluations.map {
      JSONReport.render($0.verdict, $0.context, commits: $0.commits)
    }
    if let problem = report.problem {
      lines.append(
        JSONReport.undecided(reason: problem.text, remedy: problem.remedy, place: report.place)
      )
    }
    return Array(lines.joined().utf8)
  }
}
