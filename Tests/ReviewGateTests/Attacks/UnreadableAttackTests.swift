import Foundation
import TestSupport
import Testing

/// Attacks that leave the gate without what it has to look at, or make it look for ever.
@Suite struct UnreadableAttackTests {
  private func withWork() throws -> (place: Workplace, base: String) {
    let place = try Workplace(hooks: false)
    let base = try place.repository.head
    try place.land(["a.swift": Workplace.block])
    return (place, base)
  }

  private func isUndecided(_ output: CommandOutput, _ words: String) {
    #expect(output.status == 2, "\(output)")
    #expect(output.stderr.contains("NOT EVALUATED"), "\(output)")
    #expect(output.stderr.contains(words), "\(output)")
    #expect(!(output.stdout + output.stderr).contains("passed"))
  }

  // Attack 57.
  @Test func `a clone without history is undecided, and so is one that hides it by hand`() throws {
    let (place, base) = try withWork()
    let git = place.repository
    let job = git.sandbox + "/job"
    try git.git("clone", "--quiet", "--depth=1", "file://\(place.path)", job)
    isUndecided(
      try place.sealedCI("\(base)..HEAD", at: job),
      "git does not know the revision"
    )
    isUndecided(try place.gate("check", "--commit", "HEAD", at: job), "git fetch --unshallow")
    // The whole history is here, and a line in a file says that it ends before the agent's work.
    let head = try place.land(["b.swift": "by hand\n"], message: "by hand")
    try git.write(".git/shallow", head + "\n")
    let cut = try place.sealedCI("\(base)..HEAD")
    #expect(cut.status == 2 || cut.status == 1, "\(cut)")
    #expect(!cut.stdout.contains("passed"), "\(cut)")
  }

  // Attack 58.
  @Test func `an object that is missing or damaged is undecided`() throws {
    let (place, base) = try withWork()
    let blob = try place.repository.git("rev-parse", "HEAD:a.swift")
    let file = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    let path = place.path + "/" + file
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let good = try Data(contentsOf: URL(filePath: path))
    for damaged in [Data(), good.prefix(20), Data("no zlib at all".utf8)] {
      try damaged.write(to: URL(filePath: path))
      let output = try place.check(since: base)
      #expect(output.status == 2, "\(output)")
      #expect(!output.stdout.contains("passed"))
    }
    try FileManager.default.removeItem(atPath: path)
    isUndecided(try place.check(since: base), "object \(blob) is not here")
  }

  // Attack 58: a partial clone lacks objects on purpose, and the server is gone.
  @Test func `a promised object that nobody keeps is undecided`() throws {
    let (place, base) = try withWork()
    let git = place.repository
    try git.git("config", "uploadpack.allowFilter", "true")
    let job = git.sandbox + "/job"
    let source = git.sandbox + "/source.git"
    try git.git("clone", "--quiet", "--bare", place.path, source)
    try git.git("config", "uploadpack.allowFilter", "true", at: source)
    try git.git(
      "clone",
      "--quiet",
      "--no-checkout",
      "--filter=blob:none",
      "file://\(source)",
      job
    )
    try FileManager.default.removeItem(atPath: source)
    isUndecided(
      try place.sealedCI("\(base)..HEAD", at: job),
      "--refetch --no-filter"
    )
  }

  private static let start = ContinuousClock.now

  // Attack 65.
  @Test func `too many hunks or commits are undecided, and a large file is opaque`() throws {
    let place = try Workplace(hooks: false)
    let limits = "version: 1\nlimits: {max-file-bytes: 65536, max-hunks: 20, max-commits: 3}\n"
    let old = (1...200).map { "line \($0)\n" }.joined()
    try place.land([".reviewgate/policy.yml": limits, "a": old], message: "policy")
    let base = try place.repository.head
    try place.land(["large.swift": Workplace.lines(1...4_000)])
    let large = try place.check(since: base)
    #expect(large.status == 1, "\(large)")
    #expect(large.stdout.contains("file over the size limit has no line view"), "\(large)")
    let many = (1...200).map { $0 % 4 == 0 ? "changed \($0)\n" : "line \($0)\n" }.joined()
    try place.land(["a": many])
    isUndecided(
      try place.gate("check", "--commit", "HEAD"),
      "The change has 50 hunks; the policy lets 20 be judged."
    )
    for number in 1...4 { try place.land(["c\(number)": "by hand\n"], message: "by hand") }
    isUndecided(
      try place.gate("check", "--range", "HEAD~4..HEAD"),
      "The range has 4 commits; the policy lets 3 be judged."
    )
  }

