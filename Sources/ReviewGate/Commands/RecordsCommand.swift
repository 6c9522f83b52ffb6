import ArgumentParser
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
