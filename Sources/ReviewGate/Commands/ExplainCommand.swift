import ArgumentParser
import GitCommand
import GitKit
import ReviewCore

/// `reviewgate explain`: why a line or a commit counts as an agent's, and where its review stands.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a line (FILE:LINE) or a commit, with every piece of evidence",
    usage: "reviewgate explain [<selection>] [--format <format>] <what>"
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  @Option(help: "text, or json (a commit only)")
  var format = CheckFormat.text

  @Argument(help: ArgumentHelp("FILE:LINE of the new version, or a commit", valueName: "what"))
  var subject: String

  func run() async throws {
    try await reporting {
      let project = try await Project(Surroundings())
      if format == .json, Self.place(subject) != nil {
        throw ValidationError("--format json explains a commit, not a line")
      }
      if let place = Self.place(subject) {
        let name = NamedPath(place.file, in: try await project.folder())
        return try await explain(name, line: place.line, project)
      }
      return try await explainCommit(project)
    }
  }

  private func explain(_ name: NamedPath, line: Int, _ project: Project) async throws -> Int32 {
    let selection = selected.selection ?? ReviewCommandLine.pendingOrBranch(project)
    let evaluation: Gate.Evaluation
    do {
      evaluation = try await Gate(project: project, isDetailed: true)
        .evaluate(selection, at: .manual)
    } catch Undecided.noBase(let tried) where selected.selection == nil {
      return try await explain(name, line: line, project, withoutBase: tried)
    }
    let paths = Set(evaluation.verdict.findings.map(\.path))
    let path = try name.path {
      try paths.contains($0)
        || project.repository.entry(at: $0, in: evaluation.change.headTree) != nil
    }
    let context = context(evaluation, project, selection)
    let found = ExplainReport.subject(path: path, line: line, in: evaluation.verdict)
    Output.answer(ExplainReport.line(path: path, line: line, found, context))
    if let head = evaluation.change.head, let story = try await story(path, line, head, project) {
      Output.answer(story)
    }
    return 0
  }

  /// On the branch that others are compared with, a line has a story all the same.
  private func explain(
    _ name: NamedPath,
    line: Int,
    _ project: Project,
    withoutBase tried: [String]
  ) async throws -> Int32 {
    guard let head = try project.repository.target(of: "HEAD") else {
      throw Undecided.noBase(tried: tried)
    }
    let tree = try project.repository.commit(head).tree
    let path = try name.path { try project.repository.entry(at: $0, in: tree) != nil }
    guard let story = try await story(path, line, head, project)
    else { throw Undecided.noBase(tried: tried) }
    Output.answer(
      "reviewgate: \(path.display):\(line) at HEAD. No base branch to compare with was found, "
        + "so nothing is judged."
    )
    Output.answer(story)
    return 0
  }

  /// Where the line came from; nil for one that the version does not have.
  private func story(
    _ path: RepositoryPath,
    _ line: Int,
    _ head: ObjectID,
    _ project: Project
  ) async throws -> String? {
    let range = LineRange(start: line, count: 1)
    let blame = try await LineBlame(project, at: head)
    // A line that the version does not have has no story; what is said about the change stands.
    guard try project.repository.entry(at: path, in: project.repository.commit(head).tree) != nil,
      let found = try? await blame.lines(path, at: head, lines: range).first
    else { return nil }
    let isRich = Output.isRich(1, project.surroundings.variables)
    return BlameReport.story(found, sources: try blame.reports(on: found.commit), unicode: isRich)
  }

  private func explainCommit(_ project: Project) async throws -> Int32 {
    let id = try await project.git.commit(named: subject)
    let info = try project.repository.commit(id)
    let selection = Selection.commit(id.hex)
    let evaluation = try await Gate(project: project, isDetailed: true)
      .evaluate(selection, at: .manual)
    let explained = try ExplainedCommit(info, project.repository, evaluation.policy.policy)
    let findings = evaluation.verdict.findings
    switch format {
    case .json:
      Output.answer(
        ExplainJSON.commit(
          info,
          origin: explained.origin,
          sources: explained.reports,
          files: explained.files,
          findings: findings
        )
      )
    case .text:
      Output.answer(
        ExplainReport.commit(
          info,
          origin: explained.origin,
          sources: explained.reports,
          findings: findings,
          context(evaluation, project, selection)
        )
      )
    }
    return 0
  }

  private func context(
    _ evaluation: Gate.Evaluation,
    _ project: Project,
    _ selection: Selection
  ) -> ReportContext {
    let arguments =
      switch selection {
      case .staged: "--staged"
      case .commit(let name): "--commit \(name)"
      case .range, .branch: selected.arguments
      }
    return EvaluationPrinter(project: project, selection: arguments).context(evaluation, 1)
  }

  /// `FILE:LINE`, where the file may contain colons; nil for anything else.
  private static func place(_ text: String) -> (file: String, line: Int)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let number = text[text.index(after: colon)...].prefix { $0.isNumber }
    guard let line = Int(number), line > 0, colon > text.startIndex else { return nil }
    return (String(text[..<colon]), line)
  }
}
