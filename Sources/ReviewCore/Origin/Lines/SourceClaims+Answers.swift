/// What one source answers about one line, or about the lines of a file that it does not name.
extension SourceClaims {
  /// About lines that it names.
  func answer(_ claim: FileClaim) -> OriginAnswer? {
    // A line that is left open is still part of a change that may be an agent's as a whole.
    claim.origin == .unknown ? whole : answer(claim.origin, claim.evidence)
  }

  /// About all other added lines of a file; nil stands for a file without claims.
  func rest(_ claims: FileClaims?) -> OriginAnswer? {
    guard let rest = claims?.rest, rest.origin != .unknown else { return whole }
    return answer(rest.origin, rest.evidence)
  }

  /// About all other removed lines: where an agent wrote in the file, it is taken to be the agent.
  func removedRest(
    _ claims: FileClaims?,
    _ lineRecords: Policy.OriginRule.LineRecords
  ) -> OriginAnswer? {
    if let rest = claims?.rest, rest.origin == .human, lineRecords == .trust {
      return answer(.human, rest.evidence)
    }
    let isAgent = claims?.lines.first { $0.origin.isAgent }
    if let claim = isAgent?.claim ?? claims?.rest, claim.origin.isAgent {
      return answer(.agent(claim.origin.agent), claim.evidence)
    }
    return whole ?? removals.map { answer(.agent($0.agent), $0) }
  }

  private var whole: OriginAnswer? {
    wholeChange.map { answer(.agent($0.agent), $0) }
  }

  private func answer(_ origin: Origin, _ evidence: Evidence) -> OriginAnswer {
    OriginAnswer(source: source, origin: origin, evidence: [evidence])
  }
}
