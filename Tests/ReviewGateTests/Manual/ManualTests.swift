import Foundation
import TestSupport
import Testing

/// Help, completions and the manual page: made from the commands, and read by the real programs.
@Suite struct ManualTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let page = root.appending(path: "docs/man/reviewgate.1")

  /// Where a program is; nil where it is not installed.
  private static func find(_ program: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + program }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private func run(_ command: [String], stdin: String = "") throws -> CommandOutput {
    try DetachedCommand(
      command,
      environment: [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb",
        "COLUMNS": "80", "MANWIDTH": "80", "HOME": "/nonexistent",
      ],
      directory: "/",
      stdin: stdin
    ).wait()
  }

  private func tree() throws -> CommandTree {
    let dump = try run([BuiltProgram.path, "--experimental-dump-help"])
    #expect(dump.status == 0)
    return try JSONDecoder().decode(CommandTree.self, from: Data(dump.stdout.utf8))
  }

  private func commands(_ command: CommandTree.Command, _ path: [String] = []) -> [[String]] {
    let nested = (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
    return [path] + nested.flatMap { commands($0, path + [$0.commandName]) }
  }

  // MARK: - Help

  @Test func `help of every command fits 80 columns`() throws {
    for command in commands(try tree().command) {
      let help = try run([BuiltProgram.path] + command + ["--help"])
      #expect(help.status == 0)
      for line in help.stdout.split(separator: "\n") {
        #expect(line.count <= 80, "\(command): \(line)")
      }
    }
  }

  // MARK: - The page

  // Case 15.
  @Test func `the manual page says what the commands say`() throws {
    let version = try run([BuiltProgram.path, "--version"]).stdout
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let text = ManualPage(tree: try tree(), version: version).text
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(text.utf8).write(to: Self.page)
      return
    }
    let stored = String(decoding: try Data(contentsOf: Self.page), as: UTF8.self)
    #expect(text == stored, "RECORD_SNAPSHOTS=1 makes docs/man/reviewgate.1 again")
  }

  // Case 15.
  @Test(.enabled(if: find("groff") != nil, "groff is not installed"))
  func `groff renders the page without a warning`() throws {
    let groff = Self.find("groff") ?? ""
    let output = try run([groff, "-man", "-ww", "-Tutf8", "-P-cbou", Self.page.path])
    #expect(output.status == 0 && output.stderr == "", "\(output.stderr)")
    for command in commands(try tree().command).dropFirst() {
      #expect(output.stdout.contains("reviewgate " + command.joined(separator: " ")))
    }
    #expect(output.stdout.contains("--max-annotations N"))
    #expect(output.stdout.contains("EXIT STATUS"))
  }

  // Case 15.
  @Test(.enabled(if: find("man") != nil && find("groff") != nil, "man is not installed"))
  func `man shows the page`() throws {
    let output = try run([Self.find("man") ?? "", "--warnings", "-l", Self.page.path])
    #expect(output.status == 0 && output.stderr == "", "\(output.stderr)")
    #expect(output.stdout.contains("REVIEWGATE(1)"))
  }

  // MARK: - Completions

  private func script(_ shell: String) throws -> String {
    let output = try run([BuiltProgram.path, "--generate-completion-script", shell])
    #expect(output.status == 0)
    return output.stdout
  }

  // Case 15.
  @Test func `bash completes commands, options and values`() throws {
    let program = """
      \(try script("bash"))
      COMP_WORDS=(reviewgate "$@"); COMP_CWORD=$#
      COMP_LINE="reviewgate $*"; COMP_POINT=${#COMP_LINE}
      _reviewgate reviewgate "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    func complete(_ words: String...) throws -> [String] {
      let output = try run(["/bin/bash", "-s", "--"] + words, stdin: program)
      #expect(output.status == 0, "\(output.stderr)")
      return output.stdout.split(separator: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    #expect(try complete("che") == ["check"])
    #expect(try complete("check", "--max").contains("--max-annotations"))
    #expect(try complete("check", "--format", "s") == ["sarif"])
  }

  // Case 15.
  @Test(.enabled(if: find("zsh") != nil, "zsh is not installed"))
  func `zsh loads the completions`() throws {
    let program = "autoload -Uz compinit && compinit -u -D\n" + (try script("zsh"))
    let output = try run(
      [Self.find("zsh") ?? "", "-f", "-s"],
      stdin: program + "\ntype _reviewgate\n"
    )
    #expect(output.stdout.contains("_reviewgate is a shell function"), "\(output)")
    #expect(output.stderr == "")
  }

  // Case 15.
  @Test(.enabled(if: find("fish") != nil, "fish is not installed"))
  func `fish completes commands and values`() throws {
    let program =
      (try script("fish"))
      + "\ncomplete -C 'reviewgate che'\ncomplete -C 'reviewgate check --format s'\n"
    let output = try run([Self.find("fish") ?? "", "--no-config"], stdin: program)
    #expect(output.stdout.contains("check"), "\(output)")
    #expect(output.stdout.contains("sarif"))
  }
}
