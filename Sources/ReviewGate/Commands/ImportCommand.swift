import ArgumentParser
import ReviewCore

/// `reviewgate import`: takes what a hosting service says about approvals, for checks in this clone.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a hosting service's word about approvals of a head, for checks in this clone",
    discussion: """
      For a job of the service itself: the answer of its API is kept in the git directory, which \
      nobody pushes, and counts for exactly this head. A later import takes its place. Whose the \
      accounts are says the policy that judges (forge). docs/ci.md has the calls.
      """
  )

  @Argument(help: "github-reviews or gitlab-approvals")
  var service: ForgeReviews.Service

  @Option(help: ArgumentHelp("The head that is judged, as a whole commit id", valueName: "sha"))
  var head: String

  @Argument(help: "What the API or the event says; - for standard input")
  var file: String

  func run() async throws {
    try await reporting {
      guard let id = ObjectID(hex: head) else {
        throw ValidationError("--head takes a whole commit id, not '\(VisibleText.line(head))'")
      }
      let surroundings = Surroundings()
      // What an agent brings is no word of the service.
      guard !surroundings.isUnderAgent else { throw ReviewProblem.nobody }
      let project = try await Project(surroundings)
      let bytes = try ForgeEvidence.bytes(file)
      let reviews = try ForgeEvidence.parse(bytes, file, from: service, head: id, request: nil)
      try FileBytes.write(bytes, to: ForgeStore(project).file(service, of: id))
      let names = reviews.approvals.map(\.account.line).joined(separator: ", ")
      let count = reviews.approvals.count
      Output.answer(
        "reviewgate: \(count == 1 ? "1 approval" : "\(count) approvals") of \(id.short)"
          + (names.isEmpty ? "." : ": \(names).")
      )
      for line in reviews.refusals.map(\.line) { Output.talk("reviewgate: \(line)") }
      return 0
    }
  }
}

extension ForgeReviews.Service: ExpressibleByArgument {}
