import Testing

@testable import ReviewCore

@Suite struct SpellingTests {
  @Test(arguments: [
    ("unatributed", "unattributed"), ("gaet", "gate"), ("Review", "review"),
    ("max_age_days", "max-age-days"), ("maxAgeDays", "max-age-days"), ("exept", "exempt"),
  ])
  func `finds the word that was meant`(typed: String, meant: String) {
    let words = ["gate", "review", "unattributed", "max-age-days", "exempt", "ci"]
    #expect(Spelling.closest(typed, among: words) == meant)
  }

  @Test(arguments: ["", "zebra", "gatekeeper", String(repeating: "gate", count: 50_000)])
  func `stays silent about other words`(typed: String) {
    #expect(Spelling.closest(typed, among: ["gate", "review", "ci"]) == nil)
  }

  @Test func `counts a swap of neighbours as one slip`() {
    #expect(Spelling.distance(Array("gaet".utf8), Array("gate".utf8)) == 1)
    #expect(Spelling.distance([], Array("abc".utf8)) == 3)
  }
}
