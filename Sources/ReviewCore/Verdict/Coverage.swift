/// Finds the records that cover one file's units, and whether they are good enough.
struct Coverage {
  let ledger: ReviewLedger
  let requirement: Policy.Requirement
  /// Who took part in the change, lower case.
  let people: Set<String>
  /// What has landed since the records were made.
  let landings: Landings
  let now: Int
  /// Approvals of the whole head, which cover whatever it brings.
  var heads: [StoredRecord] = []

  /// What the records say about one unit.
  enum Answer {
    /// Good enough.
    case covered(ReviewReference)
    /// Somebody read it, and that is not enough.
    case insufficient(Finding.Outcome, ReviewReference)
    /// Nobody read exactly this.
    case none
  }

  /// Applies the rules in the order of their precision; the first that holds answers.
  ///
  /// `lines` holds, for each source of the unit's lines, the hunk that brought them in; sources that
  /// are replays are left out of it, and `replay` is what those rest on.
  func cover(
    _ unit: ReviewUnit,
    lines: [ReviewUnit?],
    replay: ReviewReference?,
    budget: inout Budget
  ) -> Answer {
    var tally = Tally(approvals: requirement.approvals)
    direct(unit, into: &tally, budget: &budget)
    if let review = tally.accepted { return .covered(review) }
    if lines.isEmpty, let replay { return .covered(replay) }
    if let review = lineReview(lines, budget: &budget) {
      return .covered(ReviewReference.weaker(replay?.with(rule: .line), review))
    }
    return tally.insufficient.map { .insufficient($0.outcome, $0.review) } ?? .none
  }

  /// The rules that look at the unit itself.
  private func direct(_ unit: ReviewUnit, into tally: inout Tally, budget: inout Budget) {
    for entry in ledger.transitions(matching: unit.change) {
      tally.add(entry.stored, rule: .transition, problem: problem(with: entry))
    }
    for stored in heads {
      let problem = problem(with: stored).map { Problem(outcome: $0) }
      tally.add(stored, rule: .head, problem: problem)
    }
    if tally.accepted != nil { return }
    if let hunk = unit.hunk, !hunk.isTrivial(in: unit.change.transition) {
      let fingerprint = HunkFingerprint.of(hunk: hunk, in: unit.change.transition)
      for entry in ledger.approvals(of: fingerprint, at: unit.change.transition.path)
      where !entry.hunk.trivial {
        let problem = problem(with: entry)
        // An unusable record must not use up what it does not cover.
        let landed = landings.count(of: entry)
        if problem == nil, !budget.take(entry, for: unit, landed: landed) { continue }
        tally.add(entry.stored, rule: .hunk, problem: problem)
      }
    }
    if tally.accepted == nil { chain(unit.change, into: &tally) }
  }

  /// Approved steps that lead from the old content to the new one (`old -> a -> b -> new`).
  private func chain(_ change: FileChange, into tally: inout Tally) {
    let steps = ledger.transitions(of: change.transition.path)
    guard steps.count > 1 else { return }
    for approver in chainApprovers(steps, change) {
      tally.add(approver, rule: .chain, problem: nil)
    }
  }

  /// The last records of chains that each step's own approvals satisfy.
  private func chainApprovers(
    _ steps: [ReviewLedger.Entry],
    _ change: FileChange
  ) -> [StoredRecord] {
    let good = steps.filter { problem(with: $0) == nil && !isRejected($0) }
    let approvers = Set(good.map(\.stored.person))
    // Each approver must have read every step: joining different people's steps would let a change
    // land that nobody has seen whole, where several approvals are asked for.
    guard requirement.approvals > 1 else {
      return ContentChain(good).lastStep(to: change).map { [$0.stored] } ?? []
    }
    return approvers.sorted().compactMap { person in
      let own = good.filter { $0.stored.person == person }
      return ContentChain(own).lastStep(to: change)?.stored
    }
  }

