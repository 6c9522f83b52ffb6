import Foundation
import TestSupport
import Testing

extension Workplace {
  /// Sixty lines that say where they are.
  static let page = (1...60).map { "a line of number \($0)" }

  /// The page with some lines replaced; an empty text takes a line away.
  static func page(_ edits: [Int: String]) -> String {
    page.enumerated().map { index, line in
      guard let edit = edits[index + 1] else { return line + "\n" }
      return edit.isEmpty ? "" : edit + "\n"
    }.joined()
  }

  /// A place with the page as `a.swift`, without hooks.
  static func withPage() throws -> (place: Workplace, base: String) {
    let place = try Workplace(hooks: false)
    return (place, try place.land(["a.swift": page([:])], message: "by hand"))
  }

  /// Goes to a branch, making it where it does not exist.
  func goTo(_ branch: String, from start: String? = nil) throws {
    if let start {
      try repository.git("switch", "--quiet", "-C", branch, start)
    } else {
      try repository.git("switch", "--quiet", branch)
    }
  }

  /// Lands a branch on the current one as one commit, in an agent's name.
  @discardableResult
  func landSquash(of branch: String) throws -> String {
    try passes("merge", "--quiet", "--squash", branch)
    return try land([:], message: Self.message("squashed"))
  }

  /// Lands a branch as one commit and takes it back; the head after that.
  func takeBackSquash(of branch: String) throws -> String {
    try landSquash(of: branch)
    try passes("revert", "--no-edit", "HEAD")
    return try repository.head
  }

  /// One hunk as `check` reports it.
  struct Hunk: Equatable, CustomStringConvertible {
    let path: String
    let outcome: String
    let rule: String?
    var description: String { "\(path) \(outcome) \(rule ?? "-")" }
  }

  /// What `check` says about each hunk since a commit, without those nobody accuses.
  func hunks(
    since base: String,
    to head: String = "HEAD",
    at directory: String? = nil
  ) throws -> [Hunk] {
    let range = "\(base)..\(head)"
    let output = try gate("check", "--range", range, "--format", "json", at: directory)
    let value = try JSONSerialization.jsonObject(with: Data(output.stdout.utf8))
    let document = try #require(value as? [String: Any], "\(output.stderr)")
    let hunks = try #require(document["hunks"] as? [[String: Any]])
    return hunks.compactMap { hunk in
      guard let path = hunk["path"] as? String, let outcome = hunk["outcome"] as? String,
        outcome != "not-ai"
      else { return nil }
      return Hunk(path: path, outcome: outcome, rule: hunk["rule"] as? String)
    }
  }

  /// The outcomes since a commit, in the order of the hunks.
  func outcomes(since base: String, to head: String = "HEAD") throws -> [String] {
    try hunks(since: base, to: head).map(\.outcome)
  }

  /// The rules that cover the hunks since a commit; nil for one that is open.
  func rules(since base: String, to head: String = "HEAD") throws -> [String?] {
    try hunks(since: base, to: head).map { $0.outcome == "reviewed" ? $0.rule : nil }
  }
}
