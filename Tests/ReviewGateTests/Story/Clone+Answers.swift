import Foundation
import TestSupport
import Testing

/// The parts of `check --format json` that stories look at.
struct CheckDocument {
  let members: [String: Any]

  init(_ text: String) throws {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    members = try #require(value as? [String: Any])
  }

  var verdict: String? { members["verdict"] as? String }
  var place: String? { members["place"] as? String }
  var hunks: [[String: Any]] { members["hunks"] as? [[String: Any]] ?? [] }
  var outcomes: [String] { hunks.compactMap { $0["outcome"] as? String } }

  /// The outcomes of one file in the order of its hunks.
  func outcomes(of path: String) -> [String] {
    hunks.filter { $0["path"] as? String == path }.compactMap { $0["outcome"] as? String }
  }
}

extension Clone {
  /// Judges and reads the JSON answer.
  func check(_ arguments: String..., env: [String: String] = [:]) throws -> CheckDocument {
    let command = ["check"] + arguments + ["--format", "json"]
    return try CheckDocument(try startGate(command, env: env).wait().stdout)
  }

  /// Answers every hunk of a selection with yes at a terminal.
  func approveAll(_ selection: String..., hunks: Int) throws {
    let terminal = try atTerminal(BuiltProgram.path, ["review"] + selection)
    for number in 1...hunks {
      try terminal.waitFor("\(number)/\(hunks)  Sources/")
      try terminal.waitFor("? help")
      terminal.send("y")
    }
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
  }

  /// The records that are here, one line each.
  func records() throws -> [String] {
    let output = try gate("records", "list")
    try output.expectSuccess("records list")
    return output.stdout.split(separator: "\n").map(String.init)
  }

  /// Everything that could hold a record.
  func recordReferences() throws -> String {
    try git("for-each-ref", "refs/reviewgate")
  }

  /// Installs the hooks.
  func install() throws { try gate("install").expectSuccess("install") }

  /// A bare repository beside this clone, with the branch `main` pushed past any hook.
  func makeRemote() throws -> String {
    let remote = temp.sandbox + "/remote.git"
    try git("init", "--quiet", "--bare", "--initial-branch=main", remote)
    try git("remote", "add", "origin", remote)
    try git("push", "--quiet", "--no-verify", "-u", "origin", "main")
    return remote
  }

  /// What GitHub gives a job about a pull request.
  func pullRequest(base: String, head: String) throws -> [String: String] {
    let event = temp.sandbox + "/event-\(UUID().uuidString).json"
    let text = """
      {"number": 7, "pull_request": {"base": {"ref": "main", "sha": "\(base)"},
       "head": {"ref": "topic", "sha": "\(head)"}}, "repository": {"default_branch": "main"}}
      """
    try Data(text.utf8).write(to: URL(filePath: event))
    return [
      "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
      "GITHUB_EVENT_PATH": event,
    ]
  }

  /// What GitLab gives a job about a merge request.
  func mergeRequest(base: String, head: String) -> [String: String] {
    [
      "CI": "true", "GITLAB_CI": "true", "CI_MERGE_REQUEST_IID": "7",
      "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": head,
      "CI_COMMIT_SHA": head, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    ]
  }
}
