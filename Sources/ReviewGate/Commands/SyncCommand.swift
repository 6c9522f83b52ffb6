import ArgumentParser

/// `reviewgate sync`: brings everybody's records together.
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "sync")
}
