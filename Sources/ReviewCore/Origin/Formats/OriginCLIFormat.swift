/// origin-cli: which session made a commit, without lines.
package struct OriginCLIFormat: NoteFormat {
  /// What its claims are called.
  package let source = OriginSource.originCLI

  /// Where its notes are.
  package let reference = "refs/notes/origin"

  /// Its notes name a session and a model.
  package func claims(_ text: [UInt8], at place: String, commit: ObjectID?) -> SourceClaims {
    guard let json = ForeignJSON.parse(text[...], skipping: ["promptSummary"]),
      let origin = json["origin"], origin["sessionId"] != nil || origin["model"] != nil
    else { return .unreadable(source, at: place, commit: commit, .foreign) }
    if let version = origin["version"]?.integer, version != 1 {
      return .unreadable(source, at: place, commit: commit, .unknownVersion("\(version)"))
    }
    let session = origin["sessionId"]?.bytes ?? []
    let model = origin["model"]?.bytes ?? []
    let name = agent(origin["agent"]?.bytes) ?? agent(model)
    let evidence = Evidence(
      kind: .record,
      agent: name,
      text: Array("\(place): ".utf8) + session.prefix(80) + [0x20] + model.prefix(60),
      strength: .certain,
      source: source
    )
    return SourceClaims(source: source, wholeChange: evidence)
  }

  /// An agent of the catalogue, by name or by the first word of a model; never a model itself.
  private func agent(_ name: [UInt8]?) -> String? {
    guard let name, !name.isEmpty else { return nil }
    for candidate in [name, Array(name.prefix { Bytes.isLetter($0) })] {
      if let id = AgentName.canonical(candidate), AgentCatalogue.entry(id) != nil { return id }
    }
    return nil
  }
}
