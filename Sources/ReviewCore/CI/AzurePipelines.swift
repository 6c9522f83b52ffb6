/// The variables of Azure Pipelines.
///
/// https://learn.microsoft.com/azure/devops/pipelines/build/variables
struct AzurePipelines: CIProvider {
  let name = "Azure Pipelines"

  func isHere(_ variables: [String: String]) -> Bool {
    variables["TF_BUILD"]?.lowercased() == "true"
  }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let reason = try variables.need("BUILD_REASON")
    guard reason == "PullRequest" else {
      guard ["IndividualCI", "BatchedCI", "Manual"].contains(reason) else {
        throw .unknownEvent(provider: name, name: reason, supported: ["PullRequest"])
      }
      throw .noBase(provider: name, event: reason)
    }
    // With or without `refs/heads/`, by the kind of repository.
    let target = try variables.branch("SYSTEM_PULLREQUEST_TARGETBRANCH")
    return CIRange(
      "pull request",
      from: .branch(target, claimed: nil),
      to: try head(&variables)
    )
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    guard variables.text("BUILD_REASON") == "PullRequest" else {
      return .commit(try variables.commit("BUILD_SOURCEVERSION"), reference: nil)
    }
    // The source version of a pull request is a merge that the service made.
    return .commit(try variables.commit("SYSTEM_PULLREQUEST_SOURCECOMMITID"), reference: nil)
  }
}
