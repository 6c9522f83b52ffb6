import Foundation
import TestSupport
import Testing

/// Repositories with something missing or broken: an answer that helps, and never a pass.
@Suite struct DamagedRepositoryTests {
  // Case 43, apart from CI.
  @Test(arguments: [1, 2, 50], [false, true])
  func `a shallow clone is judged whole or not at all`(depth: Int, linked: Bool) throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("branch", "start")
    for number in 1...4 { try place.land(["a\(number).swift": Workplace.lines(1...number)]) }
    let clone = place.repository.sandbox + "/shallow"
    let depthWord = "--depth=\(depth)"
    try place.repository.git(
      "clone",
      "--quiet",
      "--no-single-branch",
      depthWord,
      "file://" + place.path,
      clone
    )
    var directory = clone
    if linked {
      directory = place.repository.sandbox + "/linked"
      try place.repository.git("worktree", "add", "--quiet", "--detach", directory, at: clone)
    }
    for selection in [["--range", "origin/start..origin/main"], ["--base", "origin/start"]] {
      let output = try place.repository.runDetached(
        [Workplace.program, "check"] + selection,
        at: directory
      )
      // With all of history here, four commits are judged; otherwise nothing is.
      #expect(output.status == (depth == 50 ? 1 : 2), "\(output)")
      if depth == 50 {
        #expect(output.stdout.contains("4 commits"))
      } else {
        #expect(output.stderr.contains("git fetch --unshallow"), "\(output)")
      }
    }
    let last = try place.gate("check", "--commit", "origin/main", at: directory)
    #expect(last.status == (depth == 1 ? 2 : 1), "\(last)")
  }

  // Case 48.
  @Test func `a bare repository is judged by ranges and has no index`() throws {
    let place = try Workplace(hooks: false)
    try place.repository.git("branch", "start")
    try place.land(["a.swift": Workplace.block])
    let bare = place.repository.sandbox + "/bare.git"
    try place.repository.git("clone", "--quiet", "--bare", place.path, bare)
    let range = try place.gate("check", "--range", "start..main", at: bare)
    #expect(range.status == 1)
    #expect(range.stdout.contains("  a.swift:1-10"), "\(range)")
    let staged = try place.gate("check", "--staged", at: bare)
    #expect(staged.status == 64)
    #expect(staged.stderr.contains("A bare repository has no index; use --range A..B"))
    #expect(try place.gate("status", "--range", "start..main", at: bare).status == 0)
    #expect(try place.gate("explain", "--range", "start..main", "a.swift:1", at: bare).status == 0)
  }

  /// What is broken, and a word of git's own that has to be shown.
  static let damages: [(name: String, file: String, text: String?, said: String)] = [
    ("corrupt HEAD", ".git/HEAD", "nonsense\n", "not a git repository"),
    ("truncated index", ".git/index", "DIRC", "index file"),
    ("empty index", ".git/index", "", "index file"),
    ("index of nonsense", ".git/index", String(repeating: "x", count: 100), "bad signature"),
    ("broken configuration", ".git/config", "[core\n", "bad config"),
    ("branch of nonsense", ".git/refs/heads/main", "nonsense\n", "corrupted loose reference"),
  ]

  // Case 49.
  @Test(arguments: damages.indices)
  func `damage is not evaluated, in git's own words`(index: Int) throws {
    let damage = Self.damages[index]
    let place = try Workplace(hooks: false)
    try place.stage(["a.swift": Workplace.block])
    try place.repository.write(damage.file, damage.text ?? "")
    for arguments in [["check", "--staged"], ["check", "--message", ".git/M"]] {
      try place.repository.write("../message", Workplace.message("a"))
      let output = try place.repository.runDetached(
        [Workplace.program] + arguments.map { $0 == ".git/M" ? "../message" : $0 }
      )
      #expect(output.status == 2, "\(damage.name): \(output)")
      #expect(output.stderr.hasPrefix("reviewgate: NOT EVALUATED."), "\(output)")
      #expect(output.stderr.contains(damage.said), "\(damage.name): \(output.stderr)")
    }
  }

  // Case 49.
  @Test func `a lock beside the index is nobody's business`() throws {
    let place = try Workplace()
    try place.stage(["a.swift": Workplace.block])
    try place.repository.write(".git/index.lock", "")
    try place.repository.write("../message", Workplace.message("a"))
    let output = try place.gate("check", "--message", "../message")
    #expect(output.status == 1, "\(output)")
    #expect(output.stdout.contains("a.swift:1-10"))
    // Git itself refuses to commit then, and the hook adds nothing.
    let commit = try place.git("commit", "-m", Workplace.message("a"))
    #expect(commit.status != 0)
    #expect(commit.stderr.contains("index.lock"))
    #expect(place.exists(".git/index.lock"))
  }

  // Case 49.
  @Test func `a missing object is named`() throws {
    let place = try Workplace(hooks: false)
    try place.land(["a.swift": Workplace.block])
    let blob = try place.repository.git("rev-parse", "HEAD:a.swift")
    let file = place.path + "/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try FileManager.default.removeItem(atPath: file)
    let output = try place.gate("check", "--range", "HEAD~1..HEAD")
    #expect(output.status == 2)
    #expect(output.stderr.contains(blob), "\(output)")
  }
}
