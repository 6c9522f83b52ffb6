import Foundation
import TestSupport
import Testing

/// Reviews signed with real keys by the real `ssh-keygen`, at a real terminal.
@Suite struct SigningTests {
  @Test(arguments: ["ed25519", "ecdsa"])
  func `a listed key signs without a question and the commit passes`(type: String) throws {
    let desk = try SigningDesk(type: type)
    #expect(try desk.commit().status == 1)
    try desk.work.approve()
    let records = try desk.records()
    #expect(records.count == 1)
    #expect(records.allSatisfy { $0.contains("  signed,bulk  ada@example.com  SHA256:") })
    let logs = try desk.work.repository.git(
      "for-each-ref",
      "--format=%(refname)",
      "refs/reviewgate"
    )
    #expect(logs.hasPrefix("refs/reviewgate/v1/log/ada-example.com/"))
    try desk.work.passes("commit", "--quiet", "-m", Workplace.message("work"))
    let check = try desk.work.check(since: desk.base)
    #expect(check.status == 0)
    #expect(check.stdout.contains("(signed: made with a key of the roster)"), "\(check)")
  }

  @Test func `what is signed verifies offline, and not when a byte of it changes`() throws {
    let desk = try SigningDesk()
    #expect(try desk.commit().status == 1)
    try desk.work.approve()
    let bundle = desk.work.repository.sandbox + "/bundle.intoto.jsonl"
    let export = try desk.work.gate("records", "export", bundle)
    #expect(export.status == 0)
    let roster = desk.work.path + "/.reviewgate/reviewers"
    let elsewhere = desk.work.repository.sandbox
    func verify(_ file: String, _ options: String...) throws -> CommandOutput {
      let command = [Workplace.program, "verify", file] + options
      return try desk.work.repository.runDetached(command, at: elsewhere)
    }
    let good = try verify(bundle, "--roster", roster)
    #expect(good.status == 0, "\(good)")
    #expect(good.stdout.contains("1 of 1 records are at least 'signed' (1 signed)"), "\(good)")
    #expect(try verify(bundle).stdout.contains("(1 recorded)"))
    #expect(try verify(bundle, "--roster", roster, "--require", "touched").status == 1)

    let text = try String(contentsOfFile: bundle, encoding: .utf8)
    let start = try #require(text.range(of: "\"payload\":\""))
    let digit = text.index(start.upperBound, offsetBy: 41)
    var changed = text
    changed.replaceSubrange(digit...digit, with: text[digit] == "A" ? "B" : "A")
    try changed.write(toFile: bundle, atomically: true, encoding: .utf8)
    let bad = try verify(bundle, "--roster", roster)
    #expect(bad.status == 1)
    #expect(bad.stdout.contains("does not count"), "\(bad)")
    #expect(try verify(bundle + ".missing").status == 2)
    #expect(try verify(bundle, "--roster", bundle).status == 3)
  }

  @Test func `a copy without its signature keeps the signed record from nobody`() throws {
    let desk = try SigningDesk()
    #expect(try desk.commit().status == 1)
    try desk.work.approve()
    let export = try desk.work.gate("records", "export").stdout
    let logs = try desk.work.repository.git(
      "for-each-ref",
      "--format=%(refname)",
      "refs/reviewgate"
    )
    let start = try #require(export.range(of: "\"signatures\":["))
    let bundle = desk.work.repository.sandbox + "/bundle.intoto.jsonl"
    for reference in logs.split(separator: "\n") {
      try desk.work.repository.git("update-ref", "-d", String(reference))
    }
    let stripped = String(export[..<start.upperBound]) + "]}\n"
    for (text, strength) in [(stripped, "recorded"), (export, "signed")] {
      try text.write(toFile: bundle, atomically: true, encoding: .utf8)
      let imported = try desk.work.gate("records", "import", bundle)
      #expect(imported.status == 0 && imported.stdout.contains("1 records imported"), "\(imported)")
      let records = try desk.records()
      #expect(records.count == 1 && records[0].contains("  \(strength),bulk  "), "\(records)")
    }
    let now = try desk.work.repository.git("for-each-ref", "--format=%(refname)", "refs/reviewgate")
    #expect(now.contains(logs) && now.contains("/unsigned/"), "\(now)")
  }

  @Test func `an unsigned review is too weak where a roster is`() throws {
    let desk = try SigningDesk()
    try FileManager.default.removeItem(atPath: desk.home + "/.ssh")
    #expect(try desk.commit().status == 1)
    let terminal = try desk.atTerminal("approve")
    let status = try terminal.waitForExit()
    #expect(status == 4, "\(terminal.output)")
    #expect(terminal.output.contains("asks for 'signed' reviews"), "\(terminal.output)")
    #expect(terminal.output.contains("git config reviewgate.signingKey FILE"))
    #expect(try desk.records().isEmpty)
  }

