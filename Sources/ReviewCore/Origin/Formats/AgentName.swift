/// The names by which other tools call agents.
enum AgentName {
  /// Names that are not spelled as in the catalogue.
  private static let others: [String: String] = [
    "anthropic": "claude-code", "claude desktop": "claude-code", "openai": "codex",
    "github copilot": "copilot", "copilot cli": "copilot", "copilot ide": "copilot",
    "vscode copilot": "copilot", "gemini": "gemini-cli", "google": "gemini-cli",
    "droid": "factory-droid", "factory": "factory-droid", "amazon q": "amazon-q",
    "q developer": "amazon-q", "continue cli": "continue", "cursor cli": "cursor",
    "cursor agent": "cursor", "pi coding agent": "pi", "roo code": "roo", "kilo code": "kilo",
  ]

  /// Says which agent is named: its canonical id, else the name as written; nil for no name.
  static func canonical(_ name: [UInt8]?) -> String? {
    guard let name, !name.isEmpty else { return nil }
    let text = spaced(name)
    if text.isEmpty || unknowns.contains(text) { return nil }
    let id = AgentCatalogue.canonicalID(text) ?? others[text]
    return id ?? AgentCatalogue.canonicalID(text.split(separator: " ").joined(separator: "-"))
      ?? VisibleText.line(name.prefix(100))
  }

  private static let unknowns: Set<String> = ["unknown", "default", "none", "null", "ai", "agent"]

  /// `claude_code`, `claudeCode` and `Claude-Code` as the words `claude code`.
  private static func spaced(_ name: [UInt8]) -> String {
    var words: [UInt8] = []
    var wasLower = false
    for byte in name.prefix(100) {
      if Bytes.isUpper(byte), wasLower { words.append(0x20) }
      wasLower = Bytes.isLower(byte)
      words.append(byte)
    }
    return Words(Bytes.lowercased(words)).texts.joined(separator: " ")
  }
}
