/// Finds what somebody meant to type.
package enum Spelling {
  /// The candidate nearest to `word`, when it is near enough to be a slip; the first of equals.
  package static func closest(_ word: String, among candidates: [String]) -> String? {
    let typed = Array(word.lowercased().utf8)
    // Longer input is no slip, and the work grows with its length.
    guard !typed.isEmpty, typed.count <= 40 else { return nil }
    var best: (distance: Int, word: String)?
    for candidate in candidates {
      let target = Array(candidate.lowercased().utf8)
      let distance = distance(typed, target)
      guard distance <= max(1, target.count / 3), distance < best?.distance ?? .max else {
        continue
      }
      best = (distance, candidate)
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var above = Array(0...right.count)
    for (row, a) in left.enumerated() {
      var current = [row + 1]
      for (column, b) in right.enumerated() {
        var least = min(
          current[column] + 1,
          above[column + 1] + 1,
          above[column] + (a == b ? 0 : 1)
        )
        if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
          least = min(least, before[column - 1] + 1)
        }
        current.append(least)
      }
      (before, above) = (above, current)
    }
    return above[right.count]
  }
}
