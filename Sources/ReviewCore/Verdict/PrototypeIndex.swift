/// Finds lines that were copied from prototypes, by what they say and not by where they stand.
///
/// Three neighbouring lines count as copied, blank lines and blanks at their ends aside, when they
/// hold enough to be somebody's; so does a whole file of the same bytes.
package struct PrototypeIndex: Sendable {
  /// One version of a prototype file.
  package struct Source: Hashable, Sendable {
    /// Where it is, or was.
    package let path: RepositoryPath
    /// A commit that has it.
    package let commit: ObjectID

    /// Names a version.
    package init(path: RepositoryPath, commit: ObjectID) {
      self.path = path
      self.commit = commit
    }
  }

  /// Lines of one prototype that were found again.
  package struct Match: Hashable, Sendable {
    /// The prototype.
    package let source: Source
    /// Its lines, by their numbers; empty for a whole file of the same bytes.
    package let lines: Set<Int>

    /// Names what was found.
    package init(source: Source, lines: Set<Int>) {
      self.source = source
      self.lines = lines
    }
  }

  private struct Place {
    let source: Int
    let lines: [Int]
  }

  private var sources: [Source] = []
  private var runs: [[[UInt8]]: Place] = [:]
  private var blobs: [ObjectID: Int] = [:]

  /// How many neighbouring lines are looked for.
  private static let run = 3
  /// How many letters and digits a run needs, so that closing brackets are nobody's.
  private static let leastCharacters = 20

  /// Knows no prototype yet.
  package init() {}

  /// Whether there is nothing to find.
  package var isEmpty: Bool { sources.isEmpty }

  /// Whether this content is known already.
  package func contains(_ blob: ObjectID) -> Bool { blobs[blob] != nil }

  /// Takes in one version of a prototype; the first one that has a line stands for it.
  ///
  /// Content that is too large to be compared by lines is nil, and known as a whole.
  package mutating func add(_ content: [UInt8]?, blob: ObjectID, from source: Source) {
    guard blobs[blob] == nil else { return }
    let lines = Self.lines(content ?? [])
    let isText = content.map { !$0.contains(0) } ?? false
    guard !isText || Self.isTelling(lines[...]) else { return }
    blobs[blob] = sources.count
    if lines.count >= Self.run {
      for start in 0...(lines.count - Self.run) {
        let window = lines[start..<start + Self.run]
        guard Self.isTelling(window) else { continue }
        let key = window.map(\.text)
        guard runs[key] == nil else { continue }
        runs[key] = Place(source: sources.count, lines: window.map(\.number))
      }
    }
    sources.append(source)
  }

  /// The prototype that has exactly this content.
  package func source(of blob: ObjectID) -> Source? { blobs[blob].map { sources[$0] } }

  /// The prototypes that some added lines come from, in the order they were taken in.
  package func matches(_ added: [UInt8]) -> [Match] {
    let lines = Self.lines(added)
    guard lines.count >= Self.run else { return [] }
    var found: [Int: Set<Int>] = [:]
    for start in 0...(lines.count - Self.run) {
      guard let place = runs[lines[start..<start + Self.run].map(\.text)] else { continue }
      found[place.source, default: []].formUnion(place.lines)
    }
    return found.sorted { $0.key < $1.key }.map { Match(source: sources[$0.key], lines: $0.value) }
  }

  private static func isTelling(_ window: ArraySlice<(number: Int, text: [UInt8])>) -> Bool {
    window.reduce(0) { $0 + $1.text.count(where: isWordByte) } >= leastCharacters
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf)
  }

  /// The lines that are not blank, with their numbers from 1 and without blanks at their ends.
  private static func lines(_ content: [UInt8]) -> [(number: Int, text: [UInt8])] {
    var result: [(number: Int, text: [UInt8])] = []
    let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let start = line.drop { $0 <= UInt8(ascii: " ") }
      let end = start.lastIndex { $0 > UInt8(ascii: " ") }
      if let end { result.append((number + 1, Array(start[...end]))) }
    }
    return result
  }
}
