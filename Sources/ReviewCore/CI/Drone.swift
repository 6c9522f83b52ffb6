/// The variables of Drone and Harness.
///
/// https://docs.drone.io/pipeline/environment/reference/
struct Drone: CIProvider {
  let name = "Drone"

  func isHere(_ variables: [String: String]) -> Bool { variables["DRONE"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let event = try variables.need("DRONE_BUILD_EVENT")
    switch event {
    case "pull_request":
      let target = try variables.branch("DRONE_TARGET_BRANCH")
      return CIRange(event, from: .branch(target, claimed: nil), to: try head(&variables))
    case "push":
      let before = try variables.commit("DRONE_COMMIT_BEFORE")
      let main = try variables.branchIfAny("DRONE_REPO_BRANCH")
      let other = variables.text("DRONE_BRANCH") == main ? nil : main
      let head = try self.head(&variables)
      if !before.isZero {
        return CIRange(event, from: .previous(before, otherwise: other), to: head)
      }
      guard let other else { throw .noBase(provider: name, event: "first push") }
      return CIRange(event, from: .branch(other, claimed: nil), to: head)
    default:
      throw .unknownEvent(provider: name, name: event, supported: ["pull_request", "push"])
    }
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("DRONE_COMMIT_SHA"), reference: nil)
  }
}
