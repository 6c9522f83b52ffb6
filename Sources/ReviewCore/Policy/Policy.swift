/// What a repository asks of a change, as its policy file says.
package struct Policy: Hashable, Sendable {
  /// How strictly each place judges.
  package var gate = Gate()
  /// What counts as written by an agent.
  package var origin = OriginRule()
  /// What a review must be where no rule says otherwise.
  package var review = Requirement()
  /// Who may let code land unread, and for how long.
  package var override = Override()
  /// Whose the accounts on hosting services are.
  package var forge = Forge()
  /// Which trailers are written and refused.
  package var trailers = Trailers()
  /// Which paths are treated specially.
  package var paths = Paths()
  /// Sizes above which nothing is decided.
  package var limits = Limits()
  /// Other requirements for some paths; the last match wins, field by field.
  package var rules: [Rule] = []

  /// Creates the policy of a repository whose file says nothing but its version.
  ///
  /// It asks for `recorded` reviews, the weakest kind: a repository without a roster of keys could
  /// not meet anything stronger. `judging(with:)` asks for more where there is a roster.
  package init() {}

  /// The policy where the file leaves everything open.
  package static let `default` = Policy()
}

extension Policy {
  /// Where a change is judged.
  package enum Place: String, Hashable, Sendable, CaseIterable {
    /// The hooks that run before a commit exists.
    case commit
    /// The hook that runs before commits leave the machine.
    case push
    /// The hook on the server that accepts a push.
    case receive
    /// A job of a continuous-integration service.
    case ci
    /// A person runs the check.
    case manual
  }

  /// What a place does with its verdict.
  package enum Mode: String, Hashable, Sendable, CaseIterable {
    /// Judges nothing.
    case off
    /// Reports and lets pass.
    case observe
    /// Warns and lets pass.
    case warn
    /// Refuses what is not reviewed.
    case block
  }

  /// How strictly each place judges, and from where on.
  package struct Gate: Hashable, Sendable {
    /// The mode before a commit.
    package var commit = Mode.block
    /// The mode before a push.
    package var push = Mode.block
    /// The mode on the server.
    package var receive = Mode.block
    /// The mode in continuous integration.
    package var ci = Mode.block
    /// The mode when a person asks.
    package var manual = Mode.block
    /// A revision; nothing reachable from it is judged.
    package var baseline: String?
    /// What is judged of several commits, at push, on the server and in CI.
    package var commits = Commits.net

    /// What is judged of several commits.
    package enum Commits: String, Hashable, Sendable, CaseIterable {
      /// What they bring together.
      case net
      /// What each one brings, also where a later one takes it back.
      case every
    }
    /// References the server judges beside its default branch.
    package var protected = ProtectedReferences()
    /// Whether a protected reference may lose commits on the server.
    package var rewrite = Rewrite.refuse

    /// Creates a gate that blocks everywhere.
    package init() {}

    /// What the server does with a push that takes commits away.
    package enum Rewrite: String, Hashable, Sendable, CaseIterable {
      /// Refuses it: an old state would bring back its old policy and roster.
      case refuse
      /// Judges what it brings.
      case allow
    }

    /// The mode of one place.
    package func mode(at place: Place) -> Mode {
      switch place {
      case .commit: commit
      case .push: push
      case .receive: receive
      case .ci: ci
      case .manual: manual
      }
    }
  }

  /// What counts as written by an agent.
  package struct OriginRule: Hashable, Sendable {
    /// Who wrote lines that nothing attributes.
    package enum Presumption: String, Hashable, Sendable, CaseIterable {
      /// A person, until evidence says otherwise.
      case human
      /// An agent, so that everything needs a review.
      case agent
    }

    /// Whether line-level records narrow what a commit message claims.
    package enum LineRecords: String, Hashable, Sendable, CaseIterable {
      /// A line that a record calls a person's is not the agent's of a less precise source.
      case trust
      /// Records accuse and never clear: a claim about the commit covers all its lines.
      case ignore
    }

    /// Who wrote lines that nothing attributes.
    package var unattributed = Presumption.human
    /// Whether line-level records narrow what a commit message claims.
    package var lineRecords = LineRecords.trust

    /// Creates the default: evidence accuses, records are trusted.
    package init() {}
  }

  /// Which trailers are written and refused.
  package struct Trailers: Hashable, Sendable {
    /// A trailer that the commit hook adds.
    package enum Written: String, Hashable, Sendable, CaseIterable {
      /// `Assisted-by: <agent>:<model>`.
      case assistedBy = "assisted-by"
      /// `Agent-Lines: <agent>; <path>:<ranges>`.
      case agentLines = "agent-lines"
    }

    /// A trailer that the commit hook refuses.
    package enum Forbidden: String, Hashable, Sendable, CaseIterable {
      /// An agent named as co-author.
      case agentCoAuthor = "agent-co-author"
      /// An agent that signs off.
      case agentSignedOffBy = "agent-signed-off-by"
      /// A `Generated with …` line of an agent.
      case generatedFooter = "generated-footer"
    }

    /// The trailers that the commit hook adds.
    package var write: [Written] = []
    /// The trailers that the commit hook refuses.
    package var forbid: [Forbidden] = []

    /// Creates the default: nothing is written, nothing refused.
    package init() {}
  }

  /// Sizes above which nothing is decided; over a limit is undecided, never a pass.
  package struct Limits: Hashable, Sendable {
    /// The largest file whose lines are compared, in bytes.
    package var maxFileBytes = 8 * 1024 * 1024
    /// The most hunks one run judges.
    package var maxHunks = 200_000
    /// The most commits one run judges.
    package var maxCommits = 50_000

    /// Creates the default limits.
    package init() {}
  }
}
