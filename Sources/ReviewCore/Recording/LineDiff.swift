/// Which lines differ between two versions of a file, found without libgit2.
///
/// A record of edits needs a short answer soon, not git's own: Myers' algorithm up to a bound, and
/// beyond it the lines that stand once on either side. What is not matched counts as changed.
package enum LineDiff {
  /// Edits up to which the shortest answer is looked for.
  private static let mostEdits = 512
  /// The same between two anchors of a large change.
  private static let mostEditsBetweenAnchors = 64

  /// The groups of changed lines, in order.
  package static func spans(_ old: FileLines, _ new: FileLines) -> [HunkSpan] {
    var start = 0
    let limit = min(old.count, new.count)
    while start < limit, old.text(start) == new.text(start) { start += 1 }
    var tail = 0
    while tail < limit - start,
      old.text(old.count - tail - 1) == new.text(new.count - tail - 1)
    { tail += 1 }
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func middle(_ lines: FileLines) -> [Int] {
      (start..<max(start, lines.count - tail)).map { index in
        let text = lines.text(index)
        if let known = numbers[text] { return known }
        numbers[text] = numbers.count
        return numbers.count - 1
      }
    }
    let (before, after) = (middle(old), middle(new))
    let pairs = matches(before[...], after[...], mostEdits)
    return gaps(pairs, before.count, after.count).map { gap in
      HunkSpan(
        old: LineRange(start: start + gap.old.lowerBound + 1, count: gap.old.count),
        new: LineRange(start: start + gap.new.lowerBound + 1, count: gap.new.count)
      )
    }
  }

  /// A line that stands in both versions, counted from 0.
  private typealias Pair = (old: Int, new: Int)

  /// What lies between the matched lines.
  private static func gaps(
    _ pairs: [Pair],
    _ oldCount: Int,
    _ newCount: Int
  ) -> [(old: Range<Int>, new: Range<Int>)] {
    var gaps: [(old: Range<Int>, new: Range<Int>)] = []
    var next: Pair = (0, 0)
    for pair in pairs + [(oldCount, newCount)] {
      if next.old < pair.old || next.new < pair.new {
        gaps.append((next.old..<pair.old, next.new..<pair.new))
      }
      next = (pair.old + 1, pair.new + 1)
    }
    return gaps
  }

  private static func matches(
    _ old: ArraySlice<Int>,
    _ new: ArraySlice<Int>,
    _ bound: Int
  ) -> [Pair] {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    if let pairs = shortest(old, new, bound) { return pairs }
    let anchors = anchors(old, new)
    guard !anchors.isEmpty else { return [] }
    var pairs: [Pair] = []
    var next: Pair = (old.startIndex, new.startIndex)
    for anchor in anchors + [(old.endIndex, new.endIndex)] {
      let inner = (old[next.old..<anchor.old], new[next.new..<anchor.new])
      // Below an anchor a bound that is missed leaves the lines unmatched.
      pairs += shortest(inner.0, inner.1, mostEditsBetweenAnchors) ?? []
      if anchor.old < old.endIndex { pairs.append(anchor) }
      next = (anchor.old + 1, anchor.new + 1)
    }
    return pairs
  }

  // MARK: - Myers

  /// The matches of a shortest edit script; nil when it takes more than `bound` edits.
  private static func shortest(
    _ old: ArraySlice<Int>,
    _ new: ArraySlice<Int>,
    _ bound: Int
  ) -> [Pair]? {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    let limit = min(bound, old.count + new.count)
    var reach = [Int](repeating: 0, count: 2 * limit + 3)
    let middle = limit + 1
    var history: [[Int]] = []
    for edits in 0...limit {
      history.append(Array(reach[(middle - edits - 1)...(middle + edits + 1)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let isDown =
          diagonal == -edits
          || diagonal != edits && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
        var x = isDown ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1
        while x < old.count, x - diagonal >= 0, x - diagonal < new.count,
          old[old.startIndex + x] == new[new.startIndex + x - diagonal]
        { x += 1 }
        reach[middle + diagonal] = x
        if x >= old.count, x - diagonal >= new.count {
          return trace(history, old, new)
        }
      }
    }
    return nil
  }

  /// Walks back from the end along what was reached with one edit less each time.
  private static func trace(
    _ history: [[Int]],
    _ old: ArraySlice<Int>,
    _ new: ArraySlice<Int>
  ) -> [Pair] {
    var pairs: [Pair] = []
    var (x, y) = (old.count, new.count)
    for edits in stride(from: history.count - 1, through: 0, by: -1) {
      let reach = history[edits]
      let middle = edits + 1
      let diagonal = x - y
      let isDown =
        diagonal == -edits
        || diagonal != edits && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
      let previous = diagonal + (isDown ? 1 : -1)
      let previousX = edits == 0 ? 0 : reach[middle + previous]
      let previousY = edits == 0 ? 0 : previousX - previous
      while x > previousX, y > previousY, x > 0, y > 0,
        old[old.startIndex + x - 1] == new[new.startIndex + y - 1]
      {
        x -= 1
        y -= 1
        pairs.append((old.startIndex + x, new.startIndex + y))
      }
      (x, y) = (previousX, previousY)
    }
    return pairs.reversed()
  }

  // MARK: - Patience

  /// The longest row of lines that stand once on either side.
  private static func anchors(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [Pair] {
    let (before, after) = (unique(old), unique(new))
    let common = before.compactMap { line, place in after[line].map { (place, $0) } }
      .sorted { $0.0 < $1.0 }
    // Patience sorting: the piles' tops grow, and each card remembers the pile to its left.
    var tops: [Int] = []
    var left = [Int](repeating: -1, count: common.count)
    for (card, pair) in common.enumerated() {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if common[tops[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { left[card] = tops[low - 1] }
      if low == tops.count { tops.append(card) } else { tops[low] = card }
    }
    var row: [Pair] = []
    var card = tops.last ?? -1
    while card >= 0 {
      row.append((common[card].0, common[card].1))
      card = left[card]
    }
    return row.reversed()
  }

  private static func unique(_ lines: ArraySlice<Int>) -> [Int: Int] {
    var places: [Int: Int] = [:]
    var repeated: Set<Int> = []
    for index in lines.indices where places.updateValue(index, forKey: lines[index]) != nil {
      repeated.insert(lines[index])
    }
    for line in repeated { places[line] = nil }
    return places
  }
}
