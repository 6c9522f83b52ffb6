import ReviewCore

/// The range a CI service asks about, and how it was found.
struct CIJob {
  let selection: Selection
  /// What was used, to be printed.
  let description: String
  /// The selection as arguments.
  let arguments: String

  /// Reads the service's variables; an explicit selection always wins.
  init(_ variables: [String: String], explicit: SelectionOptions) throws {
    if let given = explicit.selection {
      selection = given
      description = "range given on the command line"
      arguments = explicit.arguments
      return
    }
    let event = variables["GITHUB_EVENT_PATH"].flatMap { FileBytes.read($0) }
    do {
      let found = try CIEnvironment.detect(variables, githubEvent: event)
      selection = .range(from: found.base, to: found.head)
      description =
        "\(found.provider), \(found.event): \(found.base)..\(found.head) (from \(found.sources.joined(separator: ", ")))"
      arguments = "--range \(found.base)..\(found.head)"
    } catch {
      throw Undecided.ci(error.description)
    }
  }
}
