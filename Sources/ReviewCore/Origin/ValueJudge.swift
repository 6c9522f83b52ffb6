/// Decides whom the value of a trailer means.
struct ValueJudge {
  /// A finding: an agent where one can be named, and how sure it is.
  struct Finding: Hashable {
    let agent: String?
    let strength: Evidence.Strength
  }

  private let value: [UInt8]
  private let lower: [UInt8]
  private let addresses: [AddressToken]
  /// The words before the first address.
  private let display: Words
  private let displayEnd: Int

  /// Prepares a folded value.
  init(_ value: [UInt8]) {
    let lower = Bytes.lowercased(value)
    let addresses = lower.contains(UInt8(ascii: "@")) ? AddressToken.all(in: lower) : []
    let bracket = lower.dropFirst().firstIndex(of: UInt8(ascii: "<"))
    let end = [bracket, addresses.first?.start].compactMap { $0 }.min() ?? lower.count
    self.value = value
    self.lower = lower
    self.addresses = addresses
    displayEnd = end
    display = Words(lower, upTo: end)
  }

  /// Services whose whole address stands in the value.
  var services: [Finding] {
    addresses.compactMap { AddressToken.service($0.text) }.filter { $0.kind == .agent }
      .map { Finding(agent: $0.agent, strength: $0.strength) }
  }

  /// Whether nothing but closing marks follows the last known address.
  var endsWithService: Bool {
    guard let last = addresses.last, AddressToken.service(last.text)?.kind == .agent else {
      return false
    }
    return !lower[(last.start + last.text.utf8.count)...].contains { Bytes.isAlphanumeric($0) }
  }

  /// What the value of a trailer that credits an author says.
  func authorship() -> [Finding] {
    let services = services
    if !services.isEmpty { return services }
    return named().map { [$0] } ?? []
  }

  /// The same where the kernel's `AGENT:MODEL` form is expected too.
  ///
  /// `protoc:3.1` names a generator and its version: there the model needs a letter.
  func assistance(isGenerator: Bool = false) -> [Finding] {
    let found = authorship()
    if !found.isEmpty || reach == .mailbox { return found }
    let isModel = !isGenerator || leadingAgent != nil || hasLetterAfterColon
    return isAgentAndModel && isModel ? [Finding(agent: leadingAgent, strength: .certain)] : []
  }

  /// Who a free-text disclosure names; nil when nobody known.
  func disclosed() -> Finding? {
    if let service = services.first { return service }
    return phraseAnywhere(Words(lower)) ?? leadingName(Words(lower))
  }

  /// Whether the value denies that an agent took part.
  var isDenial: Bool {
    let text = String(decoding: Bytes.trimmed(lower[...]), as: UTF8.self)
    return ["no", "none", "false", "0", "0%", "n/a", "never", "human", "-", "off"].contains(text)
  }

  /// How reachable the addresses of the value are, as far as any is a person's.
  private var reach: AddressToken.Reach {
    let all = addresses.map(\.reach)
    if all.contains(.mailbox) { return .mailbox }
    return all.contains(.reserved) ? .reserved : .none
  }

  private func named() -> Finding? {
    if let slug = slugName { return slug }
    let words = display.texts
    if let suffix = AgentCatalogue.suffixes.first(where: { hasSuffix($0.text) }) {
      return Finding(agent: suffix.hit.agent, strength: .likely)
    }
    if let own = unmistakableWhole(words) { return own }
    if isModelInBrackets { return Finding(agent: nil, strength: .likely) }
    guard reach != .mailbox else {
      let isModel = ModelName.startsVersioned(words)
      return isModel ? Finding(agent: nil, strength: .likely) : nil
    }
    if let hit = phraseAnywhere(Words(lower)) ?? leadingName(display) { return hit }
    if ModelName.isModel(words) { return Finding(agent: nil, strength: .certain) }
    return saysAI ? Finding(agent: nil, strength: .likely) : nil
  }

  /// `<moonshotai/kimi-k2.5:free>`: a model where an address belongs.
  private var isModelInBrackets: Bool {
    guard addresses.isEmpty, displayEnd < lower.count, lower[displayEnd] == UInt8(ascii: "<")
    else { return false }
    let words = Words(lower, from: displayEnd).texts
    return !words.contains("https") && ModelName.isVersioned(words)
  }

  /// The whole name is the slug of an app: `copilot-swe-agent[bot]`, `@claude[bot]`.
  private var slugName: Finding? {
    guard lower[..<displayEnd].contains(UInt8(ascii: "[")) else { return nil }
    let name = Bytes.trimmed(lower[..<displayEnd]).drop { $0 == UInt8(ascii: "@") }
    let text = String(decoding: name, as: UTF8.self)
    guard text.hasSuffix("[bot]"), let hit = AgentCatalogue.slugs[text], hit.kind == .agent else {
      return nil
    }
    return Finding(agent: hit.agent, strength: .likely)
  }

