/// One mistake in a roster, and where it stands.
package struct RosterError: Error, Hashable, Sendable {
  /// The line, from 1.
  package let line: Int
  /// The character in the line, from 1.
  package let column: Int
  /// What is wrong.
  package let problem: Problem

  /// What is wrong with a roster.
  package enum Problem: Hashable, Sendable {
    /// A byte or character that has no place in the file, or too many of them.
    case text(PolicyError.Problem)
    /// More lines with keys than this.
    case tooManyKeys(Int)
    /// A name in quotes.
    case quotedName
    /// A comma with nothing before or after it.
    case emptyName
    /// A name that is longer than any address.
    case longName
    /// A name that would match several people.
    case wildcard(String)
    /// A name that belongs to an agent or a bot.
    case agent(String)
    /// A name that stands twice in the line.
    case repeatedName(String)
    /// A name of another person, in this line.
    case nameOfAnother(String, line: Int)
    /// An option that lets a key sign other keys.
    case certAuthority
    /// An option this version does not know.
    case unknownOption(String)
    /// An option that stands twice, or has no value where it needs one.
    case badOption(String)
    /// A quote that is not closed.
    case unclosedQuote
    /// No time in the form of the file.
    case badTime(String)
    /// No commit since which a key is compromised.
    case badCompromise(String)
    /// A key that is never valid.
    case neverValid
    /// `namespaces` leaves reviews out, or has a pattern in it.
    case namespaces
    /// A line without a key.
    case missingKey
    /// A kind of key that is not accepted.
    case unsupportedKey(String)
    /// Text that is no key of its kind.
    case badKey
    /// A key that stands in this line already.
    case repeatedKey(line: Int)
  }
}

/// Every mistake found in a roster, in the order of the file.
package struct RosterErrors: Error, Hashable, Sendable {
  /// All of them; never empty.
  package let all: [RosterError]

  /// Sorts mistakes; nil when there is none.
  init?(_ errors: [RosterError]) {
    guard !errors.isEmpty else { return nil }
    all = errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// Reports one mistake.
  init(_ only: RosterError) { all = [only] }
}

extension RosterError: CustomStringConvertible {
  package var description: String { "\(RosterFile.path):\(line):\(column): \(problem)" }
}

extension RosterErrors: CustomStringConvertible {
  package var description: String { all.map(\.description).joined(separator: "\n") }
}

extension RosterError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .text(.character(9)): "a tab; separate with spaces"
    case .text(let problem): problem.description
    case .tooManyKeys(let limit): "more than \(limit) keys"
    case .quotedName: "a name in quotes; write it without"
    case .emptyName: "a name is missing beside the comma"
    case .longName: "the name is too long"
    case .wildcard(let name):
      "'\(Self.shown(name))' has a wildcard, which would let one key speak for many people"
    case .agent(let name): "'\(Self.shown(name))' is an agent or a bot, and those never review"
    case .repeatedName(let name): "'\(Self.shown(name))' is there twice"
    case .nameOfAnother(let name, let line):
      "'\(Self.shown(name))' is another person's name in line \(line); "
        + "lines of one person begin with the same name"
    default: keyDescription
    }
  }

  private var keyDescription: String {
    switch self {
    case .certAuthority: "'cert-authority' is not accepted; list each key"
    case .unknownOption(let name): "unknown option '\(Self.shown(name))'"
    case .badOption(let name): "the option '\(Self.shown(name))' is there twice or lacks its value"
    case .unclosedQuote: "the quote is not closed"
    case .badTime(let text):
      "'\(Self.shown(text))' is no time; write YYYYMMDD or YYYYMMDDHHMM[SS], which is read as UTC"
    case .badCompromise(let text):
      "'\(Self.shown(text))' is no full commit id; write compromised=\"COMMIT\" with the last commit "
        + "that holds, or compromised alone (times are claims, and are not asked)"
    case .neverValid: "the key is never valid: 'valid-before' is not after 'valid-after'"
    case .namespaces:
      "'namespaces' must name \(SSHSignature.namespace), by itself or among other exact names"
    case .missingKey: "the key is missing: NAME TYPE KEY"
    case .unsupportedKey(let kind):
      "keys of the kind '\(Self.shown(kind))' are not accepted; use one of "
        + SSHPublicKey.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    case .badKey: "this is no key of its kind"
    case .repeatedKey(let line): "the same key stands in line \(line)"
    default: ""
    }
  }

  private static func shown(_ text: String) -> String {
    VisibleText.line(String(text.unicodeScalars.prefix(80)))
  }
}
