import Foundation
import TestSupport
import Testing

/// Attacks on what is looked at: the index that counts, the message, and what a diff shows.
@Suite struct HidingAttackTests {
  private static let claude = "Claude <noreply@anthropic.com>"

  /// A person's file, and an agent's file that is approved and staged.
  private func approvedBesideWork() throws -> Workplace {
    let place = try Workplace()
    try place.land(["a.swift": "by hand\n"], message: "by hand")
    try place.stage(["b.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("b"))
    try place.approve("--staged")
    try place.repository.write("a.swift", "by hand\n" + Workplace.lines(1...7, "late"))
    return place
  }

  // Attack 8.
  @Test func `a partial commit is judged on what it takes, not on what is approved and staged`()
    throws
  {
    let place = try approvedBesideWork()
    let said = try place.blocks("commit", "-m", Workplace.message("a"), "a.swift")
    #expect(said.contains("a.swift:2-8") && !said.contains("b.swift"), "\(said)")
    try place.passes("commit", "--quiet", "-m", Workplace.message("b"))
    #expect(try place.repository.git("show", "--name-only", "--format=", "HEAD") == "b.swift")
  }

  // Attack 9.
  @Test func `commit -a takes nothing in beside what is approved`() throws {
    let place = try approvedBesideWork()
    let said = try place.blocks("commit", "-a", "-m", Workplace.message("all"))
    #expect(said.contains("a.swift:2-8") && !said.contains("b.swift:"), "\(said)")
  }

  /// Messages in which git's own parser finds no agent.
  static let hidden = [
    "Add x\n\nCo-authored-by: \(claude)\nand a line of prose\nmore of it\nand more\n",
    "Add x\n\nCo-authored-by: \(claude)\n\nOne more paragraph.\n",
    "Add x\n\nBody\n---\n\nCo-authored-by: \(claude)\n",
    "Co-authored-by: \(claude)\n",
    "Add x\n\nCo-\u{200b}authored-by: \(claude)\n", "Add x\n\nСо-аuthоrеd-bу: \(claude)\n",
    "Add x\n\nReviewed-by: Jo <jo@example.org>\n  Co-authored-by: \(claude)\n",
    "Add x (#1)\n\n* one\n\nCo-authored-by: \(claude)\n\n* two\n\nSigned-off-by: Jo <jo@example.org>\n",
    "Add x\n\nCo-authored-by = \(claude)\n",
  ]

  // Attack 26: what git does not take for a trailer accuses all the same.
  @Test(arguments: hidden)
  func `a hidden trailer is found`(message: String) throws {
    let place = try Workplace(hooks: false)
    let parsed = try place.repository.run(
      ["/usr/bin/env", "git", "interpret-trailers", "--parse"],
      stdin: message
    ).stdout
    #expect(!parsed.split(separator: "\n").contains { $0.hasPrefix("Co-authored-by: Claude") })
    try place.stage(["a.swift": Workplace.block])
    try place.repository.git("commit", "--quiet", "--cleanup=verbatim", "-F", "-", stdin: message)
    let check = try place.gate("check", "--commit", "HEAD")
    #expect(check.status == 1, "\(check)")
    #expect(check.stdout.contains("10 AI-written lines in 1 file"), "\(check)")
  }

  // Attack 26: settings of the repository change what git calls a trailer, and nothing here.
  @Test func `other separators hide nothing`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("config", "trailer.separators", "=")
    try place.land(["a.swift": Workplace.block])
    #expect(try place.gate("check", "--commit", "HEAD").status == 1)
  }

  /// Attack 29. The case blocks whenever the branch of the squash names an agent.
  ///
  /// Where nothing in a squash says that an agent took part and a policy takes that for a person's work,
  /// nothing accuses it: the branch itself is judged where it lands or is requested, with its own
  /// messages. A policy that distrusts silence blocks, until the steps of the branch cover it.
  // Attack 29.
  @Test(arguments: [true, false])
  func `a squash that names nobody is covered by the reviews of its branch`(presumes: Bool) throws {
    let place = try Workplace(hooks: false)
    if presumes {
      let policy = "version: 1\norigin: {unattributed: agent}\n"
      try place.land([".reviewgate/policy.yml": policy], message: "policy")
    }
    let base = try place.repository.head
    try place.repository.git("switch", "--quiet", "-c", "topic")
    try place.land(["a.swift": Workplace.block])
    try place.land(["a.swift": Workplace.block + Workplace.lines(11...14)])
    let source = try place.repository.head
    try place.repository.git("switch", "--quiet", "main")
    try place.repository.git("merge", "--quiet", "--squash", "topic")
    try place.repository.git("commit", "--quiet", "-m", "Add a (#1)")
    #expect(try place.check(since: base).status == (presumes ? 1 : 0))
    for commit in ["\(source)~1", source] { try place.approve("--commit", commit) }
    let covered = try place.check(since: base)
    #expect(covered.status == 0, "\(covered)")
    if presumes { #expect(covered.stdout.contains("all reviewed"), "\(covered)") }
  }

  // Attack 60.
  @Test func `attributes that come with a change hide no hunk of it, and are judged themselves`()
    throws
  {
    let place = try Workplace(hooks: false)
    try place.repository.git("config", "core.attributesFile", place.path + "/attributes")
    let base = try place.repository.head
    try place.land([
      ".gitattributes": "*.py -diff -text\n", "attributes": "* binary\n",
      "evil.py": Workplace.block,
    ])
    let check = try place.check(since: base)
    #expect(check.status == 1)
    for place in [".gitattributes:1", "attributes:1", "evil.py:1-10"] {
      #expect(check.stdout.contains(place), "\(check)")
    }
  }

  // Attack 62. The case asks for a warning as well; attributes are never read here, so there is
  // nothing that could be said of them, or be got wrong.
  @Test func `what a filter stores is what is shown and approved`() throws {
    let place = try Workplace(hooks: false)
    try place.land([".gitattributes": "*.txt filter=swap\n"], message: "attributes")
    try place.repository.git("config", "filter.swap.clean", "sed s/EVIL/GOOD/")
    try place.repository.git("config", "filter.swap.smudge", "sed s/GOOD/EVIL/")
    let text = Workplace.lines(1...5, "EVIL")
    try place.stage(["a.txt": text])
    #expect(try place.repository.git("cat-file", "blob", ":a.txt").contains("GOOD1"))
    try place.repository.git("commit", "--quiet", "-m", Workplace.message("a"))
    try place.approve("--commit", "HEAD")
    #expect(try place.gate("check", "--commit", "HEAD").status == 0)
    let shown = try place.gate("explain", "--commit", "HEAD", "a.txt")
    #expect(!shown.stdout.contains("EVIL"), "\(shown)")
    // Without the filter the worktree's text is another one, and nobody approved it.
    try place.repository.git("config", "--unset", "filter.swap.clean")
    try place.repository.git("reset", "--quiet", "--soft", "HEAD~1")
    try place.repository.write("a.txt", text)
    try place.repository.git("add", "--renormalize", "a.txt")
    try place.repository.git("commit", "--quiet", "-m", Workplace.message("a"))
    #expect(try place.repository.git("cat-file", "blob", "HEAD:a.txt").contains("EVIL1"))
    #expect(try place.gate("check", "--commit", "HEAD").status == 1)
  }

  // Attack 63.
  @Test(arguments: [("\u{202e}", "<U+202E>"), ("\u{200b}", "<U+200B>"), ("\u{2066}", "<U+2066>")])
  func `a character that does not show is shown before it can be approved`(
    mark: String,
    shown: String
  ) throws {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": "let isAdmin = \"user\(mark)\" // check of the role\n"])
    #expect(try place.gate("check", "--commit", "HEAD").status == 1)
    let terminal = try PseudoTerminal(
      Workplace.program,
      ["review", "--commit", "HEAD"],
      environment: place.repository.environment,
      directory: place.path
    )
    try terminal.waitFor("Approve this")
    #expect(terminal.output.contains(shown), "\(terminal.screen)")
    #expect(!terminal.output.contains(mark))
    terminal.send("y\r")
    _ = try terminal.waitForExit()
    #expect(try place.gate("check", "--commit", "HEAD").status == 0)
  }
}
