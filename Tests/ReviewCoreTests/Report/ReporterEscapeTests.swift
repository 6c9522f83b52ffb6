import Foundation
import Testing

@testable import ReviewCore

/// No field of any form lets foreign text out: every output is read back by a reader that knows
/// nothing of what wrote it, and holds exactly the fields that went in.
@Suite struct ReporterEscapeTests {
  static let seeds = Array(UInt64(1)...24)

  private func bytes(_ format: ReportFormat, _ report: Report) -> [UInt8] {
    format.reporter(ReportSettings(mostAnnotations: 1_000)).bytes(of: report)
  }

  private func text(_ format: ReportFormat, _ report: Report) -> String {
    String(decoding: bytes(format, report), as: UTF8.self)
  }

  /// What XML can hold of a text: it forbids two characters whatever is done.
  private func inXML(_ text: String) -> [UInt8] {
    var result = ""
    for scalar in VisibleText.line(text).unicodeScalars {
      switch scalar.value {
      case 0xfffe: result += "<U+FFFE>"
      case 0xffff: result += "<U+FFFF>"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return Array(result.utf8)
  }

  private func utf8(_ value: Any?) -> [UInt8] { Array((value as? String ?? "<none>").utf8) }

  // MARK: - All of them

  @Test(arguments: ReportFormat.allCases)
  func `is UTF-8 that no terminal and no service obeys`(format: ReportFormat) throws {
    for seed in Self.seeds {
      for report in [HostileReports.report(seed: seed), HostileReports.problem(seed: seed)] {
        let bytes = bytes(format, report)
        let text = try #require(String(validating: bytes, as: UTF8.self))
        let isObeyed = text.unicodeScalars.contains { scalar in
          guard !(" "..."~").contains(scalar) else { return false }
          // A tab is code, and only the page shows code.
          let isTab = scalar == "\t" && format == .html
          return scalar != "\n" && !isTab
            && (scalar.value < 0x20 || scalar.value == 0x7f || VisibleText.isHidden(scalar))
        }
        #expect(!isObeyed, "\(seed)")
        guard format != .github else { continue }
        #expect(ReportReaders.commands(text) == [], "\(seed)")
        #expect(!text.contains("##["), "\(seed)")
        #expect(!text.contains("##vso["), "\(seed)")
        #expect(!text.contains("##teamcity["), "\(seed)")
      }
    }
  }

  @Test(arguments: ReportFormat.allCases)
  func `the same report gives the same bytes`(format: ReportFormat) {
    let first = bytes(format, HostileReports.report(seed: 7))
    for _ in 0..<10 { #expect(bytes(format, HostileReports.report(seed: 7)) == first) }
  }

  // MARK: - JSON

  @Test func `GitLab's array holds the items`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let issues = try #require(
        try ReportReaders.json(bytes(.gitlab, report)) as? [[String: Any]]
      )
      #expect(issues.count == report.items.count)
      for (issue, item) in zip(issues, report.items) {
        #expect(utf8(issue["description"]) == Array(item.message.utf8))
        let location = try #require(issue["location"] as? [String: Any])
        expect(path: location["path"], item.file)
        #expect(Set(issue.keys).count == 5 && Set(location.keys) == ["path", "lines"])
      }
    }
  }

