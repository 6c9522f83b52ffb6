/// What is known of who wrote a commit's lines, in the text of the Git AI Standard 3.
///
/// Sessions are `s_…::t_…` keys, people `h_…` keys; where several claims name a line the last one
/// holds. Removed lines have no place in the format; they stand beside their session's record.
package struct AttributionNote: Hashable, Sendable {
  /// A session of an agent, as the note's record has it.
  package struct Session: Hashable, Sendable {
    /// The agent's canonical id.
    package let tool: String
    /// The session's salted digest.
    package let id: String
    /// The model; `unknown` where the agent did not say.
    package let model: String
    /// Whether the lines are an agent's that a person changed.
    package let isMixed: Bool
  }

  /// Lines of one file under one key.
  package struct Claim: Hashable, Sendable {
    /// The key, which names a session or a person.
    package let key: String
    /// The lines.
    package let lines: LineRange

    /// Creates a claim.
    package init(key: String, lines: LineRange) {
      self.key = key
      self.lines = lines
    }
  }

  /// The reference that holds the notes.
  package static let reference = "refs/notes/reviewgate-ai"
  static let version = "authorship/3.0.0"
  static let mixedAttribute = "reviewgate.mixed"
  static let removedAttribute = "reviewgate.removed"

  /// The claims about each file.
  package var files: [RepositoryPath: [Claim]] = [:]
  /// The sessions, by the part of their keys before `::`.
  package var sessions: [String: Session] = [:]
  /// What each session removed, by the lines of the first parent's version.
  package var removed: [String: [AgentLines.File]] = [:]
  /// The people, by their keys, as `Name <address>` of the commit itself.
  package var humans: [String: String] = [:]

  /// A note that says nothing.
  package init() {}

  /// Whether it says nothing.
  package var isEmpty: Bool { files.allSatisfy(\.value.isEmpty) && removed.isEmpty }

  // MARK: - Adding

  /// Adds who wrote each line of a file; people count only where `person` names one.
  package mutating func add(_ authors: [EditMark?], in path: RepositoryPath, person: Identity?) {
    var start = 0
    while start < authors.count {
      var end = start + 1
      while end < authors.count, authors[end] == authors[start] { end += 1 }
      if let mark = authors[start], let key = key(for: mark, person) {
        let lines = LineRange(start: start + 1, count: end - start)
        files[path, default: []].append(Claim(key: key, lines: lines))
      }
      start = end
    }
  }

  /// Adds which agents removed lines of a file's old version.
  package mutating func addRemoved(_ removers: [EditMark?], in path: RepositoryPath) {
    var ranges: [String: [LineRange]] = [:]
    var start = 0
    while start < removers.count {
      var end = start + 1
      while end < removers.count, removers[end] == removers[start] { end += 1 }
      if let mark = removers[start], mark.isAgent, let key = key(for: mark, nil) {
        let lines = LineRange(start: start + 1, count: end - start)
        ranges[Self.name(of: key), default: []].append(lines)
      }
      start = end
    }
    for (session, ranges) in ranges {
      removed[session, default: []].append(AgentLines.File(path: path, ranges: ranges))
    }
  }

  private mutating func key(for mark: EditMark, _ person: Identity?) -> String? {
    switch mark.kind {
    case .unknown: return nil
    case .person:
      guard let person else { return nil }
      let author =
        String(decoding: person.name, as: UTF8.self) + " <"
        + String(decoding: person.email, as: UTF8.self) + ">"
      let key = "h_" + Self.digest(author)
      humans[key] = author
      return key
    case .agent, .mixed:
      return key(
        for: Session(
          tool: mark.agent ?? "unknown",
          id: (mark.session ?? "unknown") + (mark.kind == .mixed ? "-mixed" : ""),
          model: mark.model ?? "unknown",
          isMixed: mark.kind == .mixed
        )
      )
    }
  }

  private mutating func key(for session: Session) -> String {
    let key = "s_" + Self.digest(session.tool + ":" + session.id)
    sessions[key] = session
    return key + "::t_" + Self.digest(key + ":" + session.model)
  }

  private static func digest(_ text: String) -> String {
    String(Hex.encode(Digest.sha256(text.utf8)).prefix(14))
  }

  /// The key for lines of a session that a person changed.
  mutating func mixedKey(of key: String) -> String {
    let name = key.split(separator: ":").first.map(String.init) ?? key
    guard let session = sessions[name] else { return key }
    if session.isMixed { return key }
    return self.key(
      for: Session(
        tool: session.tool,
        id: session.id + "-mixed",
        model: session.model,
        isMixed: true
      )
    )
  }

  // MARK: - Joining

  /// Adds what another note says; where both name a line, the other one holds.
  package mutating func unite(_ other: AttributionNote) {
    for (path, claims) in other.files {
      // What is said again is said last, so that it holds.
      let own = files[path] ?? []
      if own.suffix(claims.count) == claims[...] { continue }
      let again = Set(claims)
      files[path] = own.filter { !again.contains($0) } + claims
    }
    for (session, files) in other.removed {
      let known = Set(removed[session] ?? [])
      removed[session, default: []] += files.filter { !known.contains($0) }
    }
    sessions.merge(other.sessions) { $1 }
    humans.merge(other.humans) { $1 }
  }

  /// The claims about one file, seen from another version of it.
  ///
  /// Lines that stand in both keep their claim. Lines that stand in place of an agent's are its
  /// lines changed by a person: losing them would clear them.
  package func carried(
    _ path: RepositoryPath,
    from old: FileLines,
    to new: FileLines
  ) -> AttributionNote {
    var note = AttributionNote()
    note.sessions = sessions
    note.humans = humans
    var keys = [String?](repeating: nil, count: old.count)
    for claim in files[path] ?? [] {
      for line in claim.lines.lines.clamped(to: 1..<old.count + 1) { keys[line - 1] = claim.key }
    }
    var carried = [String?](repeating: nil, count: new.count)
    for (line, place) in StagedTrace.places(of: old, in: new).enumerated() {
      if let place { carried[place] = keys[line] }
    }
    for span in LineDiff.spans(old, new) {
      let agent = span.old.lines.lazy.compactMap { keys[$0 - 1] }.first { !$0.hasPrefix("h_") }
      guard let agent else { continue }
      let mixed = note.mixedKey(of: agent)
      for line in span.new.lines { carried[line - 1] = mixed }
    }
    var start = 0
    while start < carried.count {
      var end = start + 1
      while end < carried.count, carried[end] == carried[start] { end += 1 }
      if let key = carried[start] {
        let lines = LineRange(start: start + 1, count: end - start)
        note.files[path, default: []].append(Claim(key: key, lines: lines))
      }
      start = end
    }
    return note
  }
}
