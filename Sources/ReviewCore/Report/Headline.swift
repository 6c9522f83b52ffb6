/// The first line of a report: the verdict, and what it is about.
///
/// It always names how much was looked at, so that a run that saw nothing cannot look like a pass.
enum Headline {
  static func of(_ verdict: Verdict, _ context: ReportContext) -> String {
    let scope = context.scope
    let text: String
    if scope.hunks == 0, verdict.findings.isEmpty, verdict.forbidden.isEmpty {
      text = nothing(scope)
    } else if verdict.passes {
      let size = "\(sentence(scope.range)), \(Count.of(scope.hunks, "hunk"))"
      let state = verdict.isOverridden ? "passed by an override" : "passed"
      text = "\(state). \(size): \(passed(verdict))"
    } else {
      text = "\(refusal(verdict)). \(sentence(scope.range)): \(blocked(verdict, scope))"
    }
    return "reviewgate: " + context.charset.show(text)
  }

  private static func nothing(_ scope: EvaluatedScope) -> String {
    if scope.isRange, scope.commits > 0 {
      return "nothing to judge. \(scope.range) and 0 hunks: they change nothing."
    }
    let size = scope.isRange ? "\(scope.range)" : "\(sentence(scope.name)), 0 hunks"
    return "nothing to judge. \(size): no change was looked at, so none was passed."
  }

  /// A sentence begins with a capital, the name of a revision stays as it is.
  static func sentence(_ subject: String) -> String {
    subject.hasPrefix("index ") ? "I" + subject.dropFirst() : subject
  }

  // MARK: - Passed

  private static func passed(_ verdict: Verdict) -> String {
    let found = verdict.attributed
    guard !found.isEmpty else { return "no AI-written lines found." }
    let reviewed = found.filter { $0.outcome == .reviewed }
    let size = "\(amount(found)) in \(Count.of(found.count, "hunk"))"
    if reviewed.count == found.count { return "\(size), all reviewed\(proof(verdict))." }
    let parts: [(Finding.Outcome, String)] = [
      (.reviewed, "reviewed"), (.exempt, "exempt"), (.overridden, "overridden"),
      (.vouched, "vouched for"),
    ]
    let counts = parts.compactMap { outcome, name in
      let count = found.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(count) \(name)"
    }
    return "\(size), \(counts.joined(separator: ", "))\(proof(verdict))."
  }

  /// What the accepted reviews rest on.
  private static func proof(_ verdict: Verdict) -> String {
    guard let weakest = verdict.weakestStrength else { return "" }
    let strengths = verdict.findings.filter { $0.outcome == .reviewed }
      .compactMap { $0.review?.strength }
    let isSame = strengths.allSatisfy { $0 == weakest }
    return " (\(isSame ? "" : "weakest: ")\(weakest.rawValue): \(weakest.meaning))"
  }

  // MARK: - Blocked

  private static func refusal(_ verdict: Verdict) -> String {
    let state = verdict.refuses ? "blocked" : "would be blocked (mode \(verdict.mode.rawValue))"
    switch verdict.place {
    case .commit: return "commit " + state
    case .push, .receive: return "push " + state
    case .ci: return "ci: " + state
    case .manual: return state
    }
  }

  private static func blocked(_ verdict: Verdict, _ scope: EvaluatedScope) -> String {
    let found = verdict.blocking
    let trailers = forbidden(verdict)
    guard !found.isEmpty else { return trailers }
    let share = "(\(found.count) of \(Count.of(scope.hunks, "hunk")))"
    let files = Count.of(Count.files(found), "file")
    let reviews = "\(amount(found)) in \(files) \(lack(found)) \(share)."
    return trailers.isEmpty ? reviews : reviews + " Also, " + trailers
  }

  private static func forbidden(_ verdict: Verdict) -> String {
    let count = verdict.forbidden.count
    guard count > 0 else { return "" }
    let lines = count == 1 ? "line of a commit message is" : "lines of commit messages are"
    return "\(count) \(lines) forbidden by the policy."
  }

  /// `42 AI-written lines`, with files that have no lines beside them.
  private static func amount(_ found: [Finding]) -> String {
    let isAllAgents = found.allSatisfy { $0.origin.isAgent }
    let kind = isAllAgents ? "AI-written" : "AI-written or unattributed"
    let whole = found.count { $0.item.hunk == nil }
    let lines = Count.lines(found)
    guard whole > 0 else { return Count.of(lines, "\(kind) line") }
    guard lines > 0 else { return Count.of(whole, "\(kind) item") + " without a line view" }
    return "\(Count.of(lines, "\(kind) line")) and \(Count.of(whole, "item")) without a line view"
  }

  private static func lack(_ found: [Finding]) -> String {
    let isOne = found.count == 1 && found[0].changedLines < 2
    let unread: Set<Finding.Outcome> = [.unreviewed, .stale, .opaque, .undecided]
    if found.allSatisfy({ unread.contains($0.outcome) }) {
      return (isOne ? "has" : "have") + " no human review"
    }
    if found.allSatisfy({ $0.outcome == .rejected }) {
      return (isOne ? "was" : "were") + " rejected"
    }
    return (isOne ? "has" : "have") + " no human review that counts"
  }
}
