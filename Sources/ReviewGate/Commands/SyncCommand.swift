import ArgumentParser
import GitCommand
import GitKit
import ReviewCore

/// `reviewgate sync`: brings everybody's records together.
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Fetch the records of others and push your own"
  )

  @Argument(help: "The remote; the branch's own, origin, or the only one")
  var remote: String?

  @Flag(help: "Only fetch")
  var noPush = false

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let remote = try await chosenRemote(project)
      let sync = RecordSync(project: project, remote: remote)
      let fetched = try await sync.fetchAndUnite()
      let pushed = noPush ? 0 : try await sync.push()
      Output.answer(
        "reviewgate: synchronised with \(VisibleText.line(remote)): \(Count.of(fetched, "log")) fetched, "
          + "\(pushed) pushed."
      )
      return 0
    }
  }

  private func chosenRemote(_ project: Project) async throws -> String {
    if let remote { return remote }
    let branch = try await project.git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"])
    if let name = branch.lines.first {
      let own = try await project.git.ask(["config", "--get", "branch.\(name).remote"])
      if let found = own.lines.first { return found }
    }
    let names = try await project.git.remotes()
    if names.contains("origin") { return "origin" }
    guard names.count == 1 else { throw Undecided.noRemote(names) }
    return names[0]
  }
}

/// Exchanges record logs with one remote.
struct RecordSync {
  let project: Project
  let remote: String

  /// How often a push is tried again after another clone was faster.
  private static let attempts = 5

  /// The remote's logs, kept apart until they are united with the own ones.
  var fetchedPrefix: String { "refs/reviewgate/remotes/\(Self.slug(remote))/log/" }

  /// The remote's notes of who wrote what, kept apart in the same way.
  private var fetchedNotesPrefix: String {
    "refs/reviewgate/remotes/\(Self.slug(remote))/notes/reviewgate-ai"
  }

  /// A remote may be an address, which is no part of a reference name.
  static func slug(_ remote: String) -> String {
    let isName = remote.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
    return isName ? remote : String(Hex.encode(Digest.sha256(remote.utf8)).prefix(32))
  }

  /// Fetches all logs and unites each with the one of the same name here.
  ///
  /// The pattern form of the refspec: a single name fails when the remote has no records yet.
  func fetchAndUnite() async throws -> Int {
    _ = try await project.git.answer([
      "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--end-of-options", remote,
      "+\(RecordRefs.logs)*:\(fetchedPrefix)*",
      "+\(AttributionNote.reference)*:\(fetchedNotesPrefix)*",
    ])
    let fetched = try project.repository.references(below: fetchedPrefix)
    let log = RecordLog(project.repository)
    for (name, target) in fetched {
      let own = RecordRefs.logs + name.dropFirst(fetchedPrefix.count)
      try log.unite(own, with: target, time: Int64(project.surroundings.now))
    }
    try uniteNotes()
    return fetched.count
  }

  /// Brings notes of who wrote what together, commit by commit.
  private func uniteNotes() throws {
    guard let theirs = try project.repository.target(of: fetchedNotesPrefix) else { return }
    let people = project.surroundings.identities
    try NotesRef(project.repository, reference: AttributionNote.reference).unite(
      with: theirs,
      by: people.last ?? Identity(name: "reviewgate", email: "reviewgate@localhost"),
      time: Int64(project.surroundings.now)
    ) { commit, own, other in
      var note = AttributionNote(reading: other)
      note.unite(AttributionNote(reading: own))
      return note.text(for: commit)
    }
  }

  /// Pushes every log, uniting again when the remote has moved meanwhile.
  func push() async throws -> Int {
    for attempt in 1...Self.attempts {
      let logs = try project.repository.references(below: RecordRefs.logs)
      let notes = try project.repository.target(of: AttributionNote.reference)
      guard !logs.isEmpty || notes != nil else { return 0 }
      // Never forced: a log only grows, so a refusal means that there is more to unite.
      let answer = try await project.git.ask([
        "push", "--quiet", "--no-verify", "--end-of-options", remote,
        "\(RecordRefs.logs)*:\(RecordRefs.logs)*",
        "\(AttributionNote.reference)*:\(AttributionNote.reference)*",
      ])
      if answer.status == 0 { return logs.count }
      guard attempt < Self.attempts, answer.complaint.contains("rejected") else {
        throw GitFailure(
          arguments: ["push", remote],
          status: answer.status,
          complaint: answer.complaint
        )
      }
      _ = try await fetchAndUnite()
    }
    return 0
  }
}