  // Attack 65.
  @Test func `a huge text file and a deep folder are judged within bounds`() throws {
    let place = try Workplace(hooks: false)
    let base = try place.repository.head
    let folder = (1...400).map { "d\($0)" }.joined(separator: "/")
    let bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: 96 << 20)
    try place.repository.write("huge.txt", bytes: bytes)
    let blob = try place.repository.git("hash-object", "-w", "--stdin", stdin: "deep\n")
    try place.repository.git("update-index", "--add", "--cacheinfo", "100644,\(blob),\(folder)/a")
    try place.repository.git("add", "huge.txt")
    try place.commitUnhooked(message: Workplace.message("huge"))
    let clock = ContinuousClock()
    let start = clock.now
    // 600 MiB of address space for everything: one copy of the file fits, several do not.
    let output = try place.repository.runDetached([
      "/bin/sh", "-c", "ulimit -v 1500000; exec \"$0\" check --range \(base)..HEAD",
      Workplace.program,
    ])
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("huge.txt"), "\(output)")
    #expect(output.stdout.contains("d399/d400/a"), "\(output)")
    #expect(clock.now - start < .seconds(60))
  }

  // Attack 78. git itself is the first of PATH: who sets that variable where it decides is the
  // administrator of the server or the job. No signature is judged by it.
  @Test func `no program of the repository, its settings or PATH has a say in a signature`() throws
  {
    let desk = try SigningDesk()
    let git = desk.work.repository
    let marker = git.sandbox + "/ran"
    var fake = ""
    for name in ["ssh-keygen", "gpg", "gpgsm", "ssh-add", "fsmonitor", "textconv"] {
      fake = try desk.work.script(name, "echo \"$0 $*\" >>\(marker)\nexit 0\n")
    }
    let env = ["PATH": git.sandbox + "/tools:/usr/bin:/bin"]
    func bend() throws {
      for setting in [
        "gpg.ssh.program", "gpg.program", "gpg.x509.program", "core.fsmonitor", "diff.external",
        "diff.x.textconv", "diff.x.command", "core.pager", "core.sshCommand", "core.askPass",
      ] { try git.git("config", setting, fake) }
      try git.git("config", "gpg.format", "ssh")
      try git.git("config", "log.showSignature", "true")
      try git.write(".git/info/attributes", "* diff=x\n")
    }
    try desk.work.commitUnhooked(message: Workplace.message("work"))
    try desk.work.approve("--commit", "HEAD")
    let plain = try desk.work.sealedCI("HEAD~1..HEAD")
    #expect(plain.status == 0, "\(plain)")
    try bend()
    let bent = try desk.work.sealedCI("HEAD~1..HEAD", env: env)
    #expect(bent.status == 0 && bent.stdout == plain.stdout, "\(bent)")
    #expect(try desk.work.gate("records", "export", "../all.jsonl", env: env).status == 0)
    try git.write("../roster", try desk.work.read(".reviewgate/reviewers"))
    let verified = try desk.work.gate("verify", "../all.jsonl", "--roster", "../roster", env: env)
    #expect(verified.status == 0, "\(verified)")
    // A record that only a program that says yes to everything would call good.
    let text = try desk.work.read("../all.jsonl")
    let cut = try #require(text.range(of: "\"sig\":\""))
    var forged = text
    forged.replaceSubrange(
      cut.upperBound..<forged.index(cut.upperBound, offsetBy: 8),
      with: "AAAAAAAA"
    )
    try git.write("../forged.jsonl", forged)
    let refused = try desk.work.gate("verify", "../forged.jsonl", "--roster", "../roster", env: env)
    #expect(refused.status == 1, "\(refused)")
    #expect(
      !FileManager.default.fileExists(atPath: marker),
      "\((try? String(contentsOfFile: marker, encoding: .utf8)) ?? "")"
    )
    // The trap works, or this shows nothing.
    _ = try git.tryGit("verify-commit", "HEAD", env: env)
    _ = try git.tryGit("status", env: env)
    #expect(FileManager.default.fileExists(atPath: marker))
  }
}
