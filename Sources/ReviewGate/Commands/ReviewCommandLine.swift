import ArgumentParser
import GitCommand
import ReviewCore

/// `reviewgate review`: a person walks through the hunks that need one.
struct ReviewCommandLine: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Read AI-written hunks at the terminal and record each answer",
    usage: "reviewgate review [<selection>] [--all] [<paths> ...]",
    discussion: """
      Needs a person at a terminal. Without a selection: the commit that was just blocked, or else \
      the branch against its base.
      """
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  @OptionGroup var colour: ColourOptions

  @Flag(help: "Every hunk of the change, not only those that need a review")
  var all = false

  @Argument(help: "Only these files or folders")
  var paths: [String] = []

  func run() async throws {
    try await reporting {
      let surroundings = Surroundings()
      let terminal = try HumanGuard.terminal(surroundings)
      let project = try await Project(surroundings)
      let selection = selected.selection ?? Self.pendingOrBranch(project)
      let evaluation = try await Gate(project: project, isDetailed: all)
        .evaluate(selection, at: .manual)
      let filter = try await PathFilter(paths, project, evaluation)
      let numbers = filter.numbers(of: evaluation) { all || $0.outcome.blocks }
      guard !numbers.isEmpty else {
        Output.answer("reviewgate: nothing to review in \(evaluation.subject)\(filter.words).")
        return 0
      }
      return try await walk(numbers, evaluation, project, terminal, selection)
    }
  }

  private func walk(
    _ numbers: [Int],
    _ evaluation: Gate.Evaluation,
    _ project: Project,
    _ terminal: ControllingTerminal,
    _ selection: Selection
  ) async throws -> Int32 {
    let author = try await RecordAuthor(project, evaluation)
    try author.check(
      against: numbers.map { evaluation.verdict.findings[$0] },
      evaluation.policy.policy
    )
    let writer = try await RecordWriter(project, evaluation, author: author, isBulk: false)
    let items = ReviewItems(
      evaluation: evaluation,
      worktree: project.layout.worktree,
      showsWhole: all
    )
    let edits = ReviewEdits(project, evaluation, items)
    let recorder = Recorder(evaluation, writer, edits: edits)
    let screen = ReviewScreen(
      terminal: terminal,
      environment: project.surroundings.variables,
      colour: colour.choice,
      record: { item, answer in
        switch answer {
        case .approved: try recorder.approve(item.id)
        case .rejected(let reason): try recorder.reject(item.id, reason: reason)
        // An answer given before does not stand behind what now says "skipped".
        case .skipped: try recorder.withdraw(item.id)
        }
      },
      withdraw: { item, answer in if answer != .skipped { try recorder.withdraw(item.id) } },
      willEdit: edits.begin,
      edited: edits.end
    )
    let watch = DiskWatch(
      numbers.map { evaluation.verdict.findings[$0] },
      in: project.layout.worktree
    )
    let session = try screen.run(items.items(numbers))
    guard try recorder.finish(at: terminal) else {
      Output.talk("reviewgate: not signed, so nothing was recorded of these answers.")
      return Failure.Status.blocked.rawValue
    }
    if author.isSilent, session.answers.values.contains(where: { $0 != .skipped }) {
      terminal.write(author.statement + "\n")
    }
    let after = try await Gate(project: project).evaluate(selection, at: .manual)
    terminal.write(closing(after, selection, project))
    if let changed = watch?.changed(besides: edits.paths), !changed.isEmpty {
      let names = changed.map { ShellWord.ascii(bytes: $0.bytes) }.joined(separator: " ")
      terminal.write("Changed on disk meanwhile, and not what was shown: \(names)\n")
    }
    if !edits.paths.isEmpty {
      let names = edits.paths.map { ShellWord.ascii(bytes: $0.bytes) }.joined(separator: " ")
      terminal.write("Edited here, and counted once it is staged: git add -- \(names)\n")
    }
    return 0
  }

  /// What is left, and the one command that goes on.
  private func closing(
    _ evaluation: Gate.Evaluation,
    _ selection: Selection,
    _ project: Project
  ) -> String {
    let open = evaluation.verdict.blocking.count
    let same = selected.selection == nil ? "" : " \(selected.arguments)"
    guard open == 0 else { return "\(open) still open: reviewgate review\(same)\n" }
    guard case .staged = selection, project.layout.worktree != nil else {
      return "All reviewed. Share the records: reviewgate sync\n"
    }
    let isOther = Pending.read(project.pendingFile)?.commit?.tree == evaluation.change.headTree
    let again = isOther ? "the same git commit with" : "git commit"
    return "All reviewed. Go on: \(again) -eF \"$(git rev-parse --git-path COMMIT_EDITMSG)\"\n"
  }

  static func pendingOrBranch(_ project: Project) -> Selection {
    Pending.read(project.pendingFile) == nil ? .branch(base: nil) : .staged(message: nil)
  }
}

