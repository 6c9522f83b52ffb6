import ArgumentParser
import GitCommand
import GitKit
import ReviewCore

/// `reviewgate blame`: who wrote each line of a file, and who read it.
struct BlameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Show the origin and the reviewer of each line of a file",
    usage: "reviewgate blame [--revision <rev>] [--lines <from,to>] <file>"
  )

  @Option(help: ArgumentHelp("The commit to look at", valueName: "rev"))
  var revision = "HEAD"

  @Option(help: ArgumentHelp("Only these lines, as 10,20", valueName: "from,to"))
  var lines: String?

  @Option(help: "text, or json for one document")
  var format = CheckFormat.text

  @Argument(help: ArgumentHelp("A file", valueName: "file"))
  var file: String

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      let commit = try await project.git.commit(named: revision)
      let tree = try project.repository.commit(commit).tree
      let path = try NamedPath(file, in: try await project.folder()).path {
        try project.repository.entry(at: $0, in: tree) != nil
      }
      let lines = try await LineBlame(project, at: commit)
        .lines(path, at: commit, lines: try range())
      switch format {
      case .json: Output.answer(BlameReport.json(lines, path: path, revision: commit))
      case .text:
        let isRich = Output.isRich(1, project.surroundings.variables)
        Output.answer(BlameReport.text(lines, unicode: isRich))
      }
      return 0
    }
  }

  private func range() throws -> LineRange? {
    guard let lines else { return nil }
    let ends = lines.split(separator: ",").compactMap { Int($0) }
    guard let first = ends.first, let last = ends.last, ends.count <= 2, first >= 1, last >= first
    else { throw ValidationError("--lines takes FROM,TO, not '\(VisibleText.line(lines))'") }
    return LineRange(start: first, count: last - first + 1)
  }
}
