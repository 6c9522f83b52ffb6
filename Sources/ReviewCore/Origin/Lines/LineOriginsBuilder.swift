/// Makes the statements of `LineOrigins`, each different one once.
struct LineOriginsBuilder {
  private(set) var statements = [LineStatement.open]
  /// Every path that some source names.
  let paths: Set<RepositoryPath>
  /// Most precise first; sources of equal precision in the order they were given.
  private let sources: [SourceClaims]
  private let general: OriginAnswer?
  private let lineRecords: Policy.OriginRule.LineRecords
  private var numbers: [LineStatement: Int] = [.open: 0]

  init(
    _ sources: [SourceClaims],
    commit: CommitStatement,
    lineRecords: Policy.OriginRule.LineRecords
  ) {
    var sources = sources
    let named = commit.named
    if !named.isEmpty { sources.append(SourceClaims(source: .commit, files: named)) }
    // `sort` promises no order of equal elements.
    self.sources = sources.enumerated()
      .sorted { ($0.element.source, $0.offset) < ($1.element.source, $1.offset) }.map(\.element)
    paths = Set(sources.flatMap(\.files.keys))
    self.lineRecords = lineRecords
    // To say less than the commit is to clear something, which takes trust.
    let refined = lineRecords == .trust ? sources.flatMap(\.refined) : []
    general = commit.general(without: Set(refined))
  }

  /// What is said about one file; nil stands for every file without claims.
  mutating func file(_ path: RepositoryPath?) -> FileOrigins {
    let claims = sources.map { source in path.flatMap { source.files[$0] } }
    let rests = zip(sources, claims).map(rest)
    let removedRests = zip(sources, claims).map(removedRest)
    return FileOrigins(
      added: pieces(claims.map { $0?.lines ?? [] }, rests),
      removed: pieces(claims.map { $0?.removed ?? [] }, removedRests)
    )
  }

  /// `rests` holds what each source says about the lines it does not name.
  private mutating func pieces(_ claims: [[LineClaim]], _ rests: [OriginAnswer?]) -> StatementPieces
  {
    let layers = ClaimLayers(claims)
    // A note says the same few things about many lines: each is thought through once.
    var known: [(piece: Int, number: Int)] = []
    let pieces = (0..<max(0, layers.bounds.count - 1)).map { piece in
      if let same = known.first(where: { layers.isSame($0.piece, piece) }) { return same.number }
      let number = number(
        sources.indices.compactMap { index in
          let source = sources[index]
          guard let claim = layers.layers[index][piece] else { return rests[index] }
          // A line that is left open is still part of a change that may be an agent's as a whole.
          if claim.origin == .unknown { return whole(source) }
          return OriginAnswer(
            source: source.source,
            origin: claim.origin,
            evidence: [claim.evidence]
          )
        }
      )
      if known.count < 8 { known.append((piece, number)) }
      return number
    }
    return StatementPieces(
      bounds: layers.bounds,
      pieces: pieces,
      rest: number(rests.compactMap { $0 })
    )
  }

  private func rest(_ source: SourceClaims, _ claims: FileClaims?) -> OriginAnswer? {
    guard let rest = claims?.rest, rest.origin != .unknown else { return whole(source) }
    return OriginAnswer(source: source.source, origin: rest.origin, evidence: [rest.evidence])
  }

  /// Removed lines that no claim names: where an agent wrote in the file, it is taken to be the agent.
  private func removedRest(_ source: SourceClaims, _ claims: FileClaims?) -> OriginAnswer? {
    if let rest = claims?.rest, rest.origin == .human, lineRecords == .trust {
      return OriginAnswer(source: source.source, origin: .human, evidence: [rest.evidence])
    }
    let isAgent = claims?.lines.first { $0.origin.isAgent }
    if let claim = isAgent.map({ FileClaim(origin: $0.origin, evidence: $0.evidence) })
      ?? claims?.rest, claim.origin.isAgent
    {
      return OriginAnswer(
        source: source.source,
        origin: .agent(claim.origin.agent),
        evidence: [claim.evidence]
      )
    }
    return whole(source) ?? source.removals.map { answer(source, $0) }
  }

  private func whole(_ source: SourceClaims) -> OriginAnswer? {
    source.wholeChange.map { answer(source, $0) }
  }

  private func answer(_ source: SourceClaims, _ evidence: Evidence) -> OriginAnswer {
    OriginAnswer(source: source.source, origin: .agent(evidence.agent), evidence: [evidence])
  }

  private mutating func number(_ answers: [OriginAnswer]) -> Int {
    // The commit speaks about every line; the environment of one that is being made does too.
    var all = answers
    if let general {
      let place = all.firstIndex { $0.source > general.source } ?? all.endIndex
      all.insert(general, at: place)
    }
    let statement = LineStatement.combining(all, lineRecords: lineRecords)
    if let known = numbers[statement] { return known }
    statements.append(statement)
    numbers[statement] = statements.count - 1
    return statements.count - 1
  }
}
