import ArgumentParser
import ReviewCore

/// The forms in which a command answers, and where else it writes reports.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The form of the answer on standard output", valueName: "form")
  )
  var format = ReportFormat.text

  @Option(
    help: ArgumentHelp("Write a report to a file too; repeatable", valueName: "form:path"),
    completion: .file(),
    transform: { try ReportFile($0) }
  )
  var out: [ReportFile] = []

  @Flag(
    inversion: .prefixedNo,
    help: "Annotations and summary of a GitHub job; by itself where GITHUB_ACTIONS is true"
  )
  var github: Bool?

  @Option(help: ArgumentHelp("How many annotations, the worst first", valueName: "n"))
  var maxAnnotations = ReportSettings.usualAnnotations

  @OptionGroup var colour: ColourOptions

  mutating func validate() throws {
    guard maxAnnotations >= 0 else { throw ValidationError("--max-annotations takes 0 or more") }
    let paths = out.map(\.path)
    guard Set(paths).count == paths.count else {
      throw ValidationError("two reports would go into one file")
    }
  }

  /// The forms that were asked for.
  private var formats: [ReportFormat] { [format] + out.map(\.format) }

  /// Whether a form lists hunks that nobody accuses too.
  var listsEverything: Bool { formats.contains(where: \.listsEverything) }

  /// Whether a form lists the commits.
  var listsCommits: Bool { formats.contains(.json) }
}

/// A report that goes into a file: `sarif:reports/gate.sarif`.
struct ReportFile {
  let format: ReportFormat
  let path: String

  /// Reads `FORM:PATH`; a `ValidationError` says what is wrong with it.
  init(_ argument: String) throws {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ValidationError(
        "--out takes a form and a file, as sarif:gate.sarif, not '\(VisibleText.line(argument))'"
      )
    }
    guard let format = ReportFormat(rawValue: String(parts[0])) else {
      let known = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "'\(VisibleText.line(String(parts[0])))' is no form of a report; there are: \(known)"
      )
    }
    guard parts[1] != "-" else {
      throw ValidationError("--out writes files; standard output has --format \(format.rawValue)")
    }
    self.format = format
    path = String(parts[1])
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// Whether colours are used.
struct ColourOptions: ParsableArguments {
  /// What a person may say about colours.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("Whether to use colours", valueName: "when")
  )
  var choice = Choice.auto
}
