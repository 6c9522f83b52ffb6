/// The gate's one decision: no clock, no disk, no environment.
package struct Judge {
  /// What the repository asks.
  let policy: Policy
  /// What people recorded.
  let ledger: ReviewLedger
  /// Versions of the candidate's files that somebody has read, to tell stale from unreviewed.
  let earlier: EarlierReviews
  /// What has landed since the records were made.
  package var landings: Landings
  /// Commits that bring in again what passes by itself.
  package var replays: Replays
  /// Paths that need a review whoever wrote them: the gate's own settings.
  package var alwaysRead: Set<RepositoryPath> = []
  /// What the tree of the policy calls generated.
  package var generated = GeneratedPaths.none
  /// Who approved exactly this head on a hosting service.
  package var forge = ForgeApprovals.none
  /// Whether history is judged again: then no record is too old and no override has run out.
  package var isHistorical = false
  /// Seconds since 1970, to tell how old a record says it is.
  let now: Int

  /// Creates a judge for one repository.
  package init(
    policy: Policy,
    ledger: ReviewLedger,
    earlier: EarlierReviews = .none,
    landings: Landings = .none,
    replays: Replays = .none,
    now: Int
  ) {
    self.policy = policy
    self.ledger = ledger
    self.earlier = earlier
    self.landings = landings
    self.replays = replays
    self.now = now
  }

  /// Judges a change.
  package func judge(_ candidate: Candidate, at place: Policy.Place) -> Verdict {
    var budget = Budget()
    var exceptions = Exceptions(ledger, policy, now: now, isHistorical: isHistorical)
    var findings: [Finding] = []
    findings.reserveCapacity(candidate.files.reduce(0) { $0 + $1.items.count })
    for file in candidate.files {
      let path = file.change.transition.path
      let pathClass = policy.classification(
        of: path,
        newMode: file.change.transition.newMode,
        generated: generated
      )
      let coverage = isSilent(about: path) ? nil : coverage(of: path, people: candidate.people)
      for item in file.items {
        var finding = judge(item, of: file.change, pathClass, with: coverage, budget: &budget)
        if finding.outcome.blocks {
          finding = excuse(finding, with: &exceptions) ?? finding
        }
        findings.append(finding)
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

  /// The rules as they hold for one path.
  func coverage(of path: RepositoryPath, people: Set<String>) -> Coverage {
    var requirement = policy.requirement(for: path)
    if isHistorical { requirement.maxAgeDays = nil }
    return Coverage(
      ledger: ledger,
      requirement: requirement,
      people: people,
      landings: landings,
      now: now,
      heads: forge.records
    )
  }

  /// Whether nobody said anything that could be about a path, as about most of a large change.
  private func isSilent(about path: RepositoryPath) -> Bool {
    replays.isEmpty && forge.records.isEmpty && !ledger.mentions(path) && !earlier.mentions(path)
  }

  /// The same finding where somebody lets it pass; a rejection stands.
  private func excuse(_ finding: Finding, with exceptions: inout Exceptions) -> Finding? {
    guard finding.outcome != .rejected, finding.outcome != .undecided,
      exceptions.mention(finding.path)
    else { return nil }
    let unit = ReviewUnit(change: finding.change, hunk: finding.item.hunk)
    let needy = needy(finding.item, at: finding.path)
    // Settings are read by somebody, whoever wrote them.
    if !alwaysRead.contains(finding.path), let claim = exceptions.claim(of: unit, needy) {
      return finding.with(.vouched, claim)
    }
    return exceptions.override(of: unit, needy).map { finding.with(.overridden, $0) }
  }

  private func judge(
    _ item: CandidateItem,
    of change: FileChange,
    _ pathClass: Policy.PathClass,
    with coverage: Coverage?,
    budget: inout Budget
  ) -> Finding {
    let isAlwaysRead = alwaysRead.contains(change.transition.path)
    func finding(
      _ outcome: Finding.Outcome,
      _ review: ReviewReference? = nil,
      _ difference: ApprovedDifference? = nil
    ) -> Finding {
      Finding(
        change: change,
        item: item,
        origin: Self.origin(of: item),
        outcome: outcome,
        review: review,
        difference: difference
      )
    }
    guard isAlwaysRead || item.contributions.contains(where: needsReview) else {
      return finding(.notAI)
    }
    let transition = change.transition
    switch pathClass {
    case .exempt, .generated, .prototype:
      var exempt = finding(.exempt)
      exempt.pathClass = pathClass
      return exempt
    case .sensitive, .ordinary: break
    }
    guard let coverage else { return finding(item.hunk == nil ? .opaque : .unreviewed) }
    let needy = needy(item, at: transition.path)
    let unit = ReviewUnit(change: change, hunk: item.hunk)
    // A head may pass without a word about settings, which must not answer for them.
    let replays = isAlwaysRead ? .none : self.replays
    let open = needy.filter { replays.review(of: $0.commit) == nil }
    let replay = needy.compactMap { replays.review(of: $0.commit) }
      .reduce(nil) { ReviewReference.weaker($0, $1) }
    // A fingerprint is worth its time only where a record might hold it.
    if ledger.mentions(transition.path) || replay != nil || !forge.records.isEmpty {
      if let rejection = coverage.rejection(of: unit) {
        return finding(.rejected, ReviewReference(rejection, rule: nil))
      }
      let answer = coverage.cover(
        unit,
        lines: open.map(\.unit),
        replay: replay,
        budget: &budget
      )
      switch answer {
      case .covered(let review): return finding(.reviewed, review)
      case .insufficient(let outcome, let review): return finding(outcome, review)
      case .none: break
      }
    }
    if let version = earlier.version(changedBy: unit) {
      // Only what would have counted may stand for the lines that are not shown again.
      let isGood = coverage.problem(with: version.stored) == nil
      return finding(
        .stale,
        ReviewReference(version.stored, rule: nil),
        isGood ? version.difference(to: unit) : nil
      )
    }
    return finding(item.hunk == nil ? .opaque : .unreviewed)
  }

  /// The parts of an item that the policy wants read.
  func needy(_ item: CandidateItem, at path: RepositoryPath) -> [Contribution] {
    alwaysRead.contains(path) ? item.contributions : item.contributions.filter { needsReview($0) }
  }

  /// Whether the policy wants these lines read.
  ///
  /// Where silence is distrusted, so is a record that calls lines a person's: nobody signed it, and
  /// what a key says about authors is looked at when nothing else lets the lines pass.
  package func needsReview(_ contribution: Contribution) -> Bool {
    switch contribution.origin {
    case .agent, .mixed: true
    case .human, .bot, .unknown: policy.origin.unattributed == .agent
    }
  }

  /// An agent that wrote any line counts for the whole unit.
  private static func origin(of item: CandidateItem) -> Origin {
    /// What says more comes first.
    func rank(_ origin: Origin) -> Int {
      switch origin {
      case .agent(let name): name != nil ? 0 : 2
      case .mixed(let name): name != nil ? 1 : 3
      case .bot: 4
      case .human, .unknown: 5
      }
    }
    return item.contributions.lazy.map(\.origin).min { rank($0) < rank($1) } ?? .unknown
  }
}

extension Finding {
  /// The same with another outcome.
  fileprivate func with(_ outcome: Outcome, _ review: ReviewReference) -> Finding {
    Finding(
      change: change,
      item: item,
      origin: origin,
      outcome: outcome,
      review: review,
      difference: nil
    )
  }
}
