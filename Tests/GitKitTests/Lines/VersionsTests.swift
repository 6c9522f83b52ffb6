import GitKit
import ReviewCore
import TestSupport
import Testing

/// Versions of files along a branch, and what stands in them.
@Suite struct VersionsTests {
  private func mark(_ lines: String) -> HunkMark {
    let span = HunkSpan(old: LineRange(start: 1, count: 0), new: LineRange(start: 1, count: 1))
    return HunkMark.of(Hunk(span: span, removed: [], added: Array(lines.utf8)))[0]
  }

  @Test(arguments: [
    ("first line here\n", "first line here\n", 1),
    ("first line here\n", "first line here", 1),
    ("first line here\n", "first line here\nother\nfirst line here\n", 2),
    ("first line here\n", "first line here\nfirst line here", 2),
    ("first line here\n", "no first line here\n", 0),
    ("first line here\n", "first line here too\n", 0),
    ("first line here\n", "first line here\r\n", 0),
    ("first line here\nsecond\n", "first line here\nsecond\n", 1),
    ("first line here\nsecond\n", "first line here\nsecond line\nfirst line here\n", 0),
    ("first line here\n", "", 0), ("\n", "", 0),
    ("abcdabcdabcd\n", "abcdabcdabcdabcd\nabcdabcdabcd\n", 1),
    ("first line here\n", "first line here\nfirst line here\nfirst line here\n", 3),
    ("same line\nsame line\n", "same line\nsame line\nsame line", 2),
    ("\n\nfirst line here\n", "\n\n\nfirst line here", 1),
  ])
  func `lines count where they stand whole`(lines: String, text: String, expected: Int) throws {
    let temporary = try TempRepository()
    let blob = try temporary.git("hash-object", "-w", "--stdin", stdin: text)
    let id = try #require(ObjectID(hex: blob))
    let counts = try temporary.open().counts(
      of: [mark(lines), mark("nobody wrote this\n")],
      in: (.regular, id),
      sizeCap: 1_000
    )
    #expect(counts == [expected, 0])
  }

  @Test func `what is absent or no file has no lines, and over the cap none are known`() throws {
    let temporary = try TempRepository()
    let blob = try temporary.git("hash-object", "-w", "--stdin", stdin: "first line here\n")
    let id = try #require(ObjectID(hex: blob))
    let repository = try temporary.open()
    let marks = [mark("first line here\n")]
    #expect(try repository.counts(of: marks, in: (.absent, .zero), sizeCap: 99) == [0])
    #expect(try repository.counts(of: marks, in: (.submodule, id), sizeCap: 99) == [0])
    #expect(try repository.counts(of: marks, in: (.regular, id), sizeCap: 15) == nil)
    #expect(try repository.counts(of: marks, in: (.regular, id), sizeCap: 16) == [1])
  }

  // A line of a megabyte, tried at every byte, would take minutes.
  @Test(.timeLimit(.minutes(1)))
  func `a long line of the same letters takes no longer than another`() throws {
    let temporary = try TempRepository()
    let text = String(repeating: "a", count: 1 << 20) + "\n"
    let blob = try temporary.git("hash-object", "-w", "--stdin", stdin: text)
    let id = try #require(ObjectID(hex: blob))
    let half = mark(String(repeating: "a", count: 1 << 19) + "\n")
    let found = try temporary.open().counts(of: [half], in: (.regular, id), sizeCap: 2 << 20)
    #expect(found == [0])
  }

  @Test func `steps are those of the branch itself, oldest first`() throws {
    let temporary = try TempRepository()
    func commit(_ file: String, _ text: String) throws {
      try temporary.write(file, text)
      try temporary.git("add", ".")
      try temporary.git("commit", "--quiet", "-m", file)
    }
    try commit("a", "1\n")
    try temporary.git("switch", "--quiet", "-c", "side")
    try commit("a", "2\n")
    try commit("a", "3\n")
    try temporary.git("switch", "--quiet", "-")
    try commit("b", "1\n")
    try temporary.git("merge", "--quiet", "--no-ff", "-m", "merge", "side")
    try temporary.git("rm", "--quiet", "b")
    try temporary.git("commit", "--quiet", "-m", "gone")
    let landings = try temporary.git("rev-list", "--first-parent", "HEAD").split(separator: "\n")
      .map { try #require(ObjectID(hex: String($0))) }
    let paths = ["a", "b", "c"].map { RepositoryPath($0) }
    let steps = try temporary.open().steps(of: paths, along: landings)
    let seen = steps.mapValues { $0.map { "\($0.oldMode.octal) \($0.newMode.octal)" } }
    let come = "000000 100644"
    #expect(seen[paths[0]] == [come, "100644 100644"])
    #expect(seen[paths[1]] == [come, "100644 000000"])
    #expect(seen[paths[2]] == nil)
    #expect(steps[paths[0]]?[1].oldID == steps[paths[0]]?[0].newID)
  }
}
