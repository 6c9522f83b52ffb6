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