  @Test func `reviewdog's diagnostics hold the items`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let document = try #require(
        try ReportReaders.json(bytes(.rdjson, report)) as? [String: Any]
      )
      let found = try #require(document["diagnostics"] as? [[String: Any]])
      #expect(found.count == report.items.count)
      for (diagnostic, item) in zip(found, report.items) {
        #expect(utf8(diagnostic["message"]) == Array(item.message.utf8))
        expect(path: (diagnostic["location"] as? [String: Any])?["path"], item.file)
      }
    }
  }

  @Test func `SARIF holds the items, and each path comes back from its URI`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let results = try SARIFDocument(bytes(.sarif, report)).results
      #expect(results.count == report.items.count)
      for (result, item) in zip(results, report.items) {
        #expect(utf8(result.message) == Array(item.message.utf8))
        let plain = CharacterSet(charactersIn: "/-._~%").union(.alphanumerics)
        #expect(result.uri.unicodeScalars.allSatisfy { $0.isASCII && plain.contains($0) })
        #expect(RepositoryPath(escaped: result.uri) == item.file)
      }
    }
  }

  @Test func `our own JSON gives each path back`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let document = try #require(
        try ReportReaders.json(bytes(.json, report)) as? [String: Any]
      )
      let paths = (document["hunks"] as? [[String: Any]] ?? []).compactMap {
        ($0["path"] as? String).flatMap { RepositoryPath(escaped: $0) }
      }
      #expect(paths == report.evaluations[0].verdict.findings.map(\.path))
    }
  }

  /// A path that is text is there as it is; any other can be told from its escapes.
  private func expect(path found: Any?, _ path: RepositoryPath) {
    let text = found as? String ?? "<none>"
    if String(validating: path.bytes, as: UTF8.self) != nil {
      #expect(Array(text.utf8) == path.bytes)
    } else {
      #expect(RepositoryPath(escaped: text) == path)
    }
  }

  // MARK: - Annotations

  @Test func `GitHub's runner reads one annotation for each item`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let commands = ReportReaders.commands(text(.github, report))
      let items = report.itemsByWeight
      #expect(commands.count == items.count, "\(seed)")
      for (command, item) in zip(commands, items) {
        #expect(command.name == "error")
        #expect(command.data == Array(item.message.utf8))
        #expect(command.properties["title"] == Array("ReviewGate: \(item.rule.rawValue)".utf8))
        guard let path = item.path else { continue }
        let names: Set<String> = ["file", "line", "endLine", "title"]
        #expect(Set(command.properties.keys) == names, "\(seed)")
        // Line ends are encoded and come back; whatever else is obeyed is shown.
        #expect(VisibleText.line(command.properties["file"] ?? []) == path.display)
        #expect(command.properties["line"] == Array("\(item.firstLine)".utf8))
      }
    }
  }

  // MARK: - XML

  @Test func `Checkstyle holds the items`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let root = try ReportReaders.xml(bytes(.checkstyle, report))
      #expect(Set(root.all.map(\.name)) == ["checkstyle", "file", "error"])
      let errors = root.all("error")
      #expect(errors.count == report.items.count)
      let files = root.all("file").flatMap { file in
        file.children.map { _ in file.attributes["name"] ?? "" }
      }
      for ((error, file), item) in zip(zip(errors, files), report.items) {
        #expect(Array((error.attributes["message"] ?? "").utf8) == inXML(item.message))
        #expect(Array(file.utf8) == inXML(ReportPath.text(item.file)))
        #expect(Set(error.attributes.keys) == ["line", "severity", "message", "source"])
      }
    }
  }

  @Test func `JUnit holds the items`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let root = try ReportReaders.xml(bytes(.junit, report))
      #expect(Set(root.all.map(\.name)) == ["testsuites", "testsuite", "testcase", "failure"])
      let failures = root.all("failure")
      let items = report.items
      #expect(failures.count == items.count)
      for (failure, item) in zip(failures, items) {
        #expect(Array((failure.attributes["message"] ?? "").utf8) == inXML(item.message))
        #expect(Array(failure.text.utf8) == inXML(item.message))
      }
      let names = root.all("testsuite").dropFirst().map {
        Array(($0.attributes["name"] ?? "").utf8)
      }
      let paths = Set(items.compactMap(\.path)).sorted()
      #expect(names == paths.map { inXML(ReportPath.text($0)) })
    }
  }

  // MARK: - HTML and Markdown

  @Test func `the page holds the code as text and nothing that runs or loads`() throws {
    let elements: Set<String> = [
      "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "section", "details",
      "summary", "code", "small", "span", "div", "table", "tr", "td",
    ]
    let attributes: Set<String> = [
      "lang", "charset", "http-equiv", "content", "name", "class", "open",
    ]
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let root = try ReportReaders.xml(bytes(.html, report))
      #expect(Set(root.all.map(\.name)).isSubset(of: elements), "\(seed)")
      #expect(Set(root.all.flatMap(\.attributes.keys)).isSubset(of: attributes), "\(seed)")
      let findings = report.evaluations[0].verdict.findings
      var order: [RepositoryPath] = []
      for finding in findings where !order.contains(finding.path) { order.append(finding.path) }
      let sorted = order.flatMap { path in findings.filter { $0.path == path } }
      let code = root.all("tr").compactMap { $0.children.last?.text }
      let expected = sorted.flatMap { finding in
        (finding.item.hunk?.added ?? []).split(separator: 0x0a, omittingEmptySubsequences: false)
          .dropLast()
          .map { "+" + XMLNames.named(VisibleText.source($0)) }
      }
      #expect(code.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(seed)")
      let names = root.all("summary").map { $0.children.first?.text ?? "" }
      #expect(names.map { Array($0.utf8) } == order.map { inXML($0.display) })
    }
  }

  @Test func `the comment is one table with a row for each item`() throws {
    for seed in Self.seeds {
      let report = HostileReports.report(seed: seed)
      let text = text(.markdown, report)
      #expect(text.hasPrefix(MarkdownReporter.marker + "\n"))
      let lines = text.utf8.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
      // Beside the marker, the title and one sentence, every line is HTML, which Markdown leaves be.
      let html = lines.filter { $0.hasPrefix("<") && !$0.hasPrefix("<!--") }
      let others = lines.filter { !$0.hasPrefix("<") }
      #expect(others.count == 3, "\(others)")
      let markup = html.joined(separator: "\n")
      let command = others.last ?? ""
      let root = try ReportReaders.xml(
        Array("<r>\(markup.replacing("</pre>", with: command + "</pre>"))</r>".utf8)
      )
      let names: Set<String> = ["r", "p", "code", "table", "tr", "th", "td", "pre"]
      #expect(Set(root.all.map(\.name)) == names)
      #expect(!root.all.contains { !$0.attributes.isEmpty })
      #expect(root.all("tr").count == report.items.count + 1)
      let reason = root.all("tr").dropFirst().map { Array(($0.children.last?.text ?? "").utf8) }
      #expect(reason == report.items.map { inXML($0.finding == nil ? $0.message : $0.reason) })
      #expect(Array(root.all("pre")[0].text.utf8).starts(with: "\nreviewgate review --range ".utf8))
    }
  }
}

/// The two characters that XML forbids, as they are named.
private enum XMLNames {
  static func named(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xfffe: result += "<U+FFFE>"
      case 0xffff: result += "<U+FFFF>"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
