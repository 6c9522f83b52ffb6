extension AttributionNote {
  /// Bytes of a note above which it is not read.
  private static let mostBytes = 16 << 20

  /// The note for `commit`; paths the format has no form for are left out.
  package func text(for commit: ObjectID) -> [UInt8] {
    var bytes: [UInt8] = []
    for (path, claims) in files.sorted(by: { $0.key < $1.key }) where !claims.isEmpty {
      guard let name = Self.written(path) else { continue }
      bytes += name + [0x0a]
      for claim in claims {
        let last = claim.lines.end - 1
        let range = claim.lines.count == 1 ? "\(last)" : "\(claim.lines.start)-\(last)"
        bytes += "  \(claim.key) \(range)\n".utf8
      }
    }
    let used = Set(files.values.joined().map { Self.name(of: $0.key) }).union(removed.keys)
    let record = StrictJSON.object([
      "schema_version": .string(Self.version),
      "git_ai_version": .string("reviewgate/\(ToolVersion.current)"),
      "base_commit_sha": .string(commit.hex),
      "prompts": .object([:] as [[UInt8]: StrictJSON]),
      "humans": Self.object(humans.filter { used.contains($0.key) }) {
        .object(["author": .string($0)])
      },
      "sessions": .object(
        Dictionary(
          uniqueKeysWithValues: sessions.filter { used.contains($0.key) }.map { name, session in
            (Array(name.utf8), session.json(removed: removed[name] ?? []))
          }
        )
      ),
    ])
    return bytes + Array("---\n".utf8) + record.encoded + [0x0a]
  }

  private static func object<Value>(
    _ members: [String: Value],
    _ json: (Value) -> StrictJSON
  ) -> StrictJSON {
    .object(Dictionary(uniqueKeysWithValues: members.map { (Array($0.key.utf8), json($0.value)) }))
  }

  /// The part of a key that names a record.
  static func name(of key: String) -> String {
    key.split(separator: ":").first.map(String.init) ?? key
  }

  private static func written(_ path: RepositoryPath) -> [UInt8]? {
    let bytes = path.bytes
    guard !bytes.contains(0x0a), !bytes.contains(0x0d), !bytes.elementsEqual("---".utf8) else {
      return nil
    }
    let isQuoted = bytes.contains(0x20) || bytes.contains(0x09) || bytes.first == 0x22
    return isQuoted ? [0x22] + bytes + [0x22] : bytes
  }

  /// Reads a note of ours; claims of lines that cannot be read are left out.
  package init(reading bytes: [UInt8]) {
    guard bytes.count <= Self.mostBytes else { return }
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    let divider = lines.firstIndex { $0.elementsEqual("---".utf8) } ?? lines.endIndex
    var path: RepositoryPath?
    for line in lines[..<divider] where !line.isEmpty {
      guard line.starts(with: "  ".utf8) else {
        let isQuoted = line.count > 1 && line.first == 0x22 && line.last == 0x22
        path = RepositoryPath(Array(isQuoted ? line.dropFirst().dropLast() : line))
        continue
      }
      guard let path else { continue }
      files[path, default: []] += Self.claims(String(decoding: line.dropFirst(2), as: UTF8.self))
    }
    guard divider < lines.endIndex else { return }
    readRecords(EventJSON.read(Array(lines[(divider + 1)...].joined(separator: [0x0a]))).value)
  }

  private static func claims(_ text: String) -> [Claim] {
    let words = text.split(separator: " ")
    guard words.count == 2 else { return [] }
    return words[1].split(separator: ",").compactMap { range in
      let numbers = range.split(separator: "-").map { Int($0) }
      guard let first = numbers.first ?? nil, let last = numbers.last ?? nil, numbers.count <= 2,
        first > 0, first <= last, last < 1 << 32
      else { return nil }
      return Claim(
        key: String(words[0]),
        lines: LineRange(start: first, count: last - first + 1)
      )
    }
  }

  private mutating func readRecords(_ json: EventJSON) {
    if case .object(let members)? = json["sessions"] {
      for (key, record) in members {
        guard let agent = record["agent_id"] else { continue }
        sessions[key] = Session(
          tool: agent.text("tool") ?? "unknown",
          id: agent.text("id") ?? "unknown",
          model: agent.text("model") ?? "unknown",
          isMixed: record["custom_attributes"]?.text(Self.mixedAttribute) == "true"
        )
        let list = record["custom_attributes"]?.text(Self.removedAttribute)
        if let list, let files = AgentLines.files(in: Array(list.utf8)) { removed[key] = files }
      }
    }
    if case .object(let members)? = json["humans"] {
      for (key, record) in members { humans[key] = record.text("author") ?? "" }
    }
  }
}

extension AttributionNote.Session {
  /// The record; who gave the orders is in the commit, and no prompt is anywhere.
  fileprivate func json(removed files: [AgentLines.File]) -> StrictJSON {
    var attributes: [String: StrictJSON] = [:]
    if isMixed { attributes[AttributionNote.mixedAttribute] = .string("true") }
    if !files.isEmpty {
      let list = files.sorted { $0.path < $1.path }.map(\.text).joined(separator: "; ")
      attributes[AttributionNote.removedAttribute] = .string(list)
    }
    return .object([
      "agent_id": .object([
        "tool": .string(tool), "id": .string(id), "model": .string(model),
      ]),
      "human_author": .null,
      "custom_attributes": attributes.isEmpty
        ? nil
        : .object(
          Dictionary(uniqueKeysWithValues: attributes.map { (Array($0.key.utf8), $0.value) })
        ),
    ])
  }
}
