import Foundation
import Glibc
import TestSupport
import Testing

/// Terminals, locales, signals and services: nothing is ever asked in a hook, and nothing hangs.
@Suite struct SurroundingsTests {
  private func staged() throws -> Workplace {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block, "größe.swift": Workplace.block])
    return place
  }

  // Case 35.
  @Test func `an interrupt in the hook leaves no lock and no commit`() throws {
    let place = try Workplace(hooks: false)
    let hook = "#!/bin/sh\necho waiting\nsleep 30\n"
    try place.repository.write(".git/hooks/pre-commit", hook, executable: true)
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    let before = try place.repository.head
    let terminal = try PseudoTerminal(
      "/usr/bin/git",
      ["commit", "-m", Workplace.message("a")],
      environment: place.repository.environment,
      directory: place.path
    )
    try terminal.waitFor("waiting")
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit() != 0)
    #expect(terminal.isCooked)
    #expect(try place.repository.head == before)
    #expect(try place.repository.run(["/usr/bin/find", ".", "-name", "*.lock"]).stdout == "")
    try place.blocks("commit", "-m", Workplace.message("a"))
  }

  // Case 35: the program itself, stopped in the middle of a long read.
  @Test func `an interrupt of the program leaves no lock and no scratch file`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.lines(1...100_000)])
    let terminal = try PseudoTerminal(
      "/usr/bin/git",
      ["commit", "-m", Workplace.message("a")],
      environment: place.repository.environment,
      directory: place.path
    )
    usleep(150_000)
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit() != 0)
    #expect(terminal.isCooked)
    #expect(try place.repository.run(["/usr/bin/find", ".", "-name", "*.lock"]).stdout == "")
    #expect(try place.repository.git("rev-list", "--count", "HEAD") == "1")
    try place.blocks("commit", "-m", Workplace.message("a"))
    let scratch = try place.repository.run(["/usr/bin/find", ".git/reviewgate", "-name", "index.*"])
    #expect(scratch.stdout == "", "a later run tidies up")
  }

  // Case 36.
  @Test func `a commit at a terminal in the background is not stopped`() throws {
    let place = try staged()
    let script = try place.script(
      "background",
      """
      set -m
      git commit -m "$1" >out 2>&1 &
      wait $!
      echo "ended with $?"

      """
    )
    let terminal = try PseudoTerminal(
      "/bin/sh",
      [script, Workplace.message("a")],
      environment: place.repository.environment,
      directory: place.path
    )
    try terminal.waitFor("ended with 1")
    #expect(try place.read("out").contains("reviewgate: commit blocked."))
  }

  // Case 36: every other test runs without a terminal; this one is what cron and GUIs give.
  @Test func `a service with a small environment is judged the same`() throws {
    let place = try staged()
    let small = ["PATH": "/usr/bin:/bin", "HOME": place.repository.sandbox + "/home"]
    let words = ["git", "commit", "-m", Workplace.message("a")]
    let output = try DetachedCommand(words, environment: small, directory: place.path).wait()
    #expect(output.status == 1)
    #expect(output.stderr.contains("20 AI-written lines in 2 files"))
  }

  // Case 37. Git runs hooks with standard error as it was given: here, a file.
  @Test(
    arguments: [
      [:], ["NO_COLOR": "1"], ["LC_ALL": "C"], ["LC_ALL": "de_DE.ISO-8859-1"],
      ["CLICOLOR_FORCE": "0"], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"],
      ["CLICOLOR_FORCE": "1", "TERM": "dumb"],
    ] as [[String: String]]
  )
  func `into a file goes plain ASCII`(variables: [String: String]) throws {
    let place = try staged()
    let env = ["TERM": "xterm"].merging(variables) { $1 }
    let said = try place.blocks("commit", "-m", Workplace.message("a"), env: env)
    #expect(said.utf8.allSatisfy { $0 == 10 || (0x20..<0x7f).contains($0) }, "\(said)")
  }

  // Case 37.
  @Test func `colour can be forced into a pipe`() throws {
    let place = try staged()
    let env = ["CLICOLOR_FORCE": "1", "TERM": "xterm"]
    #expect(
      try place.blocks("commit", "-m", Workplace.message("a"), env: env).contains("\u{1b}[31m")
    )
    let check = try place.gate("check", "--staged", env: env)
    #expect(check.stdout.contains("\u{1b}[31m"))
    let json = try place.gate("check", "--staged", "--format", "json", env: env)
    #expect(!json.stdout.contains("\u{1b}"))
  }

  // Case 37.
  @Test(arguments: [
    ("xterm", [:], true), ("dumb", [:], false), ("xterm", ["NO_COLOR": "1"], false),
  ])
  func `a terminal gets colour unless it says otherwise`(
    term: String,
    variables: [String: String],
    isColoured: Bool
  ) throws {
    let place = try staged()
    let given = variables.merging(["TERM": term, "LC_ALL": "C.UTF-8"]) { $1 }
    let terminal = try PseudoTerminal(
      "/usr/bin/git",
      ["commit", "-m", Workplace.message("a")],
      environment: place.repository.environment.merging(given) { $1 },
      directory: place.path
    )
    #expect(try terminal.waitForExit() == 1)
    #expect(terminal.output.contains("\u{1b}[") == isColoured, "\(terminal.output)")
    #expect(terminal.output.contains("größe.swift:1-10") == (term == "xterm"))
  }

  /// Under an agent the first hook refuses, before a message is typed.
  @Test func `an agent's environment is enough`() throws {
    let place = try staged()
    let editor = try place.script("editor", "echo typed >>'\(place.path)/typed'\n")
    let said = try place.blocks("commit", env: ["CLAUDECODE": "1", "GIT_EDITOR": editor])
    #expect(said.contains("A human must run `reviewgate review`."))
    #expect(!said.contains("REVIEWGATE_SKIP"))
    #expect(!place.exists("typed"))
  }

  /// Variables of the caller's git must not change what is read.
  @Test(
    arguments: [
      ["GIT_EXTERNAL_DIFF": "true"], ["GIT_TRACE": "1"], ["GIT_PAGER": "false"],
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "diff.noprefix", "GIT_CONFIG_VALUE_0": "1"],
      ["GIT_OPTIONAL_LOCKS": "0"], ["LC_ALL": "C.UTF-8", "LANGUAGE": "de"],
    ] as [[String: String]]
  )
  func `the caller's git settings change no verdict`(variables: [String: String]) throws {
    let place = try staged()
    let said = try place.blocks("commit", "-m", Workplace.message("a"), env: variables)
    #expect(said.contains("20 AI-written lines in 2 files"))
  }
}
