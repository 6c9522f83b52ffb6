/// CircleCI, which says nothing about what a change is compared with.
///
/// https://circleci.com/docs/variables/
struct CircleCI: CIProvider {
  let name = "CircleCI"

  func isHere(_ variables: [String: String]) -> Bool { variables["CIRCLECI"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    throw .noBase(provider: name, event: "build")
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    .commit(try variables.commit("CIRCLE_SHA1"), reference: nil)
  }
}
