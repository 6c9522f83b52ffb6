/// Jenkins, by the variables of multibranch pipelines and of its git plugin.
///
/// https://www.jenkins.io/doc/book/pipeline/multibranch/, https://plugins.jenkins.io/git/
struct Jenkins: CIProvider {
  let name = "Jenkins"

  func isHere(_ variables: [String: String]) -> Bool { !(variables["JENKINS_URL"] ?? "").isEmpty }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let head = try self.head(&variables)
    if variables.text("CHANGE_ID") != nil {
      let target = try variables.branch("CHANGE_TARGET")
      return CIRange("change request", from: .branch(target, claimed: nil), to: head)
    }
    // Everything since the last build that passed; what failed in between is judged again.
    guard let last = try variables.commitIfAny("GIT_PREVIOUS_SUCCESSFUL_COMMIT") else {
      throw .noBase(provider: name, event: "first build of a branch")
    }
    return CIRange("branch", from: .commit(last), to: head)
  }

  /// What is built: for a change request it may be a merge that only this machine has.
  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("GIT_COMMIT"), reference: nil)
  }
}
