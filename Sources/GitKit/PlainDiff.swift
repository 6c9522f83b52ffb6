package import ReviewCore

/// Two versions of a file that differ in one place only, where every diff says the same.
///
/// xdiff hashes every line of both files, which for a small change of a large file takes longer than
/// all the rest. It first takes off the equal lines at both ends. What is left has no other answer
/// than one group when no line of one side stands on the other. Lines that only come or only go stay
/// where they are when they cannot slide; those with others in their place stay beside them
/// (`end_matching_other` in xdl_change_compact). Everything else is left to xdiff.
package enum PlainDiff {
  /// The group of changed lines; nil when xdiff has to say.
  package static func span(
    _ old: UnsafeRawBufferPointer,
    _ new: UnsafeRawBufferPointer
  ) -> HunkSpan? {
    let start = commonPrefix(old, new)
    let tail = commonSuffix(old, new, after: start)
    let before = Middle(old, start: start, end: old.count - tail)
    let after = Middle(new, start: start, end: new.count - tail)
    if before.isEmpty || after.isEmpty {
      guard !before.isEmpty || !after.isEmpty, !before.canSlide, !after.canSlide else { return nil }
    } else {
      guard before.sharesNoLine(with: after) else { return nil }
    }
    let first = lineFeeds(old[..<start]) + 1
    return HunkSpan(
      old: LineRange(start: first, count: before.count),
      new: LineRange(start: first, count: after.count)
    )
  }

  /// How many bytes of equal whole lines both begin with.
  private static func commonPrefix(
    _ old: UnsafeRawBufferPointer,
    _ new: UnsafeRawBufferPointer
  ) -> Int {
    let limit = min(old.count, new.count)
    var index = 0
    while index + 8 <= limit, word(old, index) == word(new, index) { index += 8 }
    while index < limit, old[index] == new[index] { index += 1 }
    while index > 0, old[index - 1] != lineFeed { index -= 1 }
    return index
  }

  /// How many bytes of equal whole lines both end with, without those before `start`.
  private static func commonSuffix(
    _ old: UnsafeRawBufferPointer,
    _ new: UnsafeRawBufferPointer,
    after start: Int
  ) -> Int {
    let limit = min(old.count, new.count) - start
    var count = 0
    while count + 8 <= limit,
      word(old, old.count - count - 8) == word(new, new.count - count - 8)
    {
      count += 8
    }
    while count < limit, old[old.count - count - 1] == new[new.count - count - 1] { count += 1 }
    // A line that is equal only in part is not.
    while count > 0, !startsLine(old, old.count - count) || !startsLine(new, new.count - count) {
      count -= 1
    }
    return count
  }

  private static func startsLine(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    index == 0 || bytes[index - 1] == lineFeed
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  /// How many line feeds there are.
  ///
  /// Eight bytes at a time: the compiler takes comparisons of vectors apart, byte by byte.
  fileprivate static func lineFeeds(_ slice: Slice<UnsafeRawBufferPointer>) -> Int {
    let bytes = UnsafeRawBufferPointer(rebasing: slice)
    let wanted = UInt64(lineFeed) &* 0x0101_0101_0101_0101
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    var count = 0
    var index = 0
    while index + 8 <= bytes.count {
      // A byte of the sums counts to 255 at most.
      let end = min(bytes.count - 7, index + 8 * 255)
      var sums: UInt64 = 0
      while index < end {
        // The highest bit of each byte that is zero, that is, of each line feed.
        let other = word(bytes, index) ^ wanted
        sums &+= ~(((other & low) &+ low) | other | low) &>> 7
        index &+= 8
      }
      let pairs = (sums & 0x00ff_00ff_00ff_00ff) &+ (sums &>> 8 & 0x00ff_00ff_00ff_00ff)
      count += Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
    }
    while index < bytes.count {
      if bytes[index] == lineFeed { count += 1 }
      index += 1
    }
    return count
  }

  fileprivate static let lineFeed = UInt8(ascii: "\n")
}

/// What is left of one side between the equal ends.
private struct Middle {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  private let end: Int

  /// More lines than this are compared faster by their hashes.
  private static let mostLines = 64

  init(_ bytes: UnsafeRawBufferPointer, start: Int, end: Int) {
    self.bytes = bytes
    self.start = start
    self.end = end
  }

  var isEmpty: Bool { start == end }

  /// How many lines; a last one without a line feed counts.
  var count: Int {
    isEmpty
      ? 0
      : PlainDiff.lineFeeds(bytes[start..<end]) + (bytes[end - 1] == PlainDiff.lineFeed ? 0 : 1)
  }

  /// Whether the group could stand a line further up or down just as well.
  var canSlide: Bool {
    guard !isEmpty else { return false }
    if end < bytes.count, Self.equal(line(from: start), line(from: end)) { return true }
    return start > 0 && Self.equal(line(upTo: end), line(upTo: start))
  }

  /// Whether no line stands in both; false also when they are too many to compare.
  func sharesNoLine(with other: Middle) -> Bool {
    if isEmpty || other.isEmpty { return true }
    guard let mine = lines, let theirs = other.lines else { return false }
    return !mine.contains { line in theirs.contains { Self.equal(line, $0) } }
  }

  private var lines: [Slice<UnsafeRawBufferPointer>]? {
    var lines: [Slice<UnsafeRawBufferPointer>] = []
    var first = start
    while first < end {
      guard lines.count < Self.mostLines else { return nil }
      let line = line(from: first)
      lines.append(line)
      first = line.endIndex
    }
    return lines
  }

  private static func equal(
    _ left: Slice<UnsafeRawBufferPointer>,
    _ right: Slice<UnsafeRawBufferPointer>
  ) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  /// The line that starts at an index, with its line feed.
  private func line(from index: Int) -> Slice<UnsafeRawBufferPointer> {
    var next = index + 1
    while next < bytes.count, bytes[next - 1] != PlainDiff.lineFeed { next += 1 }
    return bytes[index..<next]
  }

  /// The line that ends at an index.
  private func line(upTo index: Int) -> Slice<UnsafeRawBufferPointer> {
    var first = index - 1
    while first > 0, bytes[first - 1] != PlainDiff.lineFeed { first -= 1 }
    return bytes[first..<index]
  }
}
