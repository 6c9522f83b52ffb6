/// Two texts compared line by line, to show a person what would change.
package struct LineDifference: Hashable, Sendable {
  /// Lines of a unified diff without its head, safe to print.
  package let lines: [String]

  /// Lines around a change that are shown with it.
  private static let context = 3

  /// Compares two texts; a text of very many lines is only counted.
  package init(_ before: [UInt8], _ after: [UInt8]) {
    let old = Self.split(before)
    let new = Self.split(after)
    guard old.count + new.count <= 20_000 else {
      lines = ["(\(old.count) lines become \(new.count))"]
      return
    }
    lines = Self.unified(Self.rows(old, new))
  }

  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private typealias Row = (mark: String, text: ArraySlice<UInt8>, old: Int, new: Int)

  /// Every line of both texts, marked, with the numbers it has on both sides.
  private static func rows(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Row] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var rows: [Row] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        rows.append(("-", old[left], left, right))
        left += 1
      } else if inserted.contains(right) {
        rows.append(("+", new[right], left, right))
        right += 1
      } else {
        rows.append((" ", old[left], left, right))
        left += 1
        right += 1
      }
    }
    return rows
  }

  private static func unified(_ rows: [Row]) -> [String] {
    var lines: [String] = []
    var index = 0
    while let first = rows[index...].firstIndex(where: { $0.mark != " " }) {
      var end = first
      // Changes that are close together are shown as one.
      while let next = rows[(end + 1)...].prefix(2 * context + 1).firstIndex(where: {
        $0.mark != " "
      }) {
        end = next
      }
      let start = max(index, first - context)
      let stop = min(rows.count, end + 1 + context)
      let part = rows[start..<stop]
      let (olds, news) = (part.count { $0.mark != "+" }, part.count { $0.mark != "-" })
      let (from, to) = (part[start].old + (olds > 0 ? 1 : 0), part[start].new + (news > 0 ? 1 : 0))
      lines.append("@@ -\(from),\(olds) +\(to),\(news) @@")
      lines += part.map {
        $0.mark + VisibleText.source($0.text.last == 0x0d ? $0.text.dropLast() : $0.text)
      }
      index = stop
      if index >= rows.count { break }
    }
    return lines
  }
}
