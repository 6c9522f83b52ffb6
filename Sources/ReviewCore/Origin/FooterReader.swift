/// Reads `Generated with X` lines and session addresses.
enum FooterReader {
  /// The agent a footer line names; nil for prose.
  static func footer(_ line: MessageLine) -> ValueJudge.Finding? {
    guard !line.isQuoted, line.start < line.lower.count, canStart(line.lower[line.start]) else {
      return nil
    }
    // Nearly every line is prose: its first word says so before the rest is split.
    guard let lead = Words.first(line.lower, from: line.start), leads.contains(lead) else {
      return nil
    }
    let words = Words(line.lower, from: line.start, upTo: min(line.lower.count, line.start + 200))
    if let hit = fixed(words) { return hit }
    guard words.all.count > 2, let strength = verbs[words.all[0].text],
      prepositions.contains(words.all[1].text),
      line.lower[words.all[0].end] == UInt8(ascii: " ")
    else { return nil }
    return name(line, words, at: nameIndex(words), strength: strength)
  }

  /// The agent whose session address is the line, or follows a short label.
  static func session(_ line: MessageLine) -> ValueJudge.Finding? {
    guard let start = addressStart(line) else { return nil }
    let end = line.lower[start...].firstIndex { $0 <= 0x20 || closing.contains($0) }
    let stop = end ?? line.lower.count
    guard !line.lower[stop...].contains(where: { Bytes.isAlphanumeric($0) }) else { return nil }
    let address = String(decoding: line.lower[start..<stop], as: UTF8.self)
    return AgentCatalogue.sessionURLs.first { address.hasPrefix($0.text) }
      .map { ValueJudge.Finding(agent: $0.hit.agent, strength: $0.hit.strength) }
  }

  private static let closing = Array(")>]\"'`".utf8)

  private static func addressStart(_ line: MessageLine) -> Int? {
    guard !line.isQuoted else { return nil }
    let scheme = Array("https://".utf8)
    let limit = min(line.lower.count, 64)
    var index = 0
    while index < limit {
      guard line.lower[index] != scheme[0] || !line.lower[index...].starts(with: scheme) else {
        let label = Bytes.trimmed(line.lower[..<index])
        return label.last.map { !Bytes.isAlphanumeric($0) } ?? true ? index : nil
      }
      index += 1
    }
    return nil
  }

  /// The words that a footer can begin with.
  private static let leads: Set<String> = {
    let fixed = AgentCatalogue.footers.keys.compactMap { phrase in
      phrase.split(separator: " ").first.map(String.init)
    }
    // `auto committed` stands for `auto-committed`, which is two words here.
    return Set(fixed + Array(verbs.keys) + ["auto"])
  }()

  /// Footers with words of their own.
  private static func fixed(_ words: Words) -> ValueJudge.Finding? {
    for count in 2...7 {
      guard let phrase = words.phrase(at: 0, count: count) else { return nil }
      let key = phrase.replacing("auto committed", with: "auto-committed")
      if let hit = AgentCatalogue.footers[key], isEnd(words.rest(after: count - 1), strictly: false)
      {
        return ValueJudge.Finding(agent: hit.agent, strength: hit.strength)
      }
    }
    return nil
  }

  /// After `with`, past `the help of`.
  private static func nameIndex(_ words: Words) -> Int {
    words.phrase(at: 2, count: 3) == "the help of" ? 5 : 2
  }

  private static func name(
    _ line: MessageLine,
    _ words: Words,
    at index: Int,
    strength: Evidence.Strength
  ) -> ValueJudge.Finding? {
    for count in [3, 2, 1] {
      guard let phrase = words.phrase(at: index, count: count) else { continue }
      let rest = words.rest(after: index + count - 1)
      let known = AgentCatalogue.phrases[phrase]
      guard let hit = known ?? AgentCatalogue.bareNames[phrase] else { continue }
      // A wrapped sentence starts in lower case; a word that is also a name must be all there is.
      let isStrict = known == nil || !line.startsUppercase
      guard isEnd(rest, strictly: isStrict) else { continue }
      return ValueJudge.Finding(agent: hit.agent, strength: strength)
    }
    let name = Array(words.texts.dropFirst(index))
    let isModel = (1...4).contains(name.count) && ModelName.startsVersioned(name)
    return isModel && line.startsUppercase ? ValueJudge.Finding(agent: nil, strength: .likely) : nil
  }

  /// Whether the bytes after a name end the statement.
  private static func isEnd(_ rest: ArraySlice<UInt8>, strictly: Bool) -> Bool {
    let isLink = rest.starts(with: Array("](".utf8))
    let rest = rest.drop { Array("]*_`)!".utf8).contains($0) }
    guard let first = rest.first else { return true }
    if isLink || first == UInt8(ascii: "(") { return true }
    if first == UInt8(ascii: ".") {
      return !strictly || rest.count == 1
    }
    if Array(":,|<".utf8).contains(first) { return !strictly }
    guard Bytes.isBlank(first) else { return first >= 0x80 }
    let next = Bytes.trimmed(rest)
    guard let letter = next.first else { return true }
    if letter == UInt8(ascii: "(") || letter >= 0x80 { return true }
    guard Bytes.isAlphanumeric(letter), !strictly else { return !Bytes.isAlphanumeric(letter) }
    guard let word = Words(Array(next.prefix(24))).texts.first else { return true }
    return Bytes.isDigit(letter) || following.contains(word) || word.hasPrefix("v1")
      || word.hasPrefix("v2") || word.hasPrefix("v0")
  }

  private static func canStart(_ byte: UInt8) -> Bool { Array("gcmbwaupdevi".utf8).contains(byte) }

  private static let following: Set<String> = ["via", "with", "using", "cli", "agent", "and", "ai"]

  private static let prepositions: Set<String> = [
    "with", "by", "using", "via", "con", "mit", "avec", "da", "com", "met", "par", "por", "przez",
    "authored",
  ]

  private static let verbs: [String: Evidence.Strength] = [
    "generated": .certain, "ultraworked": .certain, "creado": .certain, "generado": .certain,
    "generato": .certain, "erstellt": .certain, "generiert": .certain, "généré": .certain,
    "créé": .likely, "gerado": .certain, "criado": .likely, "gegenereerd": .certain,
    "wygenerowano": .certain, "created": .likely,
    "made": .likely, "built": .likely, "written": .likely, "authored": .likely,
    "assisted": .likely, "coded": .likely, "vibe-coded": .likely, "produced": .likely,
    "developed": .likely, "drafted": .likely, "implemented": .likely, "autogenerated": .likely,
  ]
}
