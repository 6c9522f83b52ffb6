/// JSON that is safe to look at: what a terminal would obey or hide is escaped.
enum ReportJSON {
  /// One document on one line, with sorted keys and a line feed at its end.
  static func text(_ document: StrictJSON) -> String {
    // A CI service obeys `##name[...]` anywhere in its log; JSON has another way to write it.
    let bytes = LogCommand.withoutPairs(document.encoded, "\\u0023")
    let text = String(decoding: bytes, as: UTF8.self) + "\n"
    guard !text.utf8.allSatisfy({ $0 < 0x7f }) else { return text }
    // Outside its strings JSON is ASCII, so every such scalar stands in a string.
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar.value >= 0x7f, scalar.value == 0x7f || VisibleText.isHidden(scalar) {
        for unit in String(scalar).utf16 { result += "\\u" + digits(unit) }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func digits(_ unit: UInt16) -> String {
    Hex.encode([UInt8(unit >> 8), UInt8(unit & 0xff)])
  }

  /// A path that can be turned back, and how it is shown where that differs.
  static func path(_ path: RepositoryPath) -> [(String, StrictJSON?)] {
    let (escaped, display) = (path.escaped, path.display)
    return [
      ("path", .string(escaped)), ("pathDisplay", escaped == display ? nil : .string(display)),
    ]
  }

  /// One fact about who wrote something; `key` names the field with the text.
  static func evidence(
    _ evidence: Evidence,
    textKey key: String,
    commit: ObjectID? = nil
  ) -> StrictJSON {
    object([
      ("kind", .string(evidence.kind.rawValue)),
      ("agent", evidence.agent.map(text)),
      (key, .string(evidence.display)),
      ("source", .string(evidence.source.rawValue)),
      ("strength", .string(evidence.strength.rawValue)),
      ("commit", commit.map { .string($0.hex) }),
    ])
  }

  /// Foreign text as one safe line.
  static func text(_ foreign: String) -> StrictJSON { .string(VisibleText.line(foreign)) }

  /// An object of the members that have a value.
  static func object(_ members: [(String, StrictJSON?)]) -> StrictJSON {
    var object: [[UInt8]: StrictJSON] = [:]
    for (key, value) in members { object[Array(key.utf8)] = value }
    return .object(object)
  }
}