/// `reviewgate approve`: a person approves without walking through, and the record says so.
struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve what you have read elsewhere; asks for the number of lines",
    usage: "reviewgate approve [<selection>] [<paths> ...]",
    discussion: "Needs a person at a terminal. The record is marked `bulk`."
  )

  @OptionGroup(title: "Selection") var selected: SelectionOptions

  @Argument(help: "Only these files or folders")
  var paths: [String] = []

  func run() async throws {
    try await reporting {
      let surroundings = Surroundings()
      let terminal = try HumanGuard.terminal(surroundings)
      let project = try await Project(surroundings)
      let selection = selected.selection ?? ReviewCommandLine.pendingOrBranch(project)
      let evaluation = try await Gate(project: project).evaluate(selection, at: .manual)
      let filter = try await PathFilter(paths, project, evaluation)
      let numbers = filter.numbers(of: evaluation, where: \.outcome.blocks)
      guard !numbers.isEmpty else {
        Output.answer("reviewgate: nothing to approve in \(evaluation.subject)\(filter.words).")
        return 0
      }
      let findings = numbers.map { evaluation.verdict.findings[$0] }
      let author = try await RecordAuthor(project, evaluation)
      try author.check(against: findings, evaluation.policy.policy)
      let approval = Self.approval(of: findings)
      guard try ApprovePrompt(terminal: terminal).confirms(approval) else {
        Output.talk("reviewgate: not approved; the number did not match.")
        return Failure.Status.blocked.rawValue
      }
      let writer = try await RecordWriter(project, evaluation, author: author, isBulk: true)
      try Recorder(evaluation, writer).approve(
        all: numbers,
        at: author.isSilent ? nil : terminal
      )
      Output.answer("reviewgate: \(numbers.count) approved in bulk. \(author.statement)")
      return 0
    }
  }

  private static func approval(of findings: [Finding]) -> BulkApproval {
    let byPath = Dictionary(grouping: findings, by: \.path)
    return BulkApproval(
      files: byPath.sorted { $0.key < $1.key }.map { path, own in
        BulkApproval.File(
          path: path.display,
          changedLines: own.reduce(0) { $0 + $1.changedLines }
        )
      }
    )
  }
}

/// Keeps what lies at or below the paths a person named.
struct PathFilter {
  private let prefixes: [RepositoryPath]

  /// Names mean what the folder has where the person is, and what the root has otherwise.
  init(_ names: [String], _ project: Project, _ evaluation: Gate.Evaluation) async throws {
    let folder = names.isEmpty ? RepositoryPath("") : try await project.folder()
    let paths = evaluation.verdict.findings.map(\.path)
    prefixes = names.map { name in
      NamedPath(name, in: folder).path { meaning in paths.contains { $0.isAt(orBelow: meaning) } }
    }
  }

  /// What it was narrowed to, as the end of a sentence; nothing where it was not.
  var words: String {
    guard !prefixes.isEmpty else { return "" }
    return " at " + prefixes.map(\.display).joined(separator: ", ")
  }

  /// The findings that match, by number.
  func numbers(of evaluation: Gate.Evaluation, where condition: (Finding) -> Bool) -> [Int] {
    let findings = evaluation.verdict.findings
    return findings.indices.filter { condition(findings[$0]) && matches(findings[$0].path) }
  }

  private func matches(_ path: RepositoryPath) -> Bool {
    prefixes.isEmpty || prefixes.contains { path.isAt(orBelow: $0) }
  }
}

extension RepositoryPath {
  /// Whether this is a file or folder, or something in it; everything is in the root.
  fileprivate func isAt(orBelow folder: RepositoryPath) -> Bool {
    self == folder || folder.bytes.isEmpty || bytes.starts(with: folder.bytes + [UInt8(ascii: "/")])
  }
}
