import GitCommand
import ReviewCore

/// The key a person signs reviews with, and where it was found.
struct SigningKey {
  /// The public key.
  let key: SSHPublicKey
  /// What `ssh-keygen -f` takes: a key file; nil for a key that only the agent has.
  let file: String?
  /// The name the records carry.
  let principal: String
  /// Whether the roster lists the key; without a roster, nothing lists it.
  let isListed: Bool

  /// The keys people usually have, the strongest first.
  private static let usualFiles = ["id_ed25519_sk", "id_ecdsa_sk", "id_ed25519", "id_ecdsa"]

  /// Finds the key of the person at work; nil where none is configured and none is listed.
  ///
  /// First `reviewgate.signingKey`, then the key that signs commits, and where there is a roster any
  /// key of it that the agent or the usual files hold.
  static func find(_ project: Project, _ roster: Roster?) async throws -> SigningKey? {
    let git = project.git
    if let name = try await git.setting("reviewgate.signingKey") {
      let found = try await configured(name, project)
      return try await named(found, project, roster)
    }
    if try await git.setting("gpg.format") == "ssh",
      let name = try await git.setting("user.signingkey"),
      let found = try? await configured(name, project)
    {
      guard let roster else { return try await named(found, project, nil) }
      if let entry = roster.signer(ofKey: found.key.blob) { return found.listed(entry) }
    }
    guard let roster else { return nil }
    return try await listed(project, roster)
  }

  /// The key a person would sign with, to be listed: the configured one, or the usual file.
  static func own(_ project: Project) async throws -> SSHPublicKey? {
    if let name = try await project.git.setting("reviewgate.signingKey") {
      return try await configured(name, project).key
    }
    if try await project.git.setting("gpg.format") == "ssh",
      let name = try await project.git.setting("user.signingkey")
    {
      return try await configured(name, project).key
    }
    return usual(project).first?.key
  }

  // MARK: - Configured keys

  /// A key and what signs with it, before anybody is named.
  private struct Found {
    let key: SSHPublicKey
    let file: String?

    func listed(_ entry: Roster.Entry) -> SigningKey {
      SigningKey(key: key, file: file, principal: entry.person, isListed: true)
    }
  }

  /// The key that a setting names: a file, or the public key itself.
  private static func configured(_ name: String, _ project: Project) async throws -> Found {
    let literal = name.hasPrefix("key::") ? String(name.dropFirst("key::".count)) : name
    if literal != name
      || SSHPublicKey.Kind.allCases.contains(where: { name.hasPrefix($0.rawValue) })
    {
      return Found(key: try key(literal, literal), file: nil)
    }
    let file = expanded(name, project)
    let shown = file.hasSuffix(".pub") ? file : file + ".pub"
    guard let bytes = FileBytes.read(shown) else { throw SigningProblem.unreadable(shown) }
    return Found(key: try key(String(decoding: bytes, as: UTF8.self), shown), file: file)
  }

  private static func key(_ line: String, _ name: String) throws -> SSHPublicKey {
    do throws(SignatureProblem) {
      return try SSHPublicKey(line: line)
    } catch {
      throw SigningProblem.unusable(name, error)
    }
  }

  private static func expanded(_ name: String, _ project: Project) -> String {
    let home = project.surroundings.variables["HOME"] ?? ""
    if name.hasPrefix("~/") { return home + name.dropFirst() }
    if name.hasPrefix("/") { return name }
    return (project.layout.worktree ?? project.layout.gitDirectory) + "/" + name
  }

  /// Puts a name to a configured key: the roster's, or the address git knows the person by.
  private static func named(
    _ found: Found,
    _ project: Project,
    _ roster: Roster?
  ) async throws -> SigningKey {
    guard let roster else {
      let name = try await project.principal()
      return SigningKey(key: found.key, file: found.file, principal: name, isListed: false)
    }
    guard let entry = roster.entry(ofKey: found.key.blob) else {
      throw SigningProblem.notListed(found.key.fingerprint)
    }
    guard entry.compromised == nil else {
      let name = found.key.fingerprint
      throw SigningProblem.unusable(name, .compromised(name))
    }
    return found.listed(entry)
  }

  // MARK: - Listed keys

  /// The best key of the roster that the agent or the usual files hold.
  private static func listed(_ project: Project, _ roster: Roster) async throws -> SigningKey? {
    let variables = project.surroundings.variables
    var found: [Found] = []
    for line in await SSHProgram.agentKeys(variables) {
      if let key = try? SSHPublicKey(line: line) { found.append(Found(key: key, file: nil)) }
    }
    found += usual(project)
    let own = found.compactMap { candidate in
      roster.signer(ofKey: candidate.key.blob).map(candidate.listed)
    }
    let people = Set(own.map(\.principal))
    guard people.count > 1 else { return best(of: own) }
    // Several people's keys are here: the one who commits is at work.
    let address = try await project.git.setting("user.email") ?? ""
    let person = roster.person(named: address)
    guard let person, people.contains(person) else {
      throw SigningProblem.severalPeople(people.sorted())
    }
    return best(of: own.filter { $0.principal == person })
  }

  /// The keys in the usual files.
  private static func usual(_ project: Project) -> [Found] {
    guard let home = project.surroundings.variables["HOME"], home.hasPrefix("/") else { return [] }
    return usualFiles.compactMap { name in
      let file = home + "/.ssh/" + name
      guard let bytes = FileBytes.read(file + ".pub"),
        let key = try? SSHPublicKey(line: String(decoding: bytes, as: UTF8.self))
      else { return nil }
      return Found(key: key, file: file)
    }
  }

  private static func best(of keys: [SigningKey]) -> SigningKey? {
    keys.first { $0.key.kind.isHardware } ?? keys.first
  }
}

extension Git {
  /// One setting; nil where it is not set or empty.
  func setting(_ name: String) async throws -> String? {
    let value = try await ask(["config", "--get", name]).lines.first ?? ""
    return value.isEmpty ? nil : value
  }
}

/// Why nothing can be signed.
enum SigningProblem: Error {
  /// A key file that is configured can not be read.
  case unreadable(String)
  /// What is configured is no key that may sign reviews.
  case unusable(String, SignatureProblem)
  /// The configured key is not in the roster.
  case notListed(String)
  /// Keys of several people are here, and nothing says who is at work.
  case severalPeople([String])
  /// The policy asks for more than the person's key can prove, or no key was found.
  case tooWeak(required: ReviewStrength, reach: ReviewStrength)
  /// `ssh-keygen` is not installed.
  case noProgram
  /// `ssh-keygen` did not sign.
  case notSigned(String)
  /// What came back does not verify.
  case wrongSignature(SignatureProblem)
}
