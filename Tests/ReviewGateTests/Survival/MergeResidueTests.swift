import TestSupport
import Testing

/// What a merge leaves to read: exactly what no clean merge of its parents would have given.
@Suite struct MergeResidueTests {
  private static let text = (1...40).map { "a line of number \($0)\n" }

  private static func text(_ edits: [Int: String]) -> String {
    text.enumerated().map { edits[$0.offset + 1] ?? $0.element }.joined()
  }

  /// `main` and `topic` both changed `a.txt`, by hand; `topic` is checked out.
  private func forked(
    main: [Int: String] = [10: "the fix on main\n"],
    topic: [Int: String] = [30: "the work of topic\n"]
  ) throws -> Workplace {
    let place = try Workplace(hooks: false)
    try place.land(["a.txt": Self.text([:])], message: "by hand")
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.txt": Self.text(topic), "b.txt": "topic\n"], message: "topic")
    try place.repository.git("switch", "--quiet", "main")
    try place.land(["a.txt": Self.text(main), "c.txt": "main\n"], message: "main")
    try place.repository.git("switch", "--quiet", "topic")
    return place
  }

  /// Merges in an agent's name, with `text` in `a.txt` where it is given.
  private func merge(
    _ place: Workplace,
    _ arguments: String...,
    text: String? = nil,
    also: [String: String] = [:]
  ) throws {
    _ = try place.git(
      "merge",
      "--no-commit",
      "--no-ff",
      arguments[0],
      arguments.count > 1 ? arguments[1] : "-q"
    )
    var files = also
    files["a.txt"] = text
    try place.land(files, message: Workplace.message("merge"))
  }

  // Attack 50.
  @Test func `a clean merge of an agent has nothing of its own`() throws {
    let place = try forked()
    try merge(place, "main")
    let output = try place.check(since: "main")
    #expect(output.status == 0, "\(output.stdout)")
    #expect(output.stdout.contains("no AI-written lines"), "\(output.stdout)")
  }

  // Attack 51.
  @Test func `of an evil merge the added line is left to read, and nothing else`() throws {
    let place = try forked()
    let evil = Self.text([
      10: "the fix on main\n", 20: "let backdoor = true\n", 30: "the work of topic\n",
    ])
    try merge(place, "main", text: evil)
    let output = try place.check(since: "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("a.txt:20 "), "\(output.stdout)")
    #expect(output.stdout.contains("1 of "), "\(output.stdout)")
  }

  // Attack 51, in a file that neither side touched.
  @Test func `a file that only the merge changed is left to read`() throws {
    let place = try forked()
    try merge(place, "main", also: ["README": "A project with a backdoor.\n"])
    let output = try place.check(since: "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("README:1"), "\(output.stdout)")
  }

  // Attack 51: a check that both sides have is taken out.
  @Test func `a line that only the merge removed is left to read`() throws {
    let place = try forked()
    let evil = Self.text([10: "the fix on main\n", 20: "", 30: "the work of topic\n"])
    try merge(place, "main", text: evil)
    let output = try place.check(since: "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("after 19"), "\(output.stdout)")
  }

  // Attack 52.
  @Test func `a merge that drops the other side's fix has to be read`() throws {
    let place = try forked(topic: [:])
    try merge(place, "main", "--strategy=ours")
    let output = try place.check(since: "main")
    #expect(output.status == 1, "\(output.stdout)")
    #expect(output.stdout.contains("a.txt:10"), "\(output.stdout)")
    #expect(output.stdout.contains("c.txt"), "\(output.stdout)")
  }

  // Attack 52, where the topic has changes of its own in the file.
  @Test func `a merge that keeps its own file over the other side's fix has to be read`() throws {
    let place = try forked()
    try merge(place, "main", text: Self.text([30: "the work of topic\n"]))
    let output = try place.check(since: "main")
    #expect(output.status == 1, "\(output.stdout)")
    #expect(output.stdout.contains("a.txt:10"), "\(output.stdout)")
    #expect(!output.stdout.contains("a.txt:30"), "\(output.stdout)")
  }

  // Attack 52: the fix took lines away, the merge brings them back.
  @Test func `a merge that brings back what the other side removed has to be read`() throws {
    let place = try forked(main: [10: ""])
    try merge(place, "main", text: Self.text([30: "the work of topic\n"]))
    let output = try place.check(since: "main")
    #expect(output.status == 1, "\(output.stdout)")
    #expect(output.stdout.contains("a.txt:10"), "\(output.stdout)")
  }

  @Test func `a merge by hand that drops a fix is a person's decision`() throws {
    let place = try forked(topic: [:])
    _ = try place.git("merge", "--quiet", "--strategy=ours", "-m", "ours", "main")
    let output = try place.check(since: "main")
    #expect(output.status == 0, "\(output.stdout)")
  }

  // Attack 53. The resolution is read against the first parent, as a merge in progress shows it; what
  // it dropped of the other side shows only against that side.
  @Test func `a resolution needs to be read against every side that it changes`() throws {
    let conflict = [20: "what topic says\n"]
    let place = try forked(main: [20: "what main says\n"], topic: conflict)
    let first = try place.repository.head
    try merge(place, "main", text: Self.text([20: "what an agent made of both\n"]))
    #expect(try place.check(since: "main").status == 1)
    try place.approve("--commit", "HEAD")
    let output = try place.check(since: "main")
    #expect(output.status == 1, "read against topic only: \(output.stdout)")
    try place.approve("--range", "main..HEAD")
    #expect(try place.check(since: "main").status == 0)
    #expect(try place.check(since: first).status == 0)
  }

  // Attack 54: git's own octopus has no conflicts to resolve; lines of nobody are the merge's.
  @Test func `an octopus merge answers for the lines that no parent has`() throws {
    let place = try forked()
    let base = try place.repository.git("merge-base", "main", "topic")
    try place.repository.git("switch", "--quiet", "-c", "third", base)
    try place.land(["d.txt": "third\n"], message: "third")
    try place.repository.git("switch", "--quiet", "topic")
    let clean = try place.git("merge", "--no-ff", "--no-commit", "main", "third")
    #expect(clean.status == 0, "\(clean.stderr)")
    try place.land([:], message: Workplace.message("octopus"))
    #expect(try place.repository.git("rev-list", "--parents", "-1", "HEAD").count == 4 * 41 - 1)
    #expect(try place.check(since: base).status == 0)
    try place.repository.git("reset", "--quiet", "--hard", "HEAD~1")
    _ = try place.git("merge", "--no-ff", "--no-commit", "main", "third")
    try place.land(["d.txt": "third, and more\n"], message: Workplace.message("octopus"))
    let output = try place.check(since: base)
    #expect(output.status == 1)
    #expect(output.stdout.contains("d.txt:1"), "\(output.stdout)")
  }
}
