/// Makes the statements of `LineOrigins`, each different one once.
struct LineOriginsBuilder {
  private(set) var statements = [LineStatement.open]
  /// Every path that some source names, sorted.
  let paths: [RepositoryPath]
  /// Most precise first; sources of equal precision in the order they were given.
  private let sources: [SourceClaims]
  private let general: OriginAnswer?
  private let lineRecords: Policy.OriginRule.LineRecords
  /// The places of statements, once there are many.
  private var numbers: [LineStatement: Int] = [:]

  private static let fewStatements = 8

  init(
    _ sources: [SourceClaims],
    commit: CommitStatement,
    lineRecords: Policy.OriginRule.LineRecords
  ) {
    var sources = sources
    let named = commit.named
    if !named.isEmpty { sources.append(SourceClaims(source: .commit, files: named)) }
    // `sort` promises no order of equal elements.
    self.sources =
      sources.count < 2
      ? sources
      : sources.enumerated()
        .sorted { ($0.element.source, $0.offset) < ($1.element.source, $1.offset) }.map(\.element)
    paths =
      sources.count < 2
      ? (sources.first?.files.keys).map { $0.sorted() } ?? []
      : Set(sources.flatMap(\.files.keys)).sorted()
    self.lineRecords = lineRecords
    // To say less than the commit is to clear something, which takes trust.
    let refined = lineRecords == .trust ? sources.flatMap(\.refined) : []
    general = commit.general(without: Set(refined))
  }

  /// What is said about one file; nil stands for every file without claims.
  mutating func file(_ path: RepositoryPath?) -> FileOrigins {
    var added: [[LineClaim]] = []
    var removed: [[LineClaim]] = []
    var rests: [OriginAnswer?] = []
    var removedRests: [OriginAnswer?] = []
    for place in sources.indices {
      let claims = path.flatMap { sources[place].files[$0] }
      added.append(claims?.lines ?? [])
      removed.append(claims?.removed ?? [])
      rests.append(sources[place].rest(claims))
      removedRests.append(sources[place].removedRest(claims, lineRecords))
    }
    return FileOrigins(added: pieces(added, rests), removed: pieces(removed, removedRests))
  }

  /// `rests` holds what each source says about the lines it does not name.
  private mutating func pieces(_ claims: [[LineClaim]], _ rests: [OriginAnswer?]) -> StatementPieces
  {
    let rest = number(rests.compactMap { $0 })
    guard let first = claims.firstIndex(where: { !$0.isEmpty }) else {
      return StatementPieces(rest: rest)
    }
    let isAlone = claims[(first + 1)...].allSatisfy(\.isEmpty)
    if isAlone, Self.isPlain(claims[first]) {
      return plainPieces(of: first, claims[first], rests, rest: rest)
    }
    let layers = ClaimLayers(claims)
    // A note says the same few things about many lines: each is thought through once.
    var known: [(piece: Int, number: Int)] = []
    var pieces: [Int32] = []
    pieces.reserveCapacity(layers.count)
    for piece in 0..<layers.count {
      if let same = known.first(where: { layers.isSame($0.piece, piece) }) {
        pieces.append(Int32(same.number))
        continue
      }
      let number = number(answers(rests) { layers.claim($0, piece) })
      if known.count < 8 { known.append((piece, number)) }
      pieces.append(Int32(number))
    }
    return StatementPieces(bounds: layers.bounds, pieces: pieces, rest: rest)
  }

  /// Whether claims are in order and apart, as most writers have them.
  private static func isPlain(_ claims: [LineClaim]) -> Bool {
    var end = Int.min
    for claim in claims {
      guard claim.lines.count > 0, claim.lines.start >= end else { return false }
      end = claim.lines.end
    }
    return true
  }

  /// The pieces where one source alone names lines.
  private mutating func plainPieces(
    of source: Int,
    _ claims: [LineClaim],
    _ rests: [OriginAnswer?],
    rest: Int
  ) -> StatementPieces {
    var bounds: [Int] = []
    var pieces: [Int32] = []
    bounds.reserveCapacity(2 * claims.count)
    pieces.reserveCapacity(2 * claims.count)
    var number = rest
    for place in claims.indices {
      let lines = claims[place].lines
      if bounds.last != lines.start {
        if !bounds.isEmpty { pieces.append(Int32(rest)) }
        bounds.append(lines.start)
      }
      if place == 0 || claims[place].claim != claims[place - 1].claim {
        number = self.number(answers(rests) { $0 == source ? claims[place].claim : nil })
      }
      pieces.append(Int32(number))
      bounds.append(lines.end)
    }
    return StatementPieces(bounds: bounds, pieces: pieces, rest: rest)
  }

  /// What every source says about lines, where `claim` has the claim of each that names them.
  private func answers(
    _ rests: [OriginAnswer?],
    _ claim: (Int) -> FileClaim?
  ) -> [OriginAnswer] {
    var answers: [OriginAnswer] = []
    for place in sources.indices {
      let answer = claim(place).map { sources[place].answer($0) } ?? rests[place]
      if let answer { answers.append(answer) }
    }
    return answers
  }

  private mutating func number(_ answers: [OriginAnswer]) -> Int {
    // Nobody says anything, as about most files.
    if answers.isEmpty, general == nil { return 0 }
    // The commit speaks about every line; the environment of one that is being made does too.
    var all = answers
    if let general {
      let place = all.firstIndex { $0.source > general.source } ?? all.endIndex
      all.insert(general, at: place)
    }
    let statement = LineStatement.combining(all, lineRecords: lineRecords)
    // Few things are said of one commit: to compare them costs less than to hash them.
    if statements.count <= Self.fewStatements {
      if let known = statements.firstIndex(of: statement) { return known }
    } else {
      if numbers.isEmpty {
        for (number, statement) in statements.enumerated() { numbers[statement] = number }
      }
      if let known = numbers[statement] { return known }
      numbers[statement] = statements.count
    }
    statements.append(statement)
    return statements.count - 1
  }
}
