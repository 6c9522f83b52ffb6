/// Notes of the Git AI Standard 3, git-ai's and ReviewGate's own.
package struct GitAINotes: AttributionFormat {
  /// What its claims are called.
  package let source: OriginSource
  /// The reference of this repository's own notes.
  private let reference: String
  /// Prefixes of copies that other clones' notes have here.
  private let copies: [String]
  /// Where notes were before they were notes: one reference for each commit.
  private let blobs: String?

  /// Where git-ai puts what it imports from strangers, and what such references here begin with.
  package static let forkPrefix = "refs/notes/ai-remote/fork"

  /// The notes that git-ai writes.
  package static let gitAI = GitAINotes(
    source: .gitAINotes,
    reference: "refs/notes/ai",
    copies: ["refs/notes/ai-remote/"],
    blobs: "refs/ai/authorship/"
  )

  /// The notes that ReviewGate writes.
  package static let reviewGate = GitAINotes(
    source: .reviewGateNotes,
    reference: "refs/notes/reviewgate-ai",
    copies: ["refs/notes/reviewgate-ai-remote/"],
    blobs: nil
  )

  /// Whether there are notes of its own, of others, or of the time before they were notes.
  package func isUsed(in store: some AttributionStore) throws -> Bool {
    if try !references(store).isEmpty { return true }
    return try blobs.map { try !store.references(below: $0).isEmpty } ?? false
  }

  /// Reads everything that says something about a commit.
  package func report(
    on commit: AttributedCommit,
    _ store: some AttributionStore
  ) throws -> SourceReport {
    let info = commit.info
    let notes = NoteReader(source: source, references: try references(store))
    var report = try notes.report(on: info, store) { text, place in
      Self.claims(text, at: place, commit: info.id, source)
    }
    guard let blobs, try !store.references(below: blobs).isEmpty else { return report }
    let place = blobs + info.id.hex
    var claims = report.claims
    switch try store.blob(of: place) {
    case .bytes(let text): claims.append(Self.claims(text, at: place, commit: info.id, source))
    case .tooLarge:
      claims.append(.unreadable(source, at: place, commit: info.id, .tooLarge))
    case .missing: claims.append(.unreadable(source, at: place, commit: info.id, .missing))
    case nil: break
    }
    report = SourceReport(source: source, places: report.places + [blobs], claims: claims)
    return report
  }

  private func references(_ store: some AttributionStore) throws -> [String] {
    let own = try store.references(below: reference).filter { $0 == reference }
    return try own + copies.flatMap { try store.references(below: $0) }
  }

  /// What the text of a note says about its commit, or about the index.
  package static func claims(
    _ text: [UInt8],
    at place: String,
    commit: ObjectID?,
    _ source: OriginSource = .gitAINotes
  ) -> SourceClaims {
    guard let note = GitAINote(text) else {
      return .unreadable(source, at: place, commit: commit, reason(text))
    }
    var records = GitAIRecords.none
    var warnings: [OriginWarning] = []
    if note.json.count <= GitAIRecords.mostBytes {
      guard let read = GitAIRecords(note.json) else {
        return .unreadable(source, at: place, commit: commit, .foreign)
      }
      guard read.isKnownVersion else {
        let version = String(decoding: read.version ?? [], as: UTF8.self)
        return .unreadable(source, at: place, commit: commit, .unknownVersion(version))
      }
      records = read
    } else {
      warnings = [
        OriginWarning(source: source, place: place, commit: commit, reason: .unnamed)
      ]
    }
    var result = SourceClaims(source: source, warnings: warnings)
    let isFork = place.hasPrefix(Self.forkPrefix)
    // One key after the other names its lines, mostly in many files.
    var claims: [[UInt8]: FileClaim] = [:]
    var last: (key: [UInt8], claim: FileClaim)?
    for entry in note.entries {
      let known = last?.key == entry.key ? last?.claim : claims[entry.key]
      var claim = known ?? records.claim(of: entry.key, at: place, source)
      // What was imported from a fork accuses and clears nothing.
      if isFork, claim.origin == .human {
        claim = FileClaim(origin: .unknown, evidence: claim.evidence)
      }
      if let last, last.key != entry.key { claims[last.key] = last.claim }
      last = (entry.key, claim)
      result.files[entry.path, default: FileClaims()].add(entry.lines, claim)
    }
    for (session, files) in records.removed {
      let claim = records.claim(of: session, at: place, source)
      for file in files {
        result.files[file.path, default: FileClaims()].removed += file.ranges.map {
          LineClaim(lines: $0, claim)
        }
      }
    }
    if note.entries.isEmpty, records.removed.isEmpty {
      result.removals = removals(records, at: place, source)
    }
    return result
  }

  /// A session of which no line is left: what it did can only have been to remove some.
  private static func removals(
    _ records: GitAIRecords,
    at place: String,
    _ source: OriginSource
  ) -> Evidence? {
    guard let session = records.sessions.first else { return nil }
    let text = "\(place): a session of which no added line is left"
    return Evidence(
      kind: .record,
      agent: AgentName.canonical(session.tool),
      text: Array(text.utf8),
      strength: .certain,
      source: source
    )
  }

  /// Why a text is no such note.
  private static func reason(_ text: [UInt8]) -> OriginWarning.Reason {
    // The first layout was JSON alone; its version says that it is not this one.
    guard let document = ForeignJSON.parse(text[...], skipping: ["messages"]),
      let version = document["schema_version"]?.text
    else { return .foreign }
    return .unknownVersion(version)
  }
}
