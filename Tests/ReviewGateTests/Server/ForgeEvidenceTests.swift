import Foundation
import TestSupport
import Testing

/// Approvals on a hosting service, from the service's answer to the verdict.
@Suite struct ForgeEvidenceTests {
  private let place: Workplace
  private let head: String

  private static let policy = """
    version: 1
    review: {require: forge}
    forge: {github: [7 grace@example.com], gitlab: [9 grace@example.com]}
    """

  init() throws {
    place = try Workplace(hooks: false)
    try place.repository.write(".reviewgate/policy.yml", Self.policy)
    try place.repository.commit("settings")
    head = try place.land(["a.swift": Workplace.block])
  }

  private func review(
    of commit: String? = nil,
    by id: Int = 7,
    _ state: String = "APPROVED",
    number: Int = 1
  ) -> String {
    """
    {"id": \(number), "state": "\(state)", "commit_id": "\(commit ?? head)",
     "submitted_at": "2026-11-20T00:00:00Z", "user": {"id": \(id), "login": "grace", "type": "User"},
     "pull_request_url": "https://api.example.com/pulls/5"}
    """
  }

  private func file(_ text: String, _ name: String = "reviews.json") throws -> String {
    try place.repository.write("../" + name, text)
    return place.repository.sandbox + "/" + name
  }

  private func check(_ arguments: String..., env: [String: String] = [:]) throws -> CommandOutput {
    let command =
      ["check", "--ci", "--no-fetch", "--no-require-records", "--range", "HEAD~1..HEAD"] + arguments
    return try place.repository.runDetached([Workplace.program] + command, env: env)
  }

