/// Line claims of several sources laid over each other.
///
/// The lines are cut where any claim begins or ends, so each piece has one answer from each source
/// whatever the order and overlap of the claims, at the cost of sorting them once.
struct ClaimLayers {
  /// Where pieces begin; the last one is the end.
  let bounds: [Int]
  /// For each source, the claim that holds each piece; nil where it names none.
  let layers: [[LineClaim?]]

  /// Lays claims over each other, one list for each source.
  init(_ sources: [[LineClaim]]) {
    var cuts: Set<Int> = []
    for claim in sources.joined() where claim.lines.count > 0 {
      cuts.insert(claim.lines.start)
      cuts.insert(claim.lines.end)
    }
    let bounds = cuts.sorted()
    self.bounds = bounds
    var places: [Int: Int] = [:]
    for (place, line) in bounds.enumerated() { places[line] = place }
    layers = sources.map { Self.layer($0, places, count: max(0, bounds.count - 1)) }
  }

  /// Paints from the last claim to the first; what is painted stays.
  private static func layer(
    _ claims: [LineClaim],
    _ places: [Int: Int],
    count: Int
  ) -> [LineClaim?] {
    var layer = [LineClaim?](repeating: nil, count: count)
    // The next piece without paint from each one on, found by halving the way there.
    var next = Array(0...count)
    func bare(from piece: Int) -> Int {
      var piece = piece
      while next[piece] != piece {
        next[piece] = next[next[piece]]
        piece = next[piece]
      }
      return piece
    }
    for claim in claims.reversed() where claim.lines.count > 0 {
      guard let start = places[claim.lines.start], let end = places[claim.lines.end] else {
        continue
      }
      var piece = bare(from: start)
      while piece < end {
        layer[piece] = claim
        next[piece] = piece + 1
        piece = bare(from: piece)
      }
    }
    return layer
  }
}
