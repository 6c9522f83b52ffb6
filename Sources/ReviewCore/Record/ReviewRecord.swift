/// What one person said about one change, bound to its content.
package struct ReviewRecord: Hashable, Sendable {
  /// The repository it is about, see `RepositoryIdentity`.
  package var repositoryID: String
  /// The branch it was meant for, as a full reference name.
  package var target: String?
  /// The state before the change.
  package var base: TreeState
  /// The state after the change.
  package var head: TreeState
  /// What the person said.
  package var verdict: Verdict
  /// How much of base to head was shown.
  package var scope: Scope
  /// The files it speaks about; each path once.
  package var files: [ReviewedFile]
  /// The name of the person, as the roster knows it; only a signature proves it.
  package var principal: String
  /// How the change was shown.
  package var presentation: Presentation
  /// The policy in force.
  package var policyBlob: ObjectID?
  /// When it was made, `YYYY-MM-DDThh:mm:ssZ`; declared, never trusted.
  package var createdAt: String
  /// Its number in the log it was written to, from 0.
  package var seq: Int
  /// Ids of the records it follows.
  package var prev: [String]
  /// Ids of the own earlier records it takes back; only and always in a `withdrawn` record.
  package var withdraws: [String]
  /// What the person wrote; the reason in a `rejected` record.
  package var note: String?
  /// Until when it holds; only and always in an `override` record.
  package var until: String?
  /// The ticket that an `override` record names.
  package var ticket: String?
  /// Names of fields a reader must understand or leave the record alone.
  package var crit: [String]

  /// Creates a record.
  package init(
    repositoryID: String,
    target: String? = nil,
    base: TreeState,
    head: TreeState,
    verdict: Verdict,
    scope: Scope,
    files: [ReviewedFile],
    principal: String,
    presentation: Presentation,
    policyBlob: ObjectID? = nil,
    createdAt: String,
    seq: Int = 0,
    prev: [String] = [],
    withdraws: [String] = [],
    note: String? = nil,
    until: String? = nil,
    ticket: String? = nil,
    crit: [String] = []
  ) {
    self.repositoryID = repositoryID
    self.target = target
    self.base = base
    self.head = head
    self.verdict = verdict
    self.scope = scope
    self.files = files
    self.principal = principal
    self.presentation = presentation
    self.policyBlob = policyBlob
    self.createdAt = createdAt
    self.seq = seq
    self.prev = prev
    self.withdraws = withdraws
    self.note = note
    self.until = until
    self.ticket = ticket
    self.crit = crit
  }
}

extension ReviewRecord {
  /// A tree, and the commit that has it where there is one.
  package struct TreeState: Hashable, Sendable {
    /// The commit; nil for an index that is not committed yet.
    package var commit: ObjectID?
    /// The tree.
    package var tree: ObjectID

    /// Creates a state.
    package init(commit: ObjectID? = nil, tree: ObjectID) {
      self.commit = commit
      self.tree = tree
    }
  }

  /// What a person says about what they read.
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// The listed hunks and files may land.
    case approved
    /// The listed hunks and files must not land.
    case rejected
    /// Own earlier records no longer hold.
    case withdrawn
    /// The listed hunks and files may land unread for a while, and are owed a review.
    case override
    /// People wrote the listed hunks and files: no agent did.
    case authored
  }

  /// How much of the way from base to head was shown.
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Every changed file of it, wholly.
    case full
    /// Only what is listed.
    case partial
  }

  /// How the change was shown, as the tool declares it.
  package struct Presentation: Hashable, Sendable {
    /// The tool and its version, such as `reviewgate/1.0.0`.
    package var tool: String
    /// How long the person looked.
    package var seconds: Int
    /// How many changed lines were shown.
    package var changedLines: Int
    /// Whether several hunks were answered with one key.
    package var bulk: Bool

    /// Creates a description of the session.
    package init(tool: String, seconds: Int, changedLines: Int, bulk: Bool) {
      self.tool = tool
      self.seconds = seconds
      self.changedLines = changedLines
      self.bulk = bulk
    }
  }
}
