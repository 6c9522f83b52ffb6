import Foundation
import TestSupport
import Testing

/// `blame` and the story of one line.
@Suite struct BlameTests {
  static func lines(_ place: Workplace, _ arguments: String...) throws -> [[String: Any]] {
    let output = try place.repository.runDetached(
      [Workplace.program, "blame", "--format", "json"] + arguments
    )
    try #require(output.status == 0, "\(output)")
    let json = try JSONSerialization.jsonObject(with: Data(output.stdout.utf8))
    return try #require((json as? [String: Any])?["lines"] as? [[String: Any]])
  }

  static func words(_ lines: [[String: Any]], _ keys: String...) -> [String] {
    lines.map { line in keys.compactMap { line[$0].map { "\($0)" } }.joined(separator: " ") }
  }

  @Test func `every line has its commit, its writer and its reviewer`() throws {
    let place = try LineRecordTests.place()
    try LineRecordTests.note(place, "a.swift\n  s_11111111111111::t_1 12\n  h_22222222222222 1\n")
    try place.approve("--commit", "HEAD")
    try place.land(["a.swift": "// top\n" + (try place.read("a.swift"))], message: "top")
    let lines = try Self.lines(place, "a.swift")
    let words = Self.words(lines, "line", "originalLine", "origin", "source", "outcome")
    #expect(words.count == 14)
    #expect(words[0] == "1 1 unknown not-ai")
    #expect(words[1] == "2 1 human git-ai-notes not-ai")
    #expect(words[12] == "13 12 agent git-ai-notes reviewed")
    #expect(lines[12]["reviewer"] as? String == "ada@example.com")
    let text = try place.gate("blame", "a.swift", "--lines", "13,13").stdout
    #expect(text.contains("claude-code") && text.contains("ada@example.com"), "\(text)")
  }

  @Test func `a renamed file keeps the origins of its lines, whatever its name`() throws {
    let place = try Workplace(hooks: false)
    let name = "ä \"b\"\t.swift"
    try place.land([name: Workplace.block], message: "odd name")
    try LineRecordTests.note(place, "\(name)\n  s_11111111111111::t_1 2\n")
    try place.repository.git("mv", name, "plain.swift")
    try place.land([:], message: "moved")
    let words = Self.words(try Self.lines(place, "plain.swift"), "line", "origin", "originalPath")
    #expect(words[0].hasPrefix("1 unknown"))
    #expect(words[1].hasPrefix("2 agent \u{e4} \"b\""), "\(words[1])")
  }

  @Test func `a revision, a missing file and a wrong range`() throws {
    let place = try LineRecordTests.place()
    #expect(try Self.lines(place, "a.swift", "--revision", "HEAD~1").count == 10)
    #expect(try place.gate("blame", "nothing.swift").status == 2)
    #expect(try place.gate("blame", "a.swift", "--lines", "x").status == 64)
  }

  @Test func `a line has its story where there is no branch to compare with`() throws {
    let place = try LineRecordTests.place()
    try LineRecordTests.note(place, "a.swift\n  s_11111111111111::t_1 12\n")
    try place.repository.git("branch", "--move", "trunk")
    let story = try place.gate("explain", "a.swift:12")
    #expect(story.status == 0 && story.stdout.contains("nothing is judged"), "\(story)")
    #expect(story.stdout.contains("git-ai-notes: claude-code"), "\(story)")
    // What HEAD does not have cannot be told.
    #expect(try place.gate("explain", "nothing.swift:1").status == 2)
  }

  @Test func `the story of a line names its commit, every source and its review`() throws {
    let place = try LineRecordTests.place()
    try LineRecordTests.note(place, "a.swift\n  s_11111111111111::t_1 12\n")
    let id = try place.repository.head
    for selection in [["--commit", "HEAD"], ["--range", "HEAD~1..HEAD"]] {
      let arguments = [Workplace.program, "explain"] + selection + ["a.swift:12"]
      let text = try place.repository.runDetached(arguments).stdout
      #expect(text.contains(String(id.prefix(10)) + " by somebody"), "\(text)")
      #expect(text.contains("git-ai-notes: claude-code"), "\(text)")
      #expect(text.contains("whogitit: not here") && text.contains("unreviewed"), "\(text)")
    }
  }
}