  /// Every source of the lines is covered by itself.
  private func lineReview(_ units: [ReviewUnit?], budget: inout Budget) -> ReviewReference? {
    var weakest: ReviewReference?
    for unit in units {
      guard let unit, rejection(of: unit) == nil else { return nil }
      var tally = Tally(approvals: requirement.approvals)
      direct(unit, into: &tally, budget: &budget)
      guard let review = tally.accepted else { return nil }
      weakest = ReviewReference.weaker(weakest, review)
    }
    return weakest.map { $0.with(rule: .line) }
  }

  /// The record of somebody whose last word on this unit is no.
  ///
  /// Only the same person overrules it, and only as well proven. Where a signature is needed, an
  /// unsigned no counts as little as an unsigned yes.
  func rejection(of unit: ReviewUnit) -> StoredRecord? {
    let path = unit.change.transition.path
    var rejections = ledger.rejections(of: unit.change).map(\.stored)
    var approvals = ledger.transitions(matching: unit.change).map(\.stored)
    if let hunk = unit.hunk {
      let fingerprint = HunkFingerprint.of(hunk: hunk, in: unit.change.transition)
      rejections += ledger.rejections(of: fingerprint, at: path).map(\.stored)
      approvals += ledger.approvals(of: fingerprint, at: path).map(\.stored)
    }
    return rejections.first { rejection in
      isEffective(rejection) && !approvals.contains { overrules($0, rejection) }
    }
  }

  /// Whether somebody rejected a step, or a part of it, and did not take that back.
  func isRejected(_ step: ReviewLedger.Entry) -> Bool {
    let approvals = ledger.transitions(of: step.file.path).filter { $0.file.isStep(of: step.file) }
    return ledger.rejected(step.file.path).contains { rejection in
      rejection.file.isStep(of: step.file) && isEffective(rejection.stored)
        && !approvals.contains { overrules($0.stored, rejection.stored) }
    }
  }

  /// Where a signature is needed, an unsigned no counts as little as an unsigned yes.
  private func isEffective(_ rejection: StoredRecord) -> Bool {
    ReviewStrength.recorded.satisfies(requirement.require) || rejection.strength != .recorded
  }

  private func overrules(_ approval: StoredRecord, _ rejection: StoredRecord) -> Bool {
    approval.isByPerson(of: rejection) && approval.record.follows(rejection.record)
      && approval.strength.satisfies(rejection.strength)
  }

  /// Why an approval of a step does not count here; nil when it does.
  func problem(with entry: ReviewLedger.Entry) -> Problem? {
    if let outcome = problem(with: entry.stored) { return Problem(outcome: outcome) }
    return landings.reason(entry).map { Problem(outcome: .stale, spent: $0) }
  }

  /// Why an approval of a hunk does not count here; nil when it does.
  private func problem(with entry: ReviewLedger.HunkEntry) -> Problem? {
    if let outcome = problem(with: entry.stored) { return Problem(outcome: outcome) }
    return landings.reason(entry).map { Problem(outcome: .stale, spent: $0) }
  }

  /// What is wrong with a record that covers something.
  struct Problem {
    let outcome: Finding.Outcome
    /// Why what it approves is used up, if it is.
    var spent: Landings.Reason?
  }

  /// Why a record does not count here; nil when it does.
  func problem(with stored: StoredRecord) -> Finding.Outcome? {
    if !stored.strength.satisfies(requirement.require) { return .tooWeak }
    if requirement.independence == .secondPerson,
      !people.isDisjoint(with: stored.proof.names)
    {
      return .selfReviewed
    }
    guard let days = requirement.maxAgeDays else { return nil }
    guard let made = RecordTime.seconds(stored.record.createdAt) else { return .stale }
    return now - made > days * 86_400 ? .stale : nil
  }
}

extension ReviewRecord {
  /// Whether this was said after `other`, as both declare.
  fileprivate func follows(_ other: ReviewRecord) -> Bool {
    (createdAt, seq) > (other.createdAt, other.seq)
  }
}

extension ReviewReference {
  /// The same record, covering by another rule.
  package func with(rule: Rule) -> ReviewReference {
    ReviewReference(copying: self, rule: rule)
  }

  /// The less well proven one of two, which a verdict about both rests on.
  package static func weaker(_ left: ReviewReference?, _ right: ReviewReference) -> ReviewReference
  {
    guard let left, right.strength.satisfies(left.strength) else { return right }
    return left
  }
}
