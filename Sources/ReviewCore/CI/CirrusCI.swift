/// The variables of Cirrus CI.
///
/// https://cirrus-ci.org/guide/writing-tasks/#environment-variables
struct CirrusCI: CIProvider {
  let name = "Cirrus CI"

  func isHere(_ variables: [String: String]) -> Bool {
    !(variables["CIRRUS_CI"] ?? "").isEmpty && variables["CIRRUS_CI"] != "false"
  }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let head = try self.head(&variables)
    if variables.text("CIRRUS_PR") != nil {
      let base = try variables.commit("CIRRUS_BASE_SHA")
      return CIRange("pull request", from: .commit(base), to: head)
    }
    // Everything since the last build that passed; what failed in between is judged again.
    if let green = try variables.commitIfAny("CIRRUS_LAST_GREEN_CHANGE") {
      return CIRange("push", from: .commit(green), to: head)
    }
    let main = try variables.branch("CIRRUS_DEFAULT_BRANCH")
    guard try variables.branch("CIRRUS_BRANCH") != main else {
      throw .noBase(provider: name, event: "first build of \(main)")
    }
    return CIRange("push", from: .branch(main, claimed: nil), to: head)
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("CIRRUS_CHANGE_IN_REPO"), reference: nil)
  }
}