  // Attack 79.
  @Test func `an approval of exactly this head lets it land, of another head it does not`() throws {
    let nobody = try check()
    #expect(nobody.status == 1)
    let good = try check("--forge-reviews", try file("[\(review())]"))
    #expect(good.status == 0, "\(good)")
    #expect(good.stdout.contains("(forge: an approval of exactly this head"))
    // One more commit: the same answer is about another head.
    let reviews = try file("[\(review())]")
    try place.land(["b.swift": Workplace.block])
    let moved = try place.gate("check", "--range", "HEAD~2..HEAD", "--forge-reviews", reviews)
    #expect(moved.status == 1, "\(moved)")
    #expect(
      moved.stderr.contains("the approval by grace (7) does not count: it is of another commit")
    )
  }

  // Attack 79.
  @Test func `the policy of the change enrols nobody`() throws {
    let own = Self.policy.replacing("7 grace", with: "8 mallory")
    try place.land([".reviewgate/policy.yml": own])
    let change = try place.repository.head
    let by8 = try file("[\(review(of: change, by: 8))]")
    let output = try place.gate(
      "check",
      "--ci",
      "--no-fetch",
      "--no-require-records",
      "--range",
      "HEAD~1..HEAD",
      "--forge-reviews",
      by8
    )
    #expect(output.status == 1, "\(output)")
    #expect(output.stderr.contains("gives the account to nobody (forge.github)"), "\(output)")
  }

  @Test func `what is imported counts for its head until another answer comes`() throws {
    let command = ["import", "github-reviews", "--head", head]
    func take(_ text: String) throws -> CommandOutput {
      try place.repository.runDetached([Workplace.program] + command + ["-"], stdin: text)
    }
    let taken = try take("[[\(review())]]")
    #expect(taken.status == 0 && taken.stdout.contains("1 approval of"), "\(taken)")
    #expect(try check().status == 0)
    let json = try check("--format", "json")
    #expect(json.stdout.contains("\"record\":\"github-reviews:7@\(head)\""), "\(json)")
    #expect(
      json.stdout.contains("\"rule\":\"head\"") && json.stdout.contains("\"strength\":\"forge\"")
    )
    // Dismissed in the meantime, by hand or by import.
    let gone = try file("[\(review(by: 7, "DISMISSED"))]")
    #expect(try check("--forge-reviews", gone).status == 1)
    let again = try take("[\(review(by: 7, "DISMISSED"))]")
    #expect(again.stderr.contains("the last word of that account is DISMISSED"), "\(again)")
    #expect(try check().status == 1)
    // Another head's answer is another file.
    #expect(try take("[\(review())]").status == 0)
    try place.land(["b.swift": Workplace.block])
    #expect(try check().status == 1)
  }

  @Test func `what cannot be used ends undecided, never as nobody's approval`() throws {
    let broken = try check("--forge-reviews", try file("{\"message\": \"Not Found\"}"))
    #expect(broken.status == 2, "\(broken)")
    #expect(broken.stderr.contains("is not used: it is neither reviews"), "\(broken)")
    #expect(try check("--forge-reviews", "/nowhere/at/all").status == 2)
    let import1 = try place.gate("import", "github-reviews", "--head", head, "-", stdin: "{")
    #expect(import1.status == 2)
    #expect(
      try place.gate("import", "github-reviews", "--head", "main", "-", stdin: "[]").status == 64
    )
    #expect(try place.gate("import", "gitea", "--head", head, "-", stdin: "[]").status == 64)
  }

  @Test func `an agent imports nothing`() throws {
    let env = ["CLAUDECODE": "1"]
    let text = "[\(review())]"
    let output = try place.gate(
      "import",
      "github-reviews",
      "--head",
      head,
      "-",
      env: env,
      stdin: text
    )
    #expect(output.status == 4, "\(output)")
    #expect(try check().status == 1)
  }

  @Test func `approvals of GitLab count when the answer ties them to the head`() throws {
    let user = "{\"id\": 9, \"username\": \"grace\", \"state\": \"active\"}"
    let approvals =
      "{\"approved_by\": [{\"user\": \(user), \"approved_at\": \"2026-11-20T00:00:00Z\"}]}"
    let alone = try check("--forge-reviews", try file(approvals))
    #expect(alone.status == 1)
    #expect(alone.stderr.contains("an approval on GitLab names no head"), "\(alone)")
    let versions =
      "[{\"id\": 1, \"head_commit_sha\": \"\(head)\", \"created_at\": \"2026-11-19T00:00:00Z\"}]"
    let bound = "{\"approvals\": \(approvals), \"versions\": \(versions)}"
    #expect(try check("--forge-reviews", try file(bound)).status == 0)
  }

  @Test func `a job of GitHub leaves out reviews of another request`() throws {
    let base = try place.repository.git("rev-parse", "HEAD~1")
    func event(_ number: Int) throws -> String {
      try file(
        """
        {"pull_request": {"url": "https://api.example.com/pulls/\(number)",
          "base": {"sha": "\(base)"}, "head": {"sha": "\(head)"}}}
        """,
        "event\(number).json"
      )
    }
    let reviews = try file("[\(review())]")
    func job(_ number: Int) throws -> CommandOutput {
      let env = [
        "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": try event(number),
      ]
      return try place.gate(
        "check",
        "--ci",
        "--no-fetch",
        "--no-require-records",
        "--forge-reviews",
        reviews,
        env: env
      )
    }
    #expect(try job(5).status == 0)
    let other = try job(6)
    #expect(other.status == 1)
    #expect(other.stderr.contains("it belongs to another request"), "\(other)")
  }

  @Test func `an event of a review is a job of the request, and its own evidence`() throws {
    let base = try place.repository.git("rev-parse", "HEAD~1")
    let event = try file(
      """
      {"action": "submitted", "review": \(review(by: 7, "approved")),
       "pull_request": {"url": "https://api.example.com/pulls/5",
         "base": {"sha": "\(base)"}, "head": {"sha": "\(head)"}}}
      """
    )
    let env = [
      "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request_review",
      "GITHUB_EVENT_PATH": event,
    ]
    let output = try place.gate(
      "check",
      "--ci",
      "--no-fetch",
      "--no-require-records",
      "--forge-reviews",
      event,
      env: env
    )
    #expect(output.status == 0, "\(output)")
  }

  @Test func `each commit by itself is not what somebody saw there`() throws {
    let reviews = try file("[\(review())]")
    #expect(try check("--every-commit", "--forge-reviews", reviews).status == 1)
  }
}
