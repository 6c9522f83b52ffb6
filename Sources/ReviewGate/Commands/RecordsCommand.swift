import ArgumentParser
import FoundationEssentials
import GitKit
import ReviewCore

/// `reviewgate records`: the review records as they are stored.
struct RecordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "records",
    abstract: "List, show, export and import review records",
    subcommands: [ListRecords.self, ShowRecord.self, ExportRecords.self, ImportRecords.self]
  )
}

/// `reviewgate records list`.
struct ListRecords: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the records that are here, oldest first"
  )

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let ledger = try await project.ledger(try await project.committedRoster())
      let records = (ledger.records + ledger.withdrawn).sorted {
        ($0.record.createdAt, $0.id) < ($1.record.createdAt, $1.id)
      }
      let withdrawn = Set(ledger.withdrawn.map(\.id))
      for stored in records {
        Output.answer(RecordReport.line(stored, isWithdrawn: withdrawn.contains(stored.id)))
      }
      for warning in ledger.warnings { Output.talk("reviewgate: \(warning.description)") }
      return 0
    }
  }
}

/// `reviewgate records show`.
struct ShowRecord: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the exact payload of one record, and on standard error what is proven of it"
  )

  @Argument(help: ArgumentHelp("The record's id, or the start of it", valueName: "id"))
  var id: String

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let wanted = id.hasPrefix("sha256:") ? id : "sha256:" + id
      var found: [String: [UInt8]] = [:]
      var sources: [RecordSource] = []
      for entry in try RecordLog(project.repository).entries(below: RecordRefs.all) {
        guard let envelope = try? Envelope.decode(entry.envelope) else { continue }
        if envelope.payloadDigest.hasPrefix(wanted) {
          found[envelope.payloadDigest] = envelope.payload
          sources.append(RecordSource(name: entry.reference, envelope: entry.envelope))
        }
      }
      guard found.count == 1, let payload = found.values.first else {
        throw RecordProblem.notOne(id, found.count)
      }
      let ledger = ReviewLedger.read(
        sources,
        repositoryID: try await project.repositoryID(),
        verifier: RecordVerifier(
          roster: try await project.committedRoster(),
          now: project.surroundings.now
        )
      )
      for stored in ledger.records {
        for line in RecordReport.proof(stored) { Output.talk("reviewgate: \(line)") }
      }
      for warning in ledger.warnings { Output.talk("reviewgate: \(warning.description)") }
      // A record is foreign text: a terminal gets it with controls visible.
      Output.answer(VisibleText.source(payload))
      return 0
    }
  }
}

/// `reviewgate records export`.
struct ExportRecords: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write every record as one envelope a line (.intoto.jsonl)"
  )

  @Argument(help: "The file; standard output when left out")
  var file: String?

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      var lines: Set<String> = []
      for entry in try RecordLog(project.repository).entries(below: RecordRefs.all) {
        guard let envelope = try? Envelope.decode(entry.envelope) else { continue }
        lines.insert(String(decoding: envelope.encode(), as: UTF8.self))
      }
      let text = lines.sorted().map { $0 + "\n" }.joined()
      guard let file else {
        Output.answer(text)
        return 0
      }
      try FileBytes.write(Array(text.utf8), to: file)
      let count = Count.of(lines.count, "record")
      Output.talk("reviewgate: \(count) written to \(VisibleText.line(file))")
      return 0
    }
  }
}

/// `reviewgate records import`.
struct ImportRecords: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Add the records of an exported file to this repository",
    discussion: "A record that is here already is counted once. Imported records stay as they are."
  )

  @Argument(help: "A file that `records export` wrote")
  var file: String

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      guard let bytes = FileBytes.read(file) else { throw RecordProblem.unreadable(file) }
      let log = RecordLog(project.repository)
      // By all of its bytes: a copy without its signature must not keep the signed one out.
      var seen = Set(
        try log.entries(below: RecordRefs.all).compactMap {
          try? Envelope.decode($0.envelope).encode()
        }
      )
      let repositoryID = try await project.repositoryID()
      var added: [(log: String, envelope: [UInt8])] = []
      for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
        do {
          let envelope = try Envelope.decode(Array(line))
          let record = try RecordPayload.decode(envelope.payload)
          guard seen.insert(envelope.encode()).inserted else { continue }
          let name =
            envelope.log(of: record) ?? project.unsignedLog(repositoryID: repositoryID)
          added.append((name.reference, envelope.encode()))
        } catch {
          throw RecordProblem.badLine(number + 1, "\(error)")
        }
      }
      // Nothing is stored before every line was understood: half an import would look like a whole.
      for entry in added {
        try log.append(
          entry.envelope,
          to: entry.log,
          message: "import",
          time: Int64(project.surroundings.now)
        )
      }
      Output.answer(
        "reviewgate: \(added.count) records imported, \(seen.count - added.count) were here."
      )
      return 0
    }
  }
}

extension Envelope {
  /// The log of the key that signed it; nil where nothing did.
  fileprivate func log(of record: ReviewRecord) -> RecordLogName? {
    guard let first = signatures.first, let signature = try? SSHSignature(blob: first.bytes) else {
      return nil
    }
    return .signed(principal: record.principal, publicKey: signature.keyBlob)
  }
}

/// Where records are, as reference prefixes.
enum RecordRefs {
  /// Own logs and those fetched from others.
  static let all = "refs/reviewgate/"
  /// The logs this clone adds to and shares.
  static let logs = RecordLogName.prefix
}

/// What is wrong with records a person named.
enum RecordProblem: Error, CustomStringConvertible {
  case notOne(String, Int)
  case unreadable(String)
  case badLine(Int, String)

  var description: String {
    switch self {
    case .notOne(let id, 0): "no record '\(VisibleText.line(id))' is here."
    case .notOne(let id, let count): "'\(VisibleText.line(id))' names \(count) records."
    case .unreadable(let file): "\(VisibleText.line(file)) cannot be read."
    case .badLine(let number, let why): "line \(number) is not a review record: \(why)."
    }
  }
}
