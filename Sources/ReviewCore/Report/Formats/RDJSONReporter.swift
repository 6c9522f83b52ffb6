/// Reviewdog's diagnostic format, which it turns into comments of many code hosts.
struct RDJSONReporter: Reporter {
  func bytes(of report: Report) -> [UInt8] {
    let items = report.items
    let document: StrictJSON = .object([
      "source": .object(["name": .string("reviewgate")]),
      "severity": .string(Self.severity(items.contains { $0.level == .error } ? .error : .warning)),
      "diagnostics": .array(items.map(diagnostic)),
    ])
    return Array(ReportJSON.text(document).utf8)
  }

  private func diagnostic(_ item: ReportItem) -> StrictJSON {
    let range: StrictJSON? = item.lines.map { _ in
      .object([
        "start": .object(["line": .integer(item.firstLine)]),
        "end": .object(["line": .integer(item.lastLine)]),
      ])
    }
    return .object([
      "message": ReportJSON.text(item.message),
      "location": .object(["path": .string(ReportPath.text(item.file)), "range": range]),
      "severity": .string(Self.severity(item.level)),
      "code": .object(["value": .string(item.rule.rawValue)]),
    ])
  }

  private static func severity(_ level: ReportItem.Level) -> String {
    switch level {
    case .error: "ERROR"
    case .warning: "WARNING"
    case .note: "INFO"
    }
  }
}
