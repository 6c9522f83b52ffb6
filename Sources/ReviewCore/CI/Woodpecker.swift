/// The variables of Woodpecker.
///
/// https://woodpecker-ci.org/docs/usage/environment
struct Woodpecker: CIProvider {
  let name = "Woodpecker"

  func isHere(_ variables: [String: String]) -> Bool {
    variables["CI"] == "woodpecker" || variables["CI_SYSTEM_NAME"] == "woodpecker"
  }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let event = try variables.need("CI_PIPELINE_EVENT")
    switch event {
    case "pull_request":
      let target = try variables.branch("CI_COMMIT_TARGET_BRANCH")
      return CIRange(event, from: .branch(target, claimed: nil), to: try head(&variables))
    case "push":
      // The previous pipeline's commit need not be of this branch: a branch is compared with main.
      let main = try variables.branch("CI_REPO_DEFAULT_BRANCH")
      guard try variables.branch("CI_COMMIT_BRANCH") != main else {
        throw .noBase(provider: name, event: "push to \(main)")
      }
      return CIRange(event, from: .branch(main, claimed: nil), to: try head(&variables))
    default:
      throw .unknownEvent(provider: name, name: event, supported: ["pull_request", "push"])
    }
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("CI_COMMIT_SHA"), reference: nil)
  }
}
