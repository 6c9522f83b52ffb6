/// One mistake in a policy file, where it stands and what was probably meant.
package struct PolicyError: Error, Hashable, Sendable {
  /// The line, from 1.
  package let line: Int
  /// The character in the line, from 1.
  package let column: Int
  /// What is wrong.
  package let problem: Problem
  /// What was probably meant, as it would be written.
  package let suggestion: String?

  /// Creates a mistake at a place.
  package init(line: Int, column: Int, problem: Problem, suggestion: String? = nil) {
    self.line = line
    self.column = column
    self.problem = problem
    self.suggestion = suggestion
  }

  /// What is wrong with a policy file.
  package enum Problem: Hashable, Sendable {
    /// More than this many bytes.
    case tooLarge(Int)
    /// A byte outside UTF-8.
    case notUTF8(UInt8)
    /// A character that does not show, or that YAML and editors read differently.
    case character(UInt32)
    /// Nothing but comments and blank lines.
    case empty
    /// A second document, or the end of one.
    case severalDocuments
    /// Part of YAML that a policy does not use.
    case refused(Refused)
    /// A character where none of its kind may stand.
    case unexpected(Unicode.Scalar)
    /// A quote that is not closed on its line.
    case unclosedQuote
    /// More levels than this.
    case tooDeep(Int)
    /// What the YAML parser says.
    case yaml(String)
    /// A key that stands twice in one mapping.
    case duplicateKey(String)
    /// A key this version does not know.
    case unknownKey(String)
    /// A key that must be there.
    case missingKey(String)
    /// A version this reader does not know.
    case unknownVersion(String)
    /// Another kind of value than the key takes.
    case wrongType(key: String, expected: String, found: String)
    /// A word the key does not take.
    case unknownWord(key: String, word: String, allowed: [String])
    /// A word that stands twice in a list.
    case repeatedWord(key: String, word: String)
    /// A number outside the range of the key.
    case outOfRange(key: String, number: String, ClosedRange<Int>)
    /// A pattern that cannot be used.
    case badPattern(String, GlobError)
    /// Text that is no name of a revision.
    case badRevision(String)
    /// A rule that sets nothing, or is for no path.
    case idleRule
    /// Text that is not the number of an account and the name of a person.
    case badAccount(String)
  }

  /// Parts of YAML that a policy does not use.
  package enum Refused: Hashable, Sendable {
    /// `&name`.
    case anchor
    /// `*name`, or a pattern that needs quotes.
    case alias
    /// `!name`.
    case tag
    /// `|` or `>`.
    case blockScalar
    /// `%YAML` and the like.
    case directive
    /// A value that goes on in the next line, or stands alone in its line.
    case looseText
  }
}

extension PolicyError: CustomStringConvertible {
  package var description: String {
    let hint = suggestion.map { ". Did you mean '\($0)'?" } ?? ""
    return "\(PolicyFile.path):\(line):\(column): \(problem)\(hint)"
  }
}

extension PolicyError: Comparable {
  /// Orders by place in the file, then by wording so that equal places have one order.
  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column, left.problem.description)
      < (right.line, right.column, right.problem.description)
  }
}

/// Every mistake found in a policy file, in the order of the file.
package struct PolicyErrors: Error, Hashable, Sendable {
  /// The first mistake.
  package let first: PolicyError
  /// The others.
  package let rest: [PolicyError]

  /// Creates a report of one mistake.
  init(_ only: PolicyError) { (first, rest) = (only, []) }

  /// Sorts the mistakes and drops repetitions; nil when there is none.
  init?(_ errors: [PolicyError]) {
    let sorted = Set(errors).sorted()
    guard let first = sorted.first else { return nil }
    self.first = first
    rest = Array(sorted.dropFirst())
  }

  /// All of them.
  package var all: [PolicyError] { [first] + rest }
}

extension PolicyErrors: CustomStringConvertible {
  package var description: String { all.map(\.description).joined(separator: "\n") }
}
