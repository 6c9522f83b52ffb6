/// The variables of GitLab CI.
///
/// https://docs.gitlab.com/ci/variables/predefined_variables/
struct GitLabCI: CIProvider {
  let name = "GitLab CI"

  func isHere(_ variables: [String: String]) -> Bool { variables["GITLAB_CI"] == "true" }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    guard variables.text("CI_MERGE_REQUEST_IID") != nil else { return try push(&variables) }
    let base: CIBase
    if let tip = try variables.commitIfAny("CI_MERGE_REQUEST_TARGET_BRANCH_SHA") {
      base = .commit(tip)
    } else {
      // The diff base is the older one after the target was changed, and always an ancestor of the
      // head: only the target itself shows whether it still holds.
      let target = try variables.branch("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
      let claimed = try variables.commitIfAny("CI_MERGE_REQUEST_DIFF_BASE_SHA")
      base = .branch(target, claimed: claimed)
    }
    return CIRange("merge request", from: base, to: try head(&variables), fork: fork(&variables))
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    guard let number = variables.text("CI_MERGE_REQUEST_IID") else {
      return .commit(try variables.commit("CI_COMMIT_SHA"), reference: nil)
    }
    let head = try variables.commit("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA")
    let isNumber = number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return .commit(head, reference: isNumber ? "refs/merge-requests/\(number)/head" : nil)
  }

  /// The address of the source project, where it is another one of the same server.
  private func fork(_ variables: inout CIVariables) -> String? {
    // Each read is noted, and only what is used should be.
    var quiet = variables
    guard let server = quiet.text("CI_SERVER_URL"),
      let source = quiet.text("CI_MERGE_REQUEST_SOURCE_PROJECT_URL"),
      source != quiet.text("CI_MERGE_REQUEST_PROJECT_URL"),
      HeadRepository.isOn(server, source)
    else { return nil }
    return variables.text("CI_MERGE_REQUEST_SOURCE_PROJECT_URL").map { $0 + ".git" }
  }

  private func push(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let before = try variables.commit("CI_COMMIT_BEFORE_SHA")
    let main = try variables.branchIfAny("CI_DEFAULT_BRANCH")
    let branch = variables.text("CI_COMMIT_BRANCH")
    let head = try self.head(&variables)
    guard before.isZero else {
      let other = branch == main ? nil : main
      return CIRange("push", from: .previous(before, otherwise: other), to: head)
    }
    guard let main else { throw .missing(provider: name, ["CI_DEFAULT_BRANCH"]) }
    // Zeros also stand for pipelines that nobody pushed; those of the default branch are no change.
    guard branch != main else { throw .noBase(provider: name, event: "pipeline of \(main)") }
    return CIRange("push", from: .branch(main, claimed: nil), to: head)
  }
}
