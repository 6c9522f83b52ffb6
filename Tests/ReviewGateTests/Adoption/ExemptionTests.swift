import Foundation
import TestSupport
import Testing

/// What needs no review, and what brings it back.
@Suite struct ExemptionTests {
  private static let prototypes = "version: 1\npaths:\n  prototype: [\"spikes/**\"]\n"

  /// A branch `topic` from `main`, both with these files.
  private func place(_ files: [String: String]) throws -> Workplace {
    let place = try Workplace(hooks: false)
    try place.land(files, message: "settings")
    try place.repository.git("switch", "--quiet", "--create", "topic")
    return place
  }

  private func explain(_ place: Workplace, _ file: String) throws -> String {
    try place.gate("explain", "--branch", "main", file + ":1").stdout
  }

  // MARK: - Generated

  @Test func `what gitattributes calls generated is exempt, and explain says where`() throws {
    let place = try place([".gitattributes": "out/** linguist-generated\n"])
    try place.land(["out/a.js": Workplace.block, "Cargo.lock": "a\n", "spikes/x": "a\n"])
    try place.land(["b.js": Workplace.block])
    let output = try place.gate("check", "--branch", "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("11 AI-written lines in 2 files"), "\(output.stdout)")
    #expect(try explain(place, "out/a.js").contains(".gitattributes has out/** linguist-generated"))
    #expect(try explain(place, "Cargo.lock").contains("paths.exempt has **/Cargo.lock"))
  }

  @Test func `a change cannot call itself generated where that decides`() throws {
    let place = try place([:])
    try place.land([
      ".gitattributes": "*.js linguist-generated\n", "a.js": Workplace.block,
    ])
    let base = ["GITHUB_ACTIONS": "", "REVIEWGATE_BASE": "main"]
    let output = try place.gate(
      "check",
      "--ci",
      "--no-fetch",
      "--no-require-records",
      "--base",
      "main",
      env: base
    )
    #expect(output.status == 1)
    #expect(output.stdout.contains("  a.js:1-10"), "\(output.stdout)")
    // The attributes are settings that somebody has to read, too.
    #expect(output.stdout.contains("  .gitattributes:1"))
  }

  @Test(arguments: [
    ("a.js", "paths:\n  linguist-generated: judge\n", false),
    (".github/workflows/ci.yml", "", false),
    ("a.js", "", true),
  ])
  func `sensitive paths and the policy outrank the attribute`(
    file: String,
    policy: String,
    isExempt: Bool
  ) throws {
    let place = try place([
      ".gitattributes": "* linguist-generated\n",
      ".reviewgate/policy.yml": "version: 1\n" + policy,
    ])
    try place.land([file: Workplace.block])
    let output = try place.gate("check", "--branch", "main")
    #expect(output.status == (isExempt ? 0 : 1), "\(output.stdout)")
  }

  @Test func `a program is never exempt by an attribute`() throws {
    let place = try place([".gitattributes": "* linguist-generated\n"])
    try place.repository.write("run", "#!/bin/sh\n" + Workplace.block, executable: true)
    try place.land(["x": "a\n"])
    try place.repository.git("update-index", "--add", "--chmod=+x", "run")
    try place.land([:])
    #expect(try place.gate("check", "--branch", "main").status == 1)
  }

  // MARK: - Prototypes

  /// A spike that an agent wrote and that landed on `main` unread.
  private func spike() throws -> Workplace {
    let place = try Workplace(hooks: false)
    try place.land([".reviewgate/policy.yml": Self.prototypes], message: "settings")
    let before = try place.repository.head
    try place.land(["spikes/try.swift": Workplace.block, "spikes/by-hand.swift": "x\n"])
    try #require(try place.check(since: before).status == 0)
    try place.repository.git("switch", "--quiet", "--create", "topic")
    return place
  }

  @Test func `a prototype that a person moves to where it counts has to be read`() throws {
    let place = try spike()
    try place.repository.write("Sources/x", "")
    try place.repository.git("mv", "spikes/try.swift", "Sources/real.swift")
    try place.land([:], message: "promote it")
    let output = try place.gate("check", "--branch", "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("10 AI-written lines in 1 file"), "\(output.stdout)")
    #expect(output.stdout.contains("claude-code   promoted from spikes/try.swift, unread there"))
    try place.approve("--branch", "main")
    #expect(try place.gate("check", "--branch", "main").status == 0)
  }

  @Test func `the hooks see a promotion that no agent commits`() throws {
    let place = try spike()
    try place.install()
    try place.stage(["real.swift": "import X\n\n" + Workplace.lines(3...8)])
    let said = try place.blocks("commit", "-m", "copied by hand")
    #expect(said.contains("promoted from spikes/try.swift"), "\(said)")
    #expect(try place.gate("check", "--staged").status == 1)
  }

  @Test func `a prototype that came up and went in one range is found`() throws {
    let place = try spike()
    let new = Workplace.lines(20...30, "other")
    try place.land(["spikes/new.swift": new])
    try place.repository.git("mv", "spikes/new.swift", "kept.swift")
    try place.land([:], message: "promote it")
    let output = try place.gate("check", "--branch", "main")
    #expect(output.status == 1)
    #expect(output.stdout.contains("promoted from spikes/new.swift"), "\(output.stdout)")
  }

  @Test(arguments: [
    ["a.swift": "let value1 = compute(1)\nlet value2 = compute(2)\n"],
    ["a.swift": "}\n}\n}\n}\n"],
    ["spikes/copy.swift": Workplace.block],
    ["Cargo.lock": Workplace.block],
    ["a.swift": Workplace.lines(50...60)],
  ])
  func `what is not promoted is left alone`(files: [String: String]) throws {
    let place = try spike()
    try place.land(["spikes/close.swift": "}\n}\n}\n}\n"])
    let before = try place.repository.head
    try place.land(files, message: "by hand")
    let output = try place.check(since: before)
    #expect(output.status == 0, "\(output.stdout)")
  }

  @Test func `a prototype that a person wrote is theirs to move`() throws {
    let place = try Workplace(hooks: false)
    try place.land(
      [
        ".reviewgate/policy.yml": Self.prototypes, "spikes/a.swift": Workplace.block,
      ],
      message: "by hand"
    )
    try place.repository.git("mv", "spikes/a.swift", "a.swift")
    try place.land([:], message: "promote it")
    #expect(try place.check(since: "HEAD~1").status == 0)
  }

  @Test func `a binary prototype is known as a whole`() throws {
    let place = try spike()
    let bytes: [UInt8] = [0, 1, 2, 3, 0, 255]
    try place.repository.write("spikes/model.bin", bytes: bytes)
    try place.repository.git("add", ".")
    try place.land([:])
    try place.repository.git("mv", "spikes/model.bin", "model.bin")
    try place.land([:], message: "promote it")
    let output = try place.check(since: "HEAD~1")
    #expect(output.status == 1, "\(output.stdout)")
  }
}
