/// Why something is listed, under names that forms with rules keep for good.
enum ReportRule: String, CaseIterable {
  case rejected = "ai-rejected"
  case unreviewed = "ai-unreviewed"
  case stale = "ai-stale"
  case opaque = "ai-opaque"
  case tooWeak = "ai-too-weak"
  case selfReviewed = "ai-self-reviewed"
  case undecided = "ai-undecided"
  case overridden = "ai-overridden"
  case policyChange = "policy-change"
  case forbiddenTrailer = "forbidden-trailer"
  case notEvaluated = "not-evaluated"
  case policyError = "policy-error"

  /// The rule that lists a finding; nil where there is nothing to list.
  init?(_ finding: Finding) {
    let settings = [PolicyFile.path, RosterFile.path].map { RepositoryPath($0) }
    if finding.outcome.blocks, settings.contains(finding.path) {
      self = .policyChange
      return
    }
    switch finding.outcome {
    case .notAI, .reviewed, .exempt, .vouched: return nil
    case .overridden: self = .overridden
    case .unreviewed: self = .unreviewed
    case .stale: self = .stale
    case .tooWeak: self = .tooWeak
    case .selfReviewed: self = .selfReviewed
    case .rejected: self = .rejected
    case .opaque: self = .opaque
    case .undecided: self = .undecided
    }
  }

  /// Whether it says that the gate could not look.
  var isProblem: Bool { self == .notEvaluated || self == .policyError }

  /// What it is about, in one sentence.
  var meaning: String {
    switch self {
    case .rejected: "A reviewer rejected this AI-written code."
    case .unreviewed: "No human recorded that they read this AI-written code."
    case .stale: "This code changed after a human had read it, or the record is too old."
    case .opaque: "This AI-written file has no line view and nobody approved it as a whole."
    case .tooWeak: "The record of the review is proven less well than the policy asks."
    case .selfReviewed: "Only somebody who took part in the change reviewed it."
    case .undecided: "This code could not be judged."
    case .overridden: "This AI-written code lands unread, by an override."
    case .policyChange: "The change touches the gate's own settings and nobody reviewed that."
    case .forbiddenTrailer: "A commit message has a line that the policy forbids."
    case .notEvaluated: "The gate could not look, so nothing was passed."
    case .policyError: "The policy or the roster is wrong, so nothing was passed."
    }
  }
}
