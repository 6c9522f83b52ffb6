import Foundation
import Testing

@testable import ReviewCore

@Suite struct PolicyFileTests {
  @Test func `reads the version alone as the defaults`() throws {
    #expect(try PolicyFile.parse(Array("version: 1\n".utf8)) == .default)
    #expect(try PolicyFile.parse(Array("---\r\n# a\r\nversion: 1 # b\r\n".utf8)) == .default)
  }

  @Test func `reads the starter file as the defaults`() throws {
    #expect(try PolicyFile.parse(Array(PolicyTemplate.text.utf8)) == .default)
  }

  @Test func `shows every key in the starter file and in the documentation`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/policy.md"), encoding: .utf8)
    for section in PolicySchema.sections {
      for key in section.keys {
        #expect(PolicyTemplate.text.contains("\(key):"), "\(section.name) \(key)")
        let name = [section.name, key].filter { !$0.isEmpty }.joined(separator: ".")
        #expect(page.contains("| `\(name)` |"), "\(name)")
      }
    }
    for pattern in Policy.exemptPatterns + Policy.sensitivePatterns {
      #expect(page.contains("`\(pattern)`"), "\(pattern)")
    }
  }

  @Test func `reads the examples of the documentation`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/policy.md"), encoding: .utf8)
    let examples = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(examples.count >= 3)
    for example in examples { _ = try PolicyFile.parse(Array(example.utf8)) }
  }

  @Test func `reads every key`() throws {
    let policy = try PolicyFile.parse(Array(Self.everything.utf8))
    #expect(policy.gate.commit == .off)
    #expect(policy.gate.push == .observe)
    #expect(policy.gate.receive == .warn)
    #expect(policy.gate.ci == .block)
    #expect(policy.gate.manual == .off)
    #expect(policy.gate.baseline == "v2.3.0")
    #expect(policy.origin.unattributed == .agent)
    #expect(policy.origin.lineRecords == .ignore)
    #expect(policy.review.require == .verified)
    #expect(policy.review.independence == .secondPerson)
    #expect(policy.review.approvals == 2)
    #expect(policy.review.maxAgeDays == nil)
    #expect(policy.forge.github == ["583231": "ada@example.com", "12": "grace@example.com"])
    #expect(policy.forge.gitlab == ["7": "ada@example.com"])
    #expect(policy.trailers.write == [.assistedBy, .agentLines])
    #expect(policy.trailers.forbid == [.agentSignedOffBy, .agentCoAuthor])
    #expect(policy.paths.exempt.map(\.text) == ["*.lock", "a/'b"])
    #expect(policy.paths.sensitive.map(\.text) == Policy.sensitivePatterns + [".ci/**"])
    #expect(policy.paths.prototype.map(\.text) == ["spikes/**"])
    #expect(policy.limits.maxFileBytes == 10)
    #expect(policy.limits.maxHunks == 20)
    #expect(policy.limits.maxCommits == 30)
    #expect(policy.rules.count == 2)
    #expect(policy.rules.first?.paths.map(\.text) == ["Sources/Auth/**"])
    #expect(policy.rules.first?.require == .touched)
    #expect(policy.rules.last?.maxAgeDays == .some(.some(7)))
    #expect(policy.rules.last?.independence == .own)
    #expect(policy.rules.last?.approvals == 3)
  }

  static let everything = """
    version: 1
    gate: {commit: off, push: observe, receive: "warn",
           ci: 'block', manual: off, baseline: v2.3.0}
    origin:
        unattributed: agent
        line-records: ignore
    review:
      require: verified
      independence: second-person
      approvals: 2
      max-age-days: none
    forge:
      github:
        - 583231 ada@example.com
        - "12 grace@example.com"
      gitlab: ["7 ada@example.com"]
    trailers:
      write: [assisted-by, agent-lines]
      forbid:
      - agent-signed-off-by
      - agent-co-author
    paths:
      exempt:
        - "*.lock" # quoted
        - 'a/''b'
      sensitive:
        [
          ".ci/**",
        ]
      prototype: [spikes/**]
    limits:
      max-file-bytes: 10
      max-hunks: 20
      max-commits: 30
    rules:
      - paths: ["Sources/Auth/**"]
        require: touched
      -
        paths:
          - "b/[c-e]*"
        independence: self
        approvals: 3
        max-age-days: 7
    """

  @Test(arguments: Policy.Mode.allCases)
  func `reads each mode, off included`(mode: Policy.Mode) throws {
    let policy = try PolicyFile.parse(Array("version: 1\ngate:\n  commit: \(mode.rawValue)".utf8))
    #expect(policy.gate.commit == mode)
  }

  @Test func `reads the starter file in little time`() throws {
    let bytes = Array(PolicyTemplate.text.utf8)
    let elapsed = ContinuousClock().measure {
      for _ in 0..<20 { _ = try? PolicyFile.parse(bytes) }
    }
    #expect(elapsed < .seconds(2))
  }
}
