/// Who made an edit, as the record of edits keeps it.
package struct EditMark: Hashable, Sendable {
  /// The kinds of hand.
  package enum Kind: String, Hashable, Sendable {
    /// A coding agent.
    case agent
    /// A person changed what an agent had written.
    case mixed
    /// A person.
    case person
    /// Something went past the record.
    case unknown
  }

  /// The kind of hand.
  package let kind: Kind
  /// The agent's canonical id; for `mixed`, the agent whose lines were changed.
  package let agent: String?
  /// The model, where the agent says.
  package let model: String?
  /// The session, as a salted digest that names nobody.
  package let session: String?

  /// Creates a mark.
  package init(
    _ kind: Kind,
    agent: String? = nil,
    model: String? = nil,
    session: String? = nil
  ) {
    self.kind = kind
    self.agent = agent
    self.model = model
    self.session = session
  }

  /// A person.
  package static let person = EditMark(.person)
  /// Nobody knows.
  package static let unknown = EditMark(.unknown)

  /// Whether an agent wrote it or took part.
  package var isAgent: Bool { kind == .agent || kind == .mixed }

  /// What becomes of the agent's line when a person changes it.
  package var changedByPerson: EditMark {
    EditMark(.mixed, agent: agent, model: model, session: session)
  }

  /// The same as an origin.
  package var origin: Origin {
    switch kind {
    case .agent: .agent(agent)
    case .mixed: .mixed(agent)
    case .person: .human
    case .unknown: .unknown
    }
  }
}
