/// Every known agent and bot, and the tables that find them by what they write.
package enum AgentCatalogue {
  /// All entries, in the order of the source.
  package static let entries: [AgentEntry] =
    leading + vendors + assistants + longTail + unnamed + bots

  /// What a mark means once it is found.
  struct Hit: Hashable, Sendable {
    let entry: String
    let kind: AgentEntry.Kind
    let strength: Evidence.Strength

    /// The canonical id, where one agent is meant.
    var agent: String? { kind == .agent ? entry : nil }
  }

  /// The entry with an id.
  package static func entry(_ id: String) -> AgentEntry? { entries.first { $0.id == id } }

  static let emails = table(.email)
  static let slugs = table(.slug)
  static let keys = table(.key)
  static let footers = table(.footer)
  static let phrases = table(.phrase)
  static let bareNames = table(.bareName)
  static let processes = table(.process)
  static let suffixes = list(.nameSuffix)
  static let sessionURLs = list(.sessionURL)
  static let packagePaths = list(.packagePath)
  static let variables = list(.variable)

  /// `key` → the values that count, each as its words.
  static let keyValues: [String: [(value: String, hit: Hit)]] = {
    var result: [String: [(value: String, hit: Hit)]] = [:]
    for (text, hit) in list(.keyValue) {
      guard let colon = text.firstIndex(of: ":") else { continue }
      let value = text[text.index(after: colon)...].drop { $0 == " " }
      result[String(text[..<colon]), default: []].append((String(value), hit))
    }
    return result
  }()

  /// The agent a free-standing name means (`claude-code`, `Claude Code`, `pi`), if any.
  package static func canonicalID(_ name: String) -> String? {
    let words = Words(Array(name.lowercased().utf8)).texts.joined(separator: " ")
    if let hit = phrases[words] ?? bareNames[words] { return hit.agent }
    return entries.first { $0.kind == .agent && $0.id == name.lowercased() }?.id
  }

  private static func list(_ form: Mark.Form) -> [(text: String, hit: Hit)] {
    entries.flatMap { entry in
      entry.marks.filter { $0.form == form }.map { mark in
        (mark.text, Hit(entry: entry.id, kind: entry.kind, strength: mark.strength))
      }
    }
  }

  private static func table(_ form: Mark.Form) -> [String: Hit] {
    Dictionary(list(form).map { ($0.text, $0.hit) }, uniquingKeysWith: { first, _ in first })
  }
}
