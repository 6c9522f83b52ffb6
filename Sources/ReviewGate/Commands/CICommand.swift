import ArgumentParser

/// `reviewgate ci`: the same as `reviewgate check --ci`.
struct CICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ci",
    abstract: "Decide about the change of this CI job; the same as check --ci",
    usage: "reviewgate ci [<selection>] [<options>]",
    discussion: """
      Finds the service and the range from its variables, fetches the history, records and notes \
      that are missing, and decides with the policy of the target branch. Exit status: 0 allowed, \
      1 blocked, 2 could not evaluate, 3 policy wrong, 64 usage.
      """
  )

  @OptionGroup var check: CheckCommand

  func run() async throws {
    var check = check
    check.ci = true
    try await check.run()
  }
}
