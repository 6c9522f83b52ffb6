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

  init(_ error: RosterProblem) {
    switch error {
    case .agentKeys(let keys):
      let found = keys.isEmpty ? "no key" : keys.joined(separator: ", ")
      self.init(
        status: .usage,
        problem: "The ssh-agent holds \(found) that could sign reviews; one is needed.",
        remedy: ["name the key: reviewgate reviewers add --key FILE"]
      )
    case .badKey(let name, let problem):
      self.init(
        status: .usage,
        problem: "\(VisibleText.line(name)) is no key that can sign reviews: \(problem.ofKey)."
      )
    case .noKeyOfAnother(let name):
      self.init(
        status: .usage,
        problem: "'\(VisibleText.line(name))' is not how git knows you: whose key is it?",
        remedy: [
          "name the key: reviewgate reviewers add NAME --key FILE",
          "for an address of yours: reviewgate reviewers add --alias ADDRESS",
        ]
      )
    case .noOwnKey:
      self.init(
        status: .usage,
        problem: "No key of yours was found in git's configuration or ~/.ssh.",
        remedy: [
          "make one: ssh-keygen -t ed25519", "or name it: reviewgate reviewers add --key FILE",
        ]
      )
    case .nobody(let name):
      self.init(
        status: .usage,
        problem: "'\(VisibleText.line(name))' is nobody and no key in \(RosterFile.path)."
      )
    }
  }
}
