/// whogitit: every line of the touched files, with its text.
package struct WhogititFormat: AttributionFormat {
  /// What its claims are called.
  package let source = OriginSource.whogitit

  private static let references = ["refs/notes/whogitit", "refs/notes/ai-blame"]

  /// Whether there are notes of its own.
  package func isUsed(in store: some AttributionStore) throws -> Bool {
    try !references(store).isEmpty
  }

  private func references(_ store: some AttributionStore) throws -> [String] {
    try Self.references.filter { try store.references(below: $0).contains($0) }
  }

  /// Reads everything that says something about a commit.
  package func report(
    on commit: AttributedCommit,
    _ store: some AttributionStore
  ) throws -> SourceReport {
    let here = try references(store)
    let info = commit.info
    return try NoteReader(source: source, references: here).report(on: info, store) { text, place in
      guard let note = WhogititNote(text) else {
        return .unreadable(source, at: place, commit: info.id, .foreign)
      }
      var result = SourceClaims(source: source)
      for file in note.files {
        guard let stored = try store.file(file.path, at: info),
          case .bytes(let content) = try store.text(of: stored)
        else { continue }
        result.files[file.path, default: FileClaims()].lines += claims(file, content, note, place)
      }
      return result
    }
  }

  /// The claims whose text is what the commit has at that line.
  private func claims(
    _ file: WhogititNote.File,
    _ content: [UInt8],
    _ note: WhogititNote,
    _ place: String
  ) -> [LineClaim] {
    let table = LineTable(content)
    return file.lines.compactMap { line in
      guard let number = line.number, (1...table.count).contains(number) || table.count == 0,
        Self.isSame(line.content, table.bytes(of: number..<number + 1))
      else { return nil }
      let origin = line.origin(note.agent)
      let evidence = Evidence(
        kind: origin == .human ? .person : .lines,
        agent: origin.agent,
        text: Array("\(place): ".utf8) + note.about,
        strength: .certain,
        source: source
      )
      return LineClaim(
        lines: LineRange(start: number, count: 1),
        origin: origin,
        evidence: evidence
      )
    }
  }

  /// The note has lines without their ends.
  private static func isSame(_ noted: [UInt8]?, _ line: [UInt8]) -> Bool {
    // A note without the text cannot be checked, and accuses all the same.
    guard let noted else { return true }
    let (text, own) = (withoutEnd(noted), withoutEnd(line))
    return text == own || String(decoding: own, as: UTF8.self).utf8.elementsEqual(text)
  }

  private static func withoutEnd(_ line: [UInt8]) -> ArraySlice<UInt8> {
    var line = line[...]
    if line.last == UInt8(ascii: "\n") { line = line.dropLast() }
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    return line
  }
}

/// The text of one whogitit note.
struct WhogititNote {
  struct Line {
    let number: Int?
    let content: [UInt8]?
    let kind: String

    func origin(_ agent: String?) -> Origin {
      switch kind {
      case "Human": .human
      case "Original", "Unknown": .unknown
      case "AIModified": .mixed(agent)
      default: .agent(agent)
      }
    }
  }

  struct File {
    let path: RepositoryPath
    let lines: [Line]
  }

  /// The agent, by its model's provider.
  let agent: String?
  /// Session and model, to be shown.
  let about: [UInt8]
  let files: [File]

  /// Reads a note of any version with this structure; nil for anything else.
  init?(_ text: [UInt8]) {
    guard let json = ForeignJSON.parse(text[...], skipping: ["prompts", "summary"]),
      json["files"] != nil
    else { return nil }
    let session = json["session"]
    let model = session?["model"]
    agent = AgentName.canonical(model?["provider"]?.bytes ?? "claude code".utf8.map { $0 })
    about =
      (session?["session_id"]?.bytes ?? []).prefix(60) + [0x20]
      + (model?["id"]?.bytes ?? []).prefix(60)
    files = json.items(of: "files").compactMap { file in
      guard let path = file["path"]?.bytes else { return nil }
      let lines = file.items(of: "lines").map { line in
        let kind = line["source"]?["type"]?.text ?? line["source"]?.text
        return Line(
          number: line["line_number"]?.integer,
          content: line["content"]?.bytes,
          kind: kind ?? "Unknown"
        )
      }
      return File(path: RepositoryPath(path), lines: lines)
    }
  }
}
