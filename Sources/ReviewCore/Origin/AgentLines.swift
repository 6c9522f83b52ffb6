/// What an `Agent-Lines` trailer says: the lines of a mixed commit that an agent wrote.
///
/// `Agent-Lines: codex; src/a.swift:1-5,9; src/b.swift:3` — ranges count from 1, both ends
/// included, in the commit's own version of the file; paths are percent-escaped.
package struct AgentLines: Hashable, Sendable {
  /// The lines of one file.
  package struct File: Hashable, Sendable {
    /// The file, as the commit names it.
    package let path: RepositoryPath
    /// The lines, in the order of the trailer.
    package let ranges: [LineRange]

    /// Creates the statement about one file.
    package init(path: RepositoryPath, ranges: [LineRange]) {
      self.path = path
      self.ranges = ranges
    }

    /// `path:1-5,9`, as it is written between semicolons.
    package var text: String {
      let ranges = ranges.map { range in
        range.count == 1 ? "\(range.start)" : "\(range.start)-\(range.end - 1)"
      }
      return path.escaped.replacing(";", with: "%3B") + ":" + ranges.joined(separator: ",")
    }
  }

  /// The agent: its canonical id where known, else the name as written.
  package let agent: String
  /// The files it names; never empty.
  package let files: [File]

  /// The key in normal form.
  static let key = "agent-lines"

  /// Creates a statement from its parts.
  package init(agent: String, files: [File]) {
    self.agent = agent
    self.files = files
  }

  /// Reads a whole trailer line; nil when any part of it is malformed.
  init?(line: ArraySlice<UInt8>) {
    var parts = Self.parts(of: line)
    guard parts.count > 1, let agent = Self.agentName(in: line) else { return nil }
    parts.removeFirst()
    // A final `;` says nothing more.
    if parts.last?.isEmpty == true { parts.removeLast() }
    var files: [File] = []
    for part in parts {
      guard let file = Self.file(part) else { return nil }
      files.append(file)
    }
    guard !files.isEmpty else { return nil }
    self.init(agent: agent, files: files)
  }

  /// The agent a line names, readable or not otherwise; nil without a name.
  static func agentName(in line: ArraySlice<UInt8>) -> String? {
    guard let name = parts(of: line).first, !name.isEmpty, name.count <= 100,
      let text = String(validating: name, as: UTF8.self)
    else { return nil }
    return AgentCatalogue.canonicalID(text) ?? VisibleText.line(name)
  }

  /// Reads the files of a list without an agent; nil when any part of it is malformed.
  package static func files(in list: [UInt8]) -> [File]? {
    AgentLines(line: Array("agent-lines: x; ".utf8)[...] + list)?.files
  }

  private static func parts(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return [] }
    return line[(colon + 1)...]
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Bytes.trimmed($0) }
  }

  private static func file(_ part: ArraySlice<UInt8>) -> File? {
    guard let colon = part.lastIndex(of: UInt8(ascii: ":")), colon > part.startIndex,
      let path = path(part[..<colon])
    else { return nil }
    let ranges = part[(colon + 1)...]
      .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { range(Bytes.trimmed($0)) }
    let valid = ranges.compactMap { $0 }
    return valid.count == ranges.count ? File(path: path, ranges: valid) : nil
  }

  private static func path(_ bytes: ArraySlice<UInt8>) -> RepositoryPath? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return RepositoryPath(escaped: text)
  }

  private static func range(_ bytes: ArraySlice<UInt8>) -> LineRange? {
    let ends = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = ends.first.flatMap(number), let last = ends.last,
      let end = number(last), end >= first
    else { return nil }
    return LineRange(start: first, count: end - first + 1)
  }

  /// A line number; more than nine digits is no file.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...9).contains(digits.count), digits.allSatisfy(Bytes.isDigit) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return value > 0 ? value : nil
  }
}

extension MessageScanner {
  /// The well-formed `Agent-Lines` trailers of a message, in its order.
  ///
  /// A malformed one is absent here and stands in `scan` as a `.trailer` about the whole commit.
  package static func agentLines(in message: [UInt8]) -> [AgentLines] {
    MessageLines(message).compactMap { raw in
      guard raw.contains(UInt8(ascii: ";")), raw.contains(UInt8(ascii: ":")) else { return nil }
      let line = MessageLine(raw, isSubject: false)
      guard !line.hasJunk, let key = line.key, !key.isMutilated, key.name == AgentLines.key else {
        return nil
      }
      return AgentLines(line: line.raw)
    }
  }
}
