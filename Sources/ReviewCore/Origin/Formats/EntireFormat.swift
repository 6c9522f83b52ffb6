/// Entire: checkpoints that a commit message names, with the files a session touched.
package struct EntireFormat: AttributionFormat {
  /// What its claims are called.
  package let source = OriginSource.entire

  private static let branch = "refs/heads/entire/checkpoints/v1"
  private static let perCheckpoint = "refs/entire/checkpoints/"
  private static let mostSessions = 64

  /// Always: a checkpoint that a message names may be anywhere.
  package func isUsed(in store: some AttributionStore) throws -> Bool { true }

  /// Reads everything that says something about a commit.
  package func report(
    on commit: AttributedCommit,
    _ store: some AttributionStore
  ) throws -> SourceReport {
    let ids = EntireIDs.all(in: commit.info.message)
    guard !ids.isEmpty else {
      return try SourceReport(source: source, places: places(store), claims: [])
    }
    var result = SourceClaims(source: source)
    var resolved: Set<[UInt8]> = []
    for id in ids {
      guard let checkpoint = try checkpoint(id, store), !checkpoint.files.isEmpty else {
        result.warnings.append(
          OriginWarning(
            source: source,
            place: "Entire-Checkpoint " + String(decoding: id, as: UTF8.self),
            commit: commit.info.id,
            reason: .missing
          )
        )
        continue
      }
      resolved.insert(id)
      let claim = FileClaim(
        origin: .agent(checkpoint.agent),
        evidence: evidence(id, checkpoint.agent)
      )
      for file in checkpoint.files { result.files[file, default: FileClaims()].rest = claim }
    }
    // Which files a session touched narrows what its line of the message says, as long as every
    // session of that line is known.
    let unknown = ids.filter { !resolved.contains($0) }
    if let id = unknown.first {
      result.wholeChange = evidence(id, nil, kind: .record)
    } else {
      result.refined = Set(commit.evidence.filter { EntireIDs.isCheckpointLine($0.text) })
    }
    return try SourceReport(source: source, places: places(store), claims: [result])
  }

  private func evidence(
    _ id: [UInt8],
    _ agent: String?,
    kind: Evidence.Kind = .file
  ) -> Evidence {
    Evidence(
      kind: kind,
      agent: agent,
      text: Array("Entire-Checkpoint ".utf8) + id,
      strength: .certain,
      source: source
    )
  }

  private func places(_ store: some AttributionStore) throws -> [String] {
    let own = try store.references(below: Self.perCheckpoint).isEmpty ? [] : [Self.perCheckpoint]
    return try branches(store) + own
  }

  private func branches(_ store: some AttributionStore) throws -> [String] {
    let own = try store.references(below: Self.branch).filter { $0 == Self.branch }
    let copies = try store.references(below: "refs/remotes/").filter {
      $0.hasSuffix("/entire/checkpoints/v1")
    }
    return own + copies
  }

  /// Whether a message names a checkpoint at all.
  package static func isMentioned(in message: [UInt8]) -> Bool {
    !EntireIDs.all(in: message).isEmpty
  }

  private struct Checkpoint {
    let files: [RepositoryPath]
    let agent: String?
  }

  /// The branch keeps checkpoints by their first two characters, references by their last two.
  private func checkpoint(_ id: [UInt8], _ store: some AttributionStore) throws -> Checkpoint? {
    let name = String(decoding: id, as: UTF8.self)
    let reference = Self.perCheckpoint + "\(name.suffix(2))/\(name)"
    if let found = try checkpoint(in: reference, below: "", store) { return found }
    for branch in try branches(store) {
      let directory = "\(name.prefix(2))/\(name.dropFirst(2))/"
      if let found = try checkpoint(in: branch, below: directory, store) { return found }
    }
    return nil
  }

  private func checkpoint(
    in reference: String,
    below directory: String,
    _ store: some AttributionStore
  ) throws -> Checkpoint? {
    guard try store.references(below: reference).contains(reference),
      let root = try json(directory + "metadata.json", in: reference, store)
    else { return nil }
    var files = Self.files(root)
    var agent = AgentName.canonical(root["agent"]?.bytes)
    // The root does not list every session that is there, and their numbers have holes.
    guard root.items(of: "sessions").count <= Self.mostSessions else { return nil }
    for number in 0..<Self.mostSessions {
      let path = "\(directory)\(number)/metadata.json"
      guard try store.file(RepositoryPath(path), in: reference) != nil else { continue }
      // One that cannot be read may have touched any file.
      guard let session = try json(path, in: reference, store) else { return nil }
      files += Self.files(session)
      agent = agent ?? AgentName.canonical(session["agent"]?.bytes)
    }
    return Checkpoint(files: files, agent: agent)
  }

  private static func files(_ json: ForeignJSON) -> [RepositoryPath] {
    json.items(of: "files_touched").compactMap { $0.bytes.map { RepositoryPath($0) } }
  }

  private func json(
    _ path: String,
    in reference: String,
    _ store: some AttributionStore
  ) throws -> ForeignJSON? {
    guard let file = try store.file(RepositoryPath(path), in: reference),
      case .bytes(let text) = try store.text(of: file)
    else { return nil }
    return ForeignJSON.parse(text[...], skipping: ["token_usage", "review_prompt"])
  }
}

/// Finds checkpoint ids in a message, wherever they stand.
enum EntireIDs {
  private static let key = Array("entire-checkpoint".utf8)

  /// Every id after an `Entire-Checkpoint:`, each once, in the order of the message.
  static func all(in message: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var start = message.startIndex
    while found.count < 1000, let colon = message[start...].firstIndex(of: UInt8(ascii: ":")) {
      start = colon + 1
      guard Bytes.lowercased(Array(message[..<colon].suffix(key.count))) == key else { continue }
      let rest = message[start...].drop { $0 <= 0x20 }
      let id = Array(rest.prefix { Bytes.isAlphanumeric($0) })
      let after = rest.dropFirst(id.count).first
      if isID(id), after.map({ $0 <= 0x20 }) ?? true, !found.contains(id) { found.append(id) }
    }
    return found
  }

  /// Whether a line of evidence is one that names a checkpoint and nothing else.
  static func isCheckpointLine(_ line: [UInt8]) -> Bool {
    let start = Bytes.trimmed(line[...])
    return Bytes.lowercased(Array(start)).starts(with: key) && !all(in: line).isEmpty
  }

  /// Twelve hexadecimal digits, or 26 characters of Crockford's alphabet.
  private static func isID(_ id: [UInt8]) -> Bool {
    switch id.count {
    case 12: id.allSatisfy { Bytes.isDigit($0) || (0x61...0x66).contains($0) }
    case 26: true
    default: false
    }
  }
}
