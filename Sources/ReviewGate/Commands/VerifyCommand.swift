import ArgumentParser
import ReviewCore

/// `reviewgate verify`: checks exported records by themselves, without any repository.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the signatures of exported records, offline",
    usage: "reviewgate verify <bundle> [--roster <file>] [<options>]",
    discussion: """
      Needs no repository and no other program. Exit status: 0 every record is proven as well as \
      --require says, 1 not, 2 the file cannot be read, 3 the roster is wrong. A bundle may be \
      incomplete: only the records that are in it are checked.
      """
  )

  @Argument(help: "A file that `records export` wrote; - reads standard input")
  var bundle: String

  @Option(
    help: ArgumentHelp(
      "The roster to verify with; without one no key has a name",
      valueName: "file"
    )
  )
  var roster: String?

  @Option(help: "recorded, signed, touched, verified; signed where a roster is given")
  var require: String?

  @Option(help: "text, or json with a stable schema")
  var format = CheckFormat.text

  @Flag(help: "Only the summary and what does not count")
  var quiet = false

  mutating func validate() throws {
    if let require, ReviewStrength(rawValue: require) == nil {
      throw ValidationError("'\(VisibleText.line(require))' is no strength")
    }
  }

  func run() async throws {
    try await reporting(format) {
      let list = try roster.map { try RosterFile.parse(try Self.bytes($0)) }
      let verifier = RecordVerifier(roster: list, now: Surroundings().now)
      let checked = RecordBundle(try Self.bytes(bundle), verifier: verifier)
      let required =
        require.flatMap { ReviewStrength(rawValue: $0) } ?? (list == nil ? .recorded : .signed)
      let isProven = checked.isProven(atLeast: required)
      switch format {
      case .json:
        let report = BundleReport(bundle: checked, required: required, hasRoster: list != nil)
        Output.answer(report.json(isQuiet: quiet))
      case .text:
        for line in checked.lines { show(line, required) }
        Output.answer(summary(checked, required))
      }
      return isProven ? 0 : Failure.Status.blocked.rawValue
    }
  }

  private func show(_ line: RecordBundle.Line, _ required: ReviewStrength) {
    switch line.result {
    case .success(let stored):
      let isEnough = stored.strength.satisfies(required)
      guard !quiet || !isEnough else { return }
      Output.answer(RecordReport.line(stored) + (isEnough ? "" : "  too weak"))
    case .failure(let reason):
      Output.answer(RecordReport.line(line.id ?? "sha256:line \(line.number)", ignored: reason))
    }
  }

  private func summary(_ checked: RecordBundle, _ required: ReviewStrength) -> String {
    guard !checked.lines.isEmpty else { return "reviewgate: the file has no records." }
    let good = checked.records.count { $0.strength.satisfies(required) }
    let counts = ReviewStrength.allCases.compactMap { strength -> String? in
      let count = checked.records.count { $0.strength == strength }
      return count == 0 ? nil : "\(count) \(strength.rawValue)"
    }
    return "reviewgate: \(good) of \(checked.lines.count) records are at least "
      + "'\(required.rawValue)'\(counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))")."
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    if name == "-" { return try StandardInput.bytes(limit: 1 << 30) }
    guard let bytes = FileBytes.read(name) else { throw Undecided.unreadableFile(name) }
    return bytes
  }
}
