/// One agent, tool or bot of the catalogue: how it marks its work.
package struct AgentEntry: Sendable {
  /// What the entry stands for.
  package enum Kind: String, Sendable {
    /// A coding agent with a canonical id.
    case agent
    /// A mark that says "some agent" without saying which.
    case unnamed
    /// Automation that is not a coding agent.
    case bot
  }

  /// The canonical id, as reports write it.
  package let id: String
  /// The name people know it by.
  package let displayName: String
  /// What the entry stands for.
  package let kind: Kind
  /// Every mark it leaves.
  package let marks: [Mark]
  /// Samples that must be recognised as this entry; see `MarkSample`.
  package let matching: [String]
  /// Samples that must accuse nobody.
  package let notMatching: [String]

  /// Creates an entry; an agent unless said otherwise.
  package init(
    _ id: String,
    _ displayName: String,
    kind: Kind = .agent,
    marks: [[Mark]],
    matching: [String],
    notMatching: [String] = []
  ) {
    self.id = id
    self.displayName = displayName
    self.kind = kind
    self.marks = marks.flatMap { $0 }
    self.matching = matching
    self.notMatching = notMatching
  }
}

/// One way an agent marks its work.
package struct Mark: Hashable, Sendable {
  /// Where a mark stands and how its text is compared; every comparison ignores case.
  package enum Form: String, Sendable {
    /// A whole e-mail address.
    case email
    /// The local part of a GitHub no-reply address, after optional digits and `+`.
    case slug
    /// The key of a trailer, whatever its value.
    case key
    /// A trailer whose value starts with given words: `key: value`.
    case keyValue
    /// The words a footer line starts with.
    case footer
    /// The start of a session address.
    case sessionURL
    /// The end of an author name.
    case nameSuffix
    /// Words that mean the agent wherever they stand in a value without a person's address.
    case phrase
    /// A word that means the agent only as the whole name, or before a version.
    case bareName
    /// An environment variable, or `NAME=value`.
    case variable
    /// The base name of a process or script.
    case process
    /// A package directory in the path of a script.
    case packagePath
  }

  /// Where it stands.
  package let form: Form
  /// What is compared, in lower case except for variables.
  package let text: String
  /// How sure it is.
  package let strength: Evidence.Strength
}

extension [Mark] {
  /// Whole addresses.
  static func email(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.email, texts, strength)
  }

  /// GitHub app or user slugs.
  static func slug(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.slug, texts, strength)
  }

  /// Trailer keys.
  static func key(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.key, texts, strength)
  }

  /// Trailers with a value.
  static func keyValue(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.keyValue, texts, strength)
  }

  /// Footer lines.
  static func footer(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.footer, texts, strength)
  }

  /// Session addresses.
  static func session(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.sessionURL, texts, strength)
  }

  /// Ends of an author name.
  static func suffix(_ texts: String...) -> Self { marks(.nameSuffix, texts, .certain) }

  /// Names no person has.
  static func phrase(_ texts: String..., strength: Evidence.Strength = .likely) -> Self {
    marks(.phrase, texts, strength)
  }

  /// Names that are also words or first names.
  static func bare(_ texts: String...) -> Self { marks(.bareName, texts, .likely) }

  /// Marker variables.
  static func variable(_ texts: String..., strength: Evidence.Strength = .certain) -> Self {
    marks(.variable, texts, strength)
  }

  /// Programs.
  static func process(_ texts: String...) -> Self { marks(.process, texts, .certain) }

  /// Script packages.
  static func package(_ texts: String...) -> Self { marks(.packagePath, texts, .certain) }

  private static func marks(
    _ form: Mark.Form,
    _ texts: [String],
    _ strength: Evidence.Strength
  ) -> Self {
    texts.map { text in
      Mark(
        form: form,
        text: form == .variable ? text : text.lowercased(),
        strength: strength
      )
    }
  }
}
