import ArgumentParser
import GitCommand
import ReviewCore

/// `reviewgate reviewers`: the people who may review, and their keys.
struct ReviewersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reviewers",
    abstract: "Keep the list of people who may review and of their keys",
    discussion: """
      The list is \(RosterFile.path), in the form of OpenSSH's allowed signers. These commands change \
      the file in the worktree. It counts once it is on the branch that judges.
      """,
    subcommands: [
      AddReviewer.self, ListReviewers.self, CheckReviewers.self, RemoveReviewer.self,
      RevokeReviewer.self,
    ]
  )
}

/// The roster in the worktree.
struct RosterOnDisk {
  let path: String
  let bytes: [UInt8]?

  init(_ project: Project) throws {
    guard let worktree = project.layout.worktree else { throw Undecided.noWorktree }
    path = worktree + "/" + RosterFile.path
    bytes = FileBytes.read(path)
  }

  /// What the file says; nobody where there is none.
  func roster() throws -> Roster { try bytes.map { try RosterFile.parse($0) } ?? .empty }

  /// The keys of a person, or the one with a fingerprint.
  func lines(of name: String) throws -> [Roster.Entry] {
    let roster = try roster()
    let person = roster.person(named: name)
    return roster.entries.filter { $0.key.fingerprint == name || $0.person == person }
  }

  /// Prints every key, one a line.
  static func show(_ entries: [Roster.Entry], _ project: Project) {
    for entry in entries {
      let cells = entry.cells(now: project.surroundings.now)
      Output.answer(cells.filter { !$0.isEmpty }.joined(separator: "  "))
    }
  }
}

/// `reviewgate reviewers add`.
struct AddReviewer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a key of a reviewer; without arguments your own",
    usage: "reviewgate reviewers add [<name>] [<options>]"
  )

  @Argument(help: "The person's name in records, usually an address; user.email when left out")
  var name: String?

  @Option(help: ArgumentHelp("A public key file, or TYPE BASE64 in quotes", valueName: "file"))
  var key: String?

  @Flag(help: "The one key in the ssh-agent that can sign reviews")
  var fromAgent = false

  @Option(help: "Another address of the same person, such as the one they commit with")
  var alias: [String] = []

  @Option(help: ArgumentHelp("The day the key ends, in UTC", valueName: "YYYYMMDD"))
  var validBefore: String?

  @Option(help: "What the line says after the key")
  var comment: String?

  mutating func validate() throws {
    if key != nil, fromAgent { throw ValidationError("--key and --from-agent exclude each other") }
  }

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let file = try RosterOnDisk(project)
      let principal: String
      if let name { principal = name } else { principal = try await project.principal() }
      let found = try await chosen(project)
      let bytes = try RosterFile.adding(
        found.key,
        of: [principal] + alias,
        validBefore: validBefore,
        comment: comment ?? found.comment,
        to: file.bytes
      )
      try FileBytes.write(bytes, to: file.path)
      RosterOnDisk.show(
        try RosterFile.parse(bytes).entries.filter { $0.key == found.key },
        project
      )
      Output.talk("reviewgate: added. It counts once it has landed: git add \(RosterFile.path)")
      return 0
    }
  }

  private func chosen(_ project: Project) async throws -> (key: SSHPublicKey, comment: String) {
    if let key {
      do {
        return try PublicKeyText.read(key)
      } catch SigningProblem.unusable(let name, let problem) {
        throw RosterProblem.badKey(name, problem)
      }
    }
    if fromAgent {
      let lines = await SSHProgram.agentKeys(project.surroundings.variables)
      let usable = lines.compactMap { try? PublicKeyText.parse($0, name: "ssh-agent") }
      guard usable.count == 1 else { throw RosterProblem.agentKeys(usable.map(\.key.fingerprint)) }
      return usable[0]
    }
    // Whoever names somebody else must not give them the key that happens to be here.
    let address = try? await project.principal()
    if let name, name.lowercased() != address?.lowercased() {
      throw RosterProblem.noKeyOfAnother(name)
    }
    guard let own = try await SigningKey.own(project) else { throw RosterProblem.noOwnKey }
    return (own, "")
  }
}

/// `reviewgate reviewers list`.
struct ListReviewers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List every key with what its signatures reach"
  )

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      RosterOnDisk.show(try RosterOnDisk(project).roster().entries, project)
      return 0
    }
  }
}

