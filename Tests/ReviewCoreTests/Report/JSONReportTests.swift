import Foundation
import Testing
import TestSupport

@testable import ReviewCore

@Suite struct JSONReportTests {
  static let summaries = [
    CommitSummary(id: ReportSamples.commits[0], origin: ReportSamples.hostileOrigin),
    CommitSummary(
      id: ReportSamples.commits[1],
      origin: CommitOrigin(origin: .human, evidence: [], agents: [])
    ),
  ]

  static func document(_ findings: [Finding], warnings: [LedgerWarning] = []) -> String {
    let context = ReportSamples.context(.ci, commits: 2, hunks: findings.count)
    let verdict = ReportSamples.verdict(findings, at: .ci, warnings: warnings)
    return JSONReport.render(verdict, context, commits: summaries)
  }

  private static let undecided = JSONReport.undecided(
    reason: "shallow \u{1b}[1m",
    remedy: ["git fetch --unshallow"],
    place: .ci
  )

  private static let logLine = CommitLog.line(
    commit: ReportSamples.hostileCommit,
    origin: ReportSamples.hostileOrigin
  )

  @Test func `a document`() throws {
    let all = ReportSamples.everything + ReportSamples.hostile
    let text = Self.document(all, warnings: ReportSamples.hostileWarnings)
    // Broken into lines at the objects, so that a difference can be read.
    let lines = text.split(separator: "},{").joined(separator: "},\n{")
    try expectSnapshot(lines, named: "check.json")
  }

  @Test func `an undecided document`() throws {
    try expectSnapshot(Self.undecided, named: "undecided.json")
  }

  @Test func `a line of the log`() throws {
    try expectSnapshot(Self.logLine, named: "log.json")
  }

  @Test func `everything is valid, printable and on one line`() throws {
    let hostile = Self.document(ReportSamples.hostile, warnings: ReportSamples.hostileWarnings)
    for text in [hostile, Self.document([]), Self.undecided, Self.logLine] {
      #expect(text.hasSuffix("}\n") && text.utf8.count { $0 == 0x0a } == 1)
      let body = text.dropLast().unicodeScalars
      #expect(body.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f })
      #expect(!body.contains(where: VisibleText.isHidden))
      _ = try StrictJSON.parse(Array(text.utf8), depth: 16)
    }
  }

  @Test func `a path can be turned back into its bytes`() throws {
    let data = Data(Self.document(ReportSamples.hostile).utf8)
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let hunks = try #require(document["hunks"] as? [[String: Any]])
    let paths = hunks.compactMap { $0["path"] as? String }
    #expect(paths.compactMap { RepositoryPath(escaped: $0) } == ReportSamples.hostile.map(\.path))
  }

  @Test func `the same verdict gives the same bytes`() {
    let first = Self.document(ReportSamples.everything)
    for _ in 0..<20 { #expect(Self.document(ReportSamples.everything) == first) }
  }

  @Test func `a pass, a block and an empty range differ`() throws {
    func members(_ findings: [Finding]) throws -> [String: Any] {
      let data = Data(Self.document(findings).utf8)
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let blocked = try members([ReportSamples.finding()])
    #expect(blocked["verdict"] as? String == "blocked" && blocked["refuses"] as? Bool == true)
    let passed = try members([ReportSamples.finding(.exempt)])
    #expect(passed["verdict"] as? String == "pass" && passed["refuses"] as? Bool == false)
    let totals = try #require(try members([])["totals"] as? [String: Any])
    #expect(totals["hunks"] as? Int == 0 && totals["aiHunks"] as? Int == 0)
  }

  // MARK: - Documentation

  @Test func `every key is described`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/output.md"), encoding: .utf8)
    let all = Self.document(
      ReportSamples.everything + ReportSamples.hostile,
      warnings: ReportSamples.hostileWarnings
    )
    var keys: Set<String> = []
    for text in [all, Self.undecided, Self.logLine] {
      collect(try JSONSerialization.jsonObject(with: Data(text.utf8)), into: &keys)
    }
    #expect(keys.count > 50)
    for key in keys.sorted() { #expect(page.contains("`\(key)`"), "\(key)") }
    #expect(page.contains(JSONReport.schema))
  }

  private func collect(_ value: Any, into keys: inout Set<String>) {
    if let object = value as? [String: Any] {
      keys.formUnion(object.keys)
      for member in object.values { collect(member, into: &keys) }
    }
    for item in value as? [Any] ?? [] { collect(item, into: &keys) }
  }
}
