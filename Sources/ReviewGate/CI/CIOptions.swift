import ArgumentParser

/// What a CI job may fetch, and what it has to have.
struct CIOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: "Under --ci, fetch the history, records and notes that are missing"
  )
  var fetch = true

  @Option(
    help: ArgumentHelp(
      "Under --ci, begin with this many commits of history; 0 for all of it",
      valueName: "count"
    )
  )
  var fetchDepth: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Under --ci, do not decide about lines that need a review where there are no records"
  )
  var requireRecords = true

  @Option(help: ArgumentHelp("Under --ci, fetch from this remote", valueName: "name"))
  var remote: String?

  mutating func validate() throws {
    if let fetchDepth, fetchDepth < 0 {
      throw ValidationError("--fetch-depth takes a count, not \(fetchDepth)")
    }
    if let remote, remote.isEmpty || remote.hasPrefix("-") {
      throw ValidationError("--remote takes the name of a remote")
    }
  }

  /// Whether any differs from what holds when nothing is said.
  var isGiven: Bool { !fetch || fetchDepth != nil || !requireRecords || remote != nil }
}
