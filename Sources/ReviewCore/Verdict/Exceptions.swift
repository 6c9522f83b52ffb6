/// What lets a unit land that nobody has read: a person's word that people wrote it, or an override.
struct Exceptions {
  private let claims: ReviewLedger
  private let overrides: ReviewLedger
  private let policy: Policy
  private let now: Int
  private var claimBudget = Budget()
  private var overrideBudget = Budget()

  /// Finds the statements that hold; `isHistorical` when it does not matter what has run out.
  init(_ ledger: ReviewLedger, _ policy: Policy, now: Int, isHistorical: Bool) {
    claims = ledger.standing(for: .authored)
    let clock = isHistorical ? nil : now
    overrides = ledger.standing(for: .override) { policy.override.admits($0, now: clock) }
    self.policy = policy
    self.now = now
  }

  /// Whether any statement that holds says something about a path.
  func mention(_ path: RepositoryPath) -> Bool {
    claims.mentions(path) || overrides.mentions(path)
  }

  /// The statement that people wrote all of a unit, where nothing says that an agent did.
  ///
  /// `needy` are the sources that need a review. Evidence of an agent in any of them is not to be
  /// talked away. A statement counts only with a signature: a promise is what an agent can make.
  mutating func claim(of unit: ReviewUnit, _ needy: [Contribution]) -> ReviewReference? {
    let path = unit.change.transition.path
    guard claims.mentions(path), needy.allSatisfy({ !$0.origin.isAccused }) else { return nil }
    var requirement = policy.requirement(for: path)
    requirement.independence = .own
    requirement.approvals = 1
    requirement.require = requirement.statement
    if !requirement.require.satisfies(.signed) { requirement.require = .signed }
    return Self.answer(claims, requirement, now, unit, needy, &claimBudget)
  }

  /// The override that lets a unit pass.
  mutating func override(of unit: ReviewUnit, _ needy: [Contribution]) -> ReviewReference? {
    let path = unit.change.transition.path
    guard overrides.mentions(path) else { return nil }
    var requirement = policy.requirement(for: path)
    requirement.independence = .own
    requirement.approvals = policy.override.approvals
    requirement.maxAgeDays = nil
    requirement.require = requirement.statement
    return Self.answer(overrides, requirement, now, unit, needy, &overrideBudget)
  }

  private static func answer(
    _ ledger: ReviewLedger,
    _ requirement: Policy.Requirement,
    _ now: Int,
    _ unit: ReviewUnit,
    _ needy: [Contribution],
    _ budget: inout Budget
  ) -> ReviewReference? {
    let coverage = Coverage(
      ledger: ledger,
      requirement: requirement,
      people: [],
      landings: .none,
      now: now
    )
    let lines = needy.map(\.unit)
    guard
      case .covered(let review) = coverage.cover(unit, lines: lines, replay: nil, budget: &budget)
    else { return nil }
    return review
  }
}

extension Origin {
  /// Whether an agent wrote any of it, as far as is known.
  var isAccused: Bool {
    switch self {
    case .agent, .mixed: true
    case .human, .bot, .unknown: false
    }
  }
}
