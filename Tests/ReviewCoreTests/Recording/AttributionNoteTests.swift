import Testing

@testable import ReviewCore

/// Notes of who wrote what, when they come together.
@Suite struct AttributionNoteTests {
  private static let path = RepositoryPath("a")

  /// A note whose claims come in that order: `h_1 3-5`.
  private static func note(_ claims: String...) -> AttributionNote {
    let lines = claims.map { "  \($0)\n" }.joined()
    return AttributionNote(reading: Array("a\n\(lines)---\n{}".utf8))
  }

  private static func words(_ note: AttributionNote) -> [String] {
    (note.files[path] ?? []).map { "\($0.key) \($0.lines)" }
  }

  @Test func `what the other note says comes last, also when it was said before`() {
    var note = Self.note("h_1 3", "s_1 1-5")
    note.unite(Self.note("h_1 3"))
    #expect(Self.words(note) == ["s_1 1-5", "h_1 3"])
  }

  @Test func `a note that is united again stays as it is`() {
    var note = Self.note("s_2 9")
    let other = Self.note("s_1 1-5", "h_1 3")
    note.unite(other)
    let once = Self.words(note)
    note.unite(other)
    #expect(Self.words(note) == once && once == ["s_2 9", "s_1 1-5", "h_1 3"])
  }
}
