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

  private static let pageSize = 2048

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let dots = range.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "HEAD" : String($0) }
      let head = try await project.git.commit(named: dots.last ?? "HEAD")
      let excluded = dots.count > 1 ? [try await project.git.commit(named: dots[0])] : []
      let found = try await project.git.range(of: head, excluding: excluded, limit: .max)
      let policy = Policy.default
      let repository = project.repository
      let tip = try repository.commit(head)
      let base = try excluded.first.map { try repository.commit($0).tree } ?? .emptyTree
      let net = try repository.transitions(from: base, to: tip.tree)
      let reader = try OriginReader(repository, policy: policy, head: tip, net: net)
      var left = found.commits[...]
      while !left.isEmpty {
        // A whole history is not held at once.
        let some = Array(left.suffix(Self.pageSize))
        left = left.dropLast(some.count)
        let read = try await reader.claims(of: some, project.scanner(policy))
        for (commit, claims) in read.reversed() {
          let origin = try CommitOrigin.of(
            commit,
            claims,
            in: repository,
            sizeCap: policy.limits.maxFileBytes
          )
          switch format {
          case .json: Output.answer(CommitLog.line(commit: commit, origin: origin))
          case .text: Output.answer(CommitLog.text(commit: commit, origin: origin))
          }
        }
      }
      return 0
    }
  }
}
