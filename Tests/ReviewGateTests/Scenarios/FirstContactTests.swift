import Foundation
import TestSupport
import Testing

/// The first minutes with the program: help, installing, and what is already there.
@Suite struct FirstContactTests {
  @Test func `records are shared with the only remote, and nobody guesses between two`() throws {
    let place = try Workplace(hooks: false)
    let none = try place.gate("sync")
    #expect(none.status == 2)
    #expect(none.stderr.contains("There is no remote to share records with.\n"), "\(none)")
    #expect(none.stderr.contains("git remote add origin ADDRESS"))
    for name in ["one", "two"] {
      try place.repository.git("init", "--quiet", "--bare", "../\(name).git")
      try place.repository.git("remote", "add", name, "../\(name).git")
      let output = try place.gate("sync")
      #expect(output.status == (name == "one" ? 0 : 2), "\(output)")
      let words = name == "one" ? "synchronised with one: 0 logs fetched, 0 pushed." : ""
      #expect(output.stdout.contains(words) || name == "two", "\(output)")
    }
    let two = try place.gate("sync")
    #expect(two.stderr.contains("which remote to share records with: one, two."), "\(two)")
    #expect(two.stderr.contains("reviewgate sync REMOTE"))
    try FileManager.default.removeItem(atPath: place.repository.sandbox + "/two.git")
    let gone = try place.gate("sync", "two")
    #expect(gone.status == 2)
    #expect(!gone.stderr.contains("^J"), "\(gone.stderr)")
  }

