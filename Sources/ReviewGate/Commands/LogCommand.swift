import ArgumentParser
import GitCommand
import GitKit
import ReviewCore

/// `reviewgate log`: who took part in each commit, as far as the commit itself says.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Show the origin of each commit of a range, with the evidence"
  )

  @Option(help: "text, or json for one object a line (JSON Lines)")
  var format = CheckFormat.text

  @Argument(help: ArgumentHelp("A..B, or one revision for all of its history", valueName: "range"))
  var range: String

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let dots = range.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "HEAD" : String($0) }
      let head = try await project.git.commit(named: dots.last ?? "HEAD")
      let excluded = dots.count > 1 ? [try await project.git.commit(named: dots[0])] : []
      let found = try await project.git.range(of: head, excluding: excluded, limit: .max)
      for id in found.commits.reversed() {
        let commit = try project.repository.commit(id)
        let origin = CommitOrigin.of(commit: commit)
        switch format {
        case .json: Output.answer(CommitLog.line(commit: commit, origin: origin))
        case .text: Output.answer(CommitLog.text(commit: commit, origin: origin))
        }
      }
      return 0
    }
  }
}
