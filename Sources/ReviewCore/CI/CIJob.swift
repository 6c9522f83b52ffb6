/// What a CI service asks to have judged, as its variables say; nothing is looked up yet.
package struct CIJob: Hashable, Sendable {
  /// The service.
  package let provider: String
  /// What started the job, as the service calls it.
  package let event: String
  /// What the change is compared with.
  package let base: CIBase
  /// The change itself.
  package let head: CIHead
  /// The repository that a fork's change comes from.
  package let fork: String?
  /// The variables and fields that said so, in the order they were read.
  package let facts: [CIFact]

  /// Describes a job.
  package init(
    provider: String,
    event: String,
    base: CIBase,
    head: CIHead,
    fork: String? = nil,
    facts: [CIFact]
  ) {
    self.provider = provider
    self.event = event
    self.base = base
    self.head = head
    self.fork = fork
    self.facts = facts
  }
}

/// A variable, or a field of the event file, and what it said.
package struct CIFact: Hashable, Sendable {
  /// The variable, or the path of the field.
  package let name: String
  /// The value, as it is.
  package let value: String

  /// Pairs a name with a value.
  package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// What a change is compared with.
package enum CIBase: Hashable, Sendable {
  /// This commit of the target.
  case commit(ObjectID)
  /// The tip of this branch of the remote; `claimed` is a base that the service may have kept too
  /// long, and that is only checked.
  case branch(String, claimed: ObjectID?)
  /// What a branch pointed to before a push; where it is gone, what the other branch points to.
  case previous(ObjectID, otherwise: String?)
  /// The first parent of a commit.
  case firstParent(of: ObjectID)
  /// A revision that a person named.
  case revision(String)
  /// Whatever branch a person works against.
  case detected
}

/// The end of a change: never a merge that the service made up, where it says what it merged.
package enum CIHead: Hashable, Sendable {
  /// This commit; the reference leads to it where the server gives no commits by name.
  case commit(ObjectID, reference: String?)
  /// The second parent of a merge that the service made.
  case secondParent(of: ObjectID)
  /// A revision that a person named.
  case revision(String)
}
