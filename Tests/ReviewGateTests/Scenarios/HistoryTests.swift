import Foundation
import TestSupport
import Testing

/// Amending, merging and rewriting: never blocked midway, judged by what comes out.
@Suite struct HistoryTests {
  // Case 23. Git tells no hook before the commit that it amends: the index against HEAD is judged
  // there, and the whole commit at the push.
  @Test func `an amended commit is judged whole at the push`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    try place.repository.write("a.swift", Workplace.block + "by hand\n")
    try place.stage(["a.swift": Workplace.block + "one more\n"])
    let said = try place.blocks("commit", "--amend", "--no-edit")
    #expect(said.contains("a.swift:11"), "\(said)")
    try place.passes("commit", "--amend", "-m", "no agent named any more")
    // With the trailer gone nothing accuses; with it back, all eleven lines are the agent's.
    try place.passes("commit", "--amend", "--no-verify", "-m", Workplace.message("back"))
    let output = try place.check(since: base)
    #expect(output.status == 1)
    #expect(output.stdout.contains("a.swift:1-11"), "\(output.stdout)")
  }

  @Test func `an amended message that names an agent is refused`() throws {
    let place = try Workplace()
    try place.land(["a.swift": Workplace.block], message: "by hand")
    try place.stage(["a.swift": Workplace.block + "one more\n"])
    try place.blocks("commit", "--amend", "-m", Workplace.message("a"))
    #expect(try place.repository.git("log", "-1", "--format=%s") == "by hand")
  }

  /// Two branches that both changed things; `main` is checked out.
  private func fork(_ place: Workplace, _ main: [String: String], _ side: [String: String]) throws {
    try place.repository.git("switch", "--quiet", "-c", "side")
    try place.land(side, message: "side")
    try place.repository.git("switch", "--quiet", "main")
    try place.land(main, message: "main")
  }

  // Case 26.
  @Test func `a merge without conflicts has no lines of its own`() throws {
    let place = try Workplace()
    try fork(place, ["a.swift": Workplace.block], ["b.swift": Workplace.block])
    try place.passes("merge", "--quiet", "-m", Workplace.message("merge"), "side")
    #expect(try place.repository.git("rev-list", "--parents", "-1", "HEAD").count == 122)
  }

  // Case 26.
  @Test func `of a merge resolved by hand only the resolution is judged`() throws {
    let place = try Workplace()
    let start = "first\n" + Workplace.lines(1...20) + "last\n"
    try place.land(["a.swift": start], message: "start of a")
    try fork(
      place,
      ["a.swift": "main\n" + Workplace.lines(1...20) + "last\n"],
      ["a.swift": "side\n" + Workplace.lines(1...20) + "last\nmore\n", "b.swift": Workplace.block]
    )
    #expect(try place.git("merge", "side").status == 1)
    try place.stage(["a.swift": "both main and side\n" + Workplace.lines(1...20) + "last\nmore\n"])
    let said = try place.blocks("commit", "-m", Workplace.message("merge"))
    #expect(said.contains("a.swift:1 "), "\(said)")
    #expect(!said.contains("a.swift:2"))
    #expect(!said.contains("b.swift"))
    #expect(place.exists(".git/MERGE_HEAD"))
    try place.approve("--staged")
    try place.passes("commit", "--quiet", "-m", Workplace.message("merge"))
    let output = try place.gate("check", "--commit", "HEAD")
    #expect(output.status == 0, "\(output.stdout)")
  }

  // Case 28.
  @Test func `cherry-pick, revert and am are not stopped, and the push is`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    try place.repository.git("init", "--quiet", "--bare", "../remote")
    try place.repository.git("switch", "--quiet", "-c", "side")
    let picked = try place.land(["a.swift": Workplace.block])
    try place.repository.git("format-patch", "--quiet", "-1", "-o", "../patches")
    try place.repository.git("switch", "--quiet", "main")
    try place.passes("cherry-pick", picked)
    try place.blocks("push", "../remote", "main")
    try place.passes("revert", "--no-edit", "HEAD")
    #expect(try place.check(since: base).status == 0, "nothing is left of it")
    try place.passes("push", "--quiet", "../remote", "main")
    try place.passes("am", "--quiet", "../patches/0001-work.patch")
    #expect(try place.blocks("push", "../remote", "main").contains("a.swift:1-10"))
  }

  // Case 28.
  @Test func `a rebase with a reword, a fixup and a conflict is not stopped`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    try place.land(
      ["a.swift": Workplace.block + "fix\n"],
      message: Workplace.message("fixup! work")
    )
    try place.land(["c": "one\n"], message: "c")
    try place.repository.git("switch", "--quiet", "-c", "upstream", base)
    try place.land(["c": "two\n"], message: "c there")
    try place.repository.git("switch", "--quiet", "main")
    let env = ["GIT_SEQUENCE_EDITOR": "true", "GIT_EDITOR": "true"]
    #expect(try place.git("rebase", "-i", "--autosquash", "upstream", env: env).status == 1)
    try place.stage(["c": "both\n"])
    try place.passes("rebase", "--continue", env: env)
    #expect(try place.repository.git("rev-list", "--count", "upstream..HEAD") == "2")
    #expect(!place.exists(".git/reviewgate/bypassed"))
    let output = try place.check(since: "upstream")
    #expect(output.status == 1)
    #expect(output.stdout.contains("a.swift:1-11"), "\(output.stdout)")
  }

  // Case 28: `reword` is the one step that asks the commit hooks, with nothing staged.
  @Test func `rewording an agent's commit is no new code`() throws {
    let place = try Workplace()
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    let env = ["GIT_SEQUENCE_EDITOR": "sed -i s/^pick/reword/", "GIT_EDITOR": "sed -i 1s/^/re/"]
    try place.passes("rebase", "-i", base, env: env)
    #expect(try place.repository.git("log", "-1", "--format=%s") == "rework")
  }

  // Case 31.
  @Test func `dry runs, stashes, bisecting and a detached head are silent`() throws {
    let place = try Workplace()
    try place.land(["a": "1\n"], message: "1")
    try place.land(["a": "2\n"], message: "2")
    try place.stage(["a.swift": Workplace.block])
    let quiet = { (words: [String]) in
      let output = try place.repository.runDetached(["git"] + words, env: ["CLAUDECODE": "1"])
      #expect(!(output.stdout + output.stderr).contains("reviewgate"), "\(words)")
      #expect(output.status == 0, "\(words): \(output.stderr)")
    }
    try quiet(["commit", "--dry-run", "-m", Workplace.message("a")])
    try quiet(["stash", "push", "--quiet"])
    try quiet(["stash", "pop", "--quiet", "--index"])
    try quiet(["stash", "push", "--quiet"])
    try quiet(["bisect", "start", "HEAD", "HEAD~2"])
    try quiet(["bisect", "reset"])
    try quiet(["switch", "--quiet", "--detach", "HEAD"])
    try quiet(["stash", "pop", "--quiet", "--index"])
    #expect(try place.blocks("commit", "-m", Workplace.message("a")).contains("a.swift:1-10"))
    try place.passes("commit", "--quiet", "-m", "by hand")
  }
}
