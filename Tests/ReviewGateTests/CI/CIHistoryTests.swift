import Foundation
import Glibc
import TestSupport
import Testing

/// History, records and files that a job's clone does not have.
@Suite struct CIHistoryTests {
  // Case 43.
  @Test(arguments: [1, 2, 50], [false, true])
  func `a shallow clone is deepened until the range is whole`(
    depth: Int,
    isLinked: Bool
  ) throws {
    let forge = try Forge(commits: 3)
    var job = try forge.job(depth: depth)
    if isLinked {
      let linked = job.path + "-linked"
      try job.git("worktree", "add", "--quiet", "--detach", linked, "HEAD")
      job = Forge.Job(forge: forge, path: linked)
    }
    let sealed = try job.ci("--no-fetch", env: try forge.pullRequest())
    #expect(sealed.status == 2, "\(sealed)")
    let output = try job.ci("--no-require-records", env: try forge.pullRequest())
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("3 commits: 10 AI-written lines"), "\(output.stdout)")
  }

  // Case 43.
  @Test func `a long branch takes more than one step, and not all of history`() throws {
    let forge = try Forge(commits: 8)
    let before = try forge.place.repository.git("rev-list", "--count", forge.base)
    let job = try forge.job(depth: 1)
    let output = try job.ci("--no-require-records", env: try forge.pullRequest())
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("8 commits: 10 AI-written lines"), "\(output.stdout)")
    #expect(output.stderr.contains("with history to depth 4; "), "\(output.stderr)")
    #expect(output.stderr.contains("; history to depth 16"), "\(output.stderr)")
    #expect(!output.stderr.contains("all of history"), "\(output.stderr)")
    #expect(Int(before) ?? 0 > 4)
  }

  @Test func `the depth to begin with is given, and zero is all`() throws {
    let forge = try Forge(commits: 8)
    let first = try forge.job(depth: 1).ci(
      "--no-require-records",
      "--fetch-depth",
      "30",
      env: try forge.pullRequest()
    )
    #expect(first.stderr.contains("history to depth 30"), "\(first.stderr)")
    #expect(!first.stderr.contains("depth 4,"), "\(first.stderr)")
    let job = try forge.job(depth: 1)
    let whole = try job.ci(
      "--no-require-records",
      "--fetch-depth",
      "0",
      env: try forge.pullRequest()
    )
    #expect(whole.status == 1, "\(whole)")
    #expect(whole.stderr.contains("all of history"), "\(whole.stderr)")
    #expect(try job.git("rev-parse", "--is-shallow-repository") == "false")
  }

  @Test func `records complete a shallow history, because they name the repository by its start`()
    throws
  {
    let forge = try Forge()
    try forge.review()
    for depth in [1, 3] {
      let job = try forge.job(depth: depth)
      let output = try job.ci(env: try forge.pullRequest())
      #expect(output.status == 0, "\(output)")
      #expect(output.stdout.contains("all reviewed"), "\(output)")
    }
  }

  @Test func `a commit that the remote lost is named`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    var variables = ["CI": "true", "CIRCLECI": "true", "REVIEWGATE_BASE": "main"]
    variables["CIRCLE_SHA1"] = String(repeating: "1", count: 40)
    let output = try job.ci(env: variables)
    #expect(output.status == 2, "\(output)")
    #expect(output.stderr.contains(String(repeating: "1", count: 40)), "\(output.stderr)")
    #expect(output.stderr.contains("not on the remote"), "\(output.stderr)")
  }

  @Test func `a merge that only this machine has is judged with what it merges`() throws {
    let forge = try Forge(commits: 8)
    let job = try forge.job(depth: 1, at: forge.base)
    try job.git("fetch", "--quiet", "--depth=1", "origin", forge.head)
    // As Jenkins does it: both sides are cut off, and the merge is nowhere else.
    let tree = try forge.place.repository.git("rev-parse", forge.merge + "^{tree}")
    try job.git("fetch", "--quiet", "--depth=1", "origin", forge.merge)
    let merge = try job.git(
      "commit-tree",
      tree,
      "-p",
      forge.base,
      "-p",
      forge.head,
      "-m",
      "local merge"
    )
    try job.git("checkout", "--quiet", "--detach", merge)
    let variables = [
      "JENKINS_URL": "https://ci.example.com/", "CHANGE_ID": "7", "CHANGE_TARGET": "main",
      "GIT_COMMIT": merge,
    ]
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("9 commits: 10 AI-written lines"), "\(output.stdout)")
  }

  @Test func `a push that was forced is compared with the default branch, and says so`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1, at: forge.head)
    let sample = try #require(CIJobSample.all.first { $0.title == "GitHub Actions, push" })
    var variables = try forge.variables(sample)
    let file = try #require(variables["GITHUB_EVENT_PATH"])
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .replacing(
        "\"before\": \"\(forge.base)",
        with: "\"before\": \"\(String(repeating: "2", count: 40))"
      )
    try Data(text.utf8).write(to: URL(filePath: file))
    variables["GITHUB_EVENT_PATH"] = file
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(
      output.stderr.contains("note: 2222222222, where the branch was before the push, is gone")
    )
    #expect(output.stdout.contains("\(forge.shortRange), 2 commits"), "\(output.stdout)")
  }

  // MARK: - Partial clones

  // Case 44.
  @Test(arguments: ["blob:none", "tree:0"], [nil, 1])
  func `a partial clone gets the files of the range at once`(filter: String, depth: Int?) throws {
    let forge = try Forge(policy: "version: 1\n")
    try forge.review()
    let job = try forge.job(depth: depth, filter: filter)
    let output = try job.ci(env: try forge.pullRequest())
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("all reviewed"), "\(output)")
  }

  // Case 44.
  @Test func `a partial clone without a network names what is missing`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: nil, at: forge.base, filter: "blob:none")
    try job.git("fetch", "--quiet", "origin", forge.head)
    let blob = try forge.place.repository.git("rev-parse", forge.head + ":a.swift")
    let variables = try forge.pullRequest()
    let sealed = try job.ci("--no-fetch", env: variables)
    #expect(sealed.status == 2, "\(sealed)")
    #expect(sealed.stderr.contains("object \(blob) is not here"), "\(sealed.stderr)")
    let online = try job.ci("--no-require-records", env: variables)
    #expect(online.status == 1, "\(online)")
    #expect(online.stderr.contains("of the range"), "\(online.stderr)")
    #expect(online.stdout.contains("2 commits: 10 AI-written lines"), "\(online)")
  }

  // MARK: - What cannot be fetched

  @Test func `a fetch without credentials says which one it was and what it needs`() throws {
    let forge = try Forge(commits: 8)
    let job = try forge.job(depth: 2)
    try job.git("fetch", "--quiet", "--depth=2", "origin", forge.base)
    // References are given, commits are not.
    let ssh = try forge.place.script(
      "ssh",
      """
      n=$(cat '\(job.path)/count' 2>/dev/null || echo 0)
      echo $((n + 1)) >'\(job.path)/count'
      [ "$n" -lt 1 ] || { echo 'git@example.com: Permission denied (publickey).' >&2; exit 255; }
      exec git-upload-pack '\(forge.origin)'

      """
    )
    try job.git("remote", "set-url", "origin", "ssh://git@example.com/team/project.git")
    let variables = try forge.pullRequest().merging(["GIT_SSH_COMMAND": ssh]) { $1 }
    let output = try job.ci("--no-require-records", env: variables)
    #expect(output.status == 2, "\(output)")
    for text in [
      "wanted", "the merge base of \(forge.base) and \(forge.head)",
      "to fetch depth 4 from origin", "Permission denied", "persist-credentials: false",
    ] {
      #expect(output.stderr.contains(text), "\(text): \(output.stderr)")
    }
    let first = try job.ci("--no-require-records", env: variables)
    #expect(first.status == 2, "\(first)")
    #expect(first.stderr.contains("refs/reviewgate/v1/log/*"), "\(first.stderr)")
  }

  @Test func `a server that speaks git over a socket is as good as a folder`() throws {
    let forge = try Forge(commits: 8)
    let port = UInt16.random(in: 20_000...50_000)
    // Not by `git daemon`: what that starts outlives it.
    let programs = try forge.place.repository.git("--exec-path")
    let daemon = try DetachedCommand(
      [
        programs + "/git-daemon", "--reuseaddr", "--export-all", "--listen=127.0.0.1",
        "--port=\(port)",
        "--base-path=\(forge.place.repository.sandbox)/forge", "--pid-file=pid",
      ],
      environment: forge.place.repository.environment,
      directory: forge.place.repository.sandbox
    )
    defer { daemon.kill() }
    let job = try forge.job(depth: 1)
    try job.git("remote", "set-url", "origin", "git://127.0.0.1:\(port)/team/project.git")
    var isUp = false
    for _ in 0..<100 where !isUp {
      let asked = try forge.place.repository.tryGit("ls-remote", "origin", at: job.path)
      isUp = asked.status == 0
      if !isUp { usleep(50_000) }
    }
    try #require(isUp, "git daemon does not answer")
    let output = try job.ci("--no-require-records", env: try forge.pullRequest())
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("8 commits: 10 AI-written lines"), "\(output.stdout)")
  }

  // MARK: - What a fork brings

  /// A fork of the service's repository, with what is in the workplace's references.
  private func fork(_ forge: Forge) throws -> [String: String] {
    let repository = forge.place.repository
    let path = repository.sandbox + "/forge/grace/project.git"
    try repository.git("clone", "--quiet", "--bare", forge.origin, path)
    var variables = try forge.pullRequest()
    let file = try #require(variables["GITHUB_EVENT_PATH"])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: "\"head\": {\"label\"")).lowerBound
    let changed = text[start...].replacing("/team/project.git", with: "/grace/project.git")
    try Data((text[..<start] + changed).utf8).write(to: URL(filePath: file))
    variables["GITHUB_EVENT_PATH"] = file
    return variables
  }

  // Case 55.
  @Test func `a fork's own record does not speak for its change unless a listed key signed it`()
    throws
  {
    let forge = try Forge()
    let variables = try fork(forge)
    try forge.place.approve("--range", "\(forge.base)..\(forge.head)")
    let address = forge.server + "/grace/project.git"
    let logs = "refs/reviewgate/v1/log/*"
    try forge.place.repository.git("push", "--quiet", address, "\(logs):\(logs)")
    let job = try forge.job(depth: 1)
    let output = try job.ci(env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stderr.contains("signed records of \(address)"), "\(output.stderr)")
    #expect(output.stdout.contains("10 AI-written lines in 1 file have no human review"))
    // The same record on the target's own remote is the promise of somebody who may push there.
    try forge.place.repository.git("push", "--quiet", "origin", "\(logs):\(logs)")
    let after = try job.ci(env: variables)
    #expect(after.status == 0, "\(after)")
  }

  // Case 55.
  @Test func `a fork's record counts where a key of the target's roster signed it`() throws {
    let forge = try Forge(hasRoster: true)
    let variables = try fork(forge)
    let job = try forge.job(depth: 1)
    let before = try job.ci("--no-require-records", env: variables)
    #expect(before.status == 1, "\(before)")
    try forge.place.approve("--range", "\(forge.base)..\(forge.head)")
    let logs = "refs/reviewgate/v1/log/*"
    let address = forge.server + "/grace/project.git"
    try forge.place.repository.git("push", "--quiet", address, "\(logs):\(logs)")
    let output = try job.ci(env: variables)
    #expect(output.status == 0, "\(output)")
    #expect(output.stdout.contains("all reviewed (signed"), "\(output.stdout)")
  }

  @Test func `notes of a fork accuse and clear nothing`() throws {
    let forge = try Forge(isAgents: false)
    let variables = try fork(forge)
    let commit = try forge.place.repository.git("rev-parse", forge.head + "^")
    let note = """
      a.swift
        abcdef0123456789 1-10
      ---
      {"schema_version": "authorship/3.0.0", "prompts": {"abcdef0123456789":
       {"agent_id": {"tool": "claude", "id": "s", "model": "m"}, "messages": []}}}
      """
    try forge.place.repository.git("notes", "--ref=ai", "add", "-F", "-", commit, stdin: note)
    let address = forge.server + "/grace/project.git"
    try forge.place.repository.git("push", "--quiet", address, "refs/notes/ai")
    let output = try forge.job(depth: 1).ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("10 AI-written lines in 1 file"), "\(output.stdout)")
    // On an agent's commit, a note of the same place that calls the lines a person's.
    let agents = try Forge()
    let other = try fork(agents)
    let first = try agents.place.repository.git("rev-parse", agents.head + "^")
    let human =
      "a.swift\n  h_0123456789abcd 1-10\n---\n{\"schema_version\": \"authorship/3.0.0\"}\n"
    try agents.place.repository.git("notes", "--ref=ai", "add", "-F", "-", first, stdin: human)
    try agents.place.repository.git(
      "push",
      "--quiet",
      agents.server + "/grace/project.git",
      "refs/notes/ai"
    )
    let still = try agents.job(depth: 1).ci("--no-require-records", env: other)
    #expect(still.status == 1, "\(still)")
  }

  // Case 55.
  @Test func `without any record a fork's request is undecided or blocked, as asked`() throws {
    let forge = try Forge()
    let variables = try fork(forge)
    let job = try forge.job(depth: 1)
    let strict = try job.ci(env: variables)
    #expect(strict.status == 2, "\(strict)")
    #expect(strict.stderr.contains("no records of any review"), "\(strict.stderr)")
    let lenient = try job.ci("--no-require-records", env: variables)
    #expect(lenient.status == 1, "\(lenient)")
  }

  @Test func `a fork that cannot be reached is told of, and the change is judged`() throws {
    let forge = try Forge()
    let variables = try fork(forge)
    try FileManager.default.removeItem(
      atPath: forge.place.repository.sandbox + "/forge/grace/project.git"
    )
    let output = try forge.job(depth: 1).ci("--no-require-records", env: variables)
    #expect(output.status == 1, "\(output)")
    #expect(output.stderr.contains("note: nothing could be fetched from the head repository"))
  }

  // MARK: - Notes, and what a configuration may not do

  @Test func `notes of who wrote what are fetched`() throws {
    let forge = try Forge(isAgents: false)
    let repository = forge.place.repository
    let commit = try repository.git("rev-parse", forge.head + "^")
    let note = """
      a.swift
        abcdef0123456789 1-10
      ---
      {"schema_version": "authorship/3.0.0", "prompts": {"abcdef0123456789":
       {"agent_id": {"tool": "claude", "id": "s", "model": "m"}, "messages": []}}}
      """
    try repository.git("notes", "--ref=ai", "add", "-F", "-", commit, stdin: note)
    try repository.git("push", "--quiet", "origin", "refs/notes/ai")
    let job = try forge.job(depth: 1)
    let sealed = try forge.job(depth: nil).ci("--no-fetch", env: try forge.pullRequest())
    #expect(sealed.status == 0, "\(sealed)")
    let output = try job.ci("--no-require-records", env: try forge.pullRequest())
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("10 AI-written lines in 1 file"), "\(output.stdout)")
  }

  @Test func `fetching runs no hook and no program, and prunes nothing`() throws {
    let forge = try Forge()
    let job = try forge.job(depth: 1)
    let marker = forge.place.repository.sandbox + "/ran"
    let program = try forge.place.script("program", "echo \"$0 $@\" >>'\(marker)'\n")
    for hook in ["reference-transaction", "post-checkout", "pre-auto-gc"] {
      let path = job.path + "/.git/hooks/" + hook
      try FileManager.default.createDirectory(
        atPath: job.path + "/.git/hooks",
        withIntermediateDirectories: true
      )
      try FileManager.default.copyItem(atPath: program, toPath: path)
    }
    try job.git("config", "remote.ext.url", "ext::\(program) %S")
    try job.git("config", "protocol.ext.allow", "always")
    try job.git("config", "fetch.prune", "true")
    try job.git("-c", "core.hooksPath=/dev/null", "update-ref", "refs/notes/ai-mine", "HEAD")
    let good = try job.ci("--no-require-records", env: try forge.pullRequest())
    #expect(good.status == 1, "\(good)")
    #expect(try job.git("for-each-ref", "refs/notes/ai-mine") != "")
    let bad = try job.ci("--remote", "ext", env: try forge.pullRequest())
    #expect(bad.status == 2, "\(bad)")
    #expect(bad.stderr.contains("not allowed"), "\(bad.stderr)")
    #expect(!FileManager.default.fileExists(atPath: marker))
  }

  @Test func `a baseline that was not cloned is fetched`() throws {
    let forge = try Forge(policy: "version: 1\ngate:\n  baseline: v1\n")
    let repository = forge.place.repository
    try repository.git("tag", "v1", forge.forkPoint)
    try repository.git("push", "--quiet", "origin", "v1")
    let output = try forge.job(depth: 1).ci("--no-require-records", env: try forge.pullRequest())
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("2 commits: 10 AI-written lines"), "\(output.stdout)")
  }
}
