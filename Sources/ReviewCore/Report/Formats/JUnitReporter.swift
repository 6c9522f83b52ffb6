/// JUnit XML: a suite for each file, a case for each of its hunks.
///
/// The first suite says what was looked at, so that no document is without a case: several readers
/// take one for a mistake.
struct JUnitReporter: Reporter {
  func bytes(of report: Report) -> [UInt8] {
    let suites = [Suite(gate(report), name: "reviewgate")] + files(report)
    let head = XMLText.tag("testsuites", counts(suites, name: "reviewgate"))
    let lines =
      ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<\(head)>"]
      + suites.flatMap(\.lines) + ["</testsuites>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// What came of looking at all.
  private func gate(_ report: Report) -> [Case] {
    var cases = report.evaluations.map { Case(name: $0.headline, state: .passed) }
    cases += report.items.filter { $0.path == nil || $0.rule.isProblem }.map { item in
      let detail = Case.Detail(item)
      return Case(
        name: item.rule.rawValue + " " + item.uniqueDigest.prefix(8),
        state: item.rule.isProblem ? .error(detail) : .failure(detail)
      )
    }
    return cases
  }

  /// The files in the order of their paths.
  private func files(_ report: Report) -> [Suite] {
    let open = report.items.filter { $0.finding != nil }
    var cases: [RepositoryPath: [(line: Int, case: Case)]] = [:]
    for item in open {
      cases[item.file, default: []].append((item.lines?.start ?? 0, Case(item)))
    }
    for evaluation in report.evaluations {
      for finding in evaluation.verdict.findings where ReportRule(finding) == nil {
        cases[finding.path, default: []]
          .append((finding.place?.start ?? 0, Case(finding, evaluation.context.everywhere)))
      }
    }
    return cases.sorted { $0.key < $1.key }.map { path, found in
      let sorted = found.indices.sorted { (found[$0].line, $0) < (found[$1].line, $1) }
      return Suite(Case.numbered(sorted.map { found[$0].case }), name: ReportPath.text(path))
    }
  }

  private func counts(_ suites: [Suite], name: String) -> KeyValuePairs<String, String> {
    let cases = suites.flatMap(\.cases)
    return [
      "name": name, "tests": "\(cases.count)", "failures": "\(cases.count(where: \.isFailure))",
      "errors": "\(cases.count(where: \.isError))",
    ]
  }

  /// The cases of one file.
  private struct Suite {
    let cases: [Case]
    let name: String

    init(_ cases: [Case], name: String) {
      self.cases = cases
      self.name = name
    }

    var lines: [String] {
      let head = XMLText.tag(
        "testsuite",
        [
          "name": name, "tests": "\(cases.count)",
          "failures": "\(cases.count(where: \.isFailure))",
          "errors": "\(cases.count(where: \.isError))",
          "skipped": "\(cases.count(where: \.isSkipped))",
        ]
      )
      return ["  <\(head)>"] + cases.flatMap { $0.lines(in: name) } + ["  </testsuite>"]
    }
  }

  /// One unit and what came of it.
  private struct Case {
    /// What a reader of a failure is told.
    struct Detail {
      let kind: String
      let message: String

      init(_ item: ReportItem) {
        kind = item.rule.rawValue
        message = item.message
      }
    }

    enum State {
      case passed
      case skipped(String)
      case failure(Detail)
      case error(Detail)
    }

    var name: String
    let state: State

    init(name: String, state: State) {
      self.name = name
      self.state = state
    }

    init(_ item: ReportItem) {
      name = Self.name(item.lines, item.fingerprint)
      // What only warns, or passes by an override, fails nothing.
      state = item.level == .error ? .failure(Detail(item)) : .skipped(item.message)
    }

    init(_ finding: Finding, _ context: ReportContext) {
      name = Self.name(finding.place, finding.contentDigest)
      state = finding.outcome == .exempt ? .skipped(finding.summary(context)) : .passed
    }

    private static func name(_ lines: LineRange?, _ digest: String) -> String {
      let place = lines.map { $0.count == 1 ? "line \($0)" : "lines \($0)" } ?? "whole file"
      return "\(place) (\(digest.prefix(8)))"
    }

    /// GitLab takes two cases of one name for one.
    static func numbered(_ cases: [Case]) -> [Case] {
      var counts: [String: Int] = [:]
      return cases.map { one in
        var one = one
        let count = counts[one.name, default: 0] + 1
        counts[one.name] = count
        if count > 1 { one.name += " #\(count)" }
        return one
      }
    }

    var isFailure: Bool { if case .failure = state { true } else { false } }
    var isError: Bool { if case .error = state { true } else { false } }
    var isSkipped: Bool { if case .skipped = state { true } else { false } }

    func lines(in suite: String) -> [String] {
      let head = XMLText.tag("testcase", ["name": name, "classname": suite])
      switch state {
      case .passed: return ["    <\(head)/>"]
      case .skipped(let message):
        return wrapped(head, "<" + XMLText.tag("skipped", ["message": message]) + "/>")
      case .failure(let detail): return wrapped(head, element("failure", detail))
      case .error(let detail): return wrapped(head, element("error", detail))
      }
    }

    private func element(_ name: String, _ detail: Detail) -> String {
      "<" + XMLText.tag(name, ["message": detail.message, "type": detail.kind]) + ">"
        + XMLText.line(detail.message) + "</\(name)>"
    }

    private func wrapped(_ head: String, _ body: String) -> [String] {
      ["    <\(head)>", "      " + body, "    </testcase>"]
    }
  }
}
