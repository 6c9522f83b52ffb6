import TestSupport
import Testing

/// Attacks by somebody who lets the name of a baseline mean what has to be judged.
@Suite struct BaselineAttackTests {
  private static func policy(_ baseline: String, _ more: String = "") -> String {
    "version: 1\ngate:\n  baseline: \(baseline)\n  protected: [\"refs/tags/v*\", \"release/*\"]\n\(more)"
  }

  /// A tag that looks at nothing but its own old policy, and the name in that.
  @Test func `a protected tag that knows a baseline of its own gets nothing in`() throws {
    let server = try PushServer(policy: Self.policy("adopted"))
    let git = server.place.repository
    try git.git("tag", "adopted")
    try git.git("tag", "-a", "-m", "v1", "v1")
    try server.accepts("refs/tags/adopted")
    try server.accepts("refs/tags/v1")
    try git.write(".reviewgate/policy.yml", Self.policy(try git.head))
    try git.commit("a better baseline")
    try server.accepts("main")
    try server.place.land(["a.swift": Workplace.block])
    try git.git("tag", "--force", "adopted")
    try git.git("tag", "--force", "-a", "-m", "v1", "v1")
    try server.push("--force", "refs/tags/adopted")
    #expect(try server.refuses("--force", "refs/tags/v1").contains("a.swift:1-10"))
  }

  @Test(arguments: ["adopted~0", "adopted^{commit}", "adopted^0", "tags/adopted"])
  func `a baseline that is counted from a name is as firm as the name`(baseline: String) throws {
    let server = try PushServer(policy: Self.policy("\"\(baseline)\""))
    let git = server.place.repository
    try git.git("tag", "adopted")
    try server.accepts("refs/tags/adopted")
    try server.place.land(["a.swift": Workplace.block])
    try git.git("tag", "--force", "adopted")
    let moved = try server.refuses("--force", "refs/tags/adopted")
    #expect(moved.contains("it is the baseline of the policy"), "\(moved)")
    #expect(try server.refuses("main").contains("a.swift:1-10"))
  }

  @Test func `a name that means nothing yet may mean only what has landed`() throws {
    let server = try PushServer(policy: Self.policy("adopted"))
    let git = server.place.repository
    try server.place.land(["a.swift": Workplace.block])
    try git.git("tag", "adopted")
    for name in ["refs/tags/adopted", "refs/remotes/adopted/HEAD", "refs/heads/adopted"] {
      #expect(try server.refuses("HEAD:\(name)").contains("it is the baseline"), "\(name)")
    }
    try server.accepts("HEAD~1:refs/tags/adopted")
    #expect(try server.refuses("main").contains("a.swift:1-10"))
  }

  /// Whoever can get a tag in some other way, such as through a web page, gains nothing.
  @Test func `a name that was moved past the hook lets nothing pass`() throws {
    let server = try PushServer(policy: Self.policy("adopted"))
    let git = server.place.repository
    try server.place.land(["a.swift": Workplace.block])
    let pack = "--receive-pack=git -c core.hooksPath=/dev/null receive-pack"
    try git.git("push", "--quiet", pack, "origin", "HEAD:refs/tags/adopted")
    #expect(try server.refuses("main").contains("a.swift:1-10"))
  }

  @Test func `a name in a policy that nobody can read stays where it is`() throws {
    let server = try PushServer(policy: Self.policy("\"\(String(repeating: "0", count: 40))\""))
    let git = server.place.repository
    // As it was before the hook came.
    try git.git("switch", "--quiet", "--create", "release/1")
    try git.write(".reviewgate/policy.yml", Self.policy("adopted", "nonsense: 1\n"))
    try git.commit("typo")
    try git.git("tag", "adopted")
    let pack = "--receive-pack=git -c core.hooksPath=/dev/null receive-pack"
    try git.git("push", "--quiet", pack, "origin", "release/1", "refs/tags/adopted")
    try server.place.land(["a.swift": Workplace.block])
    try git.git("tag", "--force", "adopted")
    try server.refuses("--force", "refs/tags/adopted")
    try server.refuses("release/1")
    try server.accepts("HEAD:refs/heads/topic")
  }

  @Test func `in CI a tag on the change lets nothing pass`() throws {
    let place = try Workplace(hooks: false)
    let git = place.repository
    try git.write(".reviewgate/policy.yml", Self.policy("adopted"))
    try git.commit("settings")
    try git.git("switch", "--quiet", "--create", "topic")
    try place.land(["a.swift": Workplace.block])
    try place.land(["b": "by hand\n"], message: "by hand")
    for commit in ["topic~1", "topic", "main"] {
      try git.git("tag", "--force", "adopted", commit)
      let check = ["check", "--ci", "--no-fetch", "--no-require-records", "--range", "main..topic"]
      let output = try place.run(check)
      #expect(output.status == 1, "\(output)")
      #expect(output.stdout.contains("a.swift:1-10"), "\(output)")
    }
  }
}
