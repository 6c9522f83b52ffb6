/// What the gate says about a change.
package struct Verdict: Sendable {
  /// Where it was judged.
  package let place: Policy.Place
  /// What the place does with a blocked change.
  package let mode: Policy.Mode
  /// One finding for every unit, in the order of the files.
  package let findings: [Finding]
  /// Records that were found and do not count.
  package let warnings: [LedgerWarning]
  /// Lines of commit messages that the policy forbids.
  package var forbidden: [ForbiddenTrailer] = []
  /// What was found about origins and not understood.
  package let originWarnings: [OriginWarning]

  /// Creates a verdict.
  package init(
    place: Policy.Place,
    mode: Policy.Mode,
    findings: [Finding],
    warnings: [LedgerWarning],
    originWarnings: [OriginWarning] = []
  ) {
    self.place = place
    self.mode = mode
    self.findings = findings
    self.warnings = warnings
    self.originWarnings = originWarnings
  }

  /// The findings that keep the change from landing.
  package var blocking: [Finding] { findings.filter(\.outcome.blocks) }

  /// Whether every unit may land, with the messages as they are.
  package var passes: Bool { !findings.contains(where: \.outcome.blocks) && forbidden.isEmpty }

  /// Whether the change is refused here: a place that only observes or warns refuses nothing.
  package var refuses: Bool { mode == .block && !passes }

  /// Whether it lands only because an override lets it.
  package var isOverridden: Bool {
    passes && findings.contains { $0.outcome == .overridden }
  }

  /// The units that an agent wrote, or may have written.
  package var attributed: [Finding] { findings.filter { $0.outcome != .notAI } }

  /// How many changed lines those units have.
  package var attributedLines: Int { attributed.reduce(0) { $0 + $1.changedLines } }

  /// The weakest proof any accepted review rests on; nil when none was needed.
  package var weakestStrength: ReviewStrength? {
    let found = findings.filter { $0.outcome == .reviewed }.compactMap { $0.review?.strength }
    return ReviewStrength.allCases.first(where: found.contains)
  }

  /// Whether another verdict about the same units has the same outcomes by the same records.
  package func rests(onSameAs other: Verdict) -> Bool {
    func facts(_ verdict: Verdict) -> [String] {
      verdict.findings.map { "\($0.outcome.rawValue) \($0.review?.id ?? "")" }
    }
    return facts(self) == facts(other)
  }
}
