import TestSupport
import Testing

/// Attacks on the survival of reviews, by the numbers of the field notes; see also `LandingTests`,
/// `MergeResidueTests`, `ReplayTests` and `SurvivalMatrixTests`.
@Suite struct SurvivalAttackTests {
  private func landed(_ text: String, as file: String = "a.swift") throws -> (Workplace, String) {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    try place.land([file: text])
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.check(since: base).status == 0)
    return (place, base)
  }

  // Attacks 34, 35 and 37 as whole files.
  @Test(arguments: [
    (
      "def remove():\n    if safe:\n        erase()\n", "def remove():\n    if safe:\n    erase()\n"
    ),
    ("run(\"rm -rf /tmp/x\")\n", "run(\"rm -rf / tmp/x\")\n"),
    ("one line of text\nanother line of text\n", "one line of text\r\nanother line of text\r\n"),
    ("one line of text\nanother line of text\n", "one line of text\nanother line of text"),
  ])
  func `a change of blanks and line ends is a change`(before: String, after: String) throws {
    let (place, base) = try landed(before, as: "b.py")
    try place.land(["b.py": after])
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 36: what comes after a NUL byte is not hidden by it.
  @Test func `bytes after a NUL count`() throws {
    let (place, base) = try landed("safe\0 AAAA\n", as: "b.bin")
    try place.land(["b.bin": "safe\0 EVIL; rm -rf\n"])
    let hunks = try place.hunks(since: base)
    #expect(hunks.map(\.outcome) != ["reviewed"], "\(hunks)")
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 38.
  @Test func `an executable bit is a change`() throws {
    let (place, base) = try landed(Workplace.block, as: "b.sh")
    try place.repository.git("update-index", "--chmod=+x", "b.sh")
    try place.land([:])
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 38.
  @Test func `a link with the same bytes is a change`() throws {
    let (place, base) = try landed("a.swift", as: "b.txt")
    let blob = try place.repository.git("rev-parse", "HEAD:b.txt")
    try place.repository.git("update-index", "--cacheinfo", "120000,\(blob),b.txt")
    try place.land([:])
    #expect(try place.check(since: base).status == 1)
  }

  // Attacks 66 and 67, as far as survival goes.
  @Test(arguments: [true, false])
  func `a submodule or LFS pointer that moved on is read again`(isSubmodule: Bool) throws {
    let (place, base) = try Workplace.withPage()
    func point(_ digit: String) throws {
      let name = String(repeating: digit, count: 40)
      if isSubmodule {
        try place.repository.git("update-index", "--add", "--cacheinfo", "160000,\(name),sub")
        try place.land([:])
      } else {
        let pointer = """
          version https://git-lfs.github.com/spec/v1
          oid sha256:\(String(repeating: digit, count: 64))
          size 12345

          """
        try place.land(["b.lfs": pointer])
      }
    }
    try point("1")
    try place.approve("--range", "\(base)..HEAD")
    #expect(try place.outcomes(since: base) == ["reviewed"])
    try point("2")
    #expect(try place.outcomes(since: base) != ["reviewed"])
    #expect(try place.check(since: base).status == 1)
  }

  // Attack 41.
  @Test func `a lone brace lends its review to no other brace`() throws {
    let start = Workplace.lines(1...9) + "func f() {\n" + Workplace.lines(11...19)
    let (place, base) = try landed(start, as: "b.swift")
    try place.land(["b.swift": start + "}\n"])
    try place.approve("--commit", "HEAD")
    let once = try place.repository.head
    try place.land(["b.swift": "}\n" + start + "}\n"])
    #expect(try place.check(since: once).status == 1)
    #expect(try place.check(since: base).status == 1)
  }

  // Attacks 41 and 42: generated boilerplate repeats itself with its surroundings.
  @Test func `boilerplate lends its review to no copy of it`() throws {
    func part(_ number: Int) -> String { "// generated\nbegin()\nend()\n// generated\n\n" }
    let start = (1...6).map(part).joined()
    let (place, base) = try Workplace.withPage()
    try place.land(["b.swift": start], message: "by hand")
    let before = try place.repository.head
    let grown = start + part(7)
    try place.land(["b.swift": grown])
    try place.approve("--range", "\(before)..HEAD")
    let once = try place.repository.head
    try place.land(["b.swift": grown + part(8)])
    #expect(try place.check(since: once).status == 1)
    #expect(base != before)
  }

  // Attack 44. The notes bind a record to its target branch. The product binds it to content and to the
  // repository: a target is shown, and not a condition, so that a cherry-pick to a release survives.
  @Test func `a review holds on another branch of the repository`() throws {
    let (place, base) = try landed(Workplace.page([20: "let first = agentWroteThis()"]))
    try place.goTo("release", from: base)
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    #expect(try place.rules(since: base) == ["transition"])
  }

  // Attack 45.
  @Test func `a review does not hold in another repository`() throws {
    let text = Workplace.page([20: "let first = agentWroteThis()"])
    let (place, _) = try landed(text)
    let other = place.repository.sandbox + "/other"
    try place.repository.git("init", "--quiet", "-b", "main", other)
    try place.repository.git("config", "user.name", "Ada Example", at: other)
    try place.repository.git("config", "user.email", "ada@example.com", at: other)
    try place.repository.write("../other/a.swift", Workplace.page([:]))
    try place.repository.git("add", "--all", at: other)
    try place.repository.git("commit", "--quiet", "-m", "another beginning", at: other)
    try place.repository.write("../other/a.swift", text)
    try place.repository.git("commit", "--quiet", "-am", Workplace.message("work"), at: other)
    try place.repository.git(
      "fetch",
      "--quiet",
      place.path,
      "refs/reviewgate/*:refs/reviewgate/*",
      at: other
    )
    let output = try place.gate("check", "--range", "HEAD~1..HEAD", at: other)
    #expect(output.status == 1, "\(output.stdout)")
  }

  // Attack 55.
  @Test func `what a later commit takes back is judged where every commit stays`() throws {
    let (place, base) = try Workplace.withPage()
    let bad = try place.land(["a.swift": Workplace.page([20: "let backdoor = true"])])
    try place.land(["a.swift": Workplace.page([:])], message: "take it back")
    #expect(try place.check(since: base).status == 0, "nothing of it lands")
    let output = try place.gate("check", "--range", "\(base)..HEAD", "--every-commit")
    #expect(output.status == 1, "\(output.stdout)")
    #expect(output.stdout.contains("\(bad.prefix(10)):a.swift:20"), "\(output.stdout)")
    #expect(output.stdout.contains("every commit"), "\(output.stdout)")
    try place.approve("--commit", bad)
    let after = try place.gate("check", "--range", "\(base)..HEAD", "--every-commit")
    #expect(after.status == 0, "\(after.stdout)")
  }

  // Attack 55, as the policy of a server has it.
  @Test func `the policy can ask for every commit at the push`() throws {
    let place = try Workplace()
    let policy = "version: 1\ngate:\n  commits: every\n"
    try place.land([".reviewgate/policy.yml": policy], message: "by hand")
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    try place.passes("push", "--quiet", "../remote", "main")
    try place.land(["a.swift": Workplace.block])
    try place.land(["a.swift": "nothing of it\n"], message: "by hand")
    try place.repository.git("rm", "--quiet", "a.swift")
    try place.land([:], message: "by hand")
    #expect(try place.blocks("push", "../remote", "main").contains("a.swift:1-10"))
  }

  // Attack 82.
  @Test func `a record that was brought in twice counts once`() throws {
    let (place, base) = try Workplace.withPage()
    let policy = "version: 1\nreview:\n  approvals: 2\n"
    try place.land([".reviewgate/policy.yml": policy], message: "by hand")
    let start = try place.repository.head
    try place.land(["a.swift": Workplace.page([20: "let first = agentWroteThis()"])])
    try place.approve("--commit", "HEAD")
    let records = try place.gate("records", "export").stdout
    try place.repository.write("../records.jsonl", records + records)
    _ = try place.gate("records", "import", place.repository.sandbox + "/records.jsonl")
    #expect(try place.check(since: start).status == 1)
    #expect(base != start)
  }

  // Attack 83.
  @Test func `a review of two of three files is none of the third`() throws {
    let (place, base) = try Workplace.withPage()
    try place.goTo("topic", from: base)
    for name in ["b", "c", "d"] { try place.stage(["\(name).swift": Workplace.block]) }
    try place.land([:])
    try place.approve("--range", "\(base)..HEAD", "b.swift", "c.swift")
    #expect(try place.outcomes(since: base) == ["reviewed", "reviewed", "unreviewed"])
    try place.goTo("main")
    try place.land(["z": "moved on\n"], message: "by hand")
    try place.passes("merge", "--quiet", "--squash", "topic")
    try place.land([:], message: Workplace.message("squashed"))
    #expect(try place.outcomes(since: "HEAD~1").last == "unreviewed")
  }
}
