/// Checkstyle XML: the files with what is open in them.
struct CheckstyleReporter: Reporter {
  func bytes(of report: Report) -> [UInt8] {
    let items = report.items
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<checkstyle version=\"4.3\">"]
    var file: RepositoryPath?
    for item in items {
      if item.file != file {
        if file != nil { lines.append("  </file>") }
        file = item.file
        lines.append("  <" + XMLText.tag("file", ["name": ReportPath.text(item.file)]) + ">")
      }
      lines.append("    <" + error(item) + "/>")
    }
    if file != nil { lines.append("  </file>") }
    return Array((lines + ["</checkstyle>", ""]).joined(separator: "\n").utf8)
  }

  private func error(_ item: ReportItem) -> String {
    XMLText.tag(
      "error",
      [
        "line": "\(item.firstLine)", "severity": item.level == .note ? "info" : item.level.rawValue,
        "message": item.message, "source": "reviewgate.\(item.rule.rawValue)",
      ]
    )
  }
}
