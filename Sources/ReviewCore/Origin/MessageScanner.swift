/// Finds what a commit message says about agents, on every line and however it is spelled.
///
/// Git reads trailers in the last paragraph only, and only where the paragraph is pure. A large
/// share of real marks stands elsewhere, so the scanner looks at each line by itself: prose before,
/// after or around a mark, a divider, folding or odd characters in the key cannot hide it.
package enum MessageScanner {
  /// What the message says, in its order; each statement once.
  package static func scan(_ message: [UInt8]) -> [Evidence] {
    var collector = EvidenceCollector()
    var isSubject = true
    for line in MessageLines(message) where line.contains(where: { $0 > 0x20 }) {
      if isWorthReading(line) || collector.expectsAddress {
        collector.read(MessageLine(line, isSubject: isSubject))
      } else {
        collector.skip()
      }
      isSubject = false
    }
    return collector.evidence
  }

  /// Whether a line can hold a mark at all: a separator, an address or a footer's verb.
  private static func isWorthReading(_ line: ArraySlice<UInt8>) -> Bool {
    var hasPreposition = false
    for (offset, byte) in line.enumerated() {
      if byte == UInt8(ascii: "@") || byte == UInt8(ascii: ":") { return true }
      if offset < 100 {
        if byte >= 0x80 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "#") { return true }
        hasPreposition = hasPreposition || byte == UInt8(ascii: " ")
      }
    }
    return hasPreposition && line.count < 400
  }
}

/// Collects the evidence of a message line by line.
struct EvidenceCollector {
  private(set) var evidence: [Evidence] = []
  private var seen: Set<Evidence> = []
  private var weakCount = 0
  /// The trailer a continued line would belong to.
  private var openTrailer: (role: TrailerRole, isEmpty: Bool)?

  /// Whether the next line may hold the value of a trailer that has none yet.
  var expectsAddress: Bool { openTrailer?.isEmpty ?? false }

  /// Notes a line that holds no mark.
  mutating func skip() { openTrailer = nil }

  /// Judges one line.
  mutating func read(_ line: MessageLine) {
    if line.isSubject, line.lower.starts(with: Array("aider: ".utf8)) {
      add(.trailer, [ValueJudge.Finding(agent: "aider", strength: .weak)], line)
    }
    if let finding = FooterReader.session(line) { add(.session, [finding], line) }
    if let finding = FooterReader.footer(line) ?? TranslatedFooter.read(line) {
      add(.footer, [finding], line)
    }
    let before = openTrailer
    openTrailer = nil
    if let key = line.key, readTrailer(line, key) { return }
    if let before, line.isIndented || before.isEmpty {
      readContinuation(line, of: before.role)
    }
  }

  private mutating func readContinuation(_ line: MessageLine, of role: TrailerRole) {
    let judge = ValueJudge(line.folded)
    guard judge.endsWithService else { return }
    add(role, judge.services, line)
  }

  /// Returns whether the line is a trailer of a known role.
  private mutating func readTrailer(_ line: MessageLine, _ key: MessageLine.Key) -> Bool {
    let value = Array(line.folded[key.valueStart...])
    guard !line.hasJunk, !key.isMutilated else { return readDisguised(line, key, value) }
    if key.name == AgentLines.key { return readAgentLines(line) }
    if let finding = catalogued(key.name, value) {
      add(isSessionKey(key.name) ? .session : .trailer, [finding], line)
      return true
    }
    guard let role = TrailerRole(key.name), role != .addressOnly || !key.hasBlanks else {
      return false
    }
    openTrailer = (role, Bytes.trimmed(value[...]).isEmpty)
    add(role, findings(role, value, line), line)
    return true
  }

  /// Signs before the key or letters no key has: only a whole service address counts then.
  private mutating func readDisguised(
    _ line: MessageLine,
    _ key: MessageLine.Key,
    _ value: [UInt8]
  ) -> Bool {
    let judge = ValueJudge(value)
    guard key.name.hasPrefix("co-auth") || (key.isMutilated && key.name.hasSuffix("-by")),
      judge.endsWithService
    else { return false }
    add(TrailerRole(key.name) ?? .authorship, judge.services, line)
    return true
  }

  private mutating func readAgentLines(_ line: MessageLine) -> Bool {
    let agent = AgentLines.agentName(in: line.raw)
    let parsed = AgentLines(line: line.raw)
    let finding = ValueJudge.Finding(agent: agent, strength: .certain)
    // A statement that cannot be read covers the whole commit, like any other trailer.
    add(parsed == nil ? .trailer : .agentLines, [finding], line)
    return true
  }

  private func catalogued(_ key: String, _ value: [UInt8]) -> ValueJudge.Finding? {
    let text = String(decoding: Bytes.lowercased(Array(Bytes.trimmed(value[...]))), as: UTF8.self)
    let values = AgentCatalogue.keyValues[key] ?? []
    let hit = values.first { text.hasPrefix($0.value) }?.hit ?? AgentCatalogue.keys[key]
    return hit.map { ValueJudge.Finding(agent: $0.agent, strength: $0.strength) }
  }

  private func isSessionKey(_ key: String) -> Bool {
    !key.hasSuffix("-by") && !key.hasSuffix("-with") && !key.hasSuffix("-author")
  }

  private func findings(
    _ role: TrailerRole,
    _ value: [UInt8],
    _ line: MessageLine
  ) -> [ValueJudge.Finding] {
    let judge = ValueJudge(value)
    switch role {
    case .authorship: return judge.authorship()
    case .assistance: return judge.assistance()
    case .generation: return judge.assistance(isGenerator: true)
    case .review:
      return judge.services.map { ValueJudge.Finding(agent: $0.agent, strength: .weak) }
    case .disclosure:
      // `ai-model: add retry` in a subject is a scope, not a statement.
      let isScope = line.isSubject && !line.startsUppercase
      guard !judge.isDenial, !isScope else { return [] }
      return [ValueJudge.Finding(agent: judge.disclosed()?.agent, strength: .likely)]
    case .name:
      let name = String(decoding: Bytes.trimmed(value[...]), as: UTF8.self)
      return AgentCatalogue.canonicalID(name)
        .map { [ValueJudge.Finding(agent: $0, strength: .likely)] } ?? []
    case .detail:
      let words = Words(Bytes.lowercased(value)).texts
      return ModelName.startsVersioned(words)
        ? [ValueJudge.Finding(agent: nil, strength: .weak)] : []
    case .addressOnly: return judge.services
    }
  }

  private mutating func add(
    _ role: TrailerRole,
    _ findings: [ValueJudge.Finding],
    _ line: MessageLine
  ) {
    let weakened = findings.map { finding in
      switch role {
      case .review: ValueJudge.Finding(agent: finding.agent, strength: .weak)
      default: finding
      }
    }
    add(.trailer, weakened, line)
  }

  /// Weak evidence has its own limit, so that a flood of it cannot push out what accuses.
  private mutating func add(
    _ kind: Evidence.Kind,
    _ findings: [ValueJudge.Finding],
    _ line: MessageLine
  ) {
    for finding in findings {
      let isWeak = finding.strength == .weak
      guard isWeak ? weakCount < 100 : evidence.count - weakCount < 1000 else { continue }
      let item = Evidence(
        kind: kind,
        agent: finding.agent,
        text: Array(line.raw.prefix(400)),
        strength: finding.strength
      )
      guard seen.insert(item).inserted else { continue }
      evidence.append(item)
      if isWeak { weakCount += 1 }
    }
  }
}
