extension Policy.Trailers.Forbidden {
  /// What such a line does.
  var meaning: String {
    switch self {
    case .agentCoAuthor: "names an agent as co-author"
    case .agentSignedOffBy: "lets an agent sign off"
    case .generatedFooter: "says that an agent generated it"
    }
  }
}

/// A line of a commit message that the policy forbids.
package struct ForbiddenTrailer: Hashable, Sendable {
  /// The commit; nil for the one that is being made.
  package let commit: ObjectID?
  /// What forbids it.
  package let rule: Policy.Trailers.Forbidden
  /// The line.
  package let line: [UInt8]

  /// More of them in one message are not told apart.
  private static let most = 100

  /// Finds what a message says that it may not.
  ///
  /// Only a trailer as such counts: prose about one, or one that is quoted, is not forbidden.
  package static func find(
    in message: [UInt8],
    of commit: ObjectID? = nil,
    _ forbidden: [Policy.Trailers.Forbidden]
  ) -> [ForbiddenTrailer] {
    guard !forbidden.isEmpty else { return [] }
    var found: [ForbiddenTrailer] = []
    var open: Policy.Trailers.Forbidden?
    for raw in MessageLines(message) where raw.contains(where: { $0 > 0x20 }) {
      let line = MessageLine(raw, isSubject: false)
      let (rule, isBroken) = judge(line, continuing: open)
      open = isBroken ? rule : nil
      guard let rule, !isBroken, forbidden.contains(rule), found.count < most else { continue }
      let item = ForbiddenTrailer(commit: commit, rule: rule, line: Array(line.raw.prefix(400)))
      if !found.contains(item) { found.append(item) }
    }
    return found
  }

  /// The rule a line breaks; with `true` the rule its next line may break, its value missing.
  private static func judge(
    _ line: MessageLine,
    continuing open: Policy.Trailers.Forbidden?
  ) -> (Policy.Trailers.Forbidden?, Bool) {
    if let finding = FooterReader.footer(line), finding.strength != .weak {
      return (.generatedFooter, false)
    }
    if let open, ValueJudge(line.folded).endsWithService { return (open, false) }
    guard !line.hasJunk, let key = line.key, !key.isMutilated, let rule = rule(key.name) else {
      return (nil, false)
    }
    let value = Array(line.folded[key.valueStart...])
    if Bytes.trimmed(value[...]).isEmpty { return (rule, true) }
    let isAgent = ValueJudge(value).authorship().contains { $0.strength != .weak }
    return (isAgent ? rule : nil, false)
  }

  private static func rule(_ key: String) -> Policy.Trailers.Forbidden? {
    switch key {
    case "signed-off-by": .agentSignedOffBy
    case "co-developed-by": .agentCoAuthor
    case _ where key.hasPrefix("co-auth") || key.hasPrefix("coauth"): .agentCoAuthor
    default: nil
    }
  }
}
