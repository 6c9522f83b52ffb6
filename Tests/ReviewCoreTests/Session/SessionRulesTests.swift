import ReviewCore
import Testing

/// Who counts as a person at a terminal.
@Suite struct HumanPresenceTests {
  private static func evidence(
    _ strength: Evidence.Strength,
    _ kind: Evidence.Kind = .environment
  ) -> Evidence {
    Evidence(kind: kind, agent: "claude-code", text: Array("CLAUDECODE=1".utf8), strength: strength)
  }

  @Test func `a terminal and no hint is a person`() {
    #expect(HumanPresence.decide(hasControllingTerminal: true, environment: []) == .person)
  }

  @Test func `nobody is there without a terminal`() {
    let presence = HumanPresence.decide(hasControllingTerminal: false, environment: [])
    #expect(presence == .nobody(.noTerminal))
  }

  @Test(arguments: [Evidence.Strength.certain, .likely], [true, false])
  func `an agent's environment refuses, terminal or not`(
    strength: Evidence.Strength,
    terminal: Bool
  ) {
    let found = [Self.evidence(.weak), Self.evidence(strength)]
    let presence = HumanPresence.decide(hasControllingTerminal: terminal, environment: found)
    #expect(presence == .nobody(.agent(Self.evidence(strength))))
  }

  @Test func `weak hints are not enough, however many`() {
    let found = [Self.evidence(.weak), Self.evidence(.weak)]
    #expect(HumanPresence.decide(hasControllingTerminal: true, environment: found) == .person)
  }

  @Test func `the sentence for agents never changes`() {
    #expect(
      HumanPresence.refusal
        == "A human must run `reviewgate review`. Do not retry, do not bypass."
    )
  }
}

/// The remarks on size and speed.
@Suite struct SessionAdviceTests {
  @Test(arguments: [(0, false), (400, false), (401, true)])
  func `warns of a large session`(lines: Int, warns: Bool) {
    #expect((SessionAdvice.before(changedLines: lines) != nil) == warns)
  }

  @Test(arguments: [
    (49, 1, nil), (50, 120, nil), (50, 119, 1_512), (1_500, 3_600, nil), (1_501, 3_600, 1_501),
    (50, 0, 180_000),
  ])
  func `notices reading faster than people do`(lines: Int, seconds: Int, rate: Int?) {
    let advice = SessionAdvice.after(changedLines: lines, seconds: seconds)
    #expect(advice == rate.map { .fast(linesPerHour: $0) })
  }
}

/// The number that confirms many lines at once.
@Suite struct BulkApprovalTests {
  private let approval = BulkApproval(files: [
    .init(path: "a\u{1b}b", changedLines: 12), .init(path: "c", changedLines: 1),
  ])

  @Test(arguments: [
    ("13", true), (" 13\t", true), ("13\n", true), ("013", false), ("+13", false), ("12", false),
    ("", false), ("y", false), ("yes", false), ("13 1", false), ("１３", false),
  ])
  func `only the exact number confirms`(typed: String, confirms: Bool) {
    #expect(approval.isConfirmed(by: typed) == confirms)
  }

  @Test func `shows each file with its count`() {
    #expect(approval.summary.dropFirst() == ["  12 lines  a^[b", "   1 line   c"])
  }
}

/// How an editor is chosen and called.
@Suite struct EditorCommandTests {
  @Test(
    arguments: [
      ([:], "vi"), (["EDITOR": "nano"], "nano"), (["EDITOR": "nano", "VISUAL": "vim"], "nano"),
      (["EDITOR": "nano", "VISUAL": "vim", "TERM": "xterm"], "vim"),
      (["GIT_EDITOR": "ed", "VISUAL": "vim", "TERM": "xterm"], "ed"),
      (["GIT_EDITOR": "", "EDITOR": "nano"], "nano"),
    ] as [([String: String], String)]
  )
  func `chooses as git does`(environment: [String: String], editor: String) {
    #expect(EditorCommand(environment: environment).editor == editor)
  }

  @Test(arguments: [
    ("vim -n", "/a b", ["+7", "/a b"]), ("/usr/bin/nano", "x", ["+7", "./x"]),
    ("code --wait", "/x", ["/x"]), ("ed", "-c", ["./-c"]),
  ])
  func `passes the line only to editors that take it`(
    editor: String,
    path: String,
    target: [String]
  ) {
    let arguments = EditorCommand(editor).arguments(path: path, line: 7)
    #expect(arguments == ["sh", "-c", editor + " \"$@\"", editor] + target)
  }
}

/// Whether there is colour.
@Suite struct StyleTests {
  @Test(
    arguments: [
      (["TERM": "xterm"], true), (["TERM": "dumb"], false), ([:], false), (["TERM": ""], false),
      (["TERM": "xterm", "NO_COLOR": "1"], false), (["TERM": "xterm", "NO_COLOR": ""], true),
    ] as [([String: String], Bool)]
  )
  func `follows the environment`(environment: [String: String], colour: Bool) {
    #expect(Style(environment: environment).colour == colour)
  }

  @Test func `paints a role and nothing else`() {
    #expect(Style(colour: true).paint("+ a", .added) == "\u{1b}[32m+ a\u{1b}[0m")
    #expect(Style(colour: false).paint("+ a", .added) == "+ a")
  }
}
