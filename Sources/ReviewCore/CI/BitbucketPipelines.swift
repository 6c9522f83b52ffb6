/// The variables of Bitbucket Pipelines.
///
/// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
struct BitbucketPipelines: CIProvider {
  let name = "Bitbucket Pipelines"

  func isHere(_ variables: [String: String]) -> Bool {
    !(variables["BITBUCKET_BUILD_NUMBER"] ?? "").isEmpty
  }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    guard variables.text("BITBUCKET_PR_ID") != nil else {
      throw .noBase(provider: name, event: "push")
    }
    // The destination commit has twelve digits, which name no commit for sure.
    let target = try variables.branch("BITBUCKET_PR_DESTINATION_BRANCH")
    return CIRange(
      "pull request",
      from: .branch(target, claimed: nil),
      to: try head(&variables)
    )
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("BITBUCKET_COMMIT"), reference: nil)
  }
}
