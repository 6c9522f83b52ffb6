import Foundation
import TestSupport
import Testing

@testable import ReviewGate

/// What git does with the shims.
@Suite struct HookShimTests {
  @Test func `a commit asks the program at every hook it passes`() throws {
    let hooked = try HookedRepository()
    try hooked.install()
    let (output, log) = try hooked.git("commit", "--allow-empty", "-m", "one")
    #expect(output.status == 0, "\(output.stderr)")
    #expect(
      log == [
        "ours [hook] [pre-commit]",
        "ours [hook] [prepare-commit-msg] [.git/COMMIT_EDITMSG] [message]",
        "ours [hook] [commit-msg] [.git/COMMIT_EDITMSG]", "ours [hook] [post-commit]",
      ]
    )
  }

  @Test func `a program that says no stops the commit`() throws {
    let hooked = try HookedRepository()
    try hooked.install()
    let (output, log) = try hooked.git(
      "commit",
      "--allow-empty",
      "-m",
      "one",
      env: ["STATUS_ours": "1"]
    )
    #expect(output.status == 1)
    #expect(log == ["ours [hook] [pre-commit]"])
    #expect(throws: CommandFailure.self) { try hooked.repository.head }
  }

  @Test func `a hook that was there runs first, with its arguments`() throws {
    let hooked = try HookedRepository(named: "it's a \"repo\" $HOME")
    try hooked.script(hooked.hooks + "/commit-msg", says: "theirs")
    try hooked.install()
    let (output, log) = try hooked.git("commit", "--allow-empty", "-m", "one")
    #expect(output.status == 0, "\(output.stderr)")
    #expect(
      log[2...3] == [
        "theirs [.git/COMMIT_EDITMSG]", "ours [hook] [commit-msg] [.git/COMMIT_EDITMSG]",
      ]
    )
  }

  @Test func `a hook that was there and fails stops before ours`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-commit", says: "theirs", status: 3)
    try hooked.install()
    let (output, log) = try hooked.git("commit", "--allow-empty", "-m", "one")
    #expect(output.status == 1)
    #expect(log == ["theirs"])
  }

  @Test func `a failing hook after the commit does not keep ours from seeing it`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/post-commit", says: "theirs", status: 1)
    try hooked.install()
    let (output, log) = try hooked.git("commit", "--allow-empty", "-m", "one")
    #expect(output.status == 0)
    #expect(log.suffix(2) == ["theirs", "ours [hook] [post-commit]"])
  }

  @Test func `both push hooks read all lines`() throws {
    let hooked = try HookedRepository()
    let remote = try TempRepository(bare: true)
    try hooked.repository.commit("one")
    try hooked.repository.git("branch", "other")
    try hooked.script(hooked.hooks + "/pre-push", says: "theirs")
    try hooked.install()
    let (output, log) = try hooked.git("push", "--quiet", remote.path, "main", "other")
    #expect(output.status == 0, "\(output.stderr)")
    let head = try hooked.repository.head
    let lines = ["main", "other"].map {
      "< refs/heads/\($0) \(head) refs/heads/\($0) \(String(repeating: "0", count: 40))"
    }
    let expected =
      ["theirs [\(remote.path)] [\(remote.path)]"] + lines.map { "theirs" + $0 }
      + ["ours [hook] [pre-push] [\(remote.path)] [\(remote.path)]"] + lines.map { "ours" + $0 }
    #expect(log == expected)
  }

  @Test func `a push hook that was there and fails stops the push`() throws {
    let hooked = try HookedRepository()
    let remote = try TempRepository(bare: true)
    try hooked.repository.commit("one")
    try hooked.script(hooked.hooks + "/pre-push", says: "theirs", status: 1)
    try hooked.install()
    let (output, log) = try hooked.git("push", "--quiet", remote.path, "main")
    #expect(output.status == 1)
    #expect(!log.contains { $0.hasPrefix("ours") })
    #expect(try remote.git("for-each-ref") == "")
  }

  @Test func `no copy of standard input is left behind`() throws {
    let hooked = try HookedRepository()
    let remote = try TempRepository(bare: true)
    try hooked.repository.commit("one")
    for status in [0, 1] {
      try hooked.script(hooked.hooks + "/pre-push", says: "theirs", status: status)
      try hooked.install()
      let scratch = hooked.repository.sandbox + "/scratch\(status)"
      try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: false)
      _ = try hooked.git("push", "--quiet", remote.path, "main", env: ["TMPDIR": scratch])
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == [])
      try hooked.uninstall()
    }
  }

  @Test func `an amend tells both hooks what was rewritten`() throws {
    let hooked = try HookedRepository()
    let old = try hooked.repository.commit("one")
    try hooked.script(hooked.hooks + "/post-rewrite", says: "theirs")
    try hooked.install()
    let log = try hooked.git("commit", "--amend", "--allow-empty", "-m", "two").log
    let pair = "< \(old) \(try hooked.repository.head)"
    #expect(
      log.suffix(4) == [
        "theirs [amend]", "theirs" + pair, "ours [hook] [post-rewrite] [amend]", "ours" + pair,
      ]
    )
  }

  @Test func `strict local mode sees what no-verify hides`() throws {
    let hooked = try HookedRepository()
    try hooked.install([.preCommit, .commitMsg, .referenceTransaction])
    let (output, log) = try hooked.git(
      "commit",
      "--no-verify",
      "--allow-empty",
      "-m",
      "one",
      env: ["STATUS_ours": "1"]
    )
    #expect(output.status != 0)
    #expect(log.contains("ours [hook] [reference-transaction] [prepared]"))
    #expect(throws: CommandFailure.self) { try hooked.repository.head }
  }

  @Test func `strict local mode asks only while something can be refused`() throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/reference-transaction", says: "theirs")
    try hooked.install(HookName.strictLocal)
    try hooked.repository.write("a.txt", "one\n")
    let (output, log) = try hooked.git("update-ref", "-m", "x", "refs/x/y", try blob(hooked))
    #expect(output.status == 0, "\(output.stderr)")
    let calls = log.filter { !$0.contains("<") }
    #expect(
      calls.filter { $0.hasPrefix("ours") } == ["ours [hook] [reference-transaction] [prepared]"]
    )
    #expect(calls.contains("theirs [prepared]") && calls.contains("theirs [committed]"))
    #expect(log.filter { $0.hasSuffix("refs/x/y") }.count == 3)
  }

  private func blob(_ hooked: HookedRepository) throws -> String {
    try hooked.repository.git("hash-object", "-w", "a.txt")
  }

  @Test func `a server asks for every pushed ref`() throws {
    let server = try HookedRepository(bare: true)
    let hook = server.repository.path + "/hooks"
    try server.script(hook + "/pre-receive", says: "theirs")
    try server.install(HookName.server)
    let client = try TempRepository()
    let head = try client.commit("one")
    let log = server.repository.sandbox + "/log"
    let pushed = try client.tryGit(
      "push",
      server.repository.path,
      "main",
      env: ["LOG": log, "REVIEWGATE_BIN": "/bin/true"]
    )
    #expect(pushed.status == 0, "\(pushed.stderr)")
    let line = "< \(String(repeating: "0", count: 40)) \(head) refs/heads/main\n"
    let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    #expect(text == "theirs\ntheirs\(line)ours [hook] [pre-receive]\nours\(line)")
  }

  @Test func `a shim whose program is gone blocks and says how to remove it`() throws {
    let hooked = try HookedRepository(named: "my repository")
    try hooked.install()
    try FileManager.default.removeItem(atPath: hooked.program)
    let (output, _) = try hooked.git("commit", "--allow-empty", "-m", "one")
    #expect(output.status == 1)
    #expect(output.stderr.contains("cannot find the reviewgate program (tried $REVIEWGATE_BIN, "))
    #expect(output.stderr.contains(hooked.program))
    #expect(output.stderr.contains("remove this hook: rm '\(hooked.hooks)/pre-commit'\n"))
    #expect(throws: CommandFailure.self) { try hooked.repository.head }
  }

  @Test func `the advice for a lost program brings an earlier hook back`() throws {
    let hooked = try HookedRepository()
    let hook = hooked.hooks + "/pre-commit"
    try hooked.script(hook, says: "theirs")
    try hooked.install([.preCommit])
    try FileManager.default.removeItem(atPath: hooked.program)
    let error = try hooked.git("commit", "--allow-empty", "-m", "one").output.stderr
    let advice = try #require(error.split(separator: "\n").last?.split(separator: ": ").last)
    #expect(advice == "mv '\(hook).pre-reviewgate' '\(hook)'")
    #expect(try hooked.repository.run(["/bin/sh", "-c", String(advice)]).status == 0)
    #expect(try hooked.git("commit", "--allow-empty", "-m", "one").log == ["theirs"])
  }

  @Test func `the program is looked for in the order of the message`() throws {
    let hooked = try HookedRepository()
    try hooked.install([.preCommit])
    let other = hooked.repository.sandbox + "/other"
    try hooked.script(other + "/named", says: "named")
    try hooked.script(other + "/reviewgate", says: "path")
    let path = other + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    func asked(_ env: [String: String]) throws -> [String] {
      try hooked.git("commit", "--allow-empty", "-m", "one", env: env).log
    }
    #expect(try asked(["REVIEWGATE_BIN": other + "/named"]) == ["named [hook] [pre-commit]"])
    #expect(try asked(["REVIEWGATE_BIN": other]) == ["ours [hook] [pre-commit]"])
    try FileManager.default.removeItem(atPath: hooked.program)
    #expect(try asked(["PATH": path]) == ["path [hook] [pre-commit]"])
  }

  @Test(arguments: [["/bin/dash"], ["/bin/bash", "--posix"]])
  func `shims run in any POSIX shell`(shell: [String]) throws {
    let hooked = try HookedRepository()
    try hooked.script(hooked.hooks + "/pre-push", says: "theirs")
    try hooked.install()
    let log = hooked.repository.sandbox + "/log"
    let output = try hooked.repository.run(
      shell + [hooked.hooks + "/pre-push", "a b", "*"],
      env: ["LOG": log],
      stdin: "x y\n"
    )
    #expect(output.status == 0, "\(output.stderr)")
    let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    #expect(
      text
        == "theirs [a b] [*]\ntheirs< x y\nours [hook] [pre-push] [a b] [*]\nours< x y\n"
    )
  }
}
