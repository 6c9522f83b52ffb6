internal import Yams

/// Turns the nodes of a policy file into a policy and collects every mistake on the way.
struct PolicyReader {
  private(set) var errors: [PolicyError] = []

  /// Nobody reads more, and the search for what was meant costs time for each.
  static let maxErrors = 50

  mutating func read(_ root: Node) -> Policy {
    var policy = Policy()
    let fields = fields(of: root, key: "policy", keys: PolicySchema.top)
    guard readVersion(fields, root) else { return policy }
    for (key, node) in fields {
      switch key {
      case "gate": readGate(node, &policy.gate)
      case "origin": readOrigin(node, &policy.origin)
      case "review": readReview(node, &policy.review)
      case "override": readOverride(node, &policy.override)
      case "forge": readForge(node, &policy.forge)
      case "trailers": readTrailers(node, &policy.trailers)
      case "paths": readPaths(node, &policy.paths)
      case "limits": readLimits(node, &policy.limits)
      case "rules": policy.rules = items(of: node, key: key).compactMap { readRule($0) }
      default: break
      }
    }
    return policy
  }

  /// A file of another version is not judged by the keys of this one.
  private mutating func readVersion(_ fields: [(key: String, node: Node)], _ root: Node) -> Bool {
    guard let node = fields.first(where: { $0.key == "version" })?.node else {
      if root.mapping != nil { report(.missingKey("version"), at: root) }
      return true
    }
    guard let text = number(node, "version") else { return true }
    if text == "1" { return true }
    errors = []
    report(.unknownVersion(text), at: node)
    return false
  }

  mutating func report(
    _ problem: PolicyError.Problem,
    at node: Node,
    suggestion: String? = nil
  ) {
    guard errors.count < Self.maxErrors else { return }
    let error = PolicyError(
      line: node.mark?.line ?? 1,
      column: node.mark?.column ?? 1,
      problem: problem,
      suggestion: suggestion
    )
    errors.append(error)
  }
}

/// Kinds of nodes.
extension PolicyReader {
  /// The fields of a mapping whose keys are known; the others are reported.
  mutating func fields(of node: Node, key: String, keys: [String]) -> [(key: String, node: Node)] {
    guard let mapping = node.mapping else {
      report(.wrongType(key: key, expected: "keys and values", found: Self.kind(node)), at: node)
      return []
    }
    var fields: [(key: String, node: Node)] = []
    for pair in mapping {
      guard let name = pair.key.scalar?.string else {
        report(.wrongType(key: key, expected: "keys of text", found: Self.kind(pair.key)), at: node)
        continue
      }
      if keys.contains(name) {
        fields.append((name, pair.value))
      } else if errors.count < Self.maxErrors {
        let suggestion = PolicySchema.suggestion(for: name, among: keys)
        report(.unknownKey(name), at: pair.key, suggestion: suggestion)
      }
    }
    return fields
  }

  /// The items of a list.
  mutating func items(of node: Node, key: String) -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    report(.wrongType(key: key, expected: "a list", found: Self.kind(node)), at: node)
    return []
  }

  /// The text of a scalar that is not null.
  mutating func text(_ node: Node, _ key: String, expected: String) -> String? {
    guard let scalar = node.scalar, !Self.isNull(scalar) else {
      report(.wrongType(key: key, expected: expected, found: Self.kind(node)), at: node)
      return nil
    }
    return scalar.string
  }

  /// The digits of a decimal number that is not in quotes.
  mutating func number(_ node: Node, _ key: String) -> String? {
    if let scalar = node.scalar, scalar.style == .plain, Self.isDecimal(scalar.string) {
      return scalar.string
    }
    report(.wrongType(key: key, expected: "a number", found: Self.kind(node)), at: node)
    return nil
  }

  private static func isDecimal(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && (text == "0" || text.utf8.first != 0x30)
  }

  private static func isNull(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private static func kind(_ node: Node) -> String {
    switch node {
    case .mapping: "keys and values"
    case .sequence: "a list"
    case .scalar(let scalar) where isNull(scalar): "nothing"
    case .scalar(let scalar) where scalar.style == .plain && isDecimal(scalar.string): "a number"
    case .scalar(let scalar) where scalar.style != .plain: "text in quotes"
    case .scalar, .alias: "text"
    }
  }
}

/// Values of the policy.
extension PolicyReader {
  mutating func read<Word: RawRepresentable & CaseIterable>(
    _ node: Node,
    _ key: String,
    _ value: inout Word
  ) where Word.RawValue == String {
    if let word: Word = word(node, key) { value = word }
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(_ node: Node, _ key: String) -> Word?
  where Word.RawValue == String {
    let allowed = Word.allCases.map(\.rawValue)
    let expected = "one of " + allowed.joined(separator: ", ")
    guard let text = text(node, key, expected: expected) else { return nil }
    if let word = Word(rawValue: text) { return word }
    report(
      .unknownWord(key: key, word: text, allowed: allowed),
      at: node,
      suggestion: Spelling.closest(text, among: allowed)
    )
    return nil
  }

  /// A list of different words.
  mutating func words<Word: RawRepresentable & CaseIterable & Equatable>(
    _ node: Node,
    _ key: String
  ) -> [Word] where Word.RawValue == String {
    var result: [Word] = []
    for item in items(of: node, key: key) {
      guard let word: Word = word(item, key) else { continue }
      if result.contains(word) { report(.repeatedWord(key: key, word: word.rawValue), at: item) }
      result.append(word)
    }
    return result
  }

  mutating func read(_ node: Node, _ key: String, _ range: ClosedRange<Int>, _ value: inout Int) {
    if let number = int(node, key, range) { value = number }
  }

  mutating func int(_ node: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
    guard let digits = number(node, key) else { return nil }
    if let number = Int(digits), range.contains(number) { return number }
    report(.outOfRange(key: key, number: digits, range), at: node)
    return nil
  }

  /// A number of days, or `none` for no limit.
  mutating func age(_ node: Node, _ key: String) -> Int?? {
    if node.scalar?.string == "none" { return .some(nil) }
    guard let days = int(node, key, PolicySchema.days) else { return nil }
    return .some(days)
  }

  /// A list of patterns.
  mutating func globs(_ node: Node, _ key: String) -> [Glob] {
    var result: [Glob] = []
    for item in items(of: node, key: key) {
      guard let text = text(item, key, expected: "patterns") else { continue }
      do throws(GlobError) {
        result.append(try Glob(text))
      } catch {
        report(.badPattern(text, error), at: item)
      }
    }
    return result
  }
}