  private func hasSuffix(_ suffix: String) -> Bool {
    let name = Bytes.trimmed(lower[..<displayEnd])
    return name.count > suffix.utf8.count
      && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// Names of several words that nobody bears, and `pi` at an address of that name.
  private func unmistakableWhole(_ words: [String]) -> Finding? {
    let name = words.joined(separator: " ")
    if words.count > 1, let hit = AgentCatalogue.phrases[name] {
      return Finding(agent: hit.agent, strength: hit.strength)
    }
    guard name == "pi", let address = addresses.first, !address.text.contains("raspberry") else {
      return nil
    }
    let isOwn = address.local == "pi" || address.local.hasPrefix("pi-")
    return isOwn ? Finding(agent: "pi", strength: .likely) : nil
  }

  /// The last named tool wins after `via`, the first one otherwise.
  private func phraseAnywhere(_ words: Words) -> Finding? {
    let texts = words.texts
    if let via = texts.lastIndex(of: "via"), via + 1 < texts.count,
      let hit = hit(words, at: via + 1, allowingBare: true)
    {
      return Finding(agent: hit.agent, strength: .certain)
    }
    if let lead = leadingName(words) { return lead }
    for index in texts.indices {
      // `GPT-5.3-Codex` is a model, not the tool.
      let isModel = texts[index] == "codex" && texts[..<index].suffix(2).contains("gpt")
      guard !isModel, !isVersionedFamily(texts, at: index),
        let hit = hit(words, at: index, allowingBare: false)
      else { continue }
      return Finding(agent: hit.agent, strength: hit.strength)
    }
    return nil
  }

  /// `Gemini 3.1 Pro` is a model though `Gemini` names the tool.
  private func isVersionedFamily(_ texts: [String], at index: Int) -> Bool {
    texts[index] == "gemini" && texts.count > index + 1
      && ModelName.isVersioned(Array(texts[index...].prefix(4)))
  }

  private func hit(_ words: Words, at index: Int, allowingBare: Bool) -> AgentCatalogue.Hit? {
    for count in [3, 2, 1] {
      guard let phrase = words.phrase(at: index, count: count) else { continue }
      if let hit = AgentCatalogue.phrases[phrase] { return hit }
      if allowingBare, let hit = AgentCatalogue.bareNames[phrase] { return hit }
    }
    return nil
  }

  /// A name that is also a word counts alone, before a version, or before `with`, `via`, `:`.
  private func leadingName(_ words: Words) -> Finding? {
    guard let first = words.all.first, let hit = AgentCatalogue.bareNames[first.text] else {
      return nil
    }
    let rest = Bytes.trimmed(words.rest(after: 0))
    let isAlone = words.all.count == 1 && Bytes.trimmed(lower[..<displayEnd]).count <= 24
    if isAlone && rest.first != UInt8(ascii: ":") {
      return isGivenName(first.text) ? nil : Finding(agent: hit.agent, strength: .likely)
    }
    if rest.first == UInt8(ascii: ":"), rest.count > 1 {
      return Finding(agent: hit.agent, strength: .certain)
    }
    guard let next = words.all.dropFirst().first else { return nil }
    let isTool = Self.toolWords.contains(next.text) || rest.first == UInt8(ascii: "(")
    let isVersion = next.text.utf8.contains { Bytes.isDigit($0) }
    guard isTool || isVersion else { return nil }
    // `Claude 4.5` and `Kimi K2` are models; `pi 0.52` is a tool.
    let isModel = isVersion && ModelName.isVersioned(words.texts)
    return isModel ? nil : Finding(agent: hit.agent, strength: .likely)
  }

  /// A first name alone is a person unless the address cannot be anybody's.
  private func isGivenName(_ name: String) -> Bool {
    switch name {
    case "devin", "kimi", "junie": true
    case "claude": reach == .reserved
    default: false
    }
  }

  private static let toolWords: Set<String> = [
    "with", "via", "using", "agent", "bot", "ai", "cli", "assistant", "code",
  ]

  private var isAgentAndModel: Bool {
    let text = Bytes.trimmed(lower[...])
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex,
      colon + 1 < text.endIndex, !Bytes.isBlank(text[colon + 1]),
      text[colon + 1] != UInt8(ascii: "/")
    else { return false }
    return text[..<colon].allSatisfy {
      Bytes.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  private var hasLetterAfterColon: Bool {
    lower.firstIndex(of: UInt8(ascii: ":")).map { lower[$0...].contains(where: Bytes.isLetter) }
      ?? false
  }

  private var leadingAgent: String? {
    guard let colon = lower.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return AgentCatalogue.canonicalID(
      String(decoding: Bytes.trimmed(lower[..<colon]), as: UTF8.self)
    )
  }

  /// `AI` or `LLM` in capitals, as its own word.
  private var saysAI: Bool {
    Words(value, upTo: displayEnd).texts.contains { $0 == "AI" || $0 == "LLM" }
  }
}
