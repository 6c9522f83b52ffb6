import Testing

@testable import ReviewCore

@Suite struct PolicyErrorTests {
  /// A file and what is said about it, without the path in front.
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var said: [String]
    var testDescription: String { String(file.prefix(60)).debugDescription }

    init(_ file: String, _ said: String...) { (self.file, self.said) = (file, said) }
  }

  static let values: [Case] = [
    Case(
      "version: 1\norigin:\n  unatributed: agent\n",
      "3:3: unknown key 'unatributed'. Did you mean 'unattributed'?"
    ),
    Case(
      "version: 1\nrequire: signed",
      "2:1: unknown key 'require'. Did you mean 'review: require'?"
    ),
    Case("version: 1\nzebra: 1", "2:1: unknown key 'zebra'"),
    Case(
      "Version: 1",
      "1:1: 'version' is missing",
      "1:1: unknown key 'Version'. Did you mean 'version'?"
    ),
    Case("gate:\n  ci: warn", "1:1: 'version' is missing"),
    Case("version: \"1\"", "1:10: 'version' takes a number, not text in quotes"),
    Case("version: one", "1:10: 'version' takes a number, not text"),
    Case("version: 01", "1:10: 'version' takes a number, not text"),
    Case("version:", "1:9: 'version' takes a number, not nothing"),
    Case("version: 2\nnew: key", "1:10: version 2 is not known; this program reads version 1"),
    Case(
      "version: 1\nreview:\n  approvals: \"2\"",
      "3:14: 'approvals' takes a number, not text in quotes"
    ),
    Case(
      "version: 1\nreview: {approvals: 0}",
      "2:21: 'approvals' can not be 0; it is a number from 1 to 10"
    ),
    Case(
      "version: 1\nreview: {approvals: 99999999999999999999}",
      "2:21: 'approvals' can not be 99999999999999999999; it is a number from 1 to 10"
    ),
    Case("version: 1\nreview: {approvals: 0x2}", "2:21: 'approvals' takes a number, not text"),
    Case("version: 1\nreview: {approvals: -1}", "2:21: 'approvals' takes a number, not text"),
    Case(
      "version: 1\nreview: {max-age-days: 0}",
      "2:24: 'max-age-days' can not be 0; it is a number from 1 to 3650"
    ),
    Case(
      "version: 1\ngate: {ci: Off}",
      "2:12: 'ci' can not be 'Off'; it is one of off, observe, warn, block. Did you mean 'off'?"
    ),
    Case(
      "version: 1\ngate: {ci: false}",
      "2:12: 'ci' can not be 'false'; it is one of off, observe, warn, block"
    ),
    Case(
      "version: 1\ngate: {ci: [off]}",
      "2:12: 'ci' takes one of off, observe, warn, block, not a list"
    ),
    Case("version: 1\ngate: {[a]: b}\n", "2:7: 'gate' takes keys of text, not a list"),
    Case("version: 1\ngate: off", "2:7: 'gate' takes keys and values, not text"),
    Case("version: 1\ngate:", "2:6: 'gate' takes keys and values, not nothing"),
    Case("version: 1\nrules: {}", "2:8: 'rules' takes a list, not keys and values"),
    Case(
      "version: 1\npaths: {exempt: \"*.lock\"}",
      "2:17: 'exempt' takes a list, not text in quotes"
    ),
    Case("version: 1\npaths: {exempt: [~]}", "2:18: 'exempt' takes patterns, not nothing"),
    Case(
      "version: 1\npaths: {exempt: [\"a/../b\"]}",
      "2:18: the pattern 'a/../b' can not be used: it has the component '..', which no path has"
    ),
    Case(
      "version: 1\ntrailers: {write: [agent-lines, agent-lines]}",
      "2:33: 'write' lists 'agent-lines' twice"
    ),
    Case(
      "version: 1\nrules:\n  - require: signed",
      "3:5: a rule needs 'paths' and at least one thing to require"
    ),
    Case(
      "version: 1\nrules:\n  - paths: [a]",
      "3:5: a rule needs 'paths' and at least one thing to require"
    ),
    Case("version: 1\ngate: {baseline: -x}", "2:18: '-x' can not name a revision"),
    Case("version: 1\ngate: {baseline: a..b}", "2:18: 'a..b' can not name a revision"),
    Case("version: 1\ngate: {baseline: \"a b\"}", "2:18: 'a b' can not name a revision"),
    Case("version: 1\nversion: 1", "1:1: 'version' is there twice"),
    Case("version: 1\ngate:\n  ci: off\n  ci: off", "3:3: 'ci' is there twice"),
    Case("[version]", "1:1: 'policy' takes keys and values, not a list"),
    Case("- version: 1", "1:1: 'policy' takes keys and values, not a list"),
    Case(
      "version: 1\ngate:\n  cl: off\nlimits:\n  max-hunk: 1",
      "3:3: unknown key 'cl'. Did you mean 'ci'?",
      "5:3: unknown key 'max-hunk'. Did you mean 'max-hunks'?"
    ),
    Case("version: 1\n\"ga\\u001bte\": 1", "2:1: unknown key 'ga^[te'. Did you mean 'gate'?"),
  ]

  @Test(arguments: values)
  func `says where a value is wrong and what was meant`(sample: Case) {
    #expect(said(about: sample.file) == sample.said)
  }

  static let syntax: [Case] = [
    Case("", "1:1: the file is empty; it must at least say 'version: 1'"),
    Case("\n# only this\n\n", "1:1: the file is empty; it must at least say 'version: 1'"),
    Case("---\n", "1:1: the file is empty; it must at least say 'version: 1'"),
    Case("version: 1\n\tgate: x", "2:1: a tab; indent with spaces"),
    Case("version: 1 \u{0}", "1:12: the character U+0000 is not allowed"),
    Case("version: 1\rgate: x", "1:11: the character U+000D is not allowed"),
    Case("version: 1\u{85}gate: x", "1:11: the character U+0085 is not allowed"),
    Case("version: 1 # é\u{2028}gate: x", "1:15: the character U+2028 is not allowed"),
    Case("\u{feff}version: 1", "1:1: the character U+FEFF is not allowed"),
    Case("version: 1 # \u{202e}", "1:14: the character U+202E is not allowed"),
    Case("version: 1\n---\nversion: 1", "2:1: a policy is one document"),
    Case("version: 1\n...\n", "2:1: a policy is one document"),
    Case("--- version: 1", "1:5: unexpected 'v'"),
    Case("%YAML 1.1\n---\nversion: 1", "1:1: directives ('%') have no place in a policy"),
    Case(
      "version: &a 1",
      "1:10: '&' starts an anchor, which a policy can not have; put text in quotes"
    ),
    Case(
      "version: 1\npaths:\n  exempt:\n    - *.lock",
      "4:7: '*' starts an alias, which a policy can not have; put patterns in quotes"
    ),
    Case(
      "version: 1\npaths: {exempt: [*a]}",
      "2:18: '*' starts an alias, which a policy can not have; put patterns in quotes"
    ),
    Case(
      "version: !!int 1",
      "1:10: '!' starts a tag, which a policy can not have; put text in quotes"
    ),
    Case("version: |\n  1", "1:10: block text ('|' and '>') has no place in a policy"),
    Case("? version\n: 1", "1:1: unexpected '?'"),
    Case("[a]: 1", "1:4: unexpected ':'"),
    Case("version: \"1\n\"", "1:10: the quote is not closed on its line"),
    Case(
      "version: 1\n  2",
      "2:3: expected 'key: value' or '- item', each value on the line of its key"
    ),
    Case(
      "version:\n  1",
      "2:3: expected 'key: value' or '- item', each value on the line of its key"
    ),
    Case(
      "version: 1\npaths: {exempt: [a\n b]}",
      "3:2: expected 'key: value' or '- item', each value on the line of its key"
    ),
    Case("version: 1 2: 3", "1:13: unexpected ':'"),
    Case("version: - 1", "1:10: unexpected '-'"),
    Case("version: @x", "1:10: unexpected '@'"),
    Case("version: \"1\" x", "1:14: unexpected 'x'"),
    Case("version: 1\npaths: [?x]", "2:9: unexpected '?'"),
    Case("a: " + String(repeating: "[", count: 100_000), "1:19: nested more than 16 levels deep"),
    Case(String(repeating: "- ", count: 100_000), "1:33: nested more than 16 levels deep"),
    Case(
      String(repeating: "#", count: 262_145),
      "1:1: the file is larger than 262144 bytes"
    ),
  ]

  @Test(arguments: syntax)
  func `refuses what a policy does not need of YAML`(sample: Case) {
    #expect(said(about: sample.file) == sample.said)
  }

  @Test(arguments: [
    "version: 1\ngate: {", "version: 1\n gate: x", "version: 1\npaths: [a}", "version: \"\\q\"",
    "version: 1\ngate:\n    ci: off\n  push: off", "]", "version: 1]", "a: b: c", ": 1",
    "version: 1\npaths: [- a]", "version: \"\\uD800\"", "version: 1\n\"gate\" {}", "{version: 1",
  ])
  func `refuses what is no YAML at all`(file: String) {
    #expect(throws: PolicyErrors.self) { try PolicyFile.parse(Array(file.utf8)) }
  }

  static let large: [Case] = [
    (0..<20_000).map { "k\($0): 1\n" }.joined(),
    "x: {a: [" + String(repeating: "b, ", count: 80_000) + "]}",
    "x: " + String(repeating: "{", count: 14) + String(repeating: "b, ", count: 80_000)
      + String(repeating: "}: 1", count: 14),
    "paths: {exempt: [" + String(repeating: "'[',", count: 60_000) + "]}",
    "x: \"" + String(repeating: "\\x41", count: 60_000) + "\"",
  ].map { Case("version: 1\n" + $0) }

  @Test(arguments: large)
  func `answers large hostile files quickly and briefly`(sample: Case) {
    var lines: [String] = []
    let elapsed = ContinuousClock().measure { lines = said(about: sample.file) }
    #expect((1...PolicyReader.maxErrors).contains(lines.count))
    #expect(lines.allSatisfy { $0.utf8.count < 400 })
    #expect(elapsed < .seconds(20))
  }

  @Test func `says where bytes are not UTF-8`() {
    let bytes = Array("version: 1\n# é".utf8) + [0xff]
    #expect(throws: PolicyErrors(PolicyError(line: 2, column: 4, problem: .notUTF8(0xff)))) {
      try PolicyFile.parse(bytes)
    }
  }

  private func said(about file: String) -> [String] {
    do {
      _ = try PolicyFile.parse(Array(file.utf8))
      return []
    } catch {
      return error.all.map { String($0.description.dropFirst(PolicyFile.path.count + 1)) }
    }
  }
}
