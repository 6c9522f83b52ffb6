/// Gitea and Forgejo Actions: the variables and event files of GitHub Actions, and one variable of
/// their own.
struct GiteaActions: CIProvider {
  static let gitea = GiteaActions(name: "Gitea Actions", variable: "GITEA_ACTIONS")
  static let forgejo = GiteaActions(name: "Forgejo Actions", variable: "FORGEJO_ACTIONS")

  let name: String
  /// The variable that says so.
  let variable: String

  func isHere(_ variables: [String: String]) -> Bool { variables[variable] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    try GitHubActions().range(&variables)
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    try GitHubActions().head(&variables)
  }
}
