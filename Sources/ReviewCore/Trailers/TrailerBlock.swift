/// Where trailers stand in a commit message, by the rules of `git interpret-trailers`.
///
/// Git itself is not asked: it would run the programs that `trailer.*.command` of the repository's
/// configuration names.
package enum TrailerBlock {
  /// The message with lines added at the end of its trailers; lines that are there already are not.
  ///
  /// Comments and what stands below the scissors stay at the end, where an editor showed them.
  package static func adding(_ lines: [[UInt8]], to message: [UInt8]) -> [UInt8] {
    var message = message
    if let last = message.last, last != 0x0a { message.append(0x0a) }
    let present = Set(message.split(separator: 0x0a).map { folded($0) })
    var seen: Set<[UInt8]> = []
    let missing = lines.filter {
      !present.contains(folded($0[...])) && seen.insert(folded($0[...])).inserted
    }
    guard !missing.isEmpty else { return message }
    let end = end(of: message)
    let added: [UInt8] = missing.flatMap { $0 + [0x0a] as [UInt8] }
    let body = message[..<end]
    guard body.contains(where: { $0 > 0x20 }) else {
      // Nothing is written yet: the first line stays free for the subject.
      let rest = message[end...].drop { $0 == 0x0a }
      return [0x0a, 0x0a] as [UInt8] + added + (rest.isEmpty ? [] : [0x0a]) + rest
    }
    let needsBlank = start(in: body) == end && !endsWithBlankLine(body)
    return Array(body) + (needsBlank ? [0x0a] : []) + added + message[end...]
  }

  /// Whether nothing but trailers with one of these keys is written.
  package static func holdsOnly(_ keys: Set<String>, _ message: [UInt8]) -> Bool {
    let lines = message.split(separator: 0x0a).filter { $0.contains { $0 > 0x20 } }
    return !lines.isEmpty
      && lines.allSatisfy { line in
        let key = line.prefix { $0 != UInt8(ascii: ":") }
        return key.count < line.count
          && keys.contains(String(decoding: Bytes.lowercased(Array(key)), as: UTF8.self))
      }
  }

  /// The message without the lines of one key, given in lower case.
  package static func removing(_ key: String, from message: [UInt8]) -> [UInt8] {
    let prefix = Array((key + ":").utf8)
    return message.split(separator: 0x0a, omittingEmptySubsequences: false)
      .filter { !Bytes.lowercased(Array($0.prefix(prefix.count))).elementsEqual(prefix) }
      .joined(separator: [0x0a]).map { $0 }
  }

  private static func folded(_ line: ArraySlice<UInt8>) -> [UInt8] {
    Bytes.lowercased(Array(Bytes.trimmed(line)))
  }

  // MARK: - The end

  private static let comment = UInt8(ascii: "#")
  private static let scissors = Array(
    "# ------------------------ >8 ------------------------\n".utf8
  )

  /// Where blank lines, comments and old lists of conflicts at the end begin.
  private static func end(of message: [UInt8]) -> Int {
    let cut = scissorsStart(message)
    var trailing: Int?
    var isInConflicts = false
    var start = 0
    while start < cut {
      let next = nextLine(message, start)
      let line = message[start..<next]
      if line.first == comment || line.first == 0x0a {
        trailing = trailing ?? start
      } else if line.elementsEqual("Conflicts:\n".utf8) {
        isInConflicts = true
        trailing = trailing ?? start
      } else if isInConflicts, line.first == 0x09 {
        // A path in the list.
      } else {
        trailing = nil
        isInConflicts = false
      }
      start = next
    }
    return trailing ?? cut
  }

  private static func scissorsStart(_ message: [UInt8]) -> Int {
    if message.starts(with: scissors) { return 0 }
    return message.firstRange(of: [0x0a] + scissors).map { $0.lowerBound + 1 } ?? message.count
  }

  // MARK: - The start

  /// Where the last paragraph begins if it is trailers; the end otherwise.
  private static func start(in body: ArraySlice<UInt8>) -> Int {
    let lines = Self.lines(body)
    let title = lines.firstIndex { isBlank(body[$0]) } ?? lines.count
    var count = Count()
    for index in lines.indices.reversed() where index >= title {
      let line = body[lines[index]]
      if line.first == comment {
        count.endContinuation()
      } else if isBlank(line) {
        if count.hasText { return count.isBlock ? lines[index].upperBound : body.endIndex }
      } else {
        count.add(line)
      }
    }
    return body.endIndex
  }

  /// Lines of a paragraph that could be trailers, counted from its end.
  private struct Count {
    private(set) var hasText = false
    private var trailers = 0
    private var others = 0
    private var continuations = 0
    private var isRecognised = false

    var isBlock: Bool {
      let others = others + continuations
      return isRecognised && trailers * 3 >= others || trailers > 0 && others == 0
    }

    mutating func endContinuation() {
      others += continuations
      continuations = 0
    }

    mutating func add(_ line: ArraySlice<UInt8>) {
      hasText = true
      let isGenerated =
        line.starts(with: "Signed-off-by: ".utf8)
        || line.starts(with: "(cherry picked from commit ".utf8)
      if isGenerated || TrailerBlock.hasKey(line) {
        isRecognised = isRecognised || isGenerated
        trailers += 1
        continuations = 0
      } else if let first = line.first, TrailerBlock.isSpace(first) {
        continuations += 1
      } else {
        others += 1
        endContinuation()
      }
    }
  }

  private static func hasKey(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first, !isSpace(first), first != UInt8(ascii: ":") else { return false }
    var hasBlank = false
    for byte in line {
      if byte == UInt8(ascii: ":") { return true }
      if !hasBlank, Bytes.isAlphanumeric(byte) || byte == UInt8(ascii: "-") { continue }
      guard Bytes.isBlank(byte) else { return false }
      hasBlank = true
    }
    return false
  }

  // MARK: - Lines

  private static func lines(_ body: ArraySlice<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = body.startIndex
    while start < body.endIndex {
      let next = body[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? body.endIndex
      lines.append(start..<next)
      start = next
    }
    return lines
  }

  private static func nextLine(_ message: [UInt8], _ start: Int) -> Int {
    message[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? message.count
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool { line.allSatisfy(isSpace) }

  private static func endsWithBlankLine(_ body: ArraySlice<UInt8>) -> Bool {
    lines(body).last.map { isBlank(body[$0]) } ?? false
  }
}
