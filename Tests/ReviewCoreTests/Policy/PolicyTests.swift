import Testing

@testable import ReviewCore

@Suite struct PolicyTests {
  static let ladder: [(ReviewStrength, [ReviewStrength])] = [
    (.recorded, [.recorded]),
    (.signed, [.recorded, .signed]),
    (.touched, [.recorded, .signed, .touched]),
    (.verified, [.recorded, .signed, .touched, .verified]),
    (.forge, [.recorded, .forge]),
  ]

  @Test(arguments: ladder)
  func `a strength satisfies itself and the weaker ones`(
    strength: ReviewStrength,
    satisfied: [ReviewStrength]
  ) {
    for required in ReviewStrength.allCases {
      #expect(strength.satisfies(required) == satisfied.contains(required), "\(required)")
    }
  }

  @Test func `no default pattern is dropped`() {
    #expect(Policy.defaultExempt.map(\.text) == Policy.exemptPatterns)
    #expect(Policy.defaultSensitive.map(\.text) == Policy.sensitivePatterns)
  }

  @Test func `blocks everywhere by default`() {
    for place in Policy.Place.allCases { #expect(Policy.default.gate.mode(at: place) == .block) }
    #expect(Policy.default.review.maxAgeDays == 90)
  }

  @Test(arguments: [
    ".reviewgate/policy.yml", ".reviewgate/reviewers", ".reviewgate/a/b",
    ".github/workflows/ci.yml", ".github/actions/x/action.yml", ".gitlab-ci.yml", ".gitattributes",
    "vendor/.gitattributes", ".gitmodules", ".husky/pre-commit", "CODEOWNERS", ".github/CODEOWNERS",
    "docs/CODEOWNERS", ".claude/settings.json", "AGENTS.md", "vendor/x/CLAUDE.md", ".mcp.json",
  ])
  func `settings that steer builds, hooks and agents are sensitive`(path: String) {
    #expect(classify(path) == .sensitive)
  }

  @Test(arguments: [
    ("package-lock.json", "**/package-lock.json"), ("a/b/go.sum", "**/go.sum"),
    ("vendor/x/y.go", "vendor/**"), ("web/node_modules/a/b.js", "**/node_modules/**"),
    ("t/__snapshots__/a", "**/__snapshots__/**"), ("api/x.pb.go", "**/*.pb.go"),
    ("a.generated.swift", "**/*.generated.*"),
  ])
  func `locks, vendored and generated files are exempt`(path: String, pattern: String) throws {
    #expect(classify(path) == .exempt(try Glob(pattern)))
  }

  @Test(arguments: [
    "Sources/a.swift", "xvendor/a", "a/vendor/b", "Cargo.lock.swift", ".reviewgate/records/a",
    ".github/dependabot.yml", "README.md", "web/Jenkinsfile.md",
  ])
  func `everything else is ordinary`(path: String) {
    #expect(classify(path) == .ordinary)
  }

  @Test(arguments: [FileMode.executable, .symlink, .submodule, .directory])
  func `no exemption covers what runs, links or lives elsewhere`(mode: FileMode) {
    #expect(classify("vendor/x", mode) == .ordinary)
  }

  @Test(arguments: [FileMode.regular, .absent, FileMode(rawValue: 0o100664)])
  func `an exemption covers plain files and their removal`(mode: FileMode) throws {
    #expect(classify("vendor/x", mode) == .exempt(try Glob("vendor/**")))
  }

  @Test(arguments: [".github", ".github/workflows", ".claude", ".reviewgate", ".husky"])
  func `a link in the place of a sensitive folder is sensitive`(path: String) {
    #expect(classify(path, .symlink) == .sensitive)
    #expect(classify(path, .submodule) == .sensitive)
  }

  @Test func `sensitive outranks exempt and prototype, exempt outranks prototype`() throws {
    var policy = Policy()
    policy.paths.prototype = [try Glob("spikes/**"), try Glob(".github/**"), try Glob("vendor/**")]
    policy.paths.sensitive.append(try Glob("spikes/keys/**"))
    #expect(classify("spikes/a", .executable, policy) == .prototype(try Glob("spikes/**")))
    #expect(classify("spikes/a", .symlink, policy) == .ordinary)
    #expect(classify("spikes/keys/a", .regular, policy) == .sensitive)
    #expect(classify(".github/workflows/a", .regular, policy) == .sensitive)
    #expect(classify("vendor/a", .regular, policy) == .exempt(try Glob("vendor/**")))
  }

  @Test func `a policy can make records sensitive after all`() throws {
    var policy = Policy()
    policy.paths.sensitive.append(try Glob(".reviewgate/records/**"))
    #expect(classify(".reviewgate/records/a", .regular, policy) == .sensitive)
  }

  @Test func `the last matching rule wins field by field`() throws {
    var policy = Policy()
    var first = Policy.Rule(paths: [try Glob("Sources/**")])
    first.require = .signed
    first.approvals = 2
    var second = Policy.Rule(paths: [try Glob("Tests/**"), try Glob("Sources/Auth/**")])
    second.require = .touched
    second.maxAgeDays = .some(nil)
    policy.rules = [first, second]
    let auth = policy.requirement(for: RepositoryPath("Sources/Auth/Key.swift"))
    #expect(auth.require == .touched)
    #expect(auth.approvals == 2)
    #expect(auth.maxAgeDays == nil)
    #expect(auth.independence == .own)
    let plain = policy.requirement(for: RepositoryPath("Sources/a.swift"))
    #expect(plain.require == .signed)
    #expect(plain.maxAgeDays == 90)
    #expect(policy.requirement(for: RepositoryPath("README.md")) == policy.review)
    policy.rules.reverse()
    #expect(policy.requirement(for: RepositoryPath("Sources/Auth/K.swift")).require == .signed)
  }

  private func classify(
    _ path: String,
    _ mode: FileMode = .regular,
    _ policy: Policy = .default
  ) -> Policy.PathClass {
    policy.classification(of: RepositoryPath(path), newMode: mode)
  }
}
