/// Annotations of a GitHub job: workflow commands, the worst first, and how many are left out.
struct GitHubReporter: Reporter {
  /// How many are written before the rest is only counted.
  let most: Int

  func bytes(of report: Report) -> [UInt8] {
    let items = report.itemsByWeight
    let shown = items.prefix(max(0, most))
    var lines = shown.map(line)
    if items.count > shown.count {
      let files = Set(items.dropFirst(shown.count).map(\.file)).count
      lines.append(
        "::notice title=ReviewGate::\(items.count - shown.count) more in "
          + "\(Count.of(files, "file")) not shown here; the step's summary and the log have more"
      )
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  private func line(_ item: ReportItem) -> String {
    let command = item.level == .note ? "notice" : item.level.rawValue
    var properties: [String] = []
    if let path = item.path {
      properties.append("file=" + AnnotationText.property(path.bytes))
      // A file as a whole, or one that is gone, has no line to point at.
      if item.lines != nil {
        properties += ["line=\(item.firstLine)", "endLine=\(item.lastLine)"]
      }
    }
    properties.append("title=ReviewGate%3A \(item.rule.rawValue)")
    return "::\(command) \(properties.joined(separator: ","))::"
      + AnnotationText.data(item.message)
  }
}
