/// What the judge says about one hunk or opaque file.
package struct Finding: Sendable {
  /// The outcome of one unit.
  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// No evidence says that an agent wrote any of it.
    case notAI = "not-ai"
    /// A record that is good enough covers it.
    case reviewed
    /// The policy exempts its path.
    case exempt
    /// An override lets it pass for a while.
    case overridden
    /// Somebody vouches that people wrote it, where nothing says that an agent did.
    case vouched
    /// Nobody recorded it as read.
    case unreviewed
    /// It changed after somebody had read it, or the record is too old.
    case stale
    /// A record covers it and is proven less well than the policy asks.
    case tooWeak = "too-weak"
    /// A record covers it, by somebody who may not review this change.
    case selfReviewed = "self-reviewed"
    /// A reviewer rejected it.
    case rejected
    /// It has no line view and nobody approved it as a whole.
    case opaque
    /// It could not be judged.
    case undecided

    /// Whether it keeps the change from landing.
    package var blocks: Bool {
      switch self {
      case .notAI, .reviewed, .exempt, .overridden, .vouched: false
      case .unreviewed, .stale, .tooWeak, .selfReviewed, .rejected, .opaque, .undecided: true
      }
    }
  }

  /// What was judged, shared by the copies: a large change has tens of thousands of findings.
  private let facts: Facts
  /// The outcome.
  package let outcome: Outcome
  /// Why its path needs no review; nil where the path is judged.
  package var pathClass: Policy.PathClass?
  /// The commit whose own change it belongs to; nil where a net change is judged.
  package var commit: ObjectID?

  init(
    change: FileChange,
    item: CandidateItem,
    origin: Origin,
    outcome: Outcome,
    review: ReviewReference?,
    difference: ApprovedDifference? = nil
  ) {
    facts = Facts(
      change: change,
      item: item,
      origin: origin,
      review: review,
      difference: difference
    )
    self.outcome = outcome
  }

  /// The file.
  package var change: FileChange { facts.change }
  /// What was judged, with its sources.
  package var item: CandidateItem { facts.item }
  /// Who wrote it: an agent if one wrote any line of it.
  package var origin: Origin { facts.origin }
  /// The review the outcome rests on, or the one that does not hold.
  package var review: ReviewReference? { facts.review }
  /// How it differs from what the review approved, where that is less to read than the whole.
  package var difference: ApprovedDifference? { facts.difference }

  /// The path.
  package var path: RepositoryPath { change.transition.path }

  /// Whether evidence says that an agent wrote any of it.
  package var isAccused: Bool { item.contributions.contains { $0.origin.isAccused } }

  /// How many lines it adds and removes; 0 for an opaque file.
  package var changedLines: Int { item.hunk?.changedLines ?? 0 }

  /// Where a person finds it: lines of the new version, or nothing for an opaque file.
  package var place: LineRange? { item.hunk?.span.new }

  /// The evidence behind it, each piece once, in the order of the commits.
  package var evidence: [Evidence] {
    var seen: Set<Evidence> = []
    return item.contributions.flatMap(\.evidence).filter { seen.insert($0).inserted }
  }

  /// `path:18-51`, safe to print.
  package var heading: String {
    let name = commit.map { $0.short + ":" + path.display } ?? path.display
    return place.map { name + ":" + $0.description } ?? name
  }
}

/// A record, as a verdict refers to it.
package struct ReviewReference: Hashable, Sendable {
  /// How a record covers a unit.
  package enum Rule: String, Hashable, Sendable, CaseIterable {
    /// The file's exact transition is approved.
    case transition
    /// The candidate is a conflict-free replay of an approved head.
    case replay
    /// The hunk's fingerprint is approved.
    case hunk
    /// Approved transitions lead from the old content to the new one.
    case chain
    /// Every line was covered in the commit that brought it in.
    case line
    /// The hosting service says that somebody approved exactly this head.
    case head
  }

  /// How it covers; nil when it does not.
  package let rule: Rule?
  /// The record.
  package let id: String
  /// Who made it.
  package let principal: String
  /// When, as declared.
  package let createdAt: String
  /// How well it is proven.
  package let strength: ReviewStrength
  /// What the person wrote.
  package let note: String?
  /// Until when an override holds.
  package let until: String?
  /// The ticket an override names.
  package let ticket: String?
  /// Why it does not cover a second time, where what it approves landed since or may have.
  package let spent: Landings.Reason?
  /// The key that signed it; nil for what no key did.
  package let key: String?

  /// Refers to a record.
  package init(_ stored: StoredRecord, rule: Rule?, spent: Landings.Reason? = nil) {
    self.rule = rule
    self.spent = spent
    id = stored.id
    principal = stored.person
    createdAt = stored.record.createdAt
    strength = stored.strength
    note = stored.record.note
    until = stored.record.until
    ticket = stored.record.ticket
    key = stored.proof.key?.fingerprint
  }

  /// The same record, covering by another rule.
  init(copying other: ReviewReference, rule: Rule) {
    self.rule = rule
    id = other.id
    principal = other.principal
    createdAt = other.createdAt
    strength = other.strength
    note = other.note
    until = other.until
    ticket = other.ticket
    spent = other.spent
    key = other.key
  }

  /// The day it was made, as declared.
  package var day: String { String(createdAt.prefix(10)) }
}

extension Finding {
  /// What a finding is about.
  private final class Facts: Sendable {
    let change: FileChange
    let item: CandidateItem
    let origin: Origin
    let review: ReviewReference?
    let difference: ApprovedDifference?

    init(
      change: FileChange,
      item: CandidateItem,
      origin: Origin,
      review: ReviewReference?,
      difference: ApprovedDifference?
    ) {
      self.change = change
      self.item = item
      self.origin = origin
      self.review = review
      self.difference = difference
    }
  }
}
