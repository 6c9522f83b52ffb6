import ReviewCore
import TestSupport
import Testing

@Suite struct RosterTests {
  static let ed = TestKey().line
  static let other = TestKey(seed: 2).line
  static let hardware = TestKey(.hardwareEd25519, seed: 3).line
  static let p256 = TestKey(.p256, seed: 4).line

  static func parse(_ text: String) -> Result<Roster, RosterErrors> {
    Result { () throws(RosterErrors) in try RosterFile.parse(Array(text.utf8)) }
  }

  static func mistakes(_ text: String) -> [String] {
    guard case .failure(let errors) = parse(text) else { return [] }
    return errors.all.map(\.description)
  }

  @Test func `reads people, aliases, options, comments and blank lines`() throws {
    let text = """
      # The reviewers.

      alice@example.com,Alice.Home@example.org \(Self.ed) laptop of Alice
        alice@example.com namespaces="git,reviewgate-review@v1",valid-before="20270101" \(Self.hardware)
      bob@example.com valid-after=202601011230Z \(Self.p256)\r

      """
    let roster = try Self.parse(text).get()
    #expect(roster.people == ["alice@example.com", "bob@example.com"])
    #expect(roster.entries.map(\.line) == [3, 4, 5])
    #expect(roster.entries[0].comment == "laptop of Alice")
    #expect(roster.entries[1].validBefore == 1_798_761_600)
    #expect(roster.entries[2].validAfter == 1_767_270_600)
    #expect(roster.person(named: "alice.home@EXAMPLE.org") == "alice@example.com")
    #expect(roster.person(named: "mallory@example.com") == nil)
    #expect(
      roster.names(of: "alice@example.com") == ["alice@example.com", "alice.home@example.org"]
    )
    #expect(roster.entry(ofKey: TestKey(.p256, seed: 4).blob)?.person == "bob@example.com")
    #expect(roster.entry(ofKey: TestKey(seed: 9).blob) == nil)
  }

  @Test func `a compromised key keeps its line, and proves nothing`() throws {
    let commit = String(repeating: "a", count: 40)
    let text = """
      alice@example.com compromised \(Self.ed) stolen
      alice@example.com compromised="\(commit)",valid-before=20270101 \(Self.other)
      alice@example.com \(Self.p256)
      """
    let roster = try Self.parse(text).get()
    let id = try #require(ObjectID(hex: commit))
    #expect(roster.entries.map(\.compromised) == [.ever, .after(id), nil])
    #expect(roster.entry(ofKey: TestKey().blob)?.person == "alice@example.com")
    #expect(roster.signer(ofKey: TestKey().blob) == nil)
    #expect(roster.signer(ofKey: TestKey(.p256, seed: 4).blob) != nil)
    #expect(roster.compromises.count == 2)
  }

  @Test(arguments: [
    ("a@example.com \(ed) my laptop", "a@example.com compromised \(ed) my laptop"),
    ("  a@example.com   \(ed)", "a@example.com compromised \(ed)"),
    (
      "a@example.com,b@example.com valid-before=\"20270101\",namespaces=\"reviewgate-review@v1\" \(ed)",
      "a@example.com,b@example.com compromised,valid-before=\"20270101\","
        + "namespaces=\"reviewgate-review@v1\" \(ed)"
    ),
  ])
  func `marking a key leaves the rest of the file alone`(line: String, marked: String) throws {
    let text = "# The reviewers.\n\n\(line)\nc@example.com \(Self.other)\n"
    let changed = try RosterFile.compromising(lines: [3], after: nil, in: Array(text.utf8))
    let expected = "# The reviewers.\n\n\(marked)\nc@example.com \(Self.other)\n"
    #expect(String(decoding: changed, as: UTF8.self) == expected)
  }

  @Test(arguments: ["", "\n\n", "# nobody yet\n"])
  func `lists nobody where nobody is listed`(text: String) throws {
    #expect(try Self.parse(text).get() == .empty)
  }

  /// The file, and what is said about it.
  static let wrong: [(String, String)] = [
    ("*@example.com \(ed)", "1:1: '*@example.com' has a wildcard"),
    ("a@example.com,b?@example.com \(ed)", "1:15: 'b?@example.com' has a wildcard"),
    ("!a@example.com \(ed)", "1:1: '!a@example.com' has a wildcard"),
    ("\"a b\" \(ed)", "1:1: a name in quotes"),
    ("a@example.com, \(ed)", "1:15: a name is missing"),
    ("a@example.com,A@example.com \(ed)", "1:15: 'A@example.com' is there twice"),
    ("noreply@anthropic.com \(ed)", "1:1: 'noreply@anthropic.com' is an agent or a bot"),
    (
      "49699333+dependabot[bot]@users.noreply.github.com \(ed)",
      "1:1: '49699333+dependabot[bot]@users.noreply.github.com' is an agent or a bot"
    ),
    ("a@example.com cert-authority \(ed)", "1:15: 'cert-authority' is not accepted"),
    ("a@example.com CERT-AUTHORITY,valid-after=20260101 \(ed)", "1:15: 'cert-authority' is not"),
    ("a@example.com touch-required \(ed)", "1:15: unknown option 'touch-required'"),
    ("a@example.com namespaces=\"git\" \(ed)", "1:15: 'namespaces' must name reviewgate-review@v1"),
    ("a@example.com namespaces=\"*\" \(ed)", "1:15: 'namespaces' must name"),
    ("a@example.com namespaces=\"reviewgate-review@v1,!x\" \(ed)", "1:15: 'namespaces' must name"),
    ("a@example.com namespaces \(ed)", "1:15: the option 'namespaces' is there twice or lacks"),
    ("a@example.com valid-after=2026 \(ed)", "1:15: '2026' is no time"),
    ("a@example.com valid-after=20260230 \(ed)", "1:15: '20260230' is no time"),
    (
      "a@example.com valid-after=20260101,valid-after=20260102 \(ed)",
      "1:36: the option 'valid-after' is there twice"
    ),
    (
      "a@example.com valid-after=20270101,valid-before=20260101 \(ed)",
      "1:15: the key is never valid"
    ),
    ("a@example.com compromised=20260101 \(ed)", "1:15: '20260101' is no full commit id"),
    ("a@example.com compromised= \(ed)", "1:15: '' is no full commit id"),
    (
      "a@example.com compromised,compromised \(ed)", "1:27: the option 'compromised' is there twice"
    ),
    ("a@example.com namespaces=\"x \(ed)", "1:15: the quote is not closed"),
    ("a@example.com", "1:14: the key is missing"),
    ("a@example.com ssh-ed25519", "1:26: the key is missing"),
    ("a@example.com ssh-rsa AAAAB3NzaC1yc2E=", "1:15: keys of the kind 'ssh-rsa' are not accepted"),
    ("a@example.com ssh-ed25519-cert-v01@openssh.com AAAA", "1:15: keys of the kind"),
    ("a@example.com ssh-ed25519 AAAA", "1:27: this is no key of its kind"),
    ("a@example.com ecdsa-sha2-nistp256 \(ed.dropFirst(12))", "1:35: this is no key of its kind"),
    ("a@example.com \(ed)\nb@example.com \(ed)", "2:1: the same key stands in line 1"),
    ("a@example.com \(ed)\na@example.com \(ed)", "2:1: the same key stands in line 1"),
    (
      "a@example.com,x@example.com \(ed)\nb@example.com,x@example.com \(other)",
      "2:1: 'x@example.com' is another person's name in line 1"
    ),
    (
      "a@example.com \(ed)\nA@example.com \(other)",
      "2:1: 'A@example.com' is another person's name in line 1"
    ),
    ("a@example.com\t\(ed)", "1:14: a tab; separate with spaces"),
    ("a@example.com \(ed) \u{202e}", ": the character U+202E is not allowed"),
    ("a@example.com \(ed)\rb@example.com \(other)", ": the character U+000D is not allowed"),
  ]

  @Test(arguments: wrong)
  func `names every mistake with its place`(text: String, message: String) {
    let mistakes = Self.mistakes(text)
    #expect(mistakes.count == 1, "\(mistakes)")
    #expect(mistakes.first?.hasPrefix(".reviewgate/reviewers:") == true)
    #expect(mistakes.first?.contains(message) == true, "\(mistakes)")
  }

  @Test func `says all mistakes at once`() {
    let text = "*@example.com \(Self.ed)\nb@example.com\n\nc@example.com ssh-rsa AAAA\n"
    #expect(Self.mistakes(text).count == 3)
  }

  @Test func `is bounded`() {
    #expect(Self.mistakes(String(repeating: "#", count: 300_000)).count == 1)
    let bytes = Array("a@example.com \(Self.ed)\n".utf8) + [0xff]
    #expect(throws: RosterErrors.self) { try RosterFile.parse(bytes) }
  }
}
