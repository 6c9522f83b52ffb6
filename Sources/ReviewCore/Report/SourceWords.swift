/// What a source says about a commit, in lines for people.
struct SourceWords {
  let charset: Charset

  /// How many files of one source are listed.
  private static let mostFiles = 12

  /// One line for a source that says nothing, one for each file otherwise.
  func lines(_ report: SourceReport) -> [String] {
    let name = report.source.rawValue
    let places = report.places.map { charset.show($0.utf8, width: 60) }.joined(separator: ", ")
    switch report.state {
    case .notHere: return ["\(name): not here"]
    case .silent: return ["\(name): nothing about this commit (\(places))"]
    case .says: return report.claims.flatMap { said($0) }.map { "\(name): \($0)" }
    }
  }

  private func said(_ claims: SourceClaims) -> [String] {
    var lines = claims.warnings.map { charset.show($0.description.utf8, width: 160) }
    for piece in [claims.wholeChange, claims.removals] {
      if let piece { lines.append(charset.show(piece.text, width: 160)) }
    }
    let files = claims.files.sorted { $0.key < $1.key }
    lines += files.prefix(Self.mostFiles).map { path, file in
      charset.show(path.bytes, width: 80) + ": " + summary(file)
    }
    let rest = files.count - Self.mostFiles
    return rest > 0 ? lines + ["\(charset.ellipsis) and \(Count.of(rest, "more file"))"] : lines
  }

  /// `claude-code 1-10, 15; a person 20-22; the rest: some agent`.
  private func summary(_ file: FileClaims) -> String {
    var order: [Origin] = []
    var ranges: [Origin: [LineRange]] = [:]
    for claim in file.lines {
      if ranges[claim.origin] == nil { order.append(claim.origin) }
      ranges[claim.origin, default: []].append(claim.lines)
    }
    var parts = order.map { origin in
      let lines = LineRange.joined(ranges[origin] ?? [])
      let shown = lines.prefix(20).map(\.description).joined(separator: ", ")
      return "\(origin.label(charset)) \(shown)" + (lines.count > 20 ? charset.ellipsis : "")
    }
    if let rest = file.rest { parts.append("the rest: \(rest.origin.label(charset))") }
    return parts.joined(separator: "; ")
  }
}
