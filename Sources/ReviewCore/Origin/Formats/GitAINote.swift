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
    var path: RepositoryPath?
    var rangesLeft = Self.mostRanges
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      var line = rest[..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      if line.elementsEqual("---".utf8) {
        json = rest
        return
      }
      line = Self.withoutEnd(line)
      if line.isEmpty { continue }
      guard line.starts(with: [0x20, 0x20]) else {
        path = Self.path(line)
        continue
      }
      guard let path, let entry = Self.entry(line.dropFirst(2), path, &rangesLeft) else {
        return nil
      }
      entries.append(entry)
    }
    return nil
  }

  /// Without white space at the end; at the front it means something.
  private static func withoutEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last <= 0x20 { line = line.dropLast() }
    return line
  }

  /// Quotes around a path are decoration: nothing in between is escaped.
  private static func path(_ line: ArraySlice<UInt8>) -> RepositoryPath {
    let quote = UInt8(ascii: "\"")
    guard line.count >= 2, line.first == quote, line.last == quote else {
      return RepositoryPath(Array(line))
    }
    return RepositoryPath(Array(line.dropFirst().dropLast()))
  }

  private static func entry(
    _ line: ArraySlice<UInt8>,
    _ path: RepositoryPath,
    _ rangesLeft: inout Int
  ) -> Entry? {
    guard let blank = line.firstIndex(of: 0x20), blank > line.startIndex else { return nil }
    var ranges: [LineRange] = []
    for part in line[(blank + 1)...].split(separator: UInt8(ascii: ",")) {
      guard let range = range(Bytes.trimmed(part)) else { return nil }
      rangesLeft -= 1
      guard rangesLeft > 0 else { return nil }
      if let range { ranges.append(range) }
    }
    let lines = LineRange.joined(ranges)
    return Entry(path: path, key: Array(line[..<blank]), lines: lines)
  }

  /// A range however its ends are ordered; `.some(nil)` for one without lines.
  private static func range(_ part: ArraySlice<UInt8>) -> LineRange?? {
    if part.isEmpty { return .some(nil) }
    let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
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
