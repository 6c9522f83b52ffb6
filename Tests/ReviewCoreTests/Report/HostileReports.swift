@testable import ReviewCore

/// Reports whose every foreign field tries to break out of its place.
enum HostileReports {
  static let pieces: [[UInt8]] =
    [
      "\u{1b}[2J", "\u{1b}]0;t\u{7}", "\u{202e}", "\u{2066}", "\n", "\r\n", "\r", "\t", "\u{0}",
      "%", "%0A", "%25", ":", "::", ",", "=", "<script>alert(1)</script>", "<!--", "-->", "]]>",
      "<![CDATA[", "&amp;", "&#60;", "&", "\"", "'", "|", "\\|", "\\", "`", "```", "::error::x",
      "\n::error file=a::b", "\r::stop-commands::x", "##[error]x", "##vso[task.complete]x",
      "##teamcity[x", "###[x]", "#12", "@example/team", "https://example.com/", "www.example.com",
      "</td></tr></table>", "</code>", "<img src=x onerror=y>", "{{x}}", "${{ x }}", "\u{fffe}",
      "\u{ffff}", "\u{feff}", "\u{85}", "\u{2028}", "\u{301}", "\u{fe0f}", "é", "木", "a", "B7",
      " ", "  ", "/", "..", "-", "[x](y)", "**", "_", "$(x)", "javascript:x", "\u{e0041}",
    ].map { Array($0.utf8) } + [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf0, 0x9f]]

  /// A run of pieces that is not empty.
  static func bytes(_ random: inout SeededGenerator, without forbidden: [UInt8] = []) -> [UInt8] {
    var result: [UInt8] = []
    while result.isEmpty {
      for _ in 0...random.number(5) { result += pieces[random.number(pieces.count)] }
      result.removeAll { forbidden.contains($0) }
    }
    return result
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    String(decoding: bytes(&random), as: UTF8.self)
  }

  /// A path: git has every byte in it but NUL.
  static func path(_ random: inout SeededGenerator) -> [UInt8] {
    let bytes = bytes(&random, without: [0])
    return bytes.first == UInt8(ascii: "/") ? [0x61] + bytes : bytes
  }

  static func finding(
    _ random: inout SeededGenerator,
    path: [UInt8],
    _ outcome: Finding.Outcome,
    at start: Int
  ) -> Finding {
    let code = (0...random.number(3)).flatMap { _ in
      bytes(&random, without: [0x0a]) + [0x0a]
    }
    let lines = code.count { $0 == 0x0a }
    let agent = text(&random)
    let evidence = Evidence(
      kind: .trailer,
      agent: agent,
      text: bytes(&random),
      strength: .certain
    )
    let hunk = Hunk(
      span: HunkSpan(
        old: LineRange(start: start, count: 0),
        new: LineRange(start: start, count: lines)
      ),
      removed: [],
      added: code
    )
    let contribution = Contribution(
      origin: .agent(agent),
      evidence: [evidence],
      commit: ReportSamples.commits[0],
      lines: lines
    )
    return Finding(
      change: ReportSamples.change(path, .text([hunk])),
      item: CandidateItem(hunk: hunk, contributions: [contribution]),
      origin: .agent(agent),
      outcome: outcome,
      review: ReportSamples.review(
        .signed,
        rule: .hunk,
        by: text(&random),
        note: text(&random),
        createdAt: text(&random)
      )
    )
  }

  /// Six open findings, a forbidden line and a subject, all of them hostile.
  static func report(seed: UInt64) -> Report {
    var random = SeededGenerator(seed: seed)
    let outcomes: [Finding.Outcome] = [.rejected, .stale, .unreviewed, .tooWeak, .selfReviewed]
    var findings: [Finding] = []
    for _ in 0..<3 {
      let path = path(&random)
      for number in 1...2 {
        let outcome = outcomes[random.number(outcomes.count)]
        findings.append(finding(&random, path: path, outcome, at: number * 10))
      }
    }
    var verdict = ReportSamples.verdict(findings, at: .ci)
    verdict.forbidden = [
      ForbiddenTrailer(
        commit: ReportSamples.commits[0],
        rule: .agentCoAuthor,
        line: bytes(&random)
      )
    ]
    var context = ReportSamples.context(.ci, hunks: 6)
    context.scope = scope(like: context.scope, subject: VisibleText.line(text(&random)))
    context.reviewCommand = "reviewgate review --range " + VisibleText.line(text(&random))
    return Report(
      place: .ci,
      evaluations: [Report.Evaluation(verdict: verdict, context: context)]
    )
  }

  private static func scope(like other: EvaluatedScope, subject: String) -> EvaluatedScope {
    EvaluatedScope(
      place: other.place,
      subject: subject,
      commits: other.commits,
      files: other.files,
      hunks: other.hunks,
      base: other.base,
      head: other.head,
      baseTree: other.baseTree,
      headTree: other.headTree
    )
  }

  /// A problem in hostile words.
  static func problem(seed: UInt64) -> Report {
    var random = SeededGenerator(seed: seed)
    let problem = Report.Problem(
      kind: seed % 2 == 0 ? .policy : .notEvaluated,
      text: text(&random) + "\n  " + text(&random),
      facts: [("wanted", text(&random))],
      remedy: [text(&random)],
      places: seed % 4 == 0
        ? [
          Report.Problem.Place(
            path: RepositoryPath(PolicyFile.path),
            line: 3,
            text: text(&random)
          )
        ] : []
    )
    return Report(place: .ci, problem: problem)
  }
}
