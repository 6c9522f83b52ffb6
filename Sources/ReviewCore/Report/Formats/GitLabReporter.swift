/// GitLab's Code Quality: an array, empty when there is nothing to say.
struct GitLabReporter: Reporter {
  func bytes(of report: Report) -> [UInt8] {
    let issues = report.items.map { item -> StrictJSON in
      let lines: StrictJSON = .object([
        "begin": .integer(item.firstLine), "end": .integer(item.lastLine),
      ])
      return .object([
        "description": ReportJSON.text(item.message),
        "check_name": .string(item.rule.rawValue),
        "fingerprint": .string(item.uniqueDigest),
        "severity": .string(severity(item)),
        "location": .object(["path": .string(ReportPath.text(item.file)), "lines": lines]),
      ])
    }
    return Array(ReportJSON.text(.array(issues)).utf8)
  }

  private func severity(_ item: ReportItem) -> String {
    switch item.level {
    case .error: item.rule.isProblem ? "blocker" : item.rule == .rejected ? "critical" : "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
