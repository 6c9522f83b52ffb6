import Foundation
import GitKit
import ReviewCore
import TestSupport
import Testing

/// Records of several people, and history after a change has landed.
@Suite struct CISharingTests {
  // Case 67.
  @Test func `two clones that push records at once lose none`() throws {
    let forge = try Forge()
    let repository = forge.place.repository
    let people = ["ada", "grace", "joan"]
    let paths = people.map { "\(repository.sandbox)/\($0)" }
    for (person, path) in zip(people, paths) {
      try repository.git("clone", "--quiet", forge.origin, path)
      try repository.git("config", "user.email", "\(person)@example.com", at: path)
      try forge.place.approve("--range", "\(forge.base)..\(forge.head)", at: path)
    }
    let running = try paths.map { path in
      try DetachedCommand(
        [Workplace.program, "sync"],
        environment: repository.environment,
        directory: path
      )
    }
    for sync in running {
      let output = try sync.wait()
      #expect(output.status == 0, "\(output)")
    }
    let job = try forge.job(depth: nil)
    let log = try forge.place.gate("sync", at: job.path)
    #expect(log.status == 0, "\(log)")
    let records = try forge.place.gate("records", "list", at: job.path).stdout
    #expect(records.split(separator: "\n").count == 3, "\(records)")
  }

  // Case 68.
  @Test func `taking back reviewed code needs no review`() throws {
    let forge = try Forge()
    try forge.review()
    let place = forge.place
    try place.goTo("topic")
    try place.repository.git("revert", "--no-edit", "HEAD~1")
    let head = try place.repository.head
    try place.repository.git("push", "--quiet", "origin", "topic")
    let variables = [
      "CI": "true", "CIRCLECI": "true", "CIRCLE_SHA1": head, "REVIEWGATE_BASE": forge.base,
    ]
    let whole = try forge.job(depth: 1, at: head).ci(env: variables)
    #expect(whole.status == 0, "\(whole)")
    // Nor does a request that is the revert alone.
    let alone = variables.merging(["REVIEWGATE_BASE": forge.head]) { $1 }
    let output = try forge.job(depth: 1, at: head).ci(env: alone)
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("1 commit"), "\(output)")
  }

  // Case 69.
  @Test func `what landed as a squash is judged like the request was`() throws {
    let forge = try Forge()
    try forge.review()
    let place = forge.place
    try place.goTo("main")
    try place.repository.git("merge", "--squash", "--quiet", "topic")
    try place.repository.git(
      "commit",
      "--quiet",
      "-m",
      "Topic (#7)\n\n* topic 1\n\n\(Workplace.trailer)\n\n* topic 2\n"
    )
    let landed = try place.repository.head
    try place.repository.git("push", "--quiet", "origin", "main")
    let output = try place.gate("check", "--range", "\(forge.base)..\(landed)")
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("all reviewed"), "\(output)")
    let variables = [
      "CI": "true", "CIRCLECI": "true", "CIRCLE_SHA1": landed, "REVIEWGATE_BASE": forge.base,
    ]
    let job = try forge.job(depth: 1, at: landed).ci(env: variables)
    #expect(job.status == 0, "\(job)")
  }

  // Case 70.
  @Test func `records of a newer version are no reason to call lines unreviewed`() throws {
    let forge = try Forge()
    let place = forge.place
    try place.approve("--range", "\(forge.base)..\(forge.head)")
    let repository = try Repository(gitDirectory: place.path + "/.git")
    let log = try #require(try repository.references(below: "refs/reviewgate/v1/log/").first)
    let entry = try #require(
      try RecordLog(repository).entries(below: "refs/reviewgate/v1/log/").first
    )
    let envelope = try Envelope.decode(entry.envelope)
    let text = String(decoding: envelope.payload, as: UTF8.self)
    #expect(text.contains("human-review/v1"))
    let newer = Envelope(
      payload: Array(text.replacing("human-review/v1", with: "human-review/v9").utf8)
    )
    try place.repository.git("update-ref", "-d", log.name)
    try RecordLog(repository).append(newer.encode(), to: log.name, message: "m", time: 1)
    try place.gate("sync")
    let output = try forge.job(depth: 1).ci(env: try forge.pullRequest())
    #expect(output.status == 2, "\(output)")
    #expect(output.stderr.contains("update reviewgate"), "\(output.stderr)")
    #expect(!output.stdout.contains("no human review"), "\(output)")
  }
}