  @Test func `without a roster and a key a review is a promise and says so`() throws {
    let desk = try SigningDesk(isListed: false)
    #expect(try desk.commit().status == 1)
    let terminal = try desk.atTerminal("approve")
    try terminal.waitFor("to approve them:")
    terminal.send("10\r")
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
    #expect(terminal.output.contains("Recorded without a signature: a promise, not a proof."))
    #expect(try desk.records().first?.contains("  recorded,bulk  ") == true)
    try desk.work.passes("commit", "--quiet", "-m", Workplace.message("work"))
  }

  @Test func `the key that signs commits signs reviews, and counts once it is listed`() throws {
    let desk = try SigningDesk(isListed: false)
    try desk.work.repository.git("config", "gpg.format", "ssh")
    try desk.work.repository.git("config", "user.signingkey", "~/.ssh/id_ed25519.pub")
    #expect(try desk.commit().status == 1)
    try desk.work.approve()
    let before = try desk.records()
    #expect(
      before.first?.contains("  recorded,bulk  ada@example.com  SHA256:") == true,
      "\(before)"
    )
    #expect(try desk.work.gate("reviewers", "add").status == 0)
    try desk.work.repository.git("stash", "--quiet", "--", "a.txt")
    try desk.work.repository.git("add", ".reviewgate")
    try desk.work.passes("commit", "--quiet", "-m", "list the reviewers")
    let after = try desk.records()
    #expect(after.first?.contains("  signed,bulk  ada@example.com  SHA256:") == true, "\(after)")
  }

  @Test func `a key with a passphrase is asked for once, after all answers`() throws {
    let desk = try SigningDesk(passphrase: "open sesame")
    try desk.work.stage(["b.txt": Workplace.lines(1...10, "other")])
    #expect(try desk.commit().status == 1)
    let terminal = try desk.atTerminal("review", env: ["TERM": "xterm"])
    for number in 1...2 {
      try terminal.waitFor("\(number)/2  ")
      try terminal.waitFor("? help")
      terminal.send("y")
    }
    try terminal.waitFor("Signing 2 answers.")
    try terminal.waitFor("Enter passphrase")
    terminal.send("wrong\n")
    try terminal.waitFor("Not signed.")
    #expect(try desk.records().isEmpty)
    terminal.send("\n")
    try terminal.waitFor("Enter passphrase")
    terminal.send("open sesame\n")
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
    #expect(terminal.output.contains("All reviewed."), "\(terminal.output)")
    let records = try desk.records()
    #expect(records.count == 1 && records[0].contains("  signed  "), "\(records)")
    try desk.work.passes("commit", "--quiet", "-m", Workplace.message("work"))
  }

  @Test func `giving up on the passphrase records nothing`() throws {
    let desk = try SigningDesk(passphrase: "open sesame")
    #expect(try desk.commit().status == 1)
    let terminal = try desk.atTerminal("review", env: ["TERM": "xterm"])
    try terminal.waitFor("? help")
    terminal.send("y")
    try terminal.waitFor("Enter passphrase")
    terminal.send("\n")
    try terminal.waitFor("Not signed.")
    terminal.send("q\n")
    #expect(try terminal.waitForExit() == 1, "\(terminal.output)")
    #expect(terminal.output.contains("nothing was recorded"))
    #expect(try desk.records().isEmpty)
  }

  @Test func `a key of the agent signs although no file of it is here`() throws {
    let desk = try SigningDesk()
    let socket = desk.work.repository.sandbox + "/agent"
    let agent = Process()
    agent.executableURL = URL(filePath: "/usr/bin/ssh-agent")
    agent.arguments = ["-D", "-a", socket]
    agent.standardOutput = FileHandle.nullDevice
    agent.standardError = FileHandle.nullDevice
    try agent.run()
    // It may have been started with the polite signal ignored.
    defer { kill(agent.processIdentifier, SIGKILL) }
    for _ in 0..<200 where !FileManager.default.fileExists(atPath: socket) { usleep(20_000) }
    let env = ["SSH_AUTH_SOCK": socket]
    let key = desk.home + "/.ssh/id_ed25519"
    let added = try desk.work.repository.run(["/usr/bin/ssh-add", "-q", key], env: env)
    #expect(added.status == 0, "\(added)")
    try FileManager.default.removeItem(atPath: desk.home + "/.ssh")
    #expect(try desk.commit().status == 1)
    let terminal = try desk.atTerminal("approve", env: env)
    try terminal.waitFor("to approve them:")
    terminal.send("10\r")
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
    #expect(try desk.records().first?.contains("  signed,bulk  ") == true)
    let again = try desk.work.gate(
      "reviewers",
      "add",
      "grace@example.com",
      "--from-agent",
      env: env
    )
    #expect(again.status == 3, "\(again)")
    #expect(again.stderr.contains("the same key stands in line 2"), "\(again)")
  }

  @Test func `no program of the repository or of PATH takes part`() throws {
    let desk = try SigningDesk()
    let marker = desk.work.repository.sandbox + "/ran"
    let fake = try desk.work.script("ssh-keygen", "echo \"$0 $*\" >>\(marker)\nexit 0\n")
    for name in ["ssh-add", "ssh-sk-helper"] { _ = try desk.work.script(name, "touch \(marker)\n") }
    try desk.work.repository.git("config", "gpg.ssh.program", fake)
    try desk.work.repository.git("config", "gpg.program", fake)
    let path = desk.work.repository.sandbox + "/tools:/usr/bin:/bin"
    #expect(try desk.commit().status == 1)
    let terminal = try desk.atTerminal("approve", env: ["PATH": path, "SSH_SK_HELPER": fake])
    try terminal.waitFor("to approve them:")
    terminal.send("10\r")
    #expect(try terminal.waitForExit() == 0, "\(terminal.output)")
    let check = try desk.work.gate("check", "--staged", env: ["PATH": path])
    #expect(check.stdout.contains("nothing to judge") || check.status <= 1, "\(check)")
    #expect(try desk.records().first?.contains("  signed,bulk  ") == true)
    #expect(!FileManager.default.fileExists(atPath: marker))
  }

  // MARK: - The roster

  @Test func `the list is kept line by line`() throws {
    let desk = try SigningDesk()
    let grace = TestKey(.hardwareEd25519, seed: 5)
    let added = try desk.work.gate(
      "reviewers",
      "add",
      "grace@example.com",
      "--key",
      grace.line,
      "--alias",
      "grace@home.example",
      "--comment",
      "blue key"
    )
    #expect(added.status == 0, "\(added)")
    let list = try desk.work.gate("reviewers", "list").stdout
    #expect(list.contains("grace@example.com  sk-ssh-ed25519@openssh.com  \(grace.fingerprint)"))
    #expect(list.contains("touched, verified  blue key"))
    let check = try desk.work.gate("reviewers", "check")
    #expect(check.status == 0 && check.stdout.contains("2 people, 2 keys; 1 can reach 'touched'"))
    #expect(try desk.work.gate("reviewers", "remove", "grace@home.example").status == 0)
    #expect(try desk.work.gate("reviewers", "remove", "nobody@example.com").status == 64)
    let file = desk.work.path + "/.reviewgate/reviewers"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text == (try desk.work.repository.git("show", "HEAD:.reviewgate/reviewers")) + "\n")
  }

  @Test func `a mistake in the list blocks with its place`() throws {
    let desk = try SigningDesk()
    let file = ".reviewgate/reviewers"
    let text = try desk.work.read(file)
    try desk.work.stage([file: text + "*@example.com " + TestKey(seed: 9).line + "\n"])
    let check = try desk.work.gate("reviewers", "check")
    #expect(check.status == 3)
    #expect(check.stderr.contains(".reviewgate/reviewers:3:1: '*@example.com' has a wildcard"))
    let commit = try desk.commit()
    #expect(commit.status == 1 && commit.stderr.contains("has a wildcard"), "\(commit)")
    let add = try desk.work.gate(
      "reviewers",
      "add",
      "x@example.com",
      "--key",
      TestKey(seed: 8).line
    )
    #expect(add.status == 3)
  }

  @Test func `a list that is not staged is not guessed at`() throws {
    let desk = try SigningDesk()
    let file = ".reviewgate/reviewers"
    try desk.work.repository.write(file, try desk.work.read(file) + "# more\n")
    let check = try desk.work.gate("check", "--staged")
    #expect(check.status == 3)
    #expect(check.stderr.contains("\(file) differs from what is staged"), "\(check)")
  }

  @Test func `an agent is never listed`() throws {
    let desk = try SigningDesk()
    let key = TestKey(seed: 7).line
    // Nobody gets the key that happens to be here under another name.
    let other = try desk.work.gate("reviewers", "add", "grace@example.com")
    #expect(other.status == 64 && other.stderr.contains("whose key is it?"), "\(other)")
    let bad = try desk.work.gate("reviewers", "add", "g@example.com", "--key", "ssh-ed25519 AAAA")
    #expect(bad.status == 64 && bad.stderr.contains("is no key that can sign"), "\(bad)")
    let output = try desk.work.gate("reviewers", "add", "noreply@anthropic.com", "--key", key)
    #expect(output.status == 3)
    #expect(output.stderr.contains("is an agent or a bot, and those never review"), "\(output)")
  }
}
