/// Reads one line of a roster: `NAMES [OPTIONS] TYPE KEY [COMMENT]`.
struct RosterLine {
  private(set) var errors: [RosterError] = []

  private let scalars: [Unicode.Scalar]
  private let number: Int
  private var position = 0
  /// Whether a quote is open to the end of the line, so that nothing after it can be told apart.
  private var isCut = false

  /// The longest name, as of an address (RFC 5321).
  private static let nameBytes = 254

  init(_ line: [UInt8], number: Int) {
    scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
    self.number = number
  }

  /// A run of text and where it starts, from 0.
  private struct Word {
    let text: String
    let start: Int
  }

  /// What the options say.
  private struct Options {
    var after: Int?
    var before: Int?
    var compromised: Roster.Compromise?
    var seen: Set<String> = []
  }

  /// The entry of the line; nil for a comment, a blank line, and one with mistakes.
  mutating func read() -> Roster.Entry? {
    skipBlanks()
    guard position < scalars.count, scalars[position] != "#" else { return nil }
    let names = readNames()
    var word = nextWord()
    var options = Options()
    if let found = word, !isCut, !Self.isKeyType(found.text) {
      options = readOptions(found)
      word = nextWord()
    }
    guard !isCut else { return nil }
    guard let kind = word else {
      report(.missingKey, at: scalars.count)
      return nil
    }
    guard let key = readKey(kind) else { return nil }
    skipBlanks()
    guard errors.isEmpty, let person = names.first else { return nil }
    return Roster.Entry(
      line: number,
      person: person,
      aliases: Array(names.dropFirst()),
      key: key,
      validAfter: options.after,
      validBefore: options.before,
      compromised: options.compromised,
      comment: text(position..<scalars.count)
    )
  }

  // MARK: - Names

  private mutating func readNames() -> [String] {
    guard let word = nextWord() else { return [] }
    var names: [String] = []
    var start = word.start
    for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = String(part)
      if let problem = Self.problem(with: name) {
        report(problem, at: start)
      } else if names.contains(where: { $0.lowercased() == name.lowercased() }) {
        report(.repeatedName(name), at: start)
      }
      names.append(name)
      start += name.unicodeScalars.count + 1
    }
    return names
  }

  private static func problem(with name: String) -> RosterError.Problem? {
    if name.isEmpty { return .emptyName }
    if name.utf8.count > nameBytes { return .longName }
    if name.contains("\"") { return .quotedName }
    if name.contains(where: { "*?!".contains($0) }) { return .wildcard(name) }
    return ReviewerName.isAgent(name) ? .agent(name) : nil
  }

  // MARK: - Options

  private mutating func readOptions(_ word: Word) -> Options {
    var options = Options()
    var start = word.start
    for part in Self.split(word.text) {
      readOption(part, at: start, into: &options)
      start += part.unicodeScalars.count + 1
    }
    if let after = options.after, let before = options.before, before <= after {
      report(.neverValid, at: word.start)
    }
    return options
  }

  private mutating func readOption(_ text: String, at start: Int, into options: inout Options) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0]).lowercased()
    guard options.seen.insert(name).inserted else { return report(.badOption(name), at: start) }
    if name == "cert-authority" { return report(.certAuthority, at: start) }
    if name == "compromised" {
      options.compromised = readCompromise(parts.dropFirst().first.map(String.init), at: start)
      return
    }
    guard ["namespaces", "valid-after", "valid-before"].contains(name) else {
      return report(.unknownOption(String(parts[0])), at: start)
    }
    guard parts.count == 2, let value = Self.unquoted(String(parts[1])), !value.isEmpty else {
      return report(.badOption(name), at: start)
    }
    if name == "namespaces" {
      let names = value.split(separator: ",", omittingEmptySubsequences: false)
      let isExact = !value.contains { "*?!".contains($0) }
      if !isExact || !names.contains(where: { $0 == SSHSignature.namespace }) {
        report(.namespaces, at: start)
      }
      return
    }
    guard let time = RosterTime.seconds(value) else { return report(.badTime(value), at: start) }
    if name == "valid-after" { options.after = time } else { options.before = time }
  }

  private mutating func readCompromise(_ value: String?, at start: Int) -> Roster.Compromise? {
    guard let value else { return .ever }
    guard let text = Self.unquoted(value), let commit = ObjectID(hex: text) else {
      report(.badCompromise(value), at: start)
      return nil
    }
    return .after(commit)
  }

  /// The parts between commas outside quotes.
  private static func split(_ text: String) -> [String] {
    var parts = [""]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" { isQuoted.toggle() }
      if scalar == ",", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    return parts
  }

  /// The text between the two quotes around it, or the text where none has quotes.
  private static func unquoted(_ text: String) -> String? {
    let quotes = text.utf8.count { $0 == UInt8(ascii: "\"") }
    if quotes == 0 { return text }
    guard quotes == 2, text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
      return nil
    }
    return String(text.dropFirst().dropLast())
  }

  // MARK: - Key

  private mutating func readKey(_ kind: Word) -> SSHPublicKey? {
    guard SSHPublicKey.Kind(rawValue: kind.text) != nil else {
      report(Self.isKeyType(kind.text) ? .unsupportedKey(kind.text) : .missingKey, at: kind.start)
      return nil
    }
    guard let digits = nextWord() else {
      report(.missingKey, at: scalars.count)
      return nil
    }
    guard let key = try? SSHPublicKey(line: kind.text + " " + digits.text) else {
      report(.badKey, at: digits.start)
      return nil
    }
    return key
  }

  /// Whether what follows the names is a key, without options before it.
  static func beginsWithKey(_ text: Substring) -> Bool {
    isKeyType(String(text.prefix { $0 != " " }))
  }

  /// Whether a word is meant as the type of a key, accepted or not.
  private static func isKeyType(_ word: String) -> Bool {
    ["ssh-", "ecdsa-", "sk-", "rsa-", "webauthn-"].contains { word.hasPrefix($0) }
      && !word.contains("=")
  }

  // MARK: - Text

  private mutating func skipBlanks() {
    while position < scalars.count, scalars[position] == " " { position += 1 }
  }

  /// Everything up to the next space outside quotes.
  private mutating func nextWord() -> Word? {
    skipBlanks()
    guard position < scalars.count else { return nil }
    let start = position
    var isQuoted = false
    while position < scalars.count, isQuoted || scalars[position] != " " {
      if scalars[position] == "\"" { isQuoted.toggle() }
      position += 1
    }
    if isQuoted {
      isCut = true
      report(.unclosedQuote, at: start)
    }
    return Word(text: text(start..<position), start: start)
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private mutating func report(_ problem: RosterError.Problem, at position: Int) {
    errors.append(RosterError(line: number, column: position + 1, problem: problem))
  }
}

/// The times of a roster: `YYYYMMDD[HHMM[SS]][Z]`, in UTC.
enum RosterTime {
  static func seconds(_ text: String) -> Int? {
    var digits = Array(text.utf8)
    if digits.last == UInt8(ascii: "Z") { digits.removeLast() }
    guard [8, 12, 14].contains(digits.count) else { return nil }
    digits += [UInt8](repeating: UInt8(ascii: "0"), count: 14 - digits.count)
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return RecordTime.seconds(
      "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
    )
  }
}

/// The names that reviewers may have.
package enum ReviewerName {
  /// Whether a name or address belongs to an agent or a bot: those never review.
  package static func isAgent(_ name: String) -> Bool {
    let identity = Identity(name: "", email: name)
    guard let evidence = IdentityMatcher.author(identity) else { return false }
    return evidence.accuses || evidence.kind == .bot
  }
}