/// `reviewgate reviewers check`.
struct CheckReviewers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say every mistake in the list with its place",
    discussion: "Exit status: 0 correct, 3 not."
  )

  @Argument(help: "Another file")
  var file: String?

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let roster: Roster
      if let file {
        guard let bytes = FileBytes.read(file) else { throw RecordProblem.unreadable(file) }
        roster = try RosterFile.parse(bytes)
      } else {
        let disk = try RosterOnDisk(project)
        guard disk.bytes != nil else {
          Output.answer("reviewgate: there is no \(RosterFile.path); reviews are promises.")
          return 0
        }
        roster = try disk.roster()
      }
      RosterOnDisk.show(roster.entries, project)
      Output.answer(summary(roster))
      return 0
    }
  }

  private func summary(_ roster: Roster) -> String {
    guard !roster.entries.isEmpty else {
      return "reviewgate: the list is correct and lists nobody: nobody can review."
    }
    let good = roster.entries.filter { $0.compromised == nil }
    let bad = roster.entries.count - good.count
    let touching = Set(good.filter(\.key.kind.isHardware).map(\.person)).count
    let people = roster.people.count == 1 ? "1 person" : "\(roster.people.count) people"
    return "reviewgate: the list is correct: \(people), "
      + "\(Count.of(roster.entries.count, "key")); \(touching) can reach 'touched'"
      + (bad == 0 ? "." : "; \(Count.of(bad, "key")) compromised.")
  }
}

/// `reviewgate reviewers remove`.
struct RemoveReviewer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a person with all keys, or one key by its fingerprint",
    discussion: """
      From the moment that the change has landed, no record made with the key lets anything land. \
      What has landed before stays.
      """
  )

  @Argument(help: "The person's name, or SHA256:...")
  var name: String

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let file = try RosterOnDisk(project)
      let gone = try file.lines(of: name)
      guard !gone.isEmpty, let bytes = file.bytes else { throw RosterProblem.nobody(name) }
      try FileBytes.write(
        RosterFile.removing(lines: Set(gone.map(\.line)), from: bytes),
        to: file.path
      )
      RosterOnDisk.show(gone, project)
      Output.talk("reviewgate: removed. It counts once it has landed: git add \(RosterFile.path)")
      return 0
    }
  }
}

/// `reviewgate reviewers revoke`.
struct RevokeReviewer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Mark keys that somebody else may have had as compromised",
    discussion: """
      The lines stay, so that nobody lists the keys again. From the moment that the change has landed, \
      no record made with them lets anything land, and `audit` blocks what rested on them until \
      somebody else has read it. With --after, what had landed with that commit still holds.
      """
  )

  @Argument(help: "The person's name, or SHA256:...")
  var name: String

  @Option(help: ArgumentHelp("The last commit that holds", valueName: "revision"))
  var after: String?

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let file = try RosterOnDisk(project)
      let own = try file.lines(of: name)
      let lines = own.filter { $0.compromised == nil }
      guard !own.isEmpty, let bytes = file.bytes else { throw RosterProblem.nobody(name) }
      if lines.isEmpty {
        RosterOnDisk.show(own, project)
        Output.talk("reviewgate: marked already.")
        return 0
      }
      var commit: ObjectID?
      if let after { commit = try await project.git.commit(named: after) }
      let numbers = Set(lines.map(\.line))
      let changed = try RosterFile.compromising(lines: numbers, after: commit, in: bytes)
      try FileBytes.write(changed, to: file.path)
      RosterOnDisk.show(
        try RosterFile.parse(changed).entries.filter { numbers.contains($0.line) },
        project
      )
      Output.talk(
        "reviewgate: marked. It counts once it has landed: git add \(RosterFile.path); "
          + "then see what rested on it: reviewgate audit A..B"
      )
      return 0
    }
  }
}

/// Public keys as people hand them over.
enum PublicKeyText {
  /// A key from a file, or from the text itself.
  static func read(_ text: String) throws -> (key: SSHPublicKey, comment: String) {
    if text.contains(" ") { return try parse(text, name: "the key") }
    guard let bytes = FileBytes.read(text) else { throw SigningProblem.unreadable(text) }
    return try parse(String(decoding: bytes, as: UTF8.self), name: text)
  }

  static func parse(_ line: String, name: String) throws -> (key: SSHPublicKey, comment: String) {
    let first = line.split(whereSeparator: \.isNewline).first ?? ""
    let words = first.split(separator: " ", maxSplits: 2)
    do throws(SignatureProblem) {
      let key = try SSHPublicKey(line: first)
      return (key, words.count > 2 ? String(words[2]) : "")
    } catch {
      throw SigningProblem.unusable(name, error)
    }
  }
}

/// What is wrong with a change of the roster.
enum RosterProblem: Error {
  /// The agent does not hold exactly one key that can sign reviews.
  case agentKeys([String])
  /// What was given is no key that may sign reviews.
  case badKey(String, SignatureProblem)
  /// Another person was named, and no key.
  case noKeyOfAnother(String)
  /// No key of the person was found.
  case noOwnKey
  /// Nobody and no key has this name.
  case nobody(String)
}
