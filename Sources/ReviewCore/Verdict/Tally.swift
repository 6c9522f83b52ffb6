/// Counts different people's approvals of one unit.
struct Tally {
  /// How many different people must approve.
  let approvals: Int

  private var accepting: [String: ReviewReference] = [:]
  private var order: [String] = []
  private var refused: (outcome: Finding.Outcome, review: ReviewReference)?

  init(approvals: Int) { self.approvals = approvals }

  /// Takes in a record that covers the unit; `problem` says why it does not count.
  mutating func add(_ stored: StoredRecord, rule: ReviewReference.Rule, problem: Coverage.Problem?)
  {
    let review = ReviewReference(stored, rule: rule, spent: problem?.spent)
    if let problem {
      if refused == nil { refused = (problem.outcome, review) }
      return
    }
    let principal = stored.person
    guard let known = accepting[principal] else {
      order.append(principal)
      accepting[principal] = review
      return
    }
    // The best proven record of each person is the one to rest on.
    if !known.strength.satisfies(review.strength) { accepting[principal] = review }
  }

  /// The review to report when enough people approve: the weakest proven one among them.
  var accepted: ReviewReference? {
    guard order.count >= approvals else { return nil }
    let reviews = order.compactMap { accepting[$0] }
    return ReviewStrength.allCases.lazy.compactMap { strength in
      reviews.first { $0.strength == strength }
    }.first
  }

  /// What to say when approvals exist and do not suffice.
  var insufficient: (outcome: Finding.Outcome, review: ReviewReference)? {
    if let refused { return refused }
    return order.first.flatMap { accepting[$0] }.map { (.unreviewed, $0) }
  }
}
