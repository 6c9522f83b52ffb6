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
    var cuts: [Int] = []
    for claims in sources {
      for claim in claims where claim.lines.count > 0 {
        cuts.append(claim.lines.start)
        cuts.append(claim.lines.end)
      }
    }
    cuts.sort()
    var bounds: [Int] = []
    for cut in cuts where cut != bounds.last { bounds.append(cut) }
    self.bounds = bounds
    layers = sources.map { Self.layer($0, bounds) }
  }

  /// Whether every source says the same about two pieces.
  func isSame(_ first: Int, _ second: Int) -> Bool {
    layers.allSatisfy { layer in
      layer[first]?.origin == layer[second]?.origin
        && layer[first]?.evidence == layer[second]?.evidence
    }
  }

  /// Paints from the last claim to the first; what is painted stays.
  private static func layer(_ claims: [LineClaim], _ bounds: [Int]) -> [LineClaim?] {
    let count = max(0, bounds.count - 1)
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
      let end = place(of: claim.lines.end, in: bounds)
      var piece = bare(from: place(of: claim.lines.start, in: bounds))
      while piece < end {
        layer[piece] = claim
        next[piece] = piece + 1
        piece = bare(from: piece)
      }
    }
    return layer
  }

  /// Where a line that is among the bounds stands in them.
  private static func place(of line: Int, in bounds: [Int]) -> Int {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] < line { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
