/// Gerrit, by the variables that its trigger gives to jobs: one patch set is one commit.
///
/// https://plugins.jenkins.io/gerrit-trigger/
struct Gerrit: CIProvider {
  let name = "Gerrit"

  func isHere(_ variables: [String: String]) -> Bool {
    !(variables["GERRIT_PATCHSET_REVISION"] ?? "").isEmpty
  }

  func range(_ variables: inout CIVariables) throws(CIProblem) -> CIRange {
    let revision = try variables.commit("GERRIT_PATCHSET_REVISION")
    return CIRange("patch set", from: .firstParent(of: revision), to: try head(&variables))
  }

  func head(_ variables: inout CIVariables) throws(CIProblem) -> CIHead {
    let revision = try variables.commit("GERRIT_PATCHSET_REVISION")
    var reference = variables.text("GERRIT_REFSPEC")
    // Only a change's own reference is fetched by name.
    if let given = reference, !given.hasPrefix("refs/changes/") || BranchName.plain(given) == nil {
      reference = nil
    }
    return .commit(revision, reference: reference)
  }
}
