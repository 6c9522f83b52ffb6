/// Gitea Actions: the variables and event files of GitHub Actions, and one variable of its own.
struct GiteaActions: CIProvider {
  let name = "Gitea Actions"

  func isHere(_ variables: [String: String]) -> Bool { variables["GITEA_ACTIONS"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    try GitHubActions().range(&variables)
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    try GitHubActions().head(&variables)
  }
}

/// Forgejo Actions: the same.
struct ForgejoActions: CIProvider {
  let name = "Forgejo Actions"

  func isHere(_ variables: [String: String]) -> Bool { variables["FORGEJO_ACTIONS"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    try GitHubActions().range(&variables)
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    try GitHubActions().head(&variables)
  }
}
