import Glibc
import ReviewCore

/// Prints an error where its reader looks for it.
enum ErrorOutput {
  /// Prints an error and returns the exit status that goes with it.
  static func print(_ error: any Error, format: CheckFormat = .text) -> Int32 {
    if let problem = error as? ReviewProblem { return print(problem) }
    let failure = Failure(error)
    if format == .json {
      Output.answer(
        JSONReport.undecided(reason: failure.problem, remedy: failure.remedy, place: .manual)
      )
    }
    Output.talk(text(failure))
    return failure.status.rawValue
  }

  /// The error for people.
  static func text(_ failure: Failure) -> String {
    switch failure.status {
    case .undecided, .policy:
      UndecidedReport.render(
        problem: failure.problem,
        facts: failure.facts,
        remedy: failure.remedy,
        width: Output.width(2)
      )
    case .blocked, .nobody, .overridden, .usage, .internal:
      (["reviewgate: \(failure.problem)"] + failure.remedy.map { "  " + $0 })
        .joined(separator: "\n")
    }
  }

  private static func print(_ problem: ReviewProblem) -> Int32 {
    switch problem {
    case .nobody: Output.talk(HumanPresence.refusal)
    case .noIdentity:
      Output.talk(
        "reviewgate: git does not know who you are: git config user.email you@example.com"
      )
    case .agentIdentity(let email):
      Output.talk(
        "reviewgate: \(VisibleText.line(email)) is an agent's or bot's identity; only a person reviews."
      )
    }
    return Failure.Status.nobody.rawValue
  }
}
