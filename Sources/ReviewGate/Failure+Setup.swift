import ReviewCore

/// Why a repository is not set up.
enum SetupProblem: Error {
  /// A file of the settings is there already.
  case alreadyThere(String)
  /// A branch cannot be named in the policy.
  case badBranch(String)
  /// An answer that is none of the modes.
  case badMode(String)
}

extension Failure {
  init(_ error: SetupProblem) {
    switch error {
    case .alreadyThere(let path):
      self.init(
        status: .usage,
        problem: "\(VisibleText.line(path)) is there already and was left alone.",
        remedy: [
          "edit it: docs/policy.md explains every key",
          "add a reviewer: reviewgate reviewers add",
        ]
      )
    case .badBranch(let name):
      self.init(
        status: .usage,
        problem: "'\(VisibleText.line(name))' cannot be the name of a protected branch."
      )
    case .badMode(let word):
      let words = PolicyStarter.modes.map(\.rawValue).joined(separator: ", ")
      self.init(status: .usage, problem: "'\(VisibleText.line(word))' is none of: \(words).")
    }
  }
}
