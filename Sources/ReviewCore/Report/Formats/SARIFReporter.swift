/// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), one run.
///
/// A result is known by its content, not by its line, so that what moves stays the same alert.
struct SARIFReporter: Reporter {
  /// Code scanning takes no more results of one run.
  var mostResults = 25_000

  func bytes(of report: Report) -> [UInt8] {
    let document: StrictJSON = .object([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .array([run(report)]),
    ])
    return Array(ReportJSON.text(document).utf8)
  }

  private func run(_ report: Report) -> StrictJSON {
    let found = report.items.filter { !$0.rule.isProblem }
    // The worst stay when there are too many, in the order of the files all the same.
    let kept =
      found.count <= mostResults
      ? found
      : report.itemsByWeight.filter { !$0.rule.isProblem }.prefix(mostResults)
        .sorted { Self.order($0, $1) }
    return .object([
      "tool": .object(["driver": driver]),
      "automationDetails": .object(["id": .string("reviewgate/\(report.place.rawValue)/")]),
      "originalUriBaseIds": .object([
        "%SRCROOT%": .object(["description": Self.text("The root of the repository.")])
      ]),
      "invocations": .array([invocation(report, leftOut: found.count - kept.count)]),
      "results": .array(kept.map(result)),
      "properties": .object([
        "verdict": .string(report.verdict),
        "evaluated": .array(report.headlines.map(ReportJSON.text)),
      ]),
    ])
  }

  private static func order(_ left: ReportItem, _ right: ReportItem) -> Bool {
    left.file == right.file
      ? (left.firstLine, left.uniqueDigest) < (right.firstLine, right.uniqueDigest)
      : left.file < right.file
  }

  private var driver: StrictJSON {
    .object([
      "name": .string("ReviewGate"),
      "semanticVersion": .string(ToolVersion.current),
      "rules": .array(Self.rules.map(descriptor)),
      "notifications": .array(ReportRule.allCases.filter(\.isProblem).map(descriptor)),
    ])
  }

  private static let rules = ReportRule.allCases.filter { !$0.isProblem }

  private func descriptor(_ rule: ReportRule) -> StrictJSON {
    .object([
      "id": .string(rule.rawValue), "shortDescription": Self.text(rule.meaning),
      "defaultConfiguration": .object([
        "level": .string(rule == .overridden ? "note" : "error")
      ]),
    ])
  }

  // MARK: - What could not be judged

  private func invocation(_ report: Report, leftOut: Int) -> StrictJSON {
    let problems = report.items.filter(\.rule.isProblem)
    let policy = problems.filter { $0.rule == .policyError }.map(notification)
    var others = problems.filter { $0.rule == .notEvaluated }.map(notification)
    if leftOut > 0 {
      let text = "\(Count.of(leftOut, "result")) not shown; a run takes \(mostResults)."
      others.append(.object(["level": .string("warning"), "message": Self.text(text)]))
    }
    return .object([
      "executionSuccessful": .bool(report.problem == nil),
      "toolConfigurationNotifications": policy.isEmpty ? nil : .array(policy),
      "toolExecutionNotifications": others.isEmpty ? nil : .array(others),
    ])
  }

  private func notification(_ item: ReportItem) -> StrictJSON {
    .object([
      "level": .string("error"),
      "descriptor": .object(["id": .string(item.rule.rawValue)]),
      "message": Self.text(item.message),
      "locations": item.path.map { .array([location($0, item)]) },
    ])
  }

  // MARK: - Results

  private func result(_ item: ReportItem) -> StrictJSON {
    let name = item.fingerprint + (item.occurrence == 1 ? "" : ":\(item.occurrence)")
    return .object([
      "ruleId": .string(item.rule.rawValue),
      "ruleIndex": Self.rules.firstIndex(of: item.rule).map(StrictJSON.integer),
      "level": .string(item.level.rawValue),
      "message": Self.text(item.message),
      "locations": .array([location(item.file, item)]),
      "partialFingerprints": .object([
        "reviewgateContent/v1": .string(name),
        // The only one that GitHub looks at.
        "primaryLocationLineHash": .string("\(item.fingerprint.prefix(16)):\(item.occurrence)"),
      ]),
      "suppressions": suppression(item).map { .array([$0]) },
    ])
  }

  /// What an override lets pass is there and suppressed.
  private func suppression(_ item: ReportItem) -> StrictJSON? {
    guard item.rule == .overridden else { return nil }
    return .object([
      "kind": .string("external"), "status": .string("accepted"),
      "justification": .string(item.message),
    ])
  }

  private func location(_ path: RepositoryPath, _ item: ReportItem) -> StrictJSON {
    .object([
      "physicalLocation": .object([
        "artifactLocation": .object([
          "uri": .string(ReportPath.uri(path)), "uriBaseId": .string("%SRCROOT%"),
        ]),
        // A file as a whole has one too: code scanning shows nothing without it.
        "region": .object([
          "startLine": .integer(item.firstLine), "endLine": .integer(item.lastLine),
        ]),
      ])
    ])
  }

  private static func text(_ text: String) -> StrictJSON {
    .object(["text": ReportJSON.text(text)])
  }
}