  @Test func `two branches that may be the base are named`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("branch", "master")
    try place.repository.git("switch", "--quiet", "--create", "topic")
    let output = try place.gate("check")
    #expect(output.status == 2)
    #expect(output.stderr.contains("More than one branch may be the base: main, master."))
    #expect(output.stderr.contains("reviewgate check --base REV"))
    try place.repository.git("branch", "--quiet", "-D", "main", "master")
    #expect(try place.gate("check").stderr.contains("No base branch was found"))
  }

  // Case 1.
  @Test func `the bare program names the commands to start with`() throws {
    let output = try Workplace(hooks: false).gate()
    #expect(output.status == 0 || output.status == 64)
    for word in ["install", "check", "review"] {
      #expect((output.stdout + output.stderr).contains(word))
    }
  }

  // Case 2.
  @Test func `outside a repository one line says so`() throws {
    let place = try Workplace(hooks: false)
    let output = try place.gate("check", at: place.repository.sandbox)
    #expect(output.status == 2)
    #expect(output.stderr.contains("not a git repository"))
    #expect(output.stderr.split(separator: "\n").count <= 3, "\(output.stderr)")
    #expect(output.stdout == "")
  }

  // Case 3. Without a file the documented defaults hold; `init` writes one.
  @Test func `installing writes hooks, and nothing else`() throws {
    let place = try Workplace(hooks: false)
    let before = try place.snapshot()
    let output = try place.gate("install")
    #expect(output.status == 0)
    #expect(output.stdout.contains("pre-push"))
    #expect(output.stdout.contains("git will run: reviewgate"))
    #expect(output.stdout.contains("no .reviewgate/policy.yml"))
    #expect(output.stdout.contains("Write one: reviewgate init"))
    let added = Set(try place.snapshot()).subtracting(before)
    #expect(added.allSatisfy { $0.contains(" ./.git/hooks/") }, "\(added)")
    #expect(try place.repository.git("status", "--porcelain") == "")
  }

  // Case 4.
  @Test func `installing twice changes nothing`() throws {
    let place = try Workplace()
    let before = try place.snapshot()
    let output = try place.gate("install")
    #expect(output.status == 0)
    #expect(output.stdout.contains("already installed; nothing changed."))
    #expect(try place.snapshot() == before)
  }

  // Case 5.
  @Test func `an existing pre-commit hook runs first, stops ours, and comes back`() throws {
    let place = try Workplace(hooks: false)
    let hook = "#!/bin/sh\necho theirs >&2\nexit ${THEIRS-0}\n"
    try place.repository.write(".git/hooks/pre-commit", hook, executable: true)
    let before = try place.snapshot()
    try place.install()
    try place.stage(["a.swift": Workplace.block])
    let said = try place.blocks("commit", "-m", "a", env: ["CLAUDECODE": "1"])
    #expect(said.hasPrefix("theirs\nreviewgate: commit blocked."))
    let failed = try place.git("commit", "-m", "a", env: ["CLAUDECODE": "1", "THEIRS": "3"])
    #expect(failed.status == 1)
    #expect(failed.stderr == "theirs\n")
    #expect(try place.passes("commit", "--quiet", "-m", "a") == "theirs\n")
    #expect(try place.gate("uninstall").status == 0)
    let own = { (lines: [String]) in lines.filter { $0.contains("/hooks/") } }
    #expect(own(try place.snapshot()) == own(before))
  }

  // Case 6.
  @Test func `an existing pre-push hook sees every line, and so does ours`() throws {
    let place = try Workplace(hooks: false)
    let log = place.repository.sandbox + "/pushed"
    try place.repository.write(
      ".git/hooks/pre-push",
      "#!/bin/sh\nsed 's/ .*//' >'\(log)'\n",
      executable: true
    )
    try place.install()
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    try place.repository.git("branch", "clean")
    try place.land(["a.swift": Workplace.block])
    let said = try place.blocks("push", "../remote", "clean", "main")
    #expect(said.contains("push blocked. refs/heads/main"))
    let lines = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    #expect(lines == "refs/heads/clean\nrefs/heads/main\n")
    #expect(try place.repository.git("ls-remote", "../remote") == "")
  }

  // Case 7: what is left alone and which snippet is printed is in HookPlacesTests.
  @Test func `the snippet for another hook manager makes the gate run`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("config", "core.hooksPath", ".husky/_")
    let runner = "#!/bin/sh\nexec sh \".husky/${0##*/}\" \"$@\"\n"
    try place.repository.write(".husky/_/commit-msg", runner, executable: true)
    let printed = try place.gate("install")
    #expect(printed.status == 1)
    let line = try #require(
      printed.stdout.split(separator: "\n").first { $0.contains(".husky/commit-msg: ") }
    )
    let snippet = line.split(separator: ": ", maxSplits: 1)[1]
    try place.repository.write(".husky/commit-msg", snippet + "\n")
    try place.stage(["a.swift": Workplace.block])
    let folder = URL(filePath: Workplace.program).deletingLastPathComponent().path
    let env = ["PATH": folder + ":/usr/bin:/bin"]
    try place.blocks("commit", "-m", Workplace.message("a"), env: env)
  }

  // Case 8. `doctor` looks at the other worktrees, in DoctorTests.
  @Test func `a hooks path of the repository is where the gate works`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("config", "core.hooksPath", ".githooks")
    let output = try place.gate("install")
    #expect(output.stdout.contains("warning: core.hooksPath is relative"))
    try place.stage(["a.swift": Workplace.block])
    try place.blocks("commit", "-m", Workplace.message("a"))
  }

  // Case 9. With git 2.54 hooks are named in the configuration: ConfiguredHooksTests.
  @Test func `a hooks path of the user is refused with two ways out`() throws {
    let place = try Workplace(hooks: false)
    let file = place.repository.sandbox + "/global"
    try Data("[core]\n\thooksPath = /shared/hooks\n".utf8).write(to: URL(filePath: file))
    let before = try place.snapshot()
    let output = try place.gate("install", env: ["GIT_CONFIG_GLOBAL": file])
    #expect(output.status == 2)
    #expect(output.stderr.contains("core.hooksPath is /shared/hooks, set in \(file) (global)"))
    #expect(output.stderr.contains("git config --local core.hooksPath"))
    #expect(output.stderr.contains("reviewgate hook \"${0##*/}\" \"$@\" || exit"))
    #expect(try place.snapshot() == before)
  }

  // Case 10.
  @Test func `a program that is gone blocks, and the hook says how to be rid of it`() throws {
    let place = try Workplace(hooks: false)
    let copy = place.repository.sandbox + "/bin/reviewgate"
    try place.repository.write("../bin/x", "")
    // Copied by another process: a file this one writes may be held open by a test's child.
    try place.repository.run(["/bin/cp", Workplace.program, copy])
    let installed = try place.repository.runDetached([copy, "install"])
    try #require(installed.status == 0)
    try FileManager.default.removeItem(atPath: copy)
    try place.stage(["a.swift": "by hand\n"])
    let said = try place.blocks("commit", "-m", "a")
    #expect(said.contains("cannot find the reviewgate program"))
    #expect(said.contains(copy) && said.contains("PATH="))
    #expect(said.contains("rm '\(place.path)/.git/hooks/pre-commit'"))
  }

  // Case 11. What `doctor` says of it is in DoctorTests.
  @Test func `a hook that is switched off leaves the decision to later places`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    for hook in ["pre-commit", "commit-msg"] {
      try place.repository.run(["/bin/chmod", "-x", ".git/hooks/" + hook])
    }
    try place.stage(["a.swift": Workplace.block])
    try place.passes("commit", "-m", Workplace.message("a"))
    #expect(try place.check(since: base).status == 1)
  }

  // Case 12.
  @Test(arguments: ["40", "200"], ["dumb", "xterm-256color"])
  func `help is plain text of any width`(columns: String, term: String) throws {
    let place = try Workplace(hooks: false)
    for command in ["check", "review", "install", "records"] {
      let env = ["COLUMNS": columns, "TERM": term]
      let output = try place.gate(command, "--help", env: env)
      #expect(output.status == 0)
      #expect(!output.stdout.contains("\u{1b}"))
      #expect(output.stdout.contains("USAGE: reviewgate " + command))
      if columns == "40" { #expect(output.stdout.split(separator: "\n").count > 8) }
    }
  }

  // Case 13.
  @Test func `a mistyped option is answered with the right one`() throws {
    let output = try Workplace(hooks: false).gate("check", "--stagde")
    #expect(output.status == 64)
    #expect(output.stderr.contains("--staged"), "\(output.stderr)")
  }

  // Case 13.
  @Test func `a mistyped command is answered with the right one`() throws {
    let place = try Workplace(hooks: false)
    let output = try place.gate("chekc", "--staged")
    #expect(output.status == 64)
    #expect(output.stderr == "reviewgate: there is no command 'chekc'. Did you mean 'check'?\n")
    #expect(try place.gate("zebra").status == 64)
    #expect(try place.gate("help", "check").status == 0)
  }

  // Case 13.
  @Test func `a mistyped policy key blocks with its place in the file`() throws {
    let place = try Workplace()
    try place.stage([".reviewgate/policy.yml": "version: 1\ngate:\n  comit: warn\n"])
    let said = try place.blocks("commit", "-m", "a policy")
    #expect(said.contains(".reviewgate/policy.yml:3:3"), "\(said)")
    #expect(said.contains("commit"))
    #expect(try place.gate("check", "--staged").status == 3)
  }

  // Case 14.
  @Test func `a policy that is edited but not staged blocks`() throws {
    let place = try Workplace(hooks: false)
    try place.land([".reviewgate/policy.yml": "version: 1\n"], message: "policy")
    try place.install()
    try place.repository.write(".reviewgate/policy.yml", "version: 1\ngate:\n  commit: off\n")
    try place.stage(["a.swift": "by hand\n"])
    let said = try place.blocks("commit", "-m", "a")
    #expect(said.contains("stage or stash it"))
    #expect(try place.gate("check", "--staged").status == 3)
  }

  // Case 14: a file nobody staged must not be able to switch the gate off.
  @Test func `a policy that was never staged blocks`() throws {
    let place = try Workplace()
    try place.repository.write(".reviewgate/policy.yml", "version: 1\ngate:\n  commit: off\n")
    try place.stage(["a.swift": "by hand\n"])
    #expect(try place.blocks("commit", "-m", "a").contains("stage or stash it"))
  }

  // Case 14, and sparse checkouts, which leave the folder out.
  @Test func `a policy that only the index has is the one that holds`() throws {
    let place = try Workplace(hooks: false)
    let policy = "version: 1\norigin:\n  unattributed: agent\n"
    try place.land([".reviewgate/policy.yml": policy], message: "policy")
    try place.install()
    try place.repository.run(["/bin/rm", "-r", ".reviewgate"])
    try place.stage(["a.swift": Workplace.block])
    let said = try place.blocks("commit", "-m", "by hand")
    #expect(said.contains("a.swift:1-10"), "\(said)")
  }

  // Case 14: line ends that git converts are no edit.
  @Test func `a policy checked out with other line ends is the staged one`() throws {
    let place = try Workplace(hooks: false)
    let policy = "version: 1\ngate:\n  commit: warn\n"
    let files = [".gitattributes": "* text eol=crlf\n", ".reviewgate/policy.yml": policy]
    try place.land(files, message: "policy")
    try place.repository.run(["/bin/rm", "-r", ".reviewgate"])
    try place.repository.git("checkout", "--quiet", ".")
    #expect(try place.read(".reviewgate/policy.yml").contains("\r\n"))
    try place.install()
    try place.stage(["a.swift": "one\n"])
    #expect(try place.passes("commit", "--quiet", "-m", "by hand") == "")
  }

  // Case 15. There is no man page yet, and zsh and fish are not everywhere.
  @Test func `the completion script is one that bash can read`() throws {
    let place = try Workplace(hooks: false)
    let output = try place.gate("--generate-completion-script", "bash")
    #expect(output.status == 0)
    let read = try place.repository.run(["/bin/bash", "-n"], stdin: output.stdout)
    #expect(read.status == 0, "\(read.stderr)")
    #expect(output.stdout.contains("reviewgate"))
  }
}
