/// git-ai's private state of what is not committed: who wrote which lines of which content.
package struct WorkingLogRecords: Sendable {
  /// The last word about one file.
  package struct Entry: Sendable {
    /// SHA-256 of the content that the lines are of, in hexadecimal digits; nil where it is not said.
    package let content: String?
    /// Its lines.
    package let lines: [LineClaim]
  }

  /// One entry for each file.
  package private(set) var files: [RepositoryPath: Entry] = [:]
  /// What could not be understood.
  package private(set) var warnings: [OriginWarning.Reason] = []
  /// The tool behind each key.
  private var tools: [[UInt8]: [UInt8]] = [:]

  /// The one form that is understood; the state is private and may change with any version.
  private static let version = "checkpoint/1.0.0"

  /// Reads both files of the state; nil for one that is not there.
  package init(initial: [UInt8]?, checkpoints: [UInt8]?) {
    if let initial { readInitial(initial) }
    let lines = (checkpoints ?? []).split(separator: UInt8(ascii: "\n"))
    var foreign = 0
    var read: [ForeignJSON] = []
    for (number, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
      guard let json = ForeignJSON.parse(line, skipping: ["transcript", "diff"]) else {
        if number == lines.count - 1 { warnings.append(.torn) } else { foreign += 1 }
        continue
      }
      let version = json["api_version"]?.text ?? ""
      guard version == Self.version else {
        let reason = OriginWarning.Reason.unknownVersion(version)
        if !warnings.contains(reason) { warnings.append(reason) }
        continue
      }
      read.append(json)
    }
    if foreign > 0 { warnings.append(.someForeign(foreign)) }
    for checkpoint in read { learn(checkpoint["agent_id"]) }
    for checkpoint in read { add(checkpoint) }
  }

  private mutating func readInitial(_ text: [UInt8]) {
    guard let json = ForeignJSON.parse(text[...], skipping: ["messages"]) else {
      warnings.append(.someForeign(1))
      return
    }
    for record in json.members(of: "prompts") + json.members(of: "sessions") {
      if let tool = record.value["agent_id"]?["tool"]?.bytes { tools[record.key] = tool }
    }
    let contents = json["file_blobs"]
    for file in json.members(of: "files") {
      let name = String(decoding: file.key, as: UTF8.self)
      set(file.key, contents?[name]?.text, file.value.items)
    }
  }

  /// Keys are made from the tool and its conversation.
  private mutating func learn(_ agent: ForeignJSON?) {
    guard let tool = agent?["tool"]?.bytes, let id = agent?["id"]?.bytes else { return }
    let digits = Array(Hex.encode(Digest.sha256(tool + [UInt8(ascii: ":")] + id)).utf8)
    tools[Array("s_".utf8) + digits.prefix(14)] = tool
    tools[Array(digits.prefix(16))] = tool
    tools[Array(digits.prefix(7))] = tool
    tools[id] = tool
  }

  private mutating func add(_ checkpoint: ForeignJSON) {
    for entry in checkpoint.items(of: "entries") {
      guard let file = entry["file"]?.bytes else { continue }
      let lines = entry.items(of: "line_attributions")
      // Offsets in characters say that somebody wrote there, and not in which lines.
      let parts = lines.isEmpty ? entry.items(of: "attributions") : lines
      set(file, entry["blob_sha"]?.text, parts)
    }
  }

  private mutating func set(_ path: [UInt8], _ content: String?, _ parts: [ForeignJSON]) {
    let claims = parts.compactMap { part -> LineClaim? in
      guard let author = part["author_id"]?.bytes else { return nil }
      let claim = claim(of: author)
      guard let first = part["start_line"]?.integer, let last = part["end_line"]?.integer,
        first >= 1, last >= first, last <= Int(UInt32.max)
      else { return LineClaim(lines: Self.wholeFile, claim) }
      return LineClaim(lines: LineRange(start: first, count: last - first + 1), claim)
    }
    files[RepositoryPath(path)] = claims.isEmpty ? nil : Entry(content: content, lines: claims)
  }

  private static let wholeFile = LineRange(start: 1, count: Int(UInt32.max))

  private func claim(of key: [UInt8]) -> FileClaim {
    let shown = key.prefix(80)
    func evidence(_ kind: Evidence.Kind, _ agent: String?) -> Evidence {
      Evidence(
        kind: kind,
        agent: agent,
        text: Array("git-ai working log: ".utf8) + shown,
        strength: .certain,
        source: .gitAIWorkingLog
      )
    }
    if key.starts(with: "h_".utf8) {
      return FileClaim(origin: .human, evidence: evidence(.person, nil))
    }
    if key.elementsEqual("human".utf8) {
      return FileClaim(origin: .unknown, evidence: evidence(.person, nil))
    }
    let colon = key.firstIndex(of: UInt8(ascii: ":")) ?? key.endIndex
    let agent = AgentName.canonical(tools[Array(key[..<colon])] ?? tools[key])
    return FileClaim(origin: .agent(agent), evidence: evidence(.lines, agent))
  }
}

extension WorkingLogRecords.Entry {
  /// What the entry says about other content of the same file.
  ///
  /// Equal lines keep what is said about them. Lines that stand where an agent's lines stood are an
  /// agent's lines that somebody changed. Without the content the lines are of, the file is meant.
  package func claims(from recorded: [UInt8]?, to staged: [UInt8]) -> FileClaims {
    let agents = lines.filter(\.origin.isAgent)
    guard let recorded, let matching = LineMatch(recorded, staged) else {
      return FileClaims(rest: agents.last?.claim)
    }
    var result: [LineClaim] = []
    for claim in lines {
      for lines in matching.kept(claim.lines) {
        result.append(LineClaim(lines: lines, claim.claim))
      }
    }
    for span in matching.changed where span.new.count > 0 && span.old.count > 0 {
      guard let claim = agents.first(where: { $0.lines.meets(span.old) }) else { continue }
      result.append(
        LineClaim(lines: span.new, origin: .mixed(claim.origin.agent), evidence: claim.evidence)
      )
    }
    return FileClaims(lines: result)
  }
}

extension LineRange {
  fileprivate func meets(_ other: LineRange) -> Bool { start < other.end && other.start < end }
}
