/// Recognises agents and bots by the identities of a commit.
///
/// Whole addresses and app slugs only: a name, a domain or the digits of a slug prove nothing.
package enum IdentityMatcher {
  /// What the author says, if anything.
  package static func author(_ identity: Identity) -> Evidence? {
    let name = Array(Bytes.trimmed(fold(identity.name)[...]))
    let suffix = AgentCatalogue.suffixes.first { name.ends(with: $0.text) }
    if let suffix {
      return evidence(.author, suffix.hit.agent, suffix.hit.strength, identity)
    }
    return service(identity, .author) ?? local(identity, name)
  }

  /// What the committer says, if anything; a bot that commits a person's work says nothing.
  ///
  /// A service address counts as it does for an author: agents in the cloud commit what they wrote
  /// in a person's name. The `(aider)` suffix alone is weak: aider commits people's own edits so.
  package static func committer(_ identity: Identity) -> Evidence? {
    let name = Array(Bytes.trimmed(fold(identity.name)[...]))
    if let suffix = AgentCatalogue.suffixes.first(where: { name.ends(with: $0.text) }) {
      return evidence(.committer, suffix.hit.agent, .weak, identity)
    }
    guard let found = service(identity, .committer), found.kind != .bot else { return nil }
    return found
  }

  private static func service(_ identity: Identity, _ kind: Evidence.Kind) -> Evidence? {
    let address = String(decoding: fold(identity.email), as: UTF8.self)
    if let hit = AddressToken.service(address) {
      return evidence(hit.kind == .bot ? .bot : kind, hit.agent, hit.strength, identity)
    }
    // An app nobody listed is automation, never an agent.
    let isApp = AddressToken.slug(address)?.hasSuffix("[bot]") == true
    if isApp { return evidence(.bot, nil, .certain, identity) }
    // The name an app keeps when it writes from an address of its own.
    let name = Array(Bytes.trimmed(fold(identity.name)[...]))
    return name.ends(with: "[bot]") ? evidence(.bot, nil, .likely, identity) : nil
  }

  /// `Codex <codex@localhost>`: a tool's whole name at an address no person can have.
  private static func local(_ identity: Identity, _ name: [UInt8]) -> Evidence? {
    let address = String(decoding: fold(identity.email), as: UTF8.self)
    guard AddressToken.reach(address) != .mailbox,
      let hit = AgentCatalogue.phrases[Words(name).texts.joined(separator: " ")]
    else { return nil }
    return evidence(.author, hit.agent, .likely, identity)
  }

  private static func fold(_ bytes: [UInt8]) -> [UInt8] {
    Bytes.lowercased(FoldedText.fold(bytes[...]))
  }

  private static func evidence(
    _ kind: Evidence.Kind,
    _ agent: String?,
    _ strength: Evidence.Strength,
    _ identity: Identity
  ) -> Evidence {
    let text = identity.name + Array(" <".utf8) + identity.email + Array(">".utf8)
    return Evidence(kind: kind, agent: agent, text: text, strength: strength)
  }
}

extension [UInt8] {
  fileprivate func ends(with suffix: String) -> Bool {
    count >= suffix.utf8.count && self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
