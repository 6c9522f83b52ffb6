/// The text of a Git AI Standard 3 note: lines by key, a divider, and records of the keys in JSON.
struct GitAINote {
  /// Lines that one key names in one file.
  struct Entry: Hashable {
    let path: RepositoryPath
    /// The key as written.
    let key: [UInt8]
    /// Its lines: sorted, joined, within `LineRange`.
    let lines: [LineRange]
  }

  /// The entries in their order; a later one holds against an earlier one.
  private(set) var entries: [Entry] = []
  /// What stands behind the divider.
  let json: ArraySlice<UInt8>

  /// More ranges than this are no note that a person or an agent made.
  static let mostRanges = 1_000_000

  /// Reads the lines before the divider; nil when it is not such a note.
  ///
  /// The first line that is exactly `---` is the divider, also when it is the very first line.
  init?(_ text: [UInt8]) {
    let bytes = text.span
    var path: RepositoryPath?
    var rangesLeft = Self.mostRanges
    var start = 0
    while start < bytes.count {
      var end = bytes.place(of: Self.lineFeed, or: Self.lineFeed, from: start)
      let next = min(end + 1, bytes.count)
      defer { start = next }
      if end > start, bytes[end - 1] == Self.carriageReturn { end -= 1 }
      if end == start + 3, bytes[start] == Self.dash, bytes[start + 1] == Self.dash,
        bytes[start + 2] == Self.dash
      {
        json = text[next...]
        return
      }
      // White space at the end is nothing; at the front it means something.
      while end > start, bytes[end - 1] <= Self.blank { end -= 1 }
      if start == end { continue }
      guard end >= start + 2, bytes[start] == Self.blank, bytes[start + 1] == Self.blank else {
        path = Self.path(text[start..<end])
        continue
      }
      guard let path,
        let entry = Self.entry(bytes, start + 2, end, path: path, text: text, &rangesLeft)
      else { return nil }
      entries.append(entry)
    }
    return nil
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let blank = UInt8(ascii: " ")
  private static let dash = UInt8(ascii: "-")
  private static let comma = UInt8(ascii: ",")

  /// Quotes around a path are decoration: nothing in between is escaped.
  private static func path(_ line: ArraySlice<UInt8>) -> RepositoryPath {
    let quote = UInt8(ascii: "\"")
    guard line.count >= 2, line.first == quote, line.last == quote else {
      return RepositoryPath(Array(line))
    }
    return RepositoryPath(Array(line.dropFirst().dropLast()))
  }

  /// The line from `start` to `end`: a key, a blank and ranges.
  private static func entry(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    path: RepositoryPath,
    text: [UInt8],
    _ rangesLeft: inout Int
  ) -> Entry? {
    var place = start
    while place < end, bytes[place] != blank { place += 1 }
    guard place > start, place < end else { return nil }
    let key = Array(text[start..<place])
    var ranges: [LineRange] = []
    place += 1
    // A range has seldom less than six bytes; a long line makes room as it goes.
    ranges.reserveCapacity(min((end - place) / 6 + 1, 64))
    while place < end {
      if bytes[place] == comma {
        place += 1
        continue
      }
      guard rangesLeft > 1 else { return nil }
      rangesLeft -= 1
      if let range = plainRange(bytes, &place, end) {
        ranges.append(range)
        continue
      }
      var stop = place
      while stop < end, bytes[stop] != comma { stop += 1 }
      guard let range = range(Bytes.trimmed(text[place..<stop])) else { return nil }
      if let range { ranges.append(range) }
      place = stop
    }
    return Entry(path: path, key: key, lines: LineRange.joined(ranges))
  }

  /// A range as the writer has them, up to the next comma; nil leaves it to `range`.
  private static func plainRange(
    _ bytes: Span<UInt8>,
    _ place: inout Int,
    _ end: Int
  ) -> LineRange? {
    var next = place
    guard let first = plainNumber(bytes, &next, end) else { return nil }
    var last = first
    if next < end, bytes[next] == dash {
      next += 1
      guard let second = plainNumber(bytes, &next, end) else { return nil }
      last = second
    }
    guard next == end || bytes[next] == comma, first >= 1, last >= first else { return nil }
    place = next
    return LineRange(start: first, count: last - first + 1)
  }

  private static func plainNumber(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) -> Int? {
    let start = place
    var next = start
    var value = 0
    // Nine digits are in range whatever they are.
    let most = min(end, start + 9)
    while next < most {
      let digit = bytes[next] &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      next += 1
    }
    place = next
    return next > start ? value : nil
  }

  /// A range however its ends are ordered; `.some(nil)` for one without lines.
  private static func range(_ part: ArraySlice<UInt8>) -> LineRange?? {
    if part.isEmpty { return .some(nil) }
    let ends = part.split(separator: dash, omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = ends.first.flatMap(number), let last = ends.last,
      let second = number(last)
    else { return nil }
    let (low, high) = (max(1, min(first, second)), max(first, second))
    return high < 1 ? .some(nil) : LineRange(start: low, count: high - low + 1)
  }

  /// Up to 32 bits, as the writer has them.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...20).contains(digits.count), digits.allSatisfy(Bytes.isDigit) else { return nil }
    let value = digits.reduce(0.0) { $0 * 10 + Double($1 - 0x30) }
    return value <= Double(UInt32.max) ? Int(value) : nil
  }
}

extension LineRange {
  /// The same lines, each once, in as few ranges as can be.
  static func joined(_ ranges: [LineRange]) -> [LineRange] {
    // What is written is in order, nearly always.
    if zip(ranges, ranges.dropFirst()).allSatisfy({ $0.end < $1.start }) { return ranges }
    var result: [LineRange] = []
    for range in ranges.sorted(by: { ($0.start, $0.count) < ($1.start, $1.count) }) {
      guard let last = result.last, range.start <= last.end else {
        result.append(range)
        continue
      }
      let end = max(last.end, range.end)
      result[result.count - 1] = LineRange(start: last.start, count: end - last.start)
    }
    return result
  }
}
