/// One page with the code, which needs no network, no script and no file beside it.
struct HTMLReporter: Reporter {
  /// A browser shows more lines than this slowly.
  static let mostLines = 3_000

  func bytes(of report: Report) -> [UInt8] {
    var code = HTMLCode(linesLeft: Self.mostLines)
    var body: [String] = []
    for evaluation in report.evaluations {
      body += section(evaluation, &code)
    }
    if code.leftOut > 0 {
      body.append("<p class=\"note\">\(Count.of(code.leftOut, "line")) of code not shown.</p>")
    }
    let lines = head(report) + body + ["</body>", "</html>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  // MARK: - Head

  private func head(_ report: Report) -> [String] {
    let title = "ReviewGate: " + report.verdict
    let tone = report.verdict.hasPrefix("passed") ? "good" : "bad"
    return [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\"/>",
      // Nothing is fetched and nothing runs, whatever the code on the page says.
      "<meta http-equiv=\"Content-Security-Policy\" "
        + "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      "<meta name=\"referrer\" content=\"no-referrer\"/>",
      "<title>\(title)</title>", "<style>\n\(Self.style)</style>", "</head>", "<body>",
      "<h1 class=\"\(tone)\">\(title)</h1>",
    ] + problem(report)
  }

  private func problem(_ report: Report) -> [String] {
    guard let problem = report.problem else { return [] }
    let places = problem.places.map { "\($0.path.display):\($0.line): \($0.text)" }
    let lines = ["NOT EVALUATED. Nothing was passed."] + problem.lines + places
    return ["<section class=\"problem\">"] + lines.map { "<p>\(XMLText.line($0))</p>" }
      + ["</section>"]
  }

  // MARK: - One evaluation

  private func section(_ evaluation: Report.Evaluation, _ code: inout HTMLCode) -> [String] {
    let context = evaluation.context.everywhere
    let found = evaluation.verdict.attributed
    var lines = ["<section>", "<p class=\"headline\">\(XMLText.line(evaluation.headline))</p>"]
    for item in evaluation.verdict.forbidden {
      let commit = item.commit?.short ?? "the commit message"
      let text = "\(commit) \(item.rule.meaning): "
      lines.append("<p>\(XMLText.line(Array(text.utf8) + item.line))</p>")
    }
    if !evaluation.verdict.blocking.isEmpty {
      lines.append(
        "<p>A named person reads what is open and records it: "
          + "<code>\(XMLText.line(context.reviewCommand))</code></p>"
      )
    }
    // What is open has the first claim on the lines that are shown.
    let files = Self.byFile(found)
    let open = files.filter { $0.contains(where: \.outcome.blocks) }
    let closed = files.filter { !$0.contains(where: \.outcome.blocks) }
    for file in open + closed { lines += article(file, context, &code) }
    return lines + ["</section>"]
  }

  /// The findings of each file, in the order in which they come.
  private static func byFile(_ findings: [Finding]) -> [[Finding]] {
    var order: [RepositoryPath] = []
    var files: [RepositoryPath: [Finding]] = [:]
    for finding in findings {
      if files[finding.path] == nil { order.append(finding.path) }
      files[finding.path, default: []].append(finding)
    }
    return order.map { files[$0] ?? [] }
  }

  private func article(
    _ findings: [Finding],
    _ context: ReportContext,
    _ code: inout HTMLCode
  ) -> [String] {
    guard let first = findings.first else { return [] }
    let open = findings.count(where: \.outcome.blocks)
    let size = "\(Count.of(findings.count, "hunk")), \(open) open"
    var lines = [
      "<details\(open > 0 ? " open=\"open\"" : "")>",
      "<summary><code>\(XMLText.line(first.path.bytes))</code> <small>\(size)</small></summary>",
    ]
    for finding in findings {
      lines.append(heading(finding, context))
      lines += evidence(finding)
      lines += code.lines(of: finding)
    }
    return lines + ["</details>"]
  }

  private func heading(_ finding: Finding, _ context: ReportContext) -> String {
    let tone = finding.outcome.blocks ? "bad" : finding.outcome == .reviewed ? "good" : "meta"
    let place = finding.place.map { "line \($0)" } ?? "whole file"
    let commit = finding.commit.map { "commit \($0.short), " } ?? ""
    return "<h2><span class=\"\(tone)\">\(finding.outcome.rawValue)</span> \(commit)\(place): "
      + "\(XMLText.line(finding.summary(context)))</h2>"
  }

  private func evidence(_ finding: Finding) -> [String] {
    SourcedEvidence.of(finding).prefix(5).map {
      "<p class=\"meta\">\(XMLText.line($0.line(.unicode)))</p>"
    }
  }

  // MARK: - Style

  private static let style = """
    :root { color-scheme: light dark; }
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto;
      padding: 0 1rem; }
    h1 { font-size: 1.4rem; } h2 { font-size: 1rem; font-weight: 500; margin: 1rem 0 .2rem; }
    h1, h2, p, summary { overflow-wrap: anywhere; }
    code, table { font: 13px/1.45 ui-monospace, monospace; }
    details { border: 1px solid #8886; border-radius: 6px; margin: 1rem 0; padding: .5rem 1rem; }
    summary { cursor: pointer; }
    .headline { font-weight: 600; } .meta, small { opacity: .75; margin: 0; }
    .good { color: #1a7f37; } .bad { color: #c01c28; }
    @media (prefers-color-scheme: dark) { .good { color: #3fb950; } .bad { color: #ff7b72; } }
    .problem { border-left: 4px solid #c01c28; padding-left: 1rem; }
    .note { font-style: italic; }
    .code { overflow-x: auto; border: 1px solid #8884; border-radius: 4px; }
    table { border-collapse: collapse; width: 100%; tab-size: 4; }
    td { padding: 0 .6rem; white-space: pre; }
    td.n { text-align: right; opacity: .6; width: 1%; user-select: none; }
    tr.add { background: #2ea04326; } tr.del { background: #f8514926; }

    """
}
