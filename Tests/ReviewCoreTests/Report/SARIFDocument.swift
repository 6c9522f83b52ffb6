import Testing

/// A SARIF document, read and held against what the standard and code scanning ask of it.
struct SARIFDocument {
  struct Result {
    let rule: String
    let level: String
    let message: String
    let uri: String
    let lines: ClosedRange<Int>
    let fingerprints: [String: String]
    let isSuppressed: Bool
  }

  let run: [String: Any]
  let results: [Result]

  init(_ bytes: [UInt8]) throws {
    let document = try #require(try ReportReaders.json(bytes) as? [String: Any])
    #expect(document["version"] as? String == "2.1.0")
    let runs = try #require(document["runs"] as? [[String: Any]])
    #expect(runs.count == 1)
    run = try #require(runs.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "ReviewGate")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let ids = rules.compactMap { $0["id"] as? String }
    #expect(ids.count == rules.count && Set(ids).count == ids.count)
    let raw = try #require(run["results"] as? [[String: Any]])
    results = try raw.map { try Self.read($0, ids) }
    let category = try #require((run["automationDetails"] as? [String: Any])?["id"] as? String)
    #expect(category.hasSuffix("/"))
    #expect(results.count <= 25_000)
  }

  private static func read(_ raw: [String: Any], _ ids: [String]) throws -> Result {
    let rule = try #require(raw["ruleId"] as? String)
    let index = try #require(raw["ruleIndex"] as? Int)
    #expect(ids.indices.contains(index) && ids[index] == rule)
    let level = try #require(raw["level"] as? String)
    #expect(["none", "note", "warning", "error"].contains(level))
    let locations = try #require(raw["locations"] as? [[String: Any]])
    let physical = try #require(locations.first?["physicalLocation"] as? [String: Any])
    let artifact = try #require(physical["artifactLocation"] as? [String: Any])
    #expect(artifact["uriBaseId"] as? String == "%SRCROOT%")
    let uri = try #require(artifact["uri"] as? String)
    #expect(!uri.isEmpty && !uri.hasPrefix("/") && !uri.contains("\\") && !uri.contains(":"))
    let region = try #require(physical["region"] as? [String: Any])
    let start = try #require(region["startLine"] as? Int)
    let end = try #require(region["endLine"] as? Int)
    try #require(start >= 1 && end >= start)
    let prints = try #require(raw["partialFingerprints"] as? [String: String])
    #expect(prints.values.allSatisfy { !$0.isEmpty })
    return Result(
      rule: rule,
      level: level,
      message: try #require((raw["message"] as? [String: Any])?["text"] as? String),
      uri: uri,
      lines: start...end,
      fingerprints: prints,
      isSuppressed: (raw["suppressions"] as? [Any])?.isEmpty == false
    )
  }

  /// The notifications of the one invocation, by kind.
  func notifications(_ kind: String) -> [[String: Any]] {
    let invocations = run["invocations"] as? [[String: Any]] ?? []
    return invocations.flatMap { $0[kind] as? [[String: Any]] ?? [] }
  }

  var isSuccessful: Bool? {
    (run["invocations"] as? [[String: Any]])?.first?["executionSuccessful"] as? Bool
  }
}
