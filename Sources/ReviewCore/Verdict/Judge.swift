/// The gate's one decision: no clock, no disk, no environment.
package struct Judge {
  /// What the repository asks.
  let policy: Policy
  /// What people recorded.
  let ledger: ReviewLedger
  /// Versions of the candidate's files that somebody has read, to tell stale from unreviewed.
  let earlier: EarlierReviews
  /// Seconds since 1970, to tell how old a record says it is.
  let now: Int

  /// Creates a judge for one repository.
  package init(policy: Policy, ledger: ReviewLedger, earlier: EarlierReviews = .none, now: Int) {
    self.policy = policy
    self.ledger = ledger
    self.earlier = earlier
    self.now = now
  }

  /// Judges a change.
  package func judge(_ candidate: Candidate, at place: Policy.Place) -> Verdict {
    var budget = Budget()
    var findings: [Finding] = []
    for file in candidate.files {
      let coverage = Coverage(
        ledger: ledger,
        requirement: policy.requirement(for: file.change.transition.path),
        people: candidate.people,
        now: now
      )
      for item in file.items {
        findings.append(judge(item, of: file.change, with: coverage, budget: &budget))
      }
    }
    return Verdict(
      place: place,
      mode: policy.gate.mode(at: place),
      findings: findings,
      warnings: ledger.warnings,
      originWarnings: candidate.warnings
    )
  }

  private func judge(
    _ item: CandidateItem,
    of change: FileChange,
    with coverage: Coverage,
    budget: inout Budget
  ) -> Finding {
    let needy = item.contributions.filter(needsReview)
    func finding(_ outcome: Finding.Outcome, _ review: ReviewReference? = nil) -> Finding {
      Finding(
        change: change,
        item: item,
        origin: Self.origin(of: item),
        outcome: outcome,
        review: review
      )
    }
    if needy.isEmpty { return finding(.notAI) }
    let transition = change.transition
    switch policy.classification(of: transition.path, newMode: transition.newMode) {
    case .exempt, .prototype: return finding(.exempt)
    case .sensitive, .ordinary: break
    }
    let unit = ReviewUnit(change: change, hunk: item.hunk)
    // A fingerprint is worth its time only where a record might hold it.
    if ledger.mentions(transition.path) {
      if let rejection = coverage.rejection(of: unit) {
        return finding(.rejected, ReviewReference(rejection, rule: nil))
      }
      let answer = coverage.cover(unit, lines: needy.map(\.unit), budget: &budget)
      switch answer {
      case .covered(let review): return finding(.reviewed, review)
      case .insufficient(let outcome, let review): return finding(outcome, review)
      case .none: break
      }
    }
    if let stored = earlier.review(changedBy: unit) {
      return finding(.stale, ReviewReference(stored, rule: nil))
    }
    return finding(item.hunk == nil ? .opaque : .unreviewed)
  }

  /// Whether the policy wants these lines read.
  package func needsReview(_ contribution: Contribution) -> Bool {
    switch contribution.origin {
    case .agent, .mixed: true
    case .human: false
    case .bot, .unknown: policy.origin.unattributed == .agent
    }
  }

  /// An agent that wrote any line counts for the whole unit.
  private static func origin(of item: CandidateItem) -> Origin {
    let origins = item.contributions.map(\.origin)
    let agents = origins.filter { if case .agent = $0 { true } else { false } }
    let mixed = origins.filter { if case .mixed = $0 { true } else { false } }
    let named = (agents + mixed).first { $0.agent != nil }
    let anyAgent = (agents + mixed).first
    return named ?? anyAgent ?? origins.first { $0 == .bot } ?? origins.first ?? .unknown
  }
}
