extension PolicyError.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge(let limit): "the file is larger than \(limit) bytes"
    case .notUTF8(let byte): "the byte \\x\(Hex.encode([byte])) is not UTF-8"
    case .character(9): "a tab; indent with spaces"
    case .character(let code): "the character \(Self.codePoint(code)) is not allowed"
    case .empty: "the file is empty; it must at least say 'version: 1'"
    case .severalDocuments: "a policy is one document"
    case .refused(let part): part.description
    case .unexpected(let scalar): "unexpected '\(Self.shown(String(scalar)))'"
    case .unclosedQuote: "the quote is not closed on its line"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .yaml(let text): Self.shown(text, limit: 200)
    default: valueDescription
    }
  }

  private var valueDescription: String {
    switch self {
    case .duplicateKey(let key): "'\(Self.shown(key))' is there twice"
    case .unknownKey(let key): "unknown key '\(Self.shown(key))'"
    case .missingKey(let key): "'\(key)' is missing"
    case .unknownVersion(let text):
      "version \(Self.shown(text)) is not known; this program reads version 1"
    case .wrongType(let key, let expected, let found): "'\(key)' takes \(expected), not \(found)"
    case .unknownWord(let key, let word, let allowed):
      "'\(key)' can not be '\(Self.shown(word))'; it is one of \(allowed.joined(separator: ", "))"
    case .repeatedWord(let key, let word): "'\(key)' lists '\(word)' twice"
    case .outOfRange(let key, let number, let range):
      "'\(key)' can not be \(Self.shown(number)); "
        + "it is a number from \(range.lowerBound) to \(range.upperBound)"
    case .badPattern(let text, let error):
      "the pattern '\(Self.shown(text))' can not be used: \(error)"
    case .badRevision(let text): "'\(Self.shown(text))' can not name a revision"
    case .idleRule: "a rule needs 'paths' and at least one thing to require"
    case .badAccount(let text):
      "'\(Self.shown(text))' is not the number of an account and a person's name, as "
        + "'583231 ada@example.com'"
    default: ""
    }
  }

  /// Foreign text, made visible and short.
  private static func shown(_ text: String, limit: Int = 60) -> String {
    let start = VisibleText.line(String(text.unicodeScalars.prefix(limit)))
    return text.unicodeScalars.count > limit ? start + "…" : start
  }

  private static func codePoint(_ code: UInt32) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension PolicyError.Refused: CustomStringConvertible {
  package var description: String {
    switch self {
    case .anchor: "'&' starts an anchor, which a policy can not have; put text in quotes"
    case .alias: "'*' starts an alias, which a policy can not have; put patterns in quotes"
    case .tag: "'!' starts a tag, which a policy can not have; put text in quotes"
    case .blockScalar: "block text ('|' and '>') has no place in a policy"
    case .directive: "directives ('%') have no place in a policy"
    case .looseText: "expected 'key: value' or '- item', each value on the line of its key"
    }
  }
}
