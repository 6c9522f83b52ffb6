import ArgumentParser
import GitCommand
import ReviewCore

/// `reviewgate init`: writes the policy and the roster that a repository begins with.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first policy and list of reviewers, after showing them",
    usage: "reviewgate init [--mode <mode>] [--dry-run] [<options>]",
    discussion: """
      Asks who reviews, which branch is protected and what happens to unread AI code; each answer can \
      be given as an option. What is there already is never overwritten. Nothing holds before it is \
      committed and, on a server or in CI, on the branch that judges.
      """
  )

  @Option(help: "Your name in records, usually an address; user.email when left out")
  var reviewer: String?

  @Option(help: ArgumentHelp("Your public key file, or TYPE BASE64 in quotes", valueName: "file"))
  var key: String?

  @Flag(help: "List no reviewer: reviews are promises until somebody is listed")
  var noReviewers = false

  @Option(help: "The protected branch")
  var branch: String?

  @Option(help: "observe (report only), warn, or block")
  var mode: String?

  @Option(
    help: ArgumentHelp(
      "Judge nothing that is reachable from here; 'none' judges all (the branch as it is now)",
      valueName: "rev"
    )
  )
  var baseline: String?

  @OptionGroup var consent: ConsentOptions

  mutating func validate() throws {
    guard !noReviewers || (reviewer == nil && key == nil) else {
      throw ValidationError("--no-reviewers excludes --reviewer and --key")
    }
  }

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      var setup = try await Setup(project)
      try setup.refuseExisting()
      try await setup.answer(self)
      return try setup.write(consent)
    }
  }
}
