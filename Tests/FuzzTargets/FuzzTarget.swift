import ReviewCore

/// One reader of foreign bytes, and what must hold of whatever it reads.
struct FuzzTarget: Sendable {
  let name: String
  let read: @Sendable ([UInt8]) -> Void

  init?(_ name: String) {
    guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  private init(_ name: String, _ read: @escaping @Sendable ([UInt8]) -> Void) {
    (self.name, self.read) = (name, read)
  }

  static let all = [
    FuzzTarget("signature", signature), FuzzTarget("armour", armour), FuzzTarget("key", key),
    FuzzTarget("roster", roster), FuzzTarget("envelope", envelope), FuzzTarget("record", record),
    FuzzTarget("bundle", bundle), FuzzTarget("log", log), FuzzTarget("forge", forge),
    FuzzTarget("event", event), FuzzTarget("policy", policy), FuzzTarget("message", message),
    FuzzTarget("index", index), FuzzTarget("note", note), FuzzTarget("tool", tool),
    FuzzTarget("format", format), FuzzTarget("attributes", attributes), FuzzTarget("shell", shell),
    FuzzTarget("ci", ci), FuzzTarget("visible", visible),
  ]

  /// What no signature among the seeds is about, and no key signs here.
  private static let other = Array("something that nobody signed".utf8)

  // MARK: - Signatures and keys

  private static func signature(_ bytes: [UInt8]) {
    guard let signature = try? SSHSignature(blob: bytes) else { return }
    guard let key = try? SSHPublicKey(blob: signature.keyBlob) else { return }
    precondition((try? signature.presence(over: other, by: key)) == nil, "a forged signature")
  }

  private static func armour(_ bytes: [UInt8]) {
    if let blob = try? SSHSignature.blob(armoured: bytes) { signature(blob) }
    _ = CommitSigner.keyBlob(header: Array("tree 1\ngpgsig ".utf8) + bytes)
    _ = CommitSigner.keyBlob(header: bytes)
  }

  private static func key(_ bytes: [UInt8]) {
    if let key = try? SSHPublicKey(blob: bytes) {
      precondition(key.blob == bytes && (try? SSHPublicKey(line: key.line)) == key)
    }
    _ = try? SSHPublicKey(line: String(decoding: bytes, as: UTF8.self))
  }

  private static func roster(_ bytes: [UInt8]) {
    guard let roster = try? RosterFile.parse(bytes) else { return }
    precondition(Set(roster.entries.map(\.key.blob)).count == roster.entries.count, "a key twice")
    var owners: [String: String] = [:]
    for entry in roster.entries {
      for name in entry.names {
        precondition(!name.isEmpty && !name.contains("*") && !name.contains("?"), "a wildcard")
        precondition(!ReviewerName.isAgent(name), "an agent")
        let owner = owners.updateValue(entry.person, forKey: name.lowercased())
        precondition(owner == nil || owner == entry.person, "a name of two people")
      }
      precondition(roster.entry(ofKey: entry.key.blob)?.person == entry.person)
    }
  }

  // MARK: - Records

  private static func envelope(_ bytes: [UInt8]) {
    guard let envelope = try? Envelope.decode(bytes) else { return }
    precondition((try? Envelope.decode(envelope.encode())) == envelope)
    record(envelope.payload)
  }

  private static func record(_ bytes: [UInt8]) {
    guard let record = try? RecordPayload.decode(bytes) else { return }
    precondition((try? RecordPayload.decode(RecordPayload.encode(record))) == record)
  }

  private static func bundle(_ bytes: [UInt8]) {
    // Nobody here has the key that this roster lists.
    let verifier = RecordVerifier(roster: strangers, now: 1_800_000_000)
    let bundle = RecordBundle(bytes, verifier: verifier)
    precondition(bundle.records.allSatisfy { $0.strength == .recorded }, "a proof from nowhere")
    let open = RecordVerifier(roster: nil, now: 0)
    for stored in RecordBundle(bytes, verifier: open).records {
      _ = RecordReport.line(stored)
      _ = RecordReport.proof(stored)
    }
  }

  private static let strangers: Roster? = try? RosterFile.parse(
    Array(
      "x@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n"
        .utf8
    )
  )

  private static func log(_ bytes: [UInt8]) {
    // The log of a key that signs nothing here takes nothing.
    let name = "refs/reviewgate/v1/log/x-example.com/0123456789abcdef0123456789abcdef"
    guard let log = ReceivedLog(reference: name) else { preconditionFailure("the log's name") }
    let taken: Void? = try? log.check(bytes, repositoryID: nil, roster: strangers)
    precondition(taken == nil, "a record in a log that is not its own")
    let text = String(decoding: bytes.prefix(300), as: UTF8.self)
    if let log = ReceivedLog(reference: text) { precondition(log.reference == text) }
  }

  // MARK: - Documents of services

  private static func forge(_ bytes: [UInt8]) {
    let head = ObjectID.emptyTree
    guard let reviews = try? ForgeReviews(bytes, head: head) else { return }
    let accounts = reviews.approvals.map(\.account.id)
    precondition(Set(accounts).count == accounts.count, "an account twice")
    let text = String(decoding: bytes, as: UTF8.self)
    // An approval that counts needs the head, spelled somewhere in plain text or by escapes.
    precondition(accounts.isEmpty || text.contains(head.hex) || text.contains("\\u"))
    var policy = Policy.Forge()
    for account in accounts { policy.github[account] = "ada@example.com" }
    _ = ForgeApprovals([reviews], policy, nil).lines
  }

  private static func event(_ bytes: [UInt8]) {
    let variables = [
      "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_ACTOR": "ada",
    ]
    _ = try? CIProviders.job(variables, event: bytes)
    let names = Operators.names(variables, githubEvent: bytes, at: .ci)
    precondition(names.contains("ada@users.noreply.github.com"))
    _ = ForgeReviews.request(inEvent: bytes)
  }

  // MARK: - The repository's own files

  private static func policy(_ bytes: [UInt8]) {
    guard let policy = try? PolicyFile.parse(bytes) else { return }
    precondition(policy.paths.sensitive.count >= Policy.defaultSensitive.count)
    _ = policy.requirement(for: RepositoryPath("a/b"))
  }

  private static func message(_ bytes: [UInt8]) {
    for evidence in MessageScanner.scan(bytes) { _ = evidence.display }
    _ = CommitMessageCleaner.clean(bytes)
    _ = TrailerBlock.adding([Array("A: b".utf8)], to: bytes)
  }

  private static func index(_ bytes: [UInt8]) { _ = try? IndexEntries(bytes) }

  private static func note(_ bytes: [UInt8]) {
    _ = AttributionNote(reading: bytes)
    _ = WorkingLogRecords(initial: bytes, checkpoints: bytes)
    _ = try? RecorderState(stored: bytes)
  }

  private static func tool(_ bytes: [UInt8]) {
    _ = EventJSON.read(bytes)
    _ = GuardEvent(bytes)
    _ = try? JSONText(bytes)
  }
}
