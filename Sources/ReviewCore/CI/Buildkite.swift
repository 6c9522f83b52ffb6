/// The variables of Buildkite.
///
/// https://buildkite.com/docs/pipelines/configure/environment-variables
struct Buildkite: CIProvider {
  let name = "Buildkite"

  func isHere(_ variables: [String: String]) -> Bool { variables["BUILDKITE"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let request = try variables.need("BUILDKITE_PULL_REQUEST")
    let head = try self.head(&variables)
    // The word `false` outside pull requests.
    guard request == "false" else {
      let target = try variables.branch("BUILDKITE_PULL_REQUEST_BASE_BRANCH")
      return CIRange("pull request", from: .branch(target, claimed: nil), to: head)
    }
    let main = try variables.branch("BUILDKITE_PIPELINE_DEFAULT_BRANCH")
    guard try variables.branch("BUILDKITE_BRANCH") != main else {
      throw .noBase(provider: name, event: "build of \(main)")
    }
    return CIRange("branch", from: .branch(main, claimed: nil), to: head)
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("BUILDKITE_COMMIT"), reference: nil)
  }
}
