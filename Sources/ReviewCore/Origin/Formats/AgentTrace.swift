/// One record of Agent Trace 0.1, or of the flat dialect that goes by the same name.
struct AgentTrace: Hashable, Sendable {
  /// The commit it names; nil when it names none.
  let revision: ObjectID?
  /// What it says, in its order.
  let parts: [Part]
  /// Whether its version is not known, so that it may say anything about its commit.
  let isForeign: Bool

  /// What a record says about one range.
  struct Part: Hashable, Sendable {
    /// The path as written, with slashes.
    let path: [UInt8]
    /// The lines as written; nil where none are.
    let written: LineRange?
    /// Whether the range is one that the reference hook writes when it knows no lines.
    let isFallback: Bool
    let origin: Origin
    /// What is known about the writer, to be shown.
    let about: [UInt8]
  }

  /// Reads one JSON object; nil when it is not such a record.
  init?(_ json: ForeignJSON) {
    guard case .object = json else { return nil }
    let tool = json["tool"]?["name"]?.bytes ?? json["tool"]?.bytes
    isForeign = !Self.isKnownVersion(json["version"]?.bytes)
    if json["files"] != nil || isForeign {
      revision = Self.revision(json["vcs"]?["revision"])
      parts =
        isForeign ? [] : json.items(of: "files").flatMap { Self.parts(ofFile: $0, tool: tool) }
    } else if let path = json[any: "file_path", "path"]?.bytes {
      revision = Self.revision(json[any: "revision", "commit", "commit_sha"])
      let about = json[any: "model", "model_id", "session_id"]?.bytes ?? []
      parts = [
        Part(
          path: Self.slashed(path),
          written: Self.lines(json),
          isFallback: Self.isFallback(json),
          // The dialect has an edit tool where others have the agent.
          origin: Self.origin(
            json["contributor"],
            agent: AgentName.canonical(json["agent"]?.bytes)
          ),
          about: about
        )
      ].filter { !$0.isPseudo }
    } else {
      return nil
    }
  }

  private static func isKnownVersion(_ version: [UInt8]?) -> Bool {
    guard let version, let major = version.split(separator: UInt8(ascii: ".")).first else {
      return true
    }
    return major.elementsEqual("0".utf8) || major.elementsEqual("1".utf8)
  }

  private static func revision(_ json: ForeignJSON?) -> ObjectID? {
    json?.text.flatMap { ObjectID(hex: $0) }
  }

  private static func parts(ofFile file: ForeignJSON, tool: [UInt8]?) -> [Part] {
    guard let path = file["path"]?.bytes else { return [] }
    return file.items(of: "conversations").flatMap { conversation in
      conversation.items(of: "ranges").map { range in
        let contributor = range["contributor"] ?? conversation["contributor"]
        let model = contributor?["model_id"]?.bytes ?? []
        return Part(
          path: slashed(path),
          written: lines(range),
          isFallback: isFallback(range),
          origin: origin(contributor, agent: agent(tool)),
          about: (tool ?? []) + [0x20] + model
        )
      }
    }.filter { !$0.isPseudo }
  }

  /// A record of an agent's work that does not say whose is the agent's.
  private static func origin(_ contributor: ForeignJSON?, agent: String?) -> Origin {
    switch contributor?["type"]?.text ?? contributor?.text {
    case "human": .human
    case "mixed": .mixed(agent)
    case "unknown": .unknown
    default: .agent(agent)
    }
  }

  private static func lines(_ range: ForeignJSON) -> LineRange? {
    guard let first = range[any: "start_line", "startLine"]?.integer,
      let last = range[any: "end_line", "endLine"]?.integer
    else { return nil }
    let (low, high) = (min(first, last), max(first, last))
    guard low >= 1, high <= Int(UInt32.max) else { return nil }
    return LineRange(start: low, count: high - low + 1)
  }

  /// The reference hook writes `1..1` without edits, and `1..n` without a hash when it did not find
  /// the text: neither says where the lines are.
  private static func isFallback(_ range: ForeignJSON) -> Bool {
    guard let lines = lines(range), lines.start == 1 else { return false }
    let isHashed = range[any: "content_hash", "contentHash"]?.bytes?.isEmpty == false
    return lines.count == 1 || !isHashed
  }

  /// The agent that a tool's name stands for; some tools write a person's name there.
  private static func agent(_ tool: [UInt8]?) -> String? {
    guard let name = AgentName.canonical(tool) else { return nil }
    let isKnown = AgentCatalogue.entry(name) != nil
    return isKnown || !name.contains(" ") ? name : nil
  }

  /// Windows writes backslashes.
  private static func slashed(_ path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    var path = path.map { $0 == UInt8(ascii: "\\") ? slash : $0 }
    while path.starts(with: "./".utf8) { path.removeFirst(2) }
    return path
  }
}

extension AgentTrace.Part {
  /// Names that the reference hook gives to what is no file.
  fileprivate var isPseudo: Bool {
    [".sessions", ".shell-history", ".unknown"].contains { path.elementsEqual($0.utf8) }
  }
}

/// A file or note of such records, one JSON object a line or one document.
package struct AgentTraces: Sendable {
  private(set) var records: [AgentTrace] = []
  /// The places of the records that name each commit.
  private var byRevision: [ObjectID: [Int]] = [:]
  /// How many lines are no such records.
  private(set) var unreadable = 0
  /// Whether the last line is one of them, as in a file that is being written.
  private(set) var isTorn = false

  /// Reads all of it.
  init(_ text: [UInt8]) {
    let lines = text.split(separator: UInt8(ascii: "\n"))
    for (number, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
      guard let json = Self.json(line) else {
        unreadable += 1
        isTorn = number == lines.count - 1 && text.last != UInt8(ascii: "\n")
        continue
      }
      let read = Self.records(json)
      if read.isEmpty { unreadable += 1 }
      records += read
    }
    if records.isEmpty, unreadable > 0 {
      records = Self.json(text[...]).map(Self.records) ?? []
      if !records.isEmpty { (unreadable, isTorn) = (0, false) }
    }
    for (place, record) in records.enumerated() {
      if let revision = record.revision { byRevision[revision, default: []].append(place) }
    }
  }

  /// The records that name any of some commits, in their order.
  func records(about commits: [ObjectID]) -> [AgentTrace] {
    Set(commits.flatMap { byRevision[$0] ?? [] }).sorted().map { records[$0] }
  }

  private static func json(_ text: ArraySlice<UInt8>) -> ForeignJSON? {
    ForeignJSON.parse(text, skipping: ["related", "prompt_excerpt"])
  }

  private static func records(_ json: ForeignJSON) -> [AgentTrace] {
    let items = json.items.isEmpty ? [json] : json.items
    return items.compactMap { AgentTrace($0) }
  }
}
