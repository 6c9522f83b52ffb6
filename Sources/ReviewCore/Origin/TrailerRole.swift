/// What the key of a trailer-like line makes of its value.
enum TrailerRole {
  /// Credits an author.
  case authorship
  /// Credits help with writing; the kernel's `AGENT:MODEL` form belongs here.
  case assistance
  /// The same for code that any generator may have made.
  case generation
  /// Names somebody who looked at the change: never authorship.
  case review
  /// Says that an agent was used, whoever it was.
  case disclosure
  /// Its whole value may name an agent; as a scope in prose it says nothing.
  case name
  /// Says more about a session; decides nothing alone.
  case detail
  /// Counts only when a whole service address stands in it.
  case addressOnly

  /// The role of a normalised key; nil for prose.
  init?(_ key: String) {
    if let role = Self.roles[key] {
      self = role
    } else if key.hasPrefix("co-auth") || key.hasPrefix("coauth") {
      self = .authorship
    } else if key.utf8.count <= 40, key.hasSuffix("-by") || key.hasSuffix("-with") {
      self = .addressOnly
    } else {
      return nil
    }
  }

  private static let roles: [String: TrailerRole] = {
    var result: [String: TrailerRole] = [:]
    for (role, keys) in table {
      for key in keys { result[key] = role }
    }
    return result
  }()

  private static let table: [(TrailerRole, [String])] = [
    (
      .authorship,
      [
        "authored-by", "co-developed-by", "signed-off-by", "written-by", "co-written-by",
        "created-by", "made-with", "made-by", "built-with", "coded-by", "implemented-by",
        "committed-by", "developed-by", "pair-programmed-with", "pair-programmed-by",
        "co-committed-by", "drafted-by", "on-behalf-of",
      ]
    ),
    (
      .assistance,
      [
        "assisted-by", "co-assisted-by", "assisted-with", "assistance-by",
      ]
    ),
    (
      .generation,
      [
        "generated-by", "generated-with", "co-generated-by", "commit-generated-by",
        "code-generated-by",
      ]
    ),
    (
      .review,
      [
        "reviewed-by", "acked-by", "tested-by", "approved-by", "reported-by", "verified-by",
        "audited-by", "cc", "suggested-by", "co-reviewed-by", "reviewed-with", "checked-by",
        "inspired-by", "requested-by", "reported-and-tested-by", "thanks-to", "reviewer",
      ]
    ),
    (
      .disclosure,
      [
        "ai-assisted", "ai-assisted-by", "ai-assistant", "ai-assistance", "ai-generated",
        "ai-generated-by", "ai-tool", "ai-tools", "ai-agent", "ai-model", "ai-co-author",
        "ai-authored", "ai-authored-by", "ai-contribution", "assistant-model", "llm-assisted",
        "assistant-contribution", "llm-generated", "llm-model", "origin-session",
        "entire-attribution", "generated-by-ai", "co-authored-by-ai", "ai-used",
      ]
    ),
    (.name, ["agent", "agent-name", "coding-agent", "tool-used"]),
    (.detail, ["model", "agent-model", "ai-agent-mode", "agent-mode"]),
  ]
}
