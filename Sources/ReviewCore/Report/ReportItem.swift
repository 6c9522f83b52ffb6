/// One thing that a report lists: an open hunk, a forbidden line, or why nothing was judged.
struct ReportItem {
  /// How much it weighs.
  enum Level: String {
    case error, warning, note
  }

  let rule: ReportRule
  let level: Level
  /// The file; nil for what stands in none.
  let path: RepositoryPath?
  /// The lines; nil for a file as a whole.
  let lines: LineRange?
  /// What is wrong, on one line that is safe to print.
  let message: String
  /// The same without what stands beside it in a table.
  var reason = ""
  /// The finding behind it.
  let finding: Finding?
  /// The same as long as the content is; several that are alike are numbered.
  var fingerprint = ""
  /// Which one of several that are alike it is, from 1.
  var occurrence = 1

  /// The file to name where a form cannot do without one.
  var file: RepositoryPath { path ?? RepositoryPath(PolicyFile.path) }

  /// The first line to point at, from 1; where lines are missing, the one before them.
  var firstLine: Int {
    guard let lines else { return 1 }
    return max(1, lines.count == 0 ? lines.start - 1 : lines.start)
  }

  /// The last line to point at, not before the first one.
  var lastLine: Int { max(firstLine, lines.map { $0.end - 1 } ?? 1) }

  /// A digest that no other item of the report has.
  var uniqueDigest: String {
    Hex.encode(Digest.sha256("\(rule.rawValue)\n\(fingerprint)\n\(occurrence)".utf8))
  }
}

extension Report {
  /// Everything that is listed, by file and line; what could not be judged comes first.
  var items: [ReportItem] {
    var items = evaluations.flatMap(\.items)
    items = items.indices.sorted { left, right in
      let (first, second) = (items[left], items[right])
      let paths = (first.path?.bytes ?? [], second.path?.bytes ?? [])
      if paths.0 != paths.1 { return paths.0.lexicographicallyPrecedes(paths.1) }
      return (first.lines?.start ?? 0, left) < (second.lines?.start ?? 0, right)
    }.map { items[$0] }
    return Self.numbered((problem?.items ?? []) + items)
  }

  private static func numbered(_ items: [ReportItem]) -> [ReportItem] {
    var counts: [String: Int] = [:]
    return items.map { item in
      var item = item
      counts[item.fingerprint, default: 0] += 1
      item.occurrence = counts[item.fingerprint] ?? 1
      return item
    }
  }

  /// The same, the worst first: rejected before unread, many lines before few.
  var itemsByWeight: [ReportItem] {
    let items = items
    let weights = items.enumerated().map { index, item in
      [
        item.rule.isProblem ? 0 : item.level == .note ? 2 : 1, item.rule == .rejected ? 0 : 1,
        -(item.finding?.changedLines ?? 0), index,
      ]
    }
    return items.indices.sorted { weights[$0].lexicographicallyPrecedes(weights[$1]) }
      .map { items[$0] }
  }
}

extension Report.Evaluation {
  /// The open and overridden units and the forbidden lines.
  fileprivate var items: [ReportItem] {
    let level: ReportItem.Level = verdict.refuses ? .error : .warning
    let context = context.everywhere
    let found = verdict.findings.compactMap { finding in
      ReportRule(finding).map { rule in
        ReportItem(
          rule: rule,
          level: rule == .overridden ? .note : level,
          path: finding.path,
          lines: finding.place,
          message: finding.summary(context),
          reason: finding.reason(context),
          finding: finding,
          fingerprint: finding.contentDigest
        )
      }
    }
    return verdict.forbidden.map { forbiddenItem($0, level) } + found
  }

  private func forbiddenItem(
    _ item: ForbiddenTrailer,
    _ level: ReportItem.Level
  ) -> ReportItem {
    let commit = item.commit.map { "commit \($0.short)" } ?? "the commit message"
    return ReportItem(
      rule: .forbiddenTrailer,
      level: level,
      path: nil,
      lines: nil,
      message: "\(commit) \(item.rule.meaning) (trailers.forbid: \(item.rule.rawValue)): "
        + VisibleText.line(item.line.prefix(100)),
      finding: nil,
      fingerprint: Hex.encode(Digest.sha256(Array(item.rule.rawValue.utf8) + [0] + item.line))
    )
  }
}

extension Report.Problem {
  fileprivate var items: [ReportItem] {
    let rule: ReportRule = kind == .policy ? .policyError : .notEvaluated
    func item(_ path: RepositoryPath?, _ line: Int, _ text: String) -> ReportItem {
      ReportItem(
        rule: rule,
        level: .error,
        path: path,
        lines: path.map { _ in LineRange(start: line, count: 1) },
        message: "NOT EVALUATED. " + text,
        finding: nil,
        fingerprint: Hex.encode(Digest.sha256((rule.rawValue + "\n" + text).utf8))
      )
    }
    guard places.isEmpty else {
      return places.map { item($0.path, $0.line, VisibleText.line($0.text)) }
    }
    return [item(nil, 1, lines.joined(separator: " | "))]
  }
}

extension Finding {
  /// `34 lines by claude-code: not reviewed`, on one line that is safe to print.
  func summary(_ context: ReportContext) -> String {
    let name = commit.map { "commit \($0.short): " } ?? ""
    return name + "\(size) by \(origin.label(context.charset)): \(reason(context))"
  }

  /// The same for the same content at the same path, wherever in the file it stands.
  var contentDigest: String {
    let transition = change.transition
    if let hunk = item.hunk { return HunkFingerprint.of(hunk: hunk, in: transition).hex }
    let facts =
      "\(transition.oldMode.octal) \(transition.newMode.octal) "
      + "\(transition.oldID.hex) \(transition.newID.hex)\0"
    return Hex.encode(Digest.sha256(Array(facts.utf8) + transition.path.bytes))
  }
}
