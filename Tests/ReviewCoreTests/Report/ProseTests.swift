import Testing

@testable import ReviewCore

/// Where sentences break.
@Suite struct ProseTests {
  private let text = "reviewgate: blocked. one two three four five six seven eight nine ten eleven"

  @Test func `without a width a sentence is one line`() {
    #expect(Prose.lines(text, width: nil) == [text])
  }

  @Test(arguments: [40, 41, 44, 45, 80, 500])
  func `lines are as long as they may be, and together the sentence`(width: Int) throws {
    let lines = Prose.lines(text, width: width)
    #expect(lines.joined(separator: " ") == text)
    for (line, next) in zip(lines, lines.dropFirst()) {
      let word = try #require(next.split(separator: " ").first)
      #expect(line.count <= width)
      #expect(line.count + 1 + word.count > width)
    }
  }

  @Test func `a word that is longer than the line stays whole`() {
    let path = String(repeating: "x", count: 70)
    #expect(Prose.lines("see \(path) now", width: 50) == ["see", path, "now"])
    #expect(Prose.lines("", width: 50) == [""])
  }

  @Test func `wide characters take two cells`() {
    let words = Array(repeating: "漢字漢字漢字漢字", count: 4)
    #expect(
      Prose.lines(words.joined(separator: " "), width: 40) == [
        words[0] + " " + words[1], words[2] + " " + words[3],
      ]
    )
  }

  @Test func `a terminal without room gets lines that a person can still read`() {
    #expect(Prose.lines(text, width: 1) == Prose.lines(text, width: 40))
  }
}
