/// What agents and people wrote lately, by content, so that lines are known when they come back.
///
/// `git stash pop`, `git reset --soft`, a file that is renamed, a block that is cut here and pasted
/// there: the person's hand moves the lines and does not write them. Only salted digests are kept.
package struct LinePool: Sendable {
  /// The digest of one line.
  package typealias Key = UInt64

  private struct Entry {
    let path: UInt32
    let mark: EditMark
  }

  private var entries: [Key: [Entry]] = [:]
  /// Lines of the file that could not be read.
  package private(set) var damage = 0

  /// Letters and digits from which a line says something by itself.
  private static let strong = 8
  /// Letters and digits below which a line is kept by nobody.
  private static let weakest = 3
  /// Lines of another file that must come together to be known as moved.
  private static let block = 3

  /// An empty pool.
  package init() {}

  /// Whether nothing is known.
  package var isEmpty: Bool { entries.isEmpty }

  // MARK: - Keys

  /// Makes keys that mean nothing elsewhere.
  package struct Keys: Sendable {
    private let salt: [UInt8]

    /// Keys under a salt.
    package init(salt: [UInt8]) { self.salt = salt }

    /// The digest of a session's name.
    package func session(_ name: String) -> String {
      Hex.encode(Digest.sha256(salt + Array("session\0".utf8) + Array(name.utf8)).prefix(16))
    }

    func path(_ path: RepositoryPath) -> UInt32 {
      UInt32(truncatingIfNeeded: word(path.bytes[...]))
    }

    /// The key of a line; nil for one that says too little.
    func line(_ text: ArraySlice<UInt8>) -> (key: Key, isStrong: Bool)? {
      let weight = LinePool.weight(text)
      guard weight >= LinePool.weakest else { return nil }
      return (word(LinePool.trimmed(text)), weight >= LinePool.strong)
    }

    private func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      var builder = DigestBuilder()
      builder.append(salt)
      builder.append(bytes)
      return builder.finish().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let byte = text.first, byte == 0x20 || byte == 0x09 { text.removeFirst() }
    while let byte = text.last, byte == 0x20 || byte == 0x09 { text.removeLast() }
    return text
  }

  private static func weight(_ text: ArraySlice<UInt8>) -> Int {
    text.count { byte in
      byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
    }
  }

  // MARK: - Text

  /// The lines to add to the pool's file for what somebody wrote; empty when nothing is worth it.
  package static func text(
    _ lines: [ArraySlice<UInt8>],
    in path: RepositoryPath,
    by mark: EditMark,
    _ keys: Keys
  ) -> String {
    let digits = lines.compactMap { keys.line($0).map { String($0.key, radix: 16) } }
    guard !digits.isEmpty else { return "" }
    return "m\t\(mark.fields.joined(separator: "\t"))\n"
      + "l\t\(String(keys.path(path), radix: 16))\t\(digits.joined(separator: " "))\n"
  }

  /// Reads a pool's file; a last line without its line feed was torn and is left out.
  package init(reading bytes: [UInt8]) {
    var mark: EditMark?
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
    if whole.count < bytes.count { damage += 1 }
    for line in whole.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      if fields.first == "m", let read = EditMark(fields: fields.dropFirst()) {
        mark = read
      } else if fields.count == 3, fields[0] == "l", let path = UInt32(fields[1], radix: 16),
        let mark
      {
        for digits in fields[2].split(separator: " ") {
          guard let key = UInt64(digits, radix: 16) else {
            damage += 1
            continue
          }
          add(key, Entry(path: path, mark: mark))
        }
      } else {
        damage += 1
      }
    }
  }

  private mutating func add(_ key: Key, _ entry: Entry) {
    var known = entries[key] ?? []
    known.removeAll { $0.path == entry.path && $0.mark.isAgent == entry.mark.isAgent }
    known.append(entry)
    entries[key] = known
  }

  // MARK: - Looking up

  /// Who wrote each of a group of lines that came up together in a file; nil where nobody is known.
  package func authors(
    of lines: [ArraySlice<UInt8>],
    in path: RepositoryPath,
    _ keys: Keys
  ) -> [EditMark?] {
    guard !entries.isEmpty else { return lines.map { _ in nil } }
    let own = keys.path(path)
    let found = lines.map { keys.line($0) }
    var marks = [EditMark?](repeating: nil, count: lines.count)
    var weak: [Int: EditMark] = [:]
    var elsewhere: [(line: Int, mark: EditMark)] = []
    func settle() {
      if elsewhere.count >= Self.block {
        for hit in elsewhere { marks[hit.line] = hit.mark }
      }
      elsewhere = []
    }
    for (index, key) in found.enumerated() {
      guard let key else { continue }
      let known = entries[key.key] ?? []
      let here = known.filter { $0.path == own }
      if let mark = Self.first(here) {
        if key.isStrong { marks[index] = mark } else { weak[index] = mark }
      } else if key.isStrong {
        if let mark = Self.first(known.filter { $0.mark.isAgent }) {
          elsewhere.append((index, mark))
          continue
        }
        settle()
      }
    }
    settle()
    let isWhole = found.indices.allSatisfy {
      found[$0] == nil || marks[$0] != nil || weak[$0] != nil
    }
    for (index, mark) in weak where isWhole || Self.touches(marks, index) { marks[index] = mark }
    return Self.filled(marks, found.map { $0 == nil })
  }

  private static func first(_ entries: [Entry]) -> EditMark? {
    (entries.last { $0.mark.isAgent } ?? entries.last)?.mark
  }

  private static func touches(_ marks: [EditMark?], _ index: Int) -> Bool {
    index > 0 && marks[index - 1] != nil || index + 1 < marks.count && marks[index + 1] != nil
  }

  /// A line that says nothing belongs to the line above it, or below at the start.
  private static func filled(_ marks: [EditMark?], _ isEmpty: [Bool]) -> [EditMark?] {
    var marks = marks
    for index in marks.indices where isEmpty[index] && index > 0 { marks[index] = marks[index - 1] }
    for index in marks.indices.reversed() where isEmpty[index] && marks[index] == nil {
      if index + 1 < marks.count { marks[index] = marks[index + 1] }
    }
    return marks
  }
}
