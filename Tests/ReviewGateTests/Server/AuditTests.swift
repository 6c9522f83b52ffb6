import Foundation
import TestSupport
import Testing

/// `reviewgate audit`: landed history, decided again.
@Suite struct AuditTests {
  @Test func `every landing is listed with its verdict, records and totals`() throws {
    let server = try PushServer(hasRoster: true)
    let place = server.place
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    try place.approve("--commit", "HEAD")
    try place.land(["b.swift": Workplace.block])
    try place.land(["c": "by hand\n"], message: "c")
    let text = try place.gate("audit", "\(base)..main")
    #expect(text.status == 1)
    let first = text.stdout.split(separator: "\n").first.map(String.init) ?? ""
    #expect(
      first.contains("3 landings with 3 commits, 2 of 3 pass, 0 of 3 overridden, 1 of 3 blocked")
    )
    #expect(text.stdout.contains("  signed  ada@example.com"), "\(text.stdout)")
    #expect(text.stdout.contains("1 AI-written hunk: 1 unreviewed"))
    let again = try place.gate("audit", "\(base)..main")
    #expect(again.stdout == text.stdout)
    let lines = try place.gate("audit", "\(base)..main", "--format", "jsonl").stdout
    #expect(lines.split(separator: "\n").count == 3)
    let csv = try place.gate("audit", "\(base)..main", "--format", "csv").stdout
    #expect(csv.split(separator: "\r\n").count == 4, "\(csv)")
    let json = try place.gate("audit", "\(base)..main", "--format", "json").stdout
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((document?["totals"] as? [String: Int])?["blocked"] == 1)
    #expect((document?["total"] as? [String: Any])?["verdict"] as? String == "blocked")
  }

  @Test func `a key that is not in the roster any more is named`() throws {
    let server = try PushServer(hasRoster: true)
    let place = server.place
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    try place.approve("--commit", "HEAD")
    try place.repository.write(
      ".reviewgate/reviewers",
      "grace@example.com \(PushServer.grace.line)\n"
    )
    try place.repository.commit("Ada lost her laptop")
    let text = try place.gate("audit", "\(base)..main").stdout
    #expect(text.contains("ada@example.com; the roster of today does not prove it"), "\(text)")
  }

  /// Ada's reviewed work on top of `base`, tagged `good`.
  private func reviewed() throws -> (server: PushServer, base: String) {
    let server = try PushServer(hasRoster: true)
    let base = try server.place.repository.head
    try server.place.land(["a.swift": Workplace.block])
    try server.place.approve("--commit", "HEAD")
    try server.place.repository.git("tag", "good")
    return (server, base)
  }

  /// Ada's reviewed work, then more of it, then the news that her key was stolen.
  private func stolen(after: String? = nil) throws -> (server: PushServer, base: String) {
    let (server, base) = try reviewed()
    let place = server.place
    try place.land(["b.swift": Workplace.block])
    try place.approve("--commit", "HEAD")
    let more = after.map { ["--after", $0] } ?? []
    let marked = try place.run(["reviewers", "revoke", "ada@example.com"] + more)
    #expect(marked.status == 0, "\(marked)")
    try place.repository.commit("Ada's key was stolen")
    try place.approve("--commit", "HEAD")
    return (server, base)
  }

  @Test func `what rested on a compromised key is blocked until somebody else has read it`() throws
  {
    let (server, base) = try stolen()
    let place = server.place
    let text = try place.gate("audit", "\(base)..main")
    #expect(text.status == 1, "\(text)")
    #expect(
      text.stdout.contains("0 of 3 pass, 0 of 3 overridden, 3 of 3 blocked"),
      "\(text.stdout)"
    )
    #expect(text.stdout.contains("judged without a compromised key: SHA256:"))
    let json = try place.gate("audit", "\(base)..main", "--format", "json").stdout
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let landings = document?["landings"] as? [[String: Any]] ?? []
    #expect(landings.map { ($0["compromisedKeys"] as? [String])?.count } == [1, 1, 1])
    // Grace reads the same code: her records stand beside Ada's.
    let adas = try server.log()
    try place.repository.git("update-ref", "refs/keep/log", adas)
    try server.sign(with: PushServer.grace, as: "grace@example.com")
    try place.repository.git("update-ref", adas, "refs/keep/log")
    let read = try place.gate("audit", "\(base)..main")
    #expect(read.stdout.contains("3 of 3 pass"), "\(read.stdout)")
    #expect(read.stdout.contains("grace@example.com"))
    #expect(read.status == 0)
  }

  /// What tells before from after is the order on the branch, not a time that somebody claims.
  @Test func `what had landed with the last good commit still holds`() throws {
    let (server, base) = try stolen(after: "good")
    let text = try server.place.gate("audit", "\(base)..main").stdout
    #expect(text.contains("1 of 3 pass, 0 of 3 overridden, 2 of 3 blocked"), "\(text)")
    let rows = text.split(separator: "\n").filter { $0.contains("1 AI-written hunk") }
    #expect(rows.map { $0.contains("blocked") } == [false, true, true], "\(text)")
  }

  @Test func `a time that a thief claims moves nothing`() throws {
    let (server, base) = try reviewed()
    let place = server.place
    // Committed and reviewed long before, as both say.
    try place.stage(["b.swift": Workplace.block])
    let old = "2001-01-01T00:00:00Z"
    let env = ["GIT_COMMITTER_DATE": old, "GIT_AUTHOR_DATE": old]
    try place.repository.git("commit", "-qm", Workplace.message("b"), env: env)
    try place.approve("--commit", "HEAD")
    try server.sign(with: PushServer.grace, as: "grace@example.com") { $0.createdAt = old }
    #expect(try place.gate("audit", "\(base)..main").status == 0)
    let marked = try place.run(["reviewers", "revoke", "grace@example.com", "--after", "good"])
    #expect(marked.status == 0, "\(marked)")
    try place.repository.commit("Grace's key was stolen")
    let text = try place.gate("audit", "\(base)..main").stdout
    let rows = text.split(separator: "\n").filter { $0.contains("1 AI-written hunk") }
    #expect(rows.map { $0.contains("blocked") } == [false, true, true], "\(text)")
  }

  @Test func `a compromised key lets nothing land and signs nothing`() throws {
    let (server, base) = try stolen()
    let place = server.place
    let check = try place.gate("check", "--range", "\(base)..HEAD")
    #expect(check.status == 1)
    #expect(check.stdout.contains("is compromised"), "\(check.stdout)")
    let list = try place.gate("reviewers", "list").stdout
    #expect(list.contains("  compromised\n"), "\(list)")
    #expect(try place.gate("reviewers", "check").stdout.contains("1 key compromised."))
    #expect(try place.gate("reviewers", "revoke", "ada@example.com").stderr.contains("already"))
    // Nobody lists it again.
    let again = try place.gate("reviewers", "add", "ada@example.com", "--key", try server.adasKey())
    #expect(again.status == 3, "\(again)")
    #expect(again.stderr.contains("the same key stands in line 1"), "\(again)")
  }

  @Test func `a key that has run out since does not undo what landed`() throws {
    let server = try PushServer(hasRoster: true)
    let place = server.place
    let base = try place.repository.head
    let roster = try server.roster()
    try place.repository.write(
      ".reviewgate/reviewers",
      roster.replacing("ada@example.com ", with: "ada@example.com valid-before=20200101 ")
    )
    try place.repository.commit("as it would be later")
    try place.repository.write(".reviewgate/reviewers", roster)
    try place.repository.commit("to approve")
    try place.land(["a.swift": Workplace.block])
    try place.approve("--commit", "HEAD")
    let log = try server.log()
    try place.repository.git("reset", "--quiet", "--hard", "HEAD~2")
    try place.land(["a.swift": Workplace.block])
    #expect(try place.gate("check", "--commit", "HEAD").status == 1)
    let text = try place.gate("audit", "HEAD~1..main")
    #expect(text.status == 0, "\(text) \(base) \(log)")
    #expect(text.stdout.contains("the roster of today does not prove it"))
  }

  @Test(arguments: [true, false])
  func `what the baseline has is not judged, where the baseline is an id`(isID: Bool) throws {
    let place = try Workplace(hooks: false)
    let base = try place.repository.head
    let old = try place.land(["old.swift": Workplace.block])
    try place.repository.git("tag", "adopted")
    let policy = "version: 1\ngate:\n  baseline: \(isID ? old : "adopted")\n"
    try place.land([".reviewgate/policy.yml": policy], message: "settings")
    try place.land(["new.swift": Workplace.block])
    let text = try place.gate("audit", "\(base)..main").stdout
    #expect(text.contains(isID ? "2 landings" : "3 landings"), "\(text)")
    #expect(text.contains(isID ? "1 of 2 blocked" : "2 of 3 blocked"), "\(text)")
  }

  @Test func `a merge is one landing with all its commits`() throws {
    let server = try PushServer()
    let place = server.place
    let base = try place.repository.head
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.swift": Workplace.block])
    try place.land(["b.swift": Workplace.block])
    try place.repository.git("switch", "--quiet", "main")
    try place.repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "topic")
    let text = try place.gate("audit", "\(base)..main").stdout
    #expect(text.contains("1 landing with 3 commits"), "\(text)")
    #expect(text.contains("2 AI-written hunks: 2 unreviewed"))
  }

  @Test(arguments: ["main", "a...b", "nowhere..main"])
  func `what is no range is refused`(range: String) throws {
    let server = try PushServer()
    let output = try server.place.gate("audit", range)
    #expect(output.status == (range == "nowhere..main" ? 2 : 64))
  }
}
