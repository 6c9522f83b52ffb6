/// Whether words name a language model: `Claude Opus 4.5`, `gpt-5.4`, `moonshotai/kimi-k2.5`.
///
/// A family name alone may be a person's or an ordinary word; with a version it is neither.
enum ModelName {
  /// Whether a family with a version stands in the words.
  static func isVersioned(_ words: [String]) -> Bool { versionedIndex(words) != nil }

  /// Whether the words start with a versioned model, after the names of vendors.
  static func startsVersioned(_ words: [String]) -> Bool {
    let names = words.drop { vendors.contains($0) }
    guard let first = names.first, families.contains(stem(first)) else { return false }
    return versionedIndex(words) == words.count - names.count
  }

  /// Whether the words are a model, versioned or a family no person is called.
  static func isModel(_ words: [String]) -> Bool {
    if isVersioned(words) { return true }
    let names = words.filter { !vendors.contains($0) }
    return !names.isEmpty && names.allSatisfy { unmistakable.contains($0) }
  }

  private static func versionedIndex(_ words: [String]) -> Int? {
    words.indices.first { index in
      guard families.contains(stem(words[index])) else { return false }
      return hasDigit(words[index]) || words[(index + 1)...].prefix(3).contains(where: isVersion)
    }
  }

  /// The family in `gpt5.4`, `opus4.5`, `chatgptv5`.
  private static func stem(_ word: String) -> String {
    let letters = word.prefix { $0.isLetter }
    guard letters.count < word.count else { return word }
    let short = letters.hasSuffix("v") ? letters.dropLast() : letters
    return String(families.contains(String(letters)) ? letters : short)
  }

  private static func hasDigit(_ word: String) -> Bool { word.utf8.contains { Bytes.isDigit($0) } }

  /// `4.5`, `v3`, `k2`, `120b`, `4o`: short and with a digit.
  private static func isVersion(_ word: String) -> Bool {
    hasDigit(word) && (word.utf8.count <= 5 || word.utf8.allSatisfy { !Bytes.isLetter($0) })
  }

  private static let unmistakable: Set<String> = [
    "gpt", "chatgpt", "opus", "sonnet", "haiku", "glm", "qwen", "deepseek", "codestral",
    "devstral", "llm", "ai", "gnu", "chatbot", "generic",
  ]

  private static let families: Set<String> = [
    "claude", "opus", "sonnet", "haiku", "fable", "mythos", "gpt", "chatgpt", "codex", "gemini",
    "gemma", "glm", "kimi", "qwen", "deepseek", "grok", "llama", "mistral", "mixtral", "magistral",
    "codestral", "devstral", "minimax", "nemotron", "doubao",
  ]

  private static let vendors: Set<String> = [
    "openai", "anthropic", "google", "aws", "azure", "github", "xai", "meta", "alibaba",
    "moonshotai", "mistralai", "zai", "z.ai", "bedrock", "vertex", "openrouter",
  ]
}
