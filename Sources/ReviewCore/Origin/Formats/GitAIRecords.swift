/// What stands behind the divider of a Git AI note: who the keys are.
struct GitAIRecords {
  /// The version as written.
  let version: [UInt8]?
  private var agents: [Key: Agent] = [:]
  private var humans: [Key: [UInt8]] = [:]
  /// What sessions removed, as the notes of this program say it.
  private(set) var removed: [(session: [UInt8], files: [AgentLines.File])] = []

  /// A key as written, hashed in one piece.
  private struct Key: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
      unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
  }

  /// The tool and model of a session.
  struct Agent: Hashable {
    let tool: [UInt8]
    let model: [UInt8]
    /// Whether its lines are those that a person changed, as the notes of this program say it.
    var isMixed = false
  }

  /// The records of a note whose JSON was not read.
  static let none = GitAIRecords()

  /// A larger JSON part is not read: it holds transcripts, and the lines stand before it.
  static let mostBytes = 8 << 20

  /// Transcripts, and addresses that say nothing about a line.
  private static let skipped = ["messages", "human_author"]

  private init() { version = nil }

  /// Reads the JSON part; nil when it is none.
  init?(_ json: ArraySlice<UInt8>) {
    guard let document = ForeignJSON.parse(json, skipping: Self.skipped),
      case .object = document
    else { return nil }
    version = document["schema_version"]?.bytes
    for member in document.members(of: "prompts") + document.members(of: "sessions") {
      guard let agent = member.value["agent_id"] else { continue }
      let tool = agent["tool"]?.bytes ?? []
      let attributes = member.value["custom_attributes"]
      agents[Key(bytes: member.key)] = Agent(
        tool: tool,
        model: agent["model"]?.bytes ?? [],
        isMixed: attributes?[AttributionNote.mixedAttribute]?.text == "true"
      )
      let list = attributes?[AttributionNote.removedAttribute]?.bytes
      if let list, let files = AgentLines.files(in: list) { removed.append((member.key, files)) }
    }
    for member in document.members(of: "humans") {
      humans[Key(bytes: member.key)] = member.value["author"]?.bytes ?? []
    }
  }

  /// Whether the version is one that is read: the form changed without it, so only its major counts.
  var isKnownVersion: Bool {
    guard let version else { return true }
    return version.starts(with: "authorship/3.".utf8) || version.elementsEqual("authorship/3".utf8)
  }

  /// The agents of all sessions, each once, sorted.
  var sessions: [Agent] {
    Set(agents.values).sorted {
      ($0.tool + [0] + $0.model).lexicographicallyPrecedes($1.tool + [0] + $1.model)
    }
  }

  /// Whom a key stands for, and what says so.
  ///
  /// `h_` is a person and `human` is nobody in particular. Everything else is an agent, whether its
  /// record is there or not.
  func claim(of key: [UInt8], at place: String, _ source: OriginSource) -> FileClaim {
    let id = Self.recordID(key)
    if key.starts(with: "h_".utf8) {
      let name = humans[Key(bytes: id)] ?? humans[Key(bytes: key)] ?? []
      return FileClaim(origin: .human, evidence: evidence(.person, nil, id, name, place, source))
    }
    if key.elementsEqual("human".utf8) {
      return FileClaim(origin: .unknown, evidence: evidence(.person, nil, id, [], place, source))
    }
    let record = agents[Key(bytes: id)] ?? agents[Key(bytes: key)]
    let name = AgentName.canonical(record?.tool)
    let about = record.map { $0.tool + [0x20] + $0.model } ?? Array("no record".utf8)
    return FileClaim(
      origin: record?.isMixed == true ? .mixed(name) : .agent(name),
      evidence: evidence(.lines, name, id, about, place, source)
    )
  }

  /// `s_…::t_…` is one step of the session `s_…`.
  private static func recordID(_ key: [UInt8]) -> [UInt8] {
    let colon = UInt8(ascii: ":")
    guard let place = key.indices.first(where: { $0 > 0 && key[$0] == colon }),
      key[place...].starts(with: [colon, colon])
    else { return key }
    return Array(key[..<place])
  }

  private func evidence(
    _ kind: Evidence.Kind,
    _ agent: String?,
    _ id: [UInt8],
    _ about: [UInt8],
    _ place: String,
    _ source: OriginSource
  ) -> Evidence {
    // Thousands of them are kept: each has the room it needs.
    let (id, about) = (id.prefix(80), about.prefix(120))
    var text: [UInt8] = []
    text.reserveCapacity(place.utf8.count + id.count + about.count + 3)
    text += place.utf8
    text += ": ".utf8
    text += id
    if !about.isEmpty {
      text.append(0x20)
      text += about
    }
    return Evidence(kind: kind, agent: agent, text: text, strength: .certain, source: source)
  }
}
