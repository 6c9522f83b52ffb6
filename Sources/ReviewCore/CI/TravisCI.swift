/// The variables of Travis CI.
///
/// https://docs.travis-ci.com/user/environment-variables/
struct TravisCI: CIProvider {
  let name = "Travis CI"

  func isHere(_ variables: [String: String]) -> Bool { variables["TRAVIS"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let event = try variables.need("TRAVIS_EVENT_TYPE")
    switch event {
    case "pull_request":
      let target = try variables.branch("TRAVIS_BRANCH")
      return CIRange(event, from: .branch(target, claimed: nil), to: try head(&variables))
    case "push":
      // `<before>...<after>`; empty for the first build of a branch.
      guard let range = variables.text("TRAVIS_COMMIT_RANGE") else {
        throw .noBase(provider: name, event: "first push of a branch")
      }
      let before = range.split(separator: "...", omittingEmptySubsequences: false)[0]
      guard let base = ObjectID(hex: before) else {
        throw .unusable(
          provider: name,
          name: "TRAVIS_COMMIT_RANGE",
          value: range,
          wanted: "two commits of 40 digits"
        )
      }
      return CIRange(event, from: .previous(base, otherwise: nil), to: try head(&variables))
    default:
      throw .unknownEvent(provider: name, name: event, supported: ["pull_request", "push"])
    }
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    guard variables.text("TRAVIS_EVENT_TYPE") == "pull_request" else {
      return .commit(try variables.commit("TRAVIS_COMMIT"), reference: nil)
    }
    return .commit(try variables.commit("TRAVIS_PULL_REQUEST_SHA"), reference: nil)
  }
}
