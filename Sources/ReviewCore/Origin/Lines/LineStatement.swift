/// What all sources together say about some lines.
package struct LineStatement: Hashable, Sendable {
  /// Who wrote them.
  package let origin: Origin
  /// The source that decided; nil where none says anything.
  package let source: OriginSource?
  /// Everything that says so, most precise first.
  package let evidence: [Evidence]

  /// What holds where nothing says anything.
  package static let open = LineStatement(origin: .unknown, source: nil, evidence: [])

  /// Creates a statement.
  package init(origin: Origin, source: OriginSource?, evidence: [Evidence]) {
    self.origin = origin
    self.source = source
    self.evidence = evidence
  }
}

/// Neighbouring lines about which the same is said.
package struct StatementRun: Hashable, Sendable {
  /// The place of the statement in `LineOrigins.statements`.
  package let statement: Int
  /// The lines.
  package let lines: LineRange
}

/// One source's answer about one line.
struct OriginAnswer {
  let source: OriginSource
  let origin: Origin
  let evidence: [Evidence]
}

extension LineStatement {
  /// Combines answers that come most precise first.
  ///
  /// Any agent counts, wherever it is named. A person counts only under `trust`, and only against
  /// sources that are less precise: within one source an agent is not erased by a person.
  static func combining(
    _ answers: [OriginAnswer],
    lineRecords: Policy.OriginRule.LineRecords
  ) -> LineStatement {
    var accusing: [OriginAnswer] = []
    var index = 0
    while index < answers.count {
      let source = answers[index].source
      var person: OriginAnswer?
      while index < answers.count, answers[index].source == source {
        let answer = answers[index]
        if answer.origin.isAgent { accusing.append(answer) }
        if person == nil, answer.origin == .human { person = answer }
        index += 1
      }
      guard accusing.isEmpty, lineRecords == .trust, let person else { continue }
      return LineStatement(origin: .human, source: source, evidence: person.evidence)
    }
    guard let first = accusing.first else {
      let bot = answers.first { $0.origin == .bot }
      return bot.map { LineStatement(origin: .bot, source: $0.source, evidence: $0.evidence) }
        ?? .open
    }
    if accusing.count == 1, first.evidence.count == 1 {
      return LineStatement(origin: first.origin, source: first.source, evidence: first.evidence)
    }
    let name = accusing.lazy.compactMap(\.origin.agent).first
    var seen: Set<Evidence> = []
    return LineStatement(
      origin: first.origin.named(name),
      source: first.source,
      evidence: accusing.flatMap(\.evidence).filter { seen.insert($0).inserted }
    )
  }
}

extension Origin {
  /// The same class with an agent's name, where it had none.
  fileprivate func named(_ name: String?) -> Origin {
    switch self {
    case .agent(let own): .agent(own ?? name)
    case .mixed(let own): .mixed(own ?? name)
    case .human, .bot, .unknown: self
    }
  }
}
