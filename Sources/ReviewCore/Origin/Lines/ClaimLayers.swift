/// Line claims of several sources laid over each other.
///
/// The lines are cut where any claim begins or ends, so each piece has one answer from each source
/// whatever the order and overlap of the claims, at the cost of sorting them once.
struct ClaimLayers {
  /// Where pieces begin; the last one is the end.
  let bounds: [Int]
  /// The claims of each source.
  private let sources: [[LineClaim]]
  /// For each source, the place of the claim that holds each piece.
  ///
  /// Negative where it names none; empty for a source without claims.
  private let layers: [[Int32]]

  /// Lays claims over each other, one list for each source.
  init(_ sources: [[LineClaim]]) {
    self.sources = sources
    var cuts: [Int] = []
    cuts.reserveCapacity(2 * sources.reduce(0) { $0 + $1.count })
    for claims in sources {
      for claim in claims where claim.lines.count > 0 {
        cuts.append(claim.lines.start)
        cuts.append(claim.lines.end)
      }
    }
    // What is written is in order, nearly always.
    cuts.sort()
    var bounds: [Int] = []
    bounds.reserveCapacity(cuts.count)
    for cut in cuts where cut != bounds.last { bounds.append(cut) }
    self.bounds = bounds
    layers = sources.map { $0.isEmpty ? [] : Self.layer($0, bounds) }
  }

  /// How many pieces there are.
  var count: Int { max(0, bounds.count - 1) }

  /// What a source says about a piece; nil where it names it not.
  func claim(_ source: Int, _ piece: Int) -> FileClaim? {
    guard !layers[source].isEmpty else { return nil }
    let place = Int(layers[source][piece])
    return place < 0 ? nil : sources[source][place].claim
  }

  /// Whether every source says the same about two pieces.
  func isSame(_ first: Int, _ second: Int) -> Bool {
    layers.indices.allSatisfy { source in
      let layer = layers[source]
      if layer.isEmpty || layer[first] == layer[second] { return true }
      return claim(source, first) == claim(source, second)
    }
  }

  /// Paints from the last claim to the first; what is painted stays.
  private static func layer(_ claims: [LineClaim], _ bounds: [Int]) -> [Int32] {
    let count = max(0, bounds.count - 1)
    var layer = [Int32](repeating: -1, count: count)
    // The next piece without paint from each one on, found by halving the way there.
    var next = (0...Int32(count)).map { $0 }
    for index in claims.indices.reversed() where claims[index].lines.count > 0 {
      let lines = claims[index].lines
      let end = place(of: lines.end, in: bounds)
      var piece = bare(from: place(of: lines.start, in: bounds), &next)
      while piece < end {
        layer[piece] = Int32(index)
        next[piece] = Int32(piece + 1)
        piece = bare(from: piece + 1, &next)
      }
    }
    return layer
  }

  private static func bare(from piece: Int, _ next: inout [Int32]) -> Int {
    var piece = piece
    while Int(next[piece]) != piece {
      next[piece] = next[Int(next[piece])]
      piece = Int(next[piece])
    }
    return piece
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
