/// agentblame: ranges that its line hashes found in a commit.
package struct AgentblameFormat: NoteFormat {
  /// What its claims are called.
  package let source = OriginSource.agentblame

  /// Where its notes are.
  package let reference = "refs/notes/agentblame"

  /// Versions 1 and 2 differ in how keys are spelled.
  package func claims(_ text: [UInt8], at place: String, commit: ObjectID?) -> SourceClaims {
    guard let json = ForeignJSON.parse(text[...]), json["attributions"] != nil else {
      return .unreadable(source, at: place, commit: commit, .foreign)
    }
    if let version = json["version"]?.integer, !(1...2).contains(version) {
      return .unreadable(source, at: place, commit: commit, .unknownVersion("\(version)"))
    }
    var result = SourceClaims(source: source)
    for item in json.items(of: "attributions") {
      guard let path = item["path"]?.bytes,
        let first = item[any: "startLine", "start_line"]?.integer,
        let last = item[any: "endLine", "end_line"]?.integer, first <= Int(UInt32.max),
        last <= Int(UInt32.max), max(first, last) >= 1
      else { continue }
      let claim = claim(item, place)
      let low = max(1, min(first, last))
      result.files[RepositoryPath(path), default: FileClaims()].lines.append(
        LineClaim(
          lines: LineRange(start: low, count: max(first, last) - low + 1),
          origin: claim.origin,
          evidence: claim.evidence
        )
      )
    }
    return result
  }

  private func claim(_ item: ForeignJSON, _ place: String) -> FileClaim {
    let provider = item["provider"]?.bytes
    let name = AgentName.canonical(provider)
    let isHuman = item["category"]?.text?.hasPrefix("human") ?? false
    let about = (provider ?? []).prefix(60) + [0x20] + (item["model"]?.bytes ?? []).prefix(60)
    return FileClaim(
      origin: isHuman ? .human : .agent(name),
      evidence: Evidence(
        kind: isHuman ? .person : .lines,
        agent: isHuman ? nil : name,
        text: Array("\(place): ".utf8) + about,
        strength: .certain,
        source: source
      )
    )
  }
}
