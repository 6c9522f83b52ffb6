/// Agent Trace 0.1: files beside the code, and notes.
package struct AgentTraceFormat: AttributionFormat {
  /// What its claims are called.
  package let source = OriginSource.agentTrace

  /// Where records are, below the root and below every directory that has its own.
  package static let file = ".agent-trace/traces.jsonl"
  /// Creates the format.
  package init() {}

  private static let notes = "refs/notes/agent-trace"

  /// Whether there are files of records or notes.
  package func isUsed(in store: some AttributionStore) throws -> Bool {
    try store.hasTraceFiles || !references(store).isEmpty
  }

  private func references(_ store: some AttributionStore) throws -> [String] {
    try store.references(below: Self.notes).filter { $0 == Self.notes }
  }

  /// Reads everything that says something about a commit.
  package func report(
    on commit: AttributedCommit,
    _ store: some AttributionStore
  ) throws -> SourceReport {
    let info = commit.info
    let references = try references(store)
    guard store.hasTraceFiles || !references.isEmpty else { return .notHere(source) }
    let paths = try store.changedPaths(of: info)
    let notes = try NoteReader(source: source, references: references)
      .report(on: info, store) { text, place in
        let traces = AgentTraces(text)
        guard !traces.records.isEmpty else {
          return .unreadable(source, at: place, commit: info.id, .foreign)
        }
        let reader = TraceClaims(source: source, place: place, base: [], paths: paths)
        // A note is about the commit it hangs on, whatever revision it names.
        return reader.claims(traces.records, of: traces, about: info.id)
      }
    guard store.hasTraceFiles else { return notes }
    var places = notes.places
    var claims = notes.claims
    var read: Set<ObjectID> = []
    for base in Self.directories(of: paths) {
      let path = RepositoryPath(base + Array(Self.file.utf8))
      for tree in [info] + commit.later {
        guard let file = try store.file(path, at: tree), read.insert(file).inserted else {
          continue
        }
        if !places.contains(path.display) { places.append(path.display) }
        let (traces, reason) = try store.traces(of: file)
        guard let traces else {
          claims.append(.unreadable(source, at: path.display, commit: info.id, reason))
          continue
        }
        let reader = TraceClaims(source: source, place: path.display, base: base, paths: paths)
        let records = traces.records(about: [info.id] + info.parents)
        let found = reader.claims(records, of: traces, about: info.id)
        if !found.isEmpty { claims.append(found) }
      }
    }
    return SourceReport(source: source, places: places, claims: claims)
  }

  /// What the files of a worktree say about what is not committed yet; `head` is what it builds on.
  package func report(
    onPaths paths: [RepositoryPath],
    head: ObjectID?,
    read: (String) -> StoredText?
  ) -> SourceReport {
    var places: [String] = []
    var claims: [SourceClaims] = []
    for base in Self.directories(of: paths) {
      let path = RepositoryPath(base + Array(Self.file.utf8))
      guard let name = String(validating: path.bytes, as: UTF8.self), let text = read(name) else {
        continue
      }
      places.append(path.display)
      guard case .bytes(let bytes) = text else {
        claims.append(.unreadable(source, at: path.display, commit: nil, .tooLarge))
        continue
      }
      let reader = TraceClaims(source: source, place: path.display, base: base, paths: paths)
      let traces = AgentTraces(bytes)
      let records = head.map { traces.records(about: [$0]) } ?? traces.records
      let found = reader.claims(records, of: traces, about: nil)
      if !found.isEmpty { claims.append(found) }
    }
    return SourceReport(source: source, places: places, claims: claims)
  }

  /// The root and every directory above a changed path, each with its slash.
  private static func directories(of paths: [RepositoryPath]) -> [[UInt8]] {
    var found: Set<[UInt8]> = [[]]
    for path in paths {
      for (index, byte) in path.bytes.enumerated() where byte == UInt8(ascii: "/") {
        found.insert(Array(path.bytes[...index]))
      }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// Turns records into claims about the paths of one change.
struct TraceClaims {
  let source: OriginSource
  let place: String
  /// The directory the records stand in, with its slash.
  let base: [UInt8]
  /// The paths that the change has.
  let paths: [RepositoryPath]
  /// Whether ranges are of the commit's version and never stand for "somewhere".
  var isExact = false

  /// The claims of some records of a file; nil stands for what is not committed yet.
  func claims(
    _ records: [AgentTrace],
    of traces: AgentTraces,
    about commit: ObjectID?
  ) -> SourceClaims {
    var result = SourceClaims(source: source)
    for record in records {
      if record.isForeign {
        let foreign = SourceClaims.unreadable(source, at: place, commit: commit, .foreign)
        result.wholeChange = foreign.wholeChange
        result.warnings = foreign.warnings
        continue
      }
      for part in record.parts {
        for path in changed(part.path) { add(part, to: &result.files[path, default: FileClaims()]) }
      }
    }
    if traces.unreadable > 0 {
      let reason: OriginWarning.Reason =
        traces.unreadable == 1 && traces.isTorn ? .torn : .someForeign(traces.unreadable)
      result.warnings.append(
        OriginWarning(source: source, place: place, commit: nil, reason: reason)
      )
    }
    return result
  }

  private func add(_ part: AgentTrace.Part, to file: inout FileClaims) {
    let lines = part.isFallback && !isExact ? nil : part.written
    let evidence = Evidence(
      kind: part.origin == .human ? .person : lines == nil ? .file : .lines,
      agent: part.origin.agent,
      text: Array("\(place): ".utf8) + part.about.prefix(160),
      strength: .certain,
      source: source
    )
    if let lines {
      file.lines.append(LineClaim(lines: lines, origin: part.origin, evidence: evidence))
    } else if part.origin.isAgent {
      // That a person wrote somewhere in a file clears no line of it.
      file.rest = FileClaim(origin: part.origin, evidence: evidence)
    }
  }

  /// The changed paths that a record can mean: from the root, from its own directory, or on a machine.
  private func changed(_ path: [UInt8]) -> [RepositoryPath] {
    let isAbsolute = path.first == UInt8(ascii: "/") || path.dropFirst().first == UInt8(ascii: ":")
    guard isAbsolute else {
      let wanted = [RepositoryPath(path), RepositoryPath(base + path)]
      return paths.filter(wanted.contains)
    }
    // The longest end that is a changed path: `/home/a/src/b.c` is `src/b.c` before it is `b.c`.
    let slash = UInt8(ascii: "/")
    let ends = paths.filter { path.suffix($0.bytes.count + 1).elementsEqual([slash] + $0.bytes) }
    return ends.max { $0.bytes.count < $1.bytes.count }.map { [$0] } ?? []
  }
}
