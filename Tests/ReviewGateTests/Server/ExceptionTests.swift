import Foundation
import ReviewCore
import TestSupport
import Testing

/// Overrides and vouching: what lands unread, and how it says so.
@Suite struct ExceptionTests {
  /// Runs a command at a terminal, answers its question with a number, and returns what it said.
  @discardableResult
  private func say(
    _ server: PushServer,
    _ arguments: [String],
    lines: Int? = 10,
    status expected: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let terminal = try PseudoTerminal(
      Workplace.program,
      arguments,
      environment: server.place.repository.environment,
      directory: server.place.path,
      columns: 160,
      rows: 40
    )
    if let lines {
      try terminal.waitFor("Type the number of changed lines to")
      terminal.send("\(lines)\r")
    }
    let status = try terminal.waitForExit()
    #expect(status == expected, "\(terminal.output)", sourceLocation: sourceLocation)
    return terminal.output
  }

  private static let range = ["--range", "origin/main..main"]
  private static let why = ["--reason", "the shop is down", "--until", "7d", "--ticket", "OPS-7"]

  private func blocked(policy: String = "version: 1\n") throws -> PushServer {
    let server = try PushServer(policy: policy, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block])
    return server
  }

  private func check(_ server: PushServer, _ more: String...) throws -> CommandOutput {
    let command = [Workplace.program, "check"] + Self.range + more
    return try server.place.repository.runDetached(command)
  }

  // Attack 75.
  @Test func `an override lets pass under its own name, here and at the server`() throws {
    let server = try blocked()
    let asked = try say(server, ["override"] + Self.range + Self.why)
    #expect(asked.contains("Letting pass UNREAD until "), "\(asked)")
    #expect(asked.contains("Signed with SHA256:"), "\(asked)")
    let text = try check(server)
    #expect(text.status == 0)
    #expect(text.stdout.contains("passed by an override"), "\(text.stdout)")
    #expect(text.stdout.contains("let pass by ada@example.com until 20"), "\(text.stdout)")
    #expect(text.stdout.contains(": the shop is down (OPS-7)"), "\(text.stdout)")
    #expect(try check(server, "--strict").status == 5)
    let json = try CheckDocument(try check(server, "--format", "json").stdout)
    #expect(json.verdict == "overridden")
    #expect(json.outcomes == ["overridden"])
    #expect(json.hunks.first?["ticket"] as? String == "OPS-7")
    let said = try server.accepts("--atomic", try server.log(), "main")
    #expect(said.contains("passed by an override. refs/heads/main"), "\(said)")
  }

  @Test func `a debt is listed until a review pays it`() throws {
    let server = try blocked()
    try say(server, ["override"] + Self.range + Self.why)
    let owed = try server.place.gate("status", "--range", "origin/main..main").stdout
    #expect(owed.contains("1 override is owed a review:"), "\(owed)")
    #expect(owed.contains("the shop is down"))
    // `review --all` and `approve` look at what is open; the range as others see it is.
    try server.place.repository.git("branch", "landed", "main")
    let log = try server.log()
    try server.place.repository.git("update-ref", "refs/keep/log", log)
    try server.place.repository.git("update-ref", "-d", log)
    try server.place.approve("--range", "origin/main..main")
    let paying = try server.log()
    try server.place.repository.git(
      "update-ref",
      "refs/reviewgate/remotes/o/log/a/b",
      "refs/keep/log"
    )
    #expect(paying == log)
    let paid = try server.place.gate("status", "--range", "origin/main..main").stdout
    #expect(!paid.contains("owed a review"), "\(paid)")
    #expect(try check(server).stdout.contains("all reviewed"))
  }

  @Test func `a debt outlives the key of the person who made it`() throws {
    let server = try blocked()
    let git = server.place.repository
    let base = try git.git("rev-parse", "origin/main")
    try say(server, ["override"] + Self.range + Self.why)
    try git.write(".reviewgate/reviewers", "grace@example.com \(PushServer.grace.line)\n")
    try git.commit("Ada has left")
    let owed = try server.place.gate("status", "--range", "\(base)..main").stdout
    #expect(owed.contains("1 override is owed a review:"), "\(owed)")
    let audit = try server.place.gate("audit", "\(base)..main").stdout
    #expect(audit.contains("1 override is owed a review:"), "\(audit)")
    #expect(audit.contains("ada@example.com"))
  }

  @Test(arguments: [
    ("version: 1\noverride: {max-days: 3}\n", "later than the policy allows: 3 days"),
    ("version: 1\noverride: {max-days: 0}\n", "lets nobody override"),
  ])
  func `the policy says for how long`(policy: String, says: String) throws {
    let server = try blocked(policy: policy)
    let said = try say(server, ["override"] + Self.range + Self.why, lines: nil, status: 1)
    #expect(said.contains(says), "\(said)")
    #expect(try server.logs().isEmpty)
  }

  // Attack 75: one of two who have to agree, and somebody who is not asked.
  @Test(arguments: ["{approvals: 2}", "{by: [grace@example.com]}", "{max-days: 1}"])
  func `what the policy does not allow lets nothing pass`(rule: String) throws {
    let server = try blocked()
    try say(server, ["override"] + Self.range + Self.why)
    try server.place.repository.write(
      ".reviewgate/policy.yml",
      "version: 1\noverride: \(rule)\n"
    )
    try server.place.repository.git("commit", "--quiet", "-am", "stricter")
    let output = try check(server)
    #expect(output.status == 1, "\(output)")
    let row = output.stdout.split(separator: "\n").first { $0.contains("a.swift:1-10") }
    #expect(row?.contains("not reviewed") == true, "\(output)")
  }

  @Test func `two who agree let pass what one alone does not`() throws {
    let server = try blocked(policy: "version: 1\noverride: {approvals: 2}\n")
    try say(server, ["override"] + Self.range + Self.why)
    #expect(try check(server).status == 1)
    let adas = try server.log()
    try server.place.repository.git("update-ref", "refs/keep/log", adas)
    let graces = try server.sign(with: PushServer.grace, as: "grace@example.com")
    try server.place.repository.git("update-ref", adas, "refs/keep/log")
    #expect(graces != adas)
    #expect(try check(server, "--strict").status == 5)
  }

  @Test func `an override that ran out, or claims another time, lets nothing pass`() throws {
    for (made, until) in [
      ("2020-01-01T00:00:00Z", "2020-01-05T00:00:00Z"),
      ("2099-01-01T00:00:00Z", "2099-01-05T00:00:00Z"),
      ("2020-01-01T00:00:00Z", "2099-01-05T00:00:00Z"),
    ] {
      let server = try blocked()
      try say(server, ["override"] + Self.range + Self.why)
      try server.sign(with: PushServer.grace, as: "grace@example.com") {
        $0.createdAt = made
        $0.until = until
      }
      #expect(try check(server).status == 1, "\(made) \(until)")
      let status = try server.place.repository.runDetached(
        [Workplace.program, "status"] + Self.range
      )
      #expect(status.status == 0, "\(status)")
    }
  }

  @Test(arguments: [["CLAUDECODE": "1"], ["AI_AGENT": "1"]])
  func `an agent overrides nothing and vouches for nothing`(env: [String: String]) throws {
    let server = try blocked()
    for command in [["override"] + Self.range + Self.why, ["vouch"] + Self.range] {
      let output = try server.place.repository.runDetached([Workplace.program] + command, env: env)
      #expect(output.status == 4, "\(output)")
    }
    #expect(try server.logs().isEmpty)
  }

  @Test(arguments: ["--until", "--reason"])
  func `an end and a reason are needed`(missing: String) throws {
    let server = try blocked()
    var words = ["--reason", "why", "--until", "7d"]
    let index = try #require(words.firstIndex(of: missing))
    words.removeSubrange(index...index + 1)
    let command = [Workplace.program, "override"] + Self.range + words
    #expect(try server.place.repository.runDetached(command).status == 64)
  }

  // Attacks 27 and 28.
  @Test func `where nobody is presumed human, a key's word clears what nothing accuses`() throws {
    let policy = "version: 1\norigin: {unattributed: agent}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block], message: "by hand")
    try server.place.land(["b.swift": Workplace.block])
    #expect(try server.refuses("main").contains("20 AI-written or unattributed lines in 2 files"))
    try say(server, ["vouch"] + Self.range)
    let text = try check(server)
    #expect(text.status == 1)
    #expect(!text.stdout.contains("a.swift"), "\(text.stdout)")
    #expect(text.stdout.contains("b.swift:1-10"))
    try server.place.approve("--range", "origin/main..main")
    let json = try CheckDocument(try check(server, "--format", "json").stdout)
    #expect(json.outcomes == ["vouched", "reviewed"])
    try server.accepts("--atomic", try server.log(), "main")
  }

  @Test func `a word without a key of the roster counts for nothing`() throws {
    let policy = "version: 1\norigin: {unattributed: agent}\nreview: {require: recorded}\n"
    let server = try PushServer(policy: policy)
    try server.place.land(["a.swift": Workplace.block], message: "by hand")
    let said = try say(server, ["vouch"] + Self.range, lines: nil, status: 4)
    #expect(said.contains("signed"), "\(said)")
    #expect(try check(server).status == 1)
  }

  @Test func `a word never clears what evidence accuses, however it is signed`() throws {
    let server = try blocked(policy: "version: 1\norigin: {unattributed: agent}\n")
    try server.place.approve("--range", "origin/main..main")
    try server.sign(with: PushServer.grace, as: "grace@example.com") { $0.verdict = .authored }
    let output = try check(server)
    #expect(output.status == 1)
    #expect(output.stdout.contains("a.swift:1-10"))
  }

  /// A hosting service knows approvals and no overrides, so that a key of the roster speaks.
  private static let forge =
    "version: 1\nreview: {require: forge}\nforge: {github: [\"7 grace@example.com\"]}\n"

  @Test func `where the service approves, an override needs a key and passes as one`() throws {
    let server = try blocked(policy: Self.forge)
    let asked = try say(server, ["override"] + Self.range + Self.why)
    #expect(asked.contains("Signed with SHA256:"), "\(asked)")
    #expect(try check(server, "--strict").status == 5)
    let json = try CheckDocument(try check(server, "--format", "json").stdout)
    #expect(json.outcomes == ["overridden"])
    let said = try server.accepts("--atomic", try server.log(), "main")
    #expect(said.contains("passed by an override. refs/heads/main"), "\(said)")
    // A key's review is no approval of the service.
    try server.sign(with: PushServer.grace, as: "grace@example.com") {
      $0.verdict = .approved
      ($0.until, $0.ticket) = (nil, nil)
    }
    let output = try server.place.gate("check", "--commit", "HEAD")
    #expect(output.stdout.contains("record too weak: touched, forge is required"), "\(output)")
  }

  @Test(arguments: ["override", "vouch"])
  func `where the service approves, a word without a key lets nothing pass`(verb: String) throws {
    let policy = Self.forge + "origin: {unattributed: agent}\n"
    let server = try PushServer(policy: policy)
    try server.place.land(["a.swift": Workplace.block], message: "by hand")
    let more = verb == "override" ? Self.why : []
    let said = try say(server, [verb] + Self.range + more, lines: nil, status: 4)
    #expect(said.contains("signed"), "\(said)")
    #expect(try server.logs().isEmpty)
    // Somebody writes the promise without the program's help, from a review where one counts.
    let git = server.place.repository
    try git.git("switch", "--quiet", "--create", "loose", "origin/main")
    try git.write(".reviewgate/policy.yml", "version: 1\n")
    try git.commit("settings")
    try server.place.land(["a.swift": Workplace.block])
    try server.place.approve("--commit", "HEAD")
    try git.git("switch", "--quiet", "main")
    let log = try server.promise { record in
      record.verdict = verb == "override" ? .override : .authored
      record.note = "the shop is down"
      record.until = verb == "override" ? try Self.tomorrow() : nil
    }
    let output = try check(server)
    #expect(output.status == 1, "\(output)")
    #expect(try server.refuses("--atomic", log, "main").contains("a.swift:1-10"))
  }

  @Test func `where the service approves, a key's word clears what nothing accuses`() throws {
    let policy = Self.forge + "origin: {unattributed: agent}\n"
    let server = try PushServer(policy: policy, hasRoster: true)
    try server.place.land(["a.swift": Workplace.block], message: "by hand")
    #expect(try check(server).status == 1)
    try say(server, ["vouch"] + Self.range)
    let json = try CheckDocument(try check(server, "--format", "json").stdout)
    #expect(json.outcomes == ["vouched"])
    try server.accepts("--atomic", try server.log(), "main")
  }

  private static func tomorrow() throws -> String {
    try #require(RecordTime.text(Int(Date().timeIntervalSince1970) + 86_400))
  }

  /// An approval of the service is no word that lets something pass unread.
  @Test(arguments: ["override: {by: [ada@example.com]}\n", "override: {approvals: 2}\n"])
  func `where the service approves, the policy still says who may override`(rule: String) throws {
    let server = try blocked(policy: Self.forge + rule)
    try say(server, ["override"] + Self.range + Self.why)
    let own = try server.sign(with: PushServer.grace, as: "grace@example.com")
    #expect(try check(server).status == 1)
    #expect(try server.refuses("--atomic", own, "main").contains("a.swift:1-10"))
  }

  @Test func `a rejection is not overridden`() throws {
    let server = try blocked()
    try server.place.approve("--range", "origin/main..main")
    let adas = try server.log()
    try server.place.repository.git("update-ref", "refs/keep/log", adas)
    try server.sign(with: PushServer.grace, as: "grace@example.com") {
      $0.verdict = .rejected
      $0.note = "no"
    }
    try server.place.repository.git("update-ref", adas, "refs/keep/log")
    #expect(try check(server).stdout.contains("rejected by grace@example.com"))
    let said = try say(server, ["override"] + Self.range + Self.why, lines: nil)
    #expect(said.contains("nothing to override"))
  }
}
