extension Policy {
  /// Who may review a change.
  package enum Independence: String, Hashable, Sendable, CaseIterable {
    /// The person who drove the agent may.
    case own = "self"
    /// Only a person who had no part in any of its commits.
    case secondPerson = "second-person"
  }

  /// What a review must be for a line to count as reviewed.
  package struct Requirement: Hashable, Sendable {
    /// How well the review must be proven.
    package var require = ReviewStrength.recorded
    /// Who may review.
    package var independence = Independence.own
    /// How many different people must approve.
    package var approvals = 1
    /// After how many days a review no longer counts; nil for never.
    package var maxAgeDays: Int? = 90
    /// Whether the policy file says how well; the roster decides where it does not.
    package var isRequireGiven = false

    /// How well an override or a person's word about the author must be proven.
    ///
    /// The hosting service knows approvals of heads and no such statements, so a key speaks.
    package var statement: ReviewStrength { require == .forge ? .signed : require }

    /// Creates the default requirement.
    package init() {}
  }

  /// What a list of paths requires beyond `review`; a nil field leaves the matter open.
  package struct Rule: Hashable, Sendable {
    /// The paths it is about.
    package var paths: [Glob]
    /// How well the review must be proven.
    package var require: ReviewStrength?
    /// Who may review.
    package var independence: Independence?
    /// How many different people must approve.
    package var approvals: Int?
    /// The age limit; `.some(nil)` lifts it.
    package var maxAgeDays: Int??

    /// Creates a rule that changes nothing yet.
    package init(paths: [Glob]) { self.paths = paths }

    /// Whether it changes any field.
    var hasEffect: Bool {
      require != nil || independence != nil || approvals != nil || maxAgeDays != nil
    }

    /// Overwrites the fields it sets.
    func apply(to requirement: inout Requirement) {
      if let require { requirement.require = require }
      if let independence { requirement.independence = independence }
      if let approvals { requirement.approvals = approvals }
      if let maxAgeDays { requirement.maxAgeDays = maxAgeDays }
    }
  }

  /// The policy in a repository with this roster, or without one.
  ///
  /// A policy that does not say how well a review must be proven asks for `signed` as soon as there
  /// is a roster, and for `recorded` while there is none: nothing stronger could be met.
  package func judging(with roster: Roster?) -> Policy {
    guard roster != nil, !review.isRequireGiven else { return self }
    var policy = self
    policy.review.require = .signed
    return policy
  }

  /// The requirement for one path: `review`, then every matching rule in the order of the file.
  package func requirement(for path: RepositoryPath) -> Requirement {
    var result = review
    for rule in rules where rule.paths.contains(where: { $0.matches(path) }) {
      rule.apply(to: &result)
    }
    return result
  }
}
